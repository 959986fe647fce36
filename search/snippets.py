"""The best passage of a text with the found words marked. Everything is escaped here; nothing else marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from html import escape
from itertools import pairwise
from typing import NamedTuple

from django.utils.safestring import SafeString

from core.names import keep_together
from search.text import Borders, QueryWords, parts
from search.text.analyse import stem
from search.text.cut import WORD

LENGTH = 180
LEAD = 50  # how far before the first found word a passage may begin
MORE = 20  # a text that is only so much longer is shown whole
PLACES_PER_WORD = 60
SPACE = re.compile(r"\s+")
COMBINING = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")

STEMMED = re.compile("[a-z.]+")  # English words, and abbreviations, which lose their dots

Span = tuple[int, int]


class Passage(NamedTuple):
    """A piece of a text and the borders of the words in it; all places are places in the whole text."""

    start: int
    end: int
    borders: list[int]


def best_passage(text: Borders, query: QueryWords) -> Passage:
    """About 180 characters around the most found words."""
    folded = text.folded
    first = _densest(sorted(place for word in query.weights for place in _places(folded, word)))
    low = max(first - LEAD, 0)
    borders = text.between(low, low + LEAD + LENGTH + MORE)
    start = _start(folded, low, first, borders)
    end = _end(folded, start, borders)
    while start < end and folded[start].isspace():
        start += 1
    while start < end and folded[end - 1].isspace():
        end -= 1
    return Passage(start, end, [place for place in borders if start <= place <= end])


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


def _start(folded: str, low: int, first: int, borders: list[int]) -> int:
    """After a space if there is one, else at the first border of a word."""
    if low == 0:
        return 0
    space = SPACE.search(folded, low, first)
    if space:
        return space.end()
    for a, b in pairwise(borders):
        if WORD.search(folded, a, b) and not COMBINING.match(folded, a):
            return min(a, first)
    return first


def _end(folded: str, start: int, borders: list[int]) -> int:
    if len(folded) - start <= LENGTH + MORE:
        return len(folded)
    inside = [place for place in borders if start <= place <= start + LENGTH]
    words = ((a, b) for b, a in pairwise(reversed(inside)))
    end = next((b for a, b in words if WORD.search(folded, a, b)), start + LENGTH)
    while end < len(folded) and COMBINING.match(folded, end):
        end += 1
    return end


def marked_spans(folded: str, borders: list[int], wanted: Collection[str]) -> list[Span]:
    """Places of whole words, or of the parts of compounds, that were asked for; neighbours become one."""
    found: list[Span] = []
    for start, end in _near(folded, borders, wanted):
        text = folded[start:end]
        if stem(text.replace(".", "")) in wanted:
            found.append((start, end))
        elif "." not in text:
            inner = ((start + a, start + b) for a, b in parts(text))
            found += [(a, b) for a, b in inner if stem(folded[a:b]) in wanted]
    return _joined(found)


def _near(folded: str, borders: list[int], wanted: Collection[str]) -> list[Span]:
    """The few words worth a closer look: where something that was asked for begins, and words that have a stem."""
    if len(borders) < 2:
        return []
    first, last = borders[0], borders[-1]
    places = {match.start() for match in STEMMED.finditer(folded, first, last)}
    for word in wanted:
        place = folded.find(word, first, last)
        while place >= 0:
            places.add(place)
            place = folded.find(word, place + 1, last)
    return [(borders[i - 1], borders[i]) for i in sorted({bisect_right(borders, place) for place in places})]


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def highlight(text: str, query: QueryWords, borders: Borders | None = None) -> SafeString:
    """The text, escaped, names kept on one line, found words in ``<mark>``."""
    cut = borders or Borders.of(text)
    return _marked(text, 0, len(text), marked_spans(cut.folded, cut.between(0, len(text)), query.weights))


def snippet(text: str, query: QueryWords, borders: Borders | None = None) -> SafeString:
    """The best passage, marked; ``borders`` are kept with a text in the index, so that it is not cut again."""
    cut = borders or Borders.of(text)
    start, end, inside = best_passage(cut, query)
    if start == end:
        return SafeString("")
    marked = _marked(text, start, end, marked_spans(cut.folded, inside, query.weights))
    before, after = text[:start].strip(), text[end:].strip()
    # Of what is put together here ``_marked`` has escaped every piece.
    return SafeString(("…" if before else "") + marked + ("…" if after else ""))


def _marked(text: str, start: int, end: int, spans: Iterable[Span]) -> SafeString:
    pieces: list[str] = []
    for a, b in spans:
        pieces += [_flat(text[start:a]), "<mark>", escape(_one_line(text[a:b])), "</mark>"]
        start = b
    pieces.append(_flat(text[start:end]))
    return SafeString("".join(pieces))  # every piece is escaped above


def _flat(text: str) -> SafeString:
    return keep_together(_one_line(text))


def _one_line(text: str) -> str:
    return text if text.isprintable() and "  " not in text else SPACE.sub(" ", text)
