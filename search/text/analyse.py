"""What goes into the index and what is asked of it."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import Stemmer

from search.text.borders import marks
from search.text.cut import DATA, Token, chunks, parts, tokens, words_in
from search.text.normalise import fold

LONGEST_WORD = 100  # what is longer is noise; engines refuse terms of many kilobytes
MOST_QUERY_WORDS = 32
SYNONYM_WEIGHT = 0.5


@functools.lru_cache(maxsize=5_000)
def stem(word: str) -> str:
    """The English stem (Snowball); Thai words stay as they are."""
    # A stemmer of PyStemmer must not be shared between threads; making one is cheap.
    return Stemmer.Stemmer("english").stemWord(word) if word.isascii() and word.isalpha() else word


class Analysed(NamedTuple):
    words: str  # what is indexed: whole words, then the parts of compounds, separated by spaces
    marks: str  # where words begin and end (search.text.borders)


def analysed(folded: str) -> Analysed:
    """Of a text, in one cut, what every engine indexes and what marks its excerpts."""
    found = [_of_chunk(chunk) for chunk in chunks(folded)]
    whole, inner, places = zip(*found, strict=True) if found else ((), (), ())
    return Analysed("".join(whole) + "".join(inner), "".join(places))


@functools.lru_cache(maxsize=60_000)  # what ten thousand documents hold; only who writes fills it
def _of_chunk(chunk: str) -> tuple[str, str, str]:
    whole = [word for word, _start, _end in words_in(chunk)]
    inner = [word[a:b] for word in whole for a, b in parts(word)]
    return _in_a_row(whole), _in_a_row(inner), marks(chunk)


def _in_a_row(words: Iterable[str]) -> str:
    return "".join(f"{stem(word)} " for word in words if len(word) <= LONGEST_WORD)


@dataclass(frozen=True)
class QueryWords:
    """A question in the index's words. ``weights`` also holds synonyms; ``order`` only what was typed."""

    folded: str
    order: tuple[Token, ...] = ()
    weights: dict[str, float] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.weights)

    def typed_among(self, words: Collection[str]) -> set[str]:
        return {stem(token.text) for token in self.order}.intersection(words)


def query_words(canonical_text: str) -> QueryWords:
    """Whole words only; stop words go, unless there is nothing else."""
    folded = fold(canonical_text)
    order = tuple(token for token in tokens(folded) if len(token.text) <= LONGEST_WORD)
    content = [token.text for token in order if token.text not in stop_words()] or [t.text for t in order]
    weights = {stem(word): 1.0 for word in content[:MOST_QUERY_WORDS]}
    for word in synonyms_of(folded, content):
        weights.setdefault(stem(word), SYNONYM_WEIGHT)
    return QueryWords(folded, order, weights)


@functools.cache
def stop_words() -> frozenset[str]:
    return frozenset((DATA / "stopwords.txt").read_text(encoding="utf-8").split())


@functools.cache
def synonym_groups() -> dict[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    for line in (DATA / "synonyms.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            group = tuple(fold(word.strip()) for word in line.split("="))
            groups |= {word: tuple(other for other in group if other != word) for word in group}
    return groups


def synonyms_of(folded: str, words: Iterable[str]) -> list[str]:
    """Words of the same meaning: ``อบต`` asks for องค์การบริหารส่วนตำบล too, and the other way round."""
    groups = synonym_groups()
    return [
        token.text
        for word in dict.fromkeys(words)
        for other in groups.get(word, ())
        for token in tokens(other)
        if token.text not in stop_words()
    ]
