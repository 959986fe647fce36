"""What may be meant while somebody types: words that public documents hold, and titles of public things.

Only words of the shipped dictionary that stand in the index at this moment: a name, a redacted word or a page that was
hidden can never be proposed, and what others typed is not used at all.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from core.searchable import kinds
from core.urls_for import language_path, reader_language
from search.engines import Ask, Candidate, Reader
from search.literal import one_of_each, pattern, text_of
from search.public import still_public
from search.question import content_words, groups_of, read
from search.text import canonical, fold, query_words, tokens
from search.text.analyse import SYNONYM_WEIGHT, stem, stop_words
from search.text.cut import dictionary

SHORTEST, LONGEST = 2, 60
MOST_WORDS, MOST_TITLES = 6, 3
MOST_ASKED = 120  # words asked of the engine at once, the shortest first: they are the common ones
MOST_SCANNED = 3_000
BORDERS_TRIED = 3
TITLES_LOOKED_AT = 8
MOST_TRIED = 30  # of the most frequent, where something stands before them
MOST_READ = 20  # documents that may hold the typed words with their end
LONGEST_READ = 20_000  # letters of each
MOST_HOLDERS = 3  # of each ending; one that is still public is enough
WORDS_IN_TITLES = 3  # of the proposed ones; all of them would cost more than they find


@dataclass(frozen=True)
class SuggestedPage:
    title: str
    url: str
    kind: str


@dataclass(frozen=True)
class Suggestions:
    words: tuple[str, ...] = ()
    pages: tuple[SuggestedPage, ...] = ()


@functools.cache
def _in_order() -> list[str]:
    return sorted(word for word in dictionary() if len(word) >= SHORTEST and word not in stop_words())


def suggestions(text: str, engine: Reader) -> Suggestions:
    typed = " ".join(canonical(text).split())
    if not SHORTEST <= len(typed) <= LONGEST or not read(typed).is_plain or '"' in typed:
        return Suggestions()
    completed = completions(typed, engine)
    fitting = _fitting(typed, list(completed), engine)
    public = still_public([*fitting, *chain.from_iterable(completed.values())])
    words = [
        word for word, holders in completed.items() if not holders or any(c.key in public for c in holders)
    ]
    return Suggestions(tuple(words), tuple(_titles(fitting, public)))


def completions(typed: str, engine: Reader) -> dict[str, list[Candidate]]:
    """The typed text with its last word finished in the ways that find something, the most frequent first; where
    something stands before that word with documents that hold the whole."""
    folded = fold(typed)
    chunk = folded.rfind(" ") + 1
    # Thai runs on without spaces: then the last word begins at one of the last borders.
    borders = [token.start for token in tokens(folded)[-BORDERS_TRIED:] if token.start > chunk]
    for start in (chunk, *borders):
        words = [word for word in _finished(folded[start:], engine) if not start or word != folded[start:]]
        if not words:
            continue
        if not start:
            return {word: [] for word in words[:MOST_WORDS]}
        # Texts are read for one place at most: this is asked at every key press.
        held = _held(folded, chunk, start, words, engine)
        return {typed[:start] + word: holders for word, holders in held.items()}
    return {}


def _finished(prefix: str, engine: Reader) -> list[str]:
    if len(prefix) < SHORTEST:
        return []
    words = _in_order()
    first = bisect_left(words, prefix)
    matching: list[str] = []
    for word in words[first : first + MOST_SCANNED]:
        if not word.startswith(prefix):
            break
        matching.append(word)
    matching = sorted(matching, key=len)[:MOST_ASKED]
    frequency = engine.frequencies({stem(word) for word in matching}) if matching else {}
    held = [word for word in matching if frequency.get(stem(word))]
    return sorted(held, key=lambda word: (-frequency[stem(word)], word))[:MOST_TRIED]


def _held(
    folded: str, chunk: int, start: int, words: list[str], engine: Reader
) -> dict[str, list[Candidate]]:
    """Those words that some text holds with what stands before: in the same document, and without a space between
    them letter by letter. The more frequent word need not be the one that goes on from here: อำเภอชุ is อำเภอชุมแสง,
    though ชุมชน is everywhere."""
    apart = [groups_of(word) for word in content_words(folded[:chunk])]
    ends = [stem(word) for word in words]
    weights = dict.fromkeys([*map(stem, content_words(folded[:start])), *ends], 1.0)
    ask = Ask(weights, required=(*apart, tuple((end,) for end in ends)), limit=MOST_READ)
    texts = [(text_of(c.document, LONGEST_READ), c) for c in engine.search(ask).candidates]
    held: dict[str, list[Candidate]] = {}
    for word in words:
        whole = folded[chunk:start] + word
        holders = [c for text, c in texts if whole in text and pattern(whole).search(text)][:MOST_HOLDERS]
        if holders and len(held) < MOST_WORDS:
            held[word] = holders
    return held


def _fitting(typed: str, completed: list[str], engine: Reader) -> list[Candidate]:
    weights = dict(query_words(typed).weights)
    for other in completed[:WORDS_IN_TITLES]:
        for word in query_words(other).weights:
            weights.setdefault(word, SYNONYM_WEIGHT)
    if not weights:
        return []
    found = engine.search(Ask(weights, limit=TITLES_LOOKED_AT)).candidates
    pieces = fold(typed).split()
    return one_of_each([c for c in found if _fits(c, pieces)], reader_language())[:MOST_TITLES]


def _titles(fitting: list[Candidate], public: set[str]) -> list[SuggestedPage]:
    labels: Mapping[str, str] = {name: str(searchable.label) for name, searchable in kinds().items()}
    language = reader_language()
    return [
        SuggestedPage(
            c.document.title, language_path(c.document.url, language), labels.get(c.document.kind, "")
        )
        for c in fitting
        if c.key in public
    ]


def _fits(candidate: Candidate, pieces: list[str]) -> bool:
    title = fold(candidate.document.title)
    return candidate.document.heading_searched and all(piece in title for piece in pieces)
