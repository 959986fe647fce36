"""What a comment is about, as one value of a form: "" the whole, "<section>", or "<section>.<paragraph>".

One value and not two fields, so that choosing another section can never leave a paragraph of the first behind.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.prepared import columns
from core.types import Words
from hearings.models import Comment, DraftBlock, Hearing
from hearings.page_marks import PageMark
from hearings.paragraphs import KEY_PATTERN, fold, paragraphs
from hearings.services.data import CommentData
from hearings.services.records import known_mark

WHOLE = "whole"
WHOLE_LABEL = gettext_lazy("The whole matter")
DOT = "."
FIRST_WORDS = 60

Choice = tuple[str, Words]
Group = tuple[Words, list[Choice]]


@dataclass(frozen=True)
class Piece:
    """A paragraph as people call it: ``2.3`` is the third one of section 2."""

    key: str
    label: str
    text: str

    @property
    def beginning(self) -> str:
        if len(self.text) <= FIRST_WORDS:
            return self.text
        # Thai has spaces between phrases only: cut there if one is near, so that no number is cut in two.
        phrases, _space, _rest = self.text[: FIRST_WORDS + 1].rpartition(" ")
        return f"{phrases if len(phrases) > FIRST_WORDS // 2 else self.text[:FIRST_WORDS]}…"


@functools.lru_cache(maxsize=512)  # frozen texts: the same at every step of every form
def pieces(number: str, body: str) -> tuple[Piece, ...]:
    found = [paragraph for paragraph in paragraphs(body) if paragraph.key]
    return tuple(Piece(p.key, f"{number}{DOT}{place}", p.text) for place, p in enumerate(found, 1))


@dataclass(frozen=True)
class Place:
    block: DraftBlock | None = None
    piece: Piece | None = None

    @property
    def value(self) -> str:
        if self.block is None:
            return ""
        return f"{self.block.key}{DOT}{self.piece.key}" if self.piece else str(self.block.key)

    @property
    def label(self) -> str:
        """``2. Dredging`` or ``2.3 “The gates are …”``."""
        if self.block is None:
            return str(WHOLE_LABEL)
        if self.piece:
            return _("%(number)s “%(words)s”") % {"number": self.piece.label, "words": self.piece.beginning}
        return section_label(self.block)

    def in_version(self, block: DraftBlock) -> str:
        """What can be quoted from it as the section reads in ``block``; "" if it was not there."""
        if self.piece:
            found = pieces(block.number, block.body)
            return next((piece.text for piece in found if piece.key == self.piece.key), "")
        return fold(" ".join([block.heading, *(paragraph.text for paragraph in paragraphs(block.body))]))


def section_label(block: DraftBlock) -> str:
    return _label(block.number, block.heading)


def _label(number: str, heading: str) -> str:
    return f"{number}. {heading}" if number else heading


def place_value(comment: Comment | CommentData) -> str:
    """The value a form shows for what was sent."""
    if comment.block_key is None:
        return ""
    return (
        f"{comment.block_key}{DOT}{comment.paragraph_key}"
        if comment.paragraph_key
        else str(comment.block_key)
    )


def place_of(comment: Comment) -> Place:
    """Where it stands in the text its author read."""
    block = comment.block
    found = pieces(block.number, block.body) if block and comment.paragraph_key else ()
    return Place(block, next((piece for piece in found if piece.key == comment.paragraph_key), None))


class Places:
    """All places of one draft. Paragraphs of earlier versions are found too: the record may hold them."""

    def __init__(self, sections: Sequence[DraftBlock], hearing: Hearing | None = None) -> None:
        self._sections = sections
        lines = columns(sections, "key", "number", "heading")
        self._labels = {str(key): _label(number, heading) for key, number, heading in lines}
        self._order = {str(key): order for order, (key, *_words) in enumerate(lines)}
        self.hearing = hearing
        self._found: dict[str, Place | None] = {}
        self._marks: dict[str, PageMark | None] = {}

    def __len__(self) -> int:
        """How many things can be said: of each section and each of its paragraphs, and of the whole."""
        divided = (len(pieces(block.number, block.body)) for block in self._sections)
        return 1 + sum(1 + (count if count > 1 else 0) for count in divided)

    def find(self, value: object) -> Place | None:
        """The place a posted value means; None if there is no such place."""
        text = str(value or "").strip()
        if text not in self._found:
            self._found[text] = self._look_up(text)
        return self._found[text]

    def _look_up(self, text: str) -> Place | None:
        if text in ("", WHOLE):
            return Place()
        section, dot, paragraph = text.partition(DOT)
        block = self._section(section)
        if block is None or not dot:
            return Place(block) if block else None
        if KEY_PATTERN.fullmatch(paragraph):
            for version in self._versions(block):
                for piece in pieces(version.number, version.body):
                    if piece.key == paragraph:
                        return Place(version, piece)
        return None

    def _section(self, key: str) -> DraftBlock | None:
        """Of the ten of a draft a form mostly needs one."""
        return self._sections[self._order[key]] if key in self._order else None

    def hold(self, place: Place, quote: str) -> bool:
        """Whether these words stood there, now or in an earlier version."""
        block = self._section(str(place.block.key)) if place.block else None
        return block is not None and any(
            quote in place.in_version(version) for version in self._versions(block)
        )

    def find_mark(self, value: object) -> PageMark | None:
        """The page of a document that a posted value means; None if this hearing has no such page."""
        text = str(value or "").strip()
        if text not in self._marks:
            mark = PageMark.parse(text) if self.hearing is not None else None
            self._marks[text] = known_mark(self.hearing, mark) if mark and self.hearing else None
        return self._marks[text]

    def _versions(self, block: DraftBlock) -> Iterator[DraftBlock]:
        """The text of today first; the others are read only if it does not answer."""
        yield block
        if self.hearing is not None:
            older = DraftBlock.objects.filter(version__hearing=self.hearing, key=block.key)
            yield from older.exclude(pk=block.pk).order_by("-version__number")

    def choices(self, chosen: Place | None) -> list[Choice]:
        """The whole, the sections, and below its section the one paragraph that was chosen in the draft."""
        found: list[Choice] = [("", WHOLE_LABEL)]
        for key, label in self._labels.items():
            found += [(key, label), *_line(chosen, key)]
        return found

    def groups(self, chosen: Place | None) -> list[Choice | Group]:
        """For a list: each section with its paragraphs below."""
        found: list[Choice | Group] = [(WHOLE, WHOLE_LABEL)]
        for key, label in self._labels.items():
            block = self._sections[self._order[key]]
            inside = [Place(block, piece) for piece in pieces(block.number, block.body)]
            lines: list[Choice] = [(place.value, place.label) for place in inside] if len(inside) > 1 else []
            lines += [line for line in _line(chosen, key) if line not in lines]
            if lines:
                all_of_it = _("All of section %(number)s") % {"number": block.number}
                choices: list[Choice] = [(key, all_of_it), *lines]
                found.append((label, choices))
            else:
                found.append((key, label))
        return found


def _line(chosen: Place | None, section: str) -> list[Choice]:
    """The chosen paragraph, if it belongs to this section."""
    if chosen and chosen.piece and chosen.block and str(chosen.block.key) == section:
        return [(chosen.value, chosen.label)]
    return []
