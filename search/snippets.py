"""The best passage of a text with the found words marked. Everything is escaped here; nothing else marks."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from core.names import keep_together
from search.text import QueryWords, Token, fold, parts, tokens
from search.text.analyse import stem

LENGTH = 180
LEAD = 50  # how far before the first found word a passage may begin
FOOTING = 20  # the cut begins a little earlier, so that it finds its feet, and a text may be that much longer
PLACES_PER_WORD = 60
SPACE = re.compile(r"\s+")
COMBINING = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")

Span = tuple[int, int]


class Passage(NamedTuple):
    """A piece of a text and the words in it; all places are places in the whole text."""

    start: int
    end: int
    words: list[Token]


def best_passage(text: str, query: QueryWords) -> Passage:
    """About 180 characters around the most found words. The text around them is cut into words once."""
    folded = fold(text)
    first = _densest(sorted(place for word in query.weights for place in _places(folded, word)))
    low = max(first - LEAD, 0)
    window = max(low - FOOTING, 0)
    words = [
        Token(word, window + start, window + end)
        for word, start, end in tokens(folded[window : low + LEAD + LENGTH + 2 * FOOTING])
    ]
    start = _start(folded, low, first, words)
    end = _end(folded, start, words)
    while start < end and folded[start].isspace():
        start += 1
    while start < end and folded[end - 1].isspace():
        end -= 1
    return Passage(start, end, [word for word in words if start <= word.start and word.end <= end])


def _places(folded: str, word: str) -> Iterator[tuple[int, str]]:
    probe = word[:-1] if word.isascii() and len(word) > 4 else word  # a stem may differ in its last letter
    place = folded.find(probe)
    for _count in range(PLACES_PER_WORD):
        if place < 0:
            return
        yield place, word
        place = folded.find(probe, place + len(probe))


def _densest(places: list[tuple[int, str]]) -> int:
    """Where the window with the most different words begins; the earliest of equals."""
    best, best_count = 0, 0
    for i, (start, _word) in enumerate(places):
        inside = {word for place, word in places[i : i + PLACES_PER_WORD] if place < start + LENGTH - LEAD}
        if len(inside) > best_count:
            best, best_count = start, len(inside)
    return best


def _start(folded: str, low: int, first: int, words: list[Token]) -> int:
    """After a space if there is one, else at the first border of a word."""
    if low == 0:
        return 0
    space = SPACE.search(folded, low, first)
    if space:
        return space.end()
    borders = (word.start for word in words if word.start >= low)
    return min(next((at for at in borders if not COMBINING.match(folded, at)), first), first)


def _end(folded: str, start: int, words: list[Token]) -> int:
    if len(folded) - start <= LENGTH + FOOTING:
        return len(folded)
    end = max((word.end for word in words if start < word.end <= start + LENGTH), default=start + LENGTH)
    while end < len(folded) and COMBINING.match(folded, end):
        end += 1
    return end


def marked_spans(words: Iterable[Token], wanted: Container[str]) -> list[Span]:
    """Places of whole words, or of the parts of compounds, that were asked for; neighbours become one."""
    found: list[Span] = []
    for token in words:
        if stem(token.text) in wanted:
            found.append((token.start, token.end))
        else:
            inner = parts(token.text) if token.end - token.start == len(token.text) else ()
            found += [(token.start + a, token.start + b) for a, b in inner if stem(token.text[a:b]) in wanted]
    return _joined(found)


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def highlight(text: str, query: QueryWords) -> SafeString:
    """The text, escaped, names kept on one line, found words in ``<mark>``."""
    return _marked(text, 0, len(text), marked_spans(tokens(fold(text)), query.weights))


def snippet(text: str, query: QueryWords) -> SafeString:
    start, end, words = best_passage(text, query)
    if start == end:
        return SafeString("")
    marked = _marked(text, start, end, marked_spans(words, query.weights))
    before, after = text[:start].strip(), text[end:].strip()
    return mark_safe(("…" if before else "") + marked + ("…" if after else ""))  # noqa: S308


def _marked(text: str, start: int, end: int, spans: Iterable[Span]) -> SafeString:
    pieces: list[str] = []
    for a, b in spans:
        pieces += [_flat(text[start:a]), "<mark>", escape(SPACE.sub(" ", text[a:b])), "</mark>"]
        start = b
    pieces.append(_flat(text[start:end]))
    return mark_safe("".join(pieces))  # noqa: S308  (every piece is escaped above)


def _flat(text: str) -> SafeString:
    return keep_together(SPACE.sub(" ", text))
