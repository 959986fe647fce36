"""The best passage of a text with the found words marked. Everything is escaped here; nothing else marks."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from core.names import keep_together
from search.text import QueryWords, cut, fold, parts, tokens
from search.text.analyse import stem

LENGTH = 180
LEAD = 50  # how far before the first found word a passage may begin
PLACES_PER_WORD = 60
SPACE = re.compile(r"\s+")
COMBINING = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")

Span = tuple[int, int]


def best_passage(text: str, query: QueryWords) -> tuple[str, bool, bool]:
    """About 180 characters around the most found words; and whether something was left out before and after."""
    folded = fold(text)
    places = sorted(place for word in query.weights for place in _places(folded, word))
    first = _densest(places)
    start = _start(folded, first)
    end = _end(folded, start)
    return text[start:end].strip(), start > 0, end < len(text)


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


def _start(folded: str, first: int) -> int:
    if first < LEAD:
        return 0
    space = SPACE.search(folded, first - LEAD, first)
    return space.end() if space else _word_border(folded, first - LEAD, first)


def _word_border(folded: str, low: int, high: int) -> int:
    """The first border of a word after ``low``; the cut begins a little earlier so that it finds its feet."""
    place = max(low - 20, 0)
    for word in cut(folded[place : high + LENGTH]):
        if place >= low and not COMBINING.match(folded, place):
            return min(place, high)
        place += len(word)
    return high


def _end(folded: str, start: int) -> int:
    if len(folded) - start <= LENGTH + 20:
        return len(folded)
    end = start
    for word in cut(folded[start : start + LENGTH + 60]):
        if end + len(word) - start > LENGTH:
            break
        end += len(word)
    if end == start:  # one endless word
        end = start + LENGTH
    while end < len(folded) and COMBINING.match(folded, end):
        end += 1
    return end


def marked_spans(text: str, wanted: Container[str]) -> list[Span]:
    """Places of whole words, or of the parts of compounds, that were asked for; neighbours become one."""
    found: list[Span] = []
    for token in tokens(fold(text)):
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
    pieces: list[str] = []
    end = 0
    for start, stop in marked_spans(text, query.weights):
        pieces += [keep_together(text[end:start]), "<mark>", escape(text[start:stop]), "</mark>"]
        end = stop
    pieces.append(keep_together(text[end:]))
    return mark_safe("".join(pieces))  # noqa: S308  (every piece is escaped above)


def snippet(text: str, query: QueryWords) -> SafeString:
    passage, before, after = best_passage(text, query)
    if not passage:
        return SafeString("")
    flat = SPACE.sub(" ", passage)
    return mark_safe(("…" if before else "") + highlight(flat, query) + ("…" if after else ""))  # noqa: S308
