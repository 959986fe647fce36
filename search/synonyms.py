"""Words of the same meaning: the shipped list, and the lines that editors add, which count at the next question."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Sequence

from core import nearby
from search.engines.base import Group
from search.models import SYNONYMS_KEY, SynonymGroup
from search.text import QueryWords, fold, tokens
from search.text.analyse import SYNONYM_WEIGHT, stem, stop_words, synonym_groups


def editors_groups() -> list[list[str]]:
    return nearby.remember(SYNONYMS_KEY, lambda: [group.members for group in SynonymGroup.objects.all()])


@functools.lru_cache(maxsize=2_000)
def _cut(word: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokens(fold(word)))


def _plain(word: str) -> str:
    """An abbreviation the dictionary does not know is cut to pieces at its dot: it is compared without."""
    return fold(word).replace(".", "")


def _as_group(word: str) -> Group:
    """Its words in the index, without stop words unless there is nothing else."""
    cut = _cut(word)
    return tuple(stem(text) for text in cut if text not in stop_words()) or tuple(map(stem, cut))


def _stands_in(wanted: Sequence[str], words: Sequence[str]) -> bool:
    """An editor's word need not be in the dictionary: then it is several words in a row."""
    n = len(wanted)
    return any(tuple(words[i : i + n]) == tuple(wanted) for i in range(len(words) - n + 1)) if n else False


def widened(words: QueryWords) -> QueryWords:
    """The question with the editors' words of the same meaning; the shipped ones are in it already."""
    typed = [token.text for token in words.order]
    chunks = {_plain(chunk) for chunk in words.folded.split()}
    weights = dict(words.weights)
    for group in editors_groups():
        if any(_plain(member) in chunks or _stands_in(_cut(member), typed) for member in group):
            for member in group:
                for word in _as_group(member):
                    weights.setdefault(word, SYNONYM_WEIGHT)
    return dataclasses.replace(words, weights=weights) if len(weights) > len(words.weights) else words


def same_meaning(word: str) -> list[Group]:
    """What may stand in a text for one word of a question where every word is required."""

    def is_it(member: str) -> bool:
        return _plain(member) == word or _cut(member) == (word,)

    lists = [*editors_groups(), [word, *synonym_groups().get(word, ())]]
    found = [group for group in lists if any(map(is_it, group))]
    return [_as_group(member) for group in found for member in group if not is_it(member)]


def is_editors_word(text: str) -> bool:
    """Never "corrected": the office itself says that it is a word."""
    return any(_plain(text) == _plain(member) for group in editors_groups() for member in group)
