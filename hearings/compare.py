"""Two versions of a draft side by side, word by word (peers P18).

Sections and paragraphs find each other by their keys, so a text that moved is not shown as new. Thai is cut into
words by the site's dictionary (core.typeset.words): a change is marked as a reader would say it.
"""

from __future__ import annotations

import difflib
import functools
import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from core.typeset import words
from hearings.models import DraftBlock, DraftVersion
from hearings.paragraphs import Paragraph, paragraphs, with_keys

T = TypeVar("T")
Pair = tuple[T | None, T | None]
# A longer paragraph is shown as replaced as a whole: comparing takes the square of its words.
MOST_WORDS = 2000
# Where less than this is left of a paragraph, single words that happen to be the same only confuse.
WORTH_MARKING = 0.35


@dataclass(frozen=True)
class Piece:
    """Words that are in both versions, or (``changed``) in this one only."""

    text: str
    changed: bool


@dataclass(frozen=True)
class Row:
    """One paragraph, or the heading, in both versions; an empty side means that it is not in that version."""

    old: list[Piece]
    new: list[Piece]


@dataclass(frozen=True)
class Change:
    """One section in both versions."""

    old: DraftBlock | None
    new: DraftBlock | None
    rows: list[Row]
    readable: int = 0  # published comments on it

    @property
    def block(self) -> DraftBlock:
        """The section under the name it has now."""
        block = self.new or self.old
        assert block is not None  # noqa: S101  (a pair has at least one side)
        return block

    @property
    def is_same(self) -> bool:
        return not self.rows


@dataclass(frozen=True)
class Comparison:
    older: DraftVersion
    newer: DraftVersion
    changes: list[Change]

    @property
    def changed(self) -> int:
        return sum(not change.is_same for change in self.changes)

    @property
    def same(self) -> int:
        return len(self.changes) - self.changed

    @property
    def groups(self) -> list[list[Change]]:
        """Changed sections one by one; unchanged neighbours together, to be folded."""
        found: list[list[Change]] = []
        for change in self.changes:
            if change.is_same and found and found[-1][0].is_same:
                found[-1].append(change)
            else:
                found.append([change])
        return found


def compare(older: DraftVersion, newer: DraftVersion, readable: Callable[[uuid.UUID], int]) -> Comparison:
    """``readable`` says how many published comments a section (by its key) has."""
    pairs = aligned(list(older.blocks.all()), list(newer.blocks.all()), lambda block: str(block.key))
    return Comparison(older, newer, [_change(old, new, readable) for old, new in pairs])


def aligned(old: Sequence[T], new: Sequence[T], key: Callable[[T], str]) -> list[Pair]:
    """Pairs in the order of the new one; what was taken out stands where it used to be."""
    old_keys, new_keys = [key(item) for item in old], [key(item) for item in new]
    before = dict(zip(old_keys, old, strict=True))
    pairs: list[Pair] = []
    for _tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old_keys, new_keys, False).get_opcodes():
        pairs += [(old[i], None) for i in range(i1, i2) if old_keys[i] not in new_keys]
        pairs += [(before.get(new_keys[j]), new[j]) for j in range(j1, j2)]
    return pairs


def _change(old: DraftBlock | None, new: DraftBlock | None, readable: Callable[[uuid.UUID], int]) -> Change:
    block = new or old
    number = readable(block.key) if block else 0
    rows = [_row(old.heading, new.heading)] if old and new and old.heading != new.heading else []
    rows += _body_rows(old.body if old else "", new.body if new else "")
    is_same = old is not None and new is not None and not any(_is_changed(row) for row in rows)
    return Change(old, new, [] if is_same else rows, number)


def _body_rows(old: str, new: str) -> list[Row]:
    # What was frozen before paragraphs had keys finds its other half by its words.
    old = with_keys(old, new)
    before, after = _named(old), _named(with_keys(new, old))
    return [
        _row(a.text if a else "", b.text if b else "") for a, b in aligned(before, after, lambda p: p.key)
    ]


def _named(body: str) -> list[Paragraph]:
    """Paragraphs with words; a picture or a line is not compared."""
    return [piece for piece in paragraphs(body) if piece.key and piece.text]


def _is_changed(row: Row) -> bool:
    return any(piece.changed for piece in (*row.old, *row.new))


@functools.lru_cache(maxsize=500)  # frozen texts: long ones take seconds, and are the same at every reading
def _row(old: str, new: str) -> Row:
    if old == new:
        return Row([Piece(old, False)], [Piece(new, False)])
    a, b = cut(old), cut(new)
    matcher = difflib.SequenceMatcher(None, a, b, False)
    too_long = len(a) > MOST_WORDS or len(b) > MOST_WORDS
    if not old or not new or too_long or matcher.ratio() < WORTH_MARKING:
        return Row(_joined([(old, True)]), _joined([(new, True)]))
    before: list[tuple[str, bool]] = []
    after: list[tuple[str, bool]] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        changed = tag != "equal"
        before.append(("".join(a[i1:i2]), changed))
        after.append(("".join(b[j1:j2]), changed))
    return Row(_joined(before), _joined(after))


def _joined(parts: list[tuple[str, bool]]) -> list[Piece]:
    """Neighbours in one; a lone space between two changes belongs to them."""
    pieces: list[Piece] = []
    parts = [part for part in parts if part[0]]
    for place, (text, changed) in enumerate(parts):
        inside = 0 < place < len(parts) - 1 and parts[place - 1][1] and parts[place + 1][1]
        changed = changed or (text.isspace() and inside)
        if pieces and pieces[-1].changed == changed:
            pieces[-1] = Piece(pieces[-1].text + text, changed)
        else:
            pieces.append(Piece(text, changed))
    return pieces


def cut(text: str) -> list[str]:
    """Words and the spaces between them; joined they are the text."""
    return [word for run in re.split(r"(\s+)", text) for word in words.split_words(run) if word]
