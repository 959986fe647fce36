"""A word that stands in no document as a word may stand within longer ones: นายกรัฐมนตรี in สำนักนายกรัฐมนตรี, สวรรค์ in
นครสวรรค์ (P119). Only when an engine says that it does not know a word of the question, it is asked once more."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from search.engines.base import Ask, Filters, Found, Group, Reader
from search.literal import counted, let_through, one_of_each, pattern, text_of
from search.question import Question, groups_of
from search.text import QueryWords, Token
from search.text.analyse import SYNONYM_WEIGHT, stem, stop_words
from search.text.cut import THAI, dictionary

MOST_ASKED = 120  # longer words asked of the engine at once, the shortest first
MOST_TERMS = 20  # of those that documents hold, the most frequent
SHORTEST = 3
# Whole texts, letter by letter: nothing limits how often plain questions are asked (search.literal.admit).
MOST_READ = 60
MOST_UNKNOWN = 4  # words of one question that are looked for like this


@dataclass(frozen=True)
class Within:
    """How the index may hold the letters of a word."""

    word: str
    terms: Mapping[str, int]  # longer words with its letters -> documents, the most frequent first
    parts: Group

    @property
    def groups(self) -> tuple[Group, ...]:
        return (*((term,) for term in self.terms), *((self.parts,) if self.parts else ()))

    @property
    def looks_misspelt(self) -> bool:
        """พิจิต: what mostly holds its letters is one letter longer, or nothing can hold them."""
        longer = next(iter(self.terms), "")
        rest = longer.replace(self.word, "", 1)
        return len(rest) == 1 and rest not in "ฯๆ" if longer else not self.parts


@dataclass(frozen=True)
class Answer(Found):
    """``unknown`` are those words alone that stand nowhere, or look like a mistake."""

    weights: Mapping[str, float] = dataclasses.field(default_factory=dict)  # the words to be marked
    looked_through: int = 0  # texts whose letters were compared, where there are more of them


def search(engine: Reader, ask: Ask, question: Question, words: QueryWords) -> Answer:
    """The engine's answer; where it does not know a word, that of the letters. Phrases are verified by whoever asks."""
    found = engine.search(dataclasses.replace(ask, tell_unknown=True))
    within = [held_within(word, engine) for word in _whole(words.order, found.unknown)]
    if not any(one.groups for one in within):
        return _answer(found, ask.words, found.unknown)
    wider = _wider(ask, question, within)
    misspelt = frozenset(stem(one.word) for one in within if one.looks_misspelt)
    if question.is_plain and found.unknown.issuperset(ask.words) and any(one.parts for one in within):
        return _verified(engine, ask, wider, within, misspelt)
    return _answer(engine.search(wider), _marked(ask, within), misspelt)


def _whole(order: Sequence[Token], unknown: Collection[str]) -> list[str]:
    """Without the shards of a typing error: สตร์ of ยุ|ทศา|สตร์ stands in very many words."""
    found: list[str] = []
    shard = [_is_shard(token.text) for token in order]
    for i, token in enumerate(order):
        before = i > 0 and order[i - 1].end == token.start and shard[i - 1]
        after = i + 1 < len(order) and order[i + 1].start == token.end and shard[i + 1]
        long_enough = len(token.text) >= SHORTEST
        if long_enough and stem(token.text) in unknown and not (shard[i] or before or after):
            found.append(token.text)
    return list(dict.fromkeys(found))[:MOST_UNKNOWN]


def _is_shard(word: str) -> bool:
    return word not in stop_words() and (len(word) < SHORTEST or word not in dictionary())


def held_within(word: str, engine: Reader) -> Within:
    longer = sorted(longer_words(word), key=lambda other: (len(other), other))[:MOST_ASKED]
    asked = set(longer)
    _itself, *finer = groups_of(word)
    parts = finer[0] if finer else ()
    frequency = engine.frequencies(asked.union(parts)) if asked or parts else {}
    terms = sorted((term for term in asked if frequency[term]), key=lambda term: (-frequency[term], term))
    return Within(
        word,
        {term: frequency[term] for term in terms[:MOST_TERMS]},
        parts if all(frequency[part] for part in parts) else (),
    )


@functools.cache
def _one_a_line() -> str:
    return "\n".join(["", *sorted(dictionary()), ""])


def longer_words(word: str) -> Iterator[str]:
    """Of the dictionary, those that hold the letters within whole syllables. Searched as one text, which takes a
    tenth of the time of 67,000 comparisons."""
    if not THAI.match(word):
        return
    words, letters = _one_a_line(), pattern(word)
    place = words.find(word)
    while place >= 0:
        start, end = words.rindex("\n", 0, place) + 1, words.index("\n", place)
        if end - start > len(word) and letters.search(words[start:end]):
            yield words[start:end]
        place = words.find(word, end)


def _marked(ask: Ask, within: list[Within]) -> dict[str, float]:
    """Parts only of words that no longer word holds: they are everywhere."""
    more = (word for one in within for word in one.terms or one.parts)
    return dict(ask.words) | dict.fromkeys(more, SYNONYM_WEIGHT)


def _wider(ask: Ask, question: Question, within: list[Within]) -> Ask:
    """A part alone is no answer: what was asked for, a longer word, or all the parts."""
    weights = dict(ask.words)
    for one in within:
        for word in (*one.terms, *one.parts):
            weights.setdefault(word, SYNONYM_WEIGHT)
    also: dict[Group, tuple[Group, ...]] = {(stem(one.word),): one.groups for one in within}
    required = [
        tuple(dict.fromkeys([*groups, *(more for group in groups for more in also.get(group, ()))]))
        for groups in ask.required
    ]
    if question.is_plain and not required:
        some = [(word,) for word in ask.words] + [group for one in within for group in one.groups]
        required = [tuple(dict.fromkeys(some))]
    return dataclasses.replace(ask, words=weights, required=tuple(required))


def _verified(engine: Reader, ask: Ask, wider: Ask, within: list[Within], misspelt: frozenset[str]) -> Answer:
    """Nothing but letters was asked for: parts that stand apart in a text are not what was meant."""
    first = dataclasses.replace(wider, limit=MOST_READ, facets=(), language="")
    if ask.facets:  # which are counted here
        first = dataclasses.replace(first, filters=Filters(part_of=ask.filters.part_of))
    found = engine.search(first)
    wanted = [pattern(one.word) for one in within]
    enough = all if ask.required else any
    held = [c for c in found.candidates if enough(p.search(text_of(c.document)) for p in wanted)]
    held = one_of_each(held, ask.language)
    kept = let_through(held, ask.filters)
    counts = counted(held, ask.filters) if ask.facets else {}
    if not held:
        misspelt |= {stem(one.word) for one in within}
    looked_through = MOST_READ if found.total > MOST_READ else 0
    return Answer(kept, len(kept), counts, misspelt, _marked(ask, within), looked_through)


def _answer(found: Found, weights: Mapping[str, float], unknown: frozenset[str]) -> Answer:
    return Answer(found.candidates, found.total, found.counts, unknown, weights)
