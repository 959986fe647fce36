"""Cut text into words: dictionary words (nlpo3), and the ICU parts of compounds.

The dictionary cut keeps องค์การบริหารส่วนตำบล whole, the ICU cut gives องค์การ, บริหาร, ส่วน, ตำบล: both are
indexed, so both are found (search.md, 2b). Loading takes 0.1 s and 70 MB and happens at the first use.
"""

from __future__ import annotations

import functools
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import nlpo3
from icu4py.breakers import WordBreaker

DATA = Path(__file__).resolve().parent.parent / "data"
DICTIONARY = "prachakhom-1"  # nlpo3 never replaces a name that is loaded: a new list needs a new name
LONGEST_PIECE = 4_000  # a text without any space is handed over in pieces of this size
THAI = re.compile("[\u0e00-\u0e7f]")
PART_WORTHY = 4  # compounds shorter than this have no useful parts
# ก.พ.ร., พ.ศ. and ก.บ.จ are one word: กพร, พศ, กบจ. So are consonants alone before a full stop: ปตร.
ABBREVIATION = re.compile(
    "(?<![ก-\u0e4e.])(?:(?:[ก-ฮ]\\.){2,}[ก-ฮ]{1,2}(?![ก-\u0e4e.])|(?:[ก-ฮ]{1,3}\\.){2,}|[ก-ฮ]{2,5}\\.)"
)
LONGEST_BEFORE_STOP = 5  # consonants before the first full stop of an abbreviation
# The dictionary knows น. (o'clock), so โรงงาน. would fall into โรง, งา, น.
FULL_STOP = re.compile("(?<=[ก-\u0e4e])\\.")
WORD = re.compile(r"\w")
PIECE = re.compile("[\\w\u0e01-\u0e4e]+")  # Thai vowels and tone marks are not \\w
Span = tuple[int, int]
_lock = threading.Lock()


class Token(NamedTuple):
    """A word of a folded text and where it stands in it."""

    text: str
    start: int
    end: int


@functools.cache
def _load() -> None:
    path = DATA / "words.txt"
    message, loaded = nlpo3.load_dict(str(path), DICTIONARY)
    if not loaded and "already" not in message:
        raise RuntimeError(f"The dictionary of search cannot be read: {path}: {message}")


@functools.cache
def dictionary() -> frozenset[str]:
    """Every word of the shipped list."""
    return frozenset((DATA / "words.txt").read_text(encoding="utf-8").split())


def cut(text: str) -> list[str]:
    """Words, spaces and signs in their order; joined they are exactly ``text``."""
    with _lock:  # two first uses at once must not load twice
        _load()
    found: list[str] = []
    for start in range(0, len(text), LONGEST_PIECE):
        piece = text[start : start + LONGEST_PIECE]
        found += nlpo3.segment(piece, DICTIONARY, safe=False) if piece.strip() else [piece]
    return found


def chunks(folded: str) -> list[str]:
    """What the dictionary finds in a folded text, abbreviations whole; joined they are as long as the text."""
    found: list[str] = []
    end = 0
    for start, stop in _abbreviations(folded):
        found += cut(FULL_STOP.sub(" ", folded[end:start]))
        found.append(folded[start:stop])
        end = stop
    rest = folded[end:]
    return found + cut(FULL_STOP.sub(" ", rest) if "." in rest else rest)


def _abbreviations(folded: str) -> Iterator[Span]:
    """The pattern is tried before full stops only: at every letter of a text it would cost more than the cut."""
    stop = folded.find(".")
    while stop >= 0:
        start = stop
        while stop - start < LONGEST_BEFORE_STOP and "ก" <= folded[start - 1 : start] <= "ฮ":
            start -= 1
        match = ABBREVIATION.match(folded, start)
        if match:
            yield match.span()
        stop = folded.find(".", match.end() if match else stop + 1)


def tokens(folded: str) -> list[Token]:
    """The words of a folded text with their places; abbreviations are joined, spaces and signs left out."""
    found: list[Token] = []
    at = 0
    for chunk in chunks(folded):
        found += [Token(word, at + start, at + end) for word, start, end in words_in(chunk)]
        at += len(chunk)
    return found


@functools.lru_cache(maxsize=5_000)  # the same words come again and again
def words_in(chunk: str) -> tuple[tuple[str, int, int], ...]:
    """Without the signs that the dictionary or nlpo3 keeps with a word: ``2569/2``. A full stop behind a Thai letter
    is only in an abbreviation (``chunks``), which is one word."""
    if not WORD.search(chunk):
        return ()
    if FULL_STOP.search(chunk):
        return ((chunk.replace(".", ""), 0, len(chunk)),)
    return tuple((m.group(), *m.span()) for m in PIECE.finditer(chunk))


@functools.lru_cache(maxsize=5_000)
def parts(word: str) -> tuple[tuple[int, int], ...]:
    """Where ICU cuts a Thai compound; empty when it does not."""
    if len(word) < PART_WORTHY or not THAI.match(word):
        return ()
    found = tuple(WordBreaker(word, "th").segments())
    return found if len(found) > 1 else ()
