"""The draft to read, section by section and paragraph by paragraph, in every version, and two versions compared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hearings.compare import compare
from hearings.draft_totals import ParagraphTotals, comments_by_paragraph
from hearings.enums import BlockKind
from hearings.models import DraftBlock, DraftVersion, Hearing
from hearings.paragraphs import paragraphs
from hearings.tallies import EMPTY, Tally
from hearings.totals import SectionTotals, totals_by_block
from hearings.views.hearing import HearingRoom
from hearings.views.lookup import visible_hearing

NOTHING = SectionTotals({}, 0)


@dataclass(frozen=True)
class PieceToRead:
    """A paragraph with its number (1.2) and its published comments."""

    key: str
    html: str
    label: str
    readable: int


@dataclass(frozen=True)
class PartToRead:
    """A section or an alternative with what was said about it."""

    block: DraftBlock
    pieces: list[PieceToRead]
    tally: Tally
    readable: int

    @property
    def is_divided(self) -> bool:
        """A section of one paragraph has one button, not two for the same words."""
        return sum(bool(piece.key) for piece in self.pieces) > 1


@dataclass(frozen=True)
class Group:
    """A section, or alternatives that follow each other and are compared."""

    is_choice: bool
    parts: list[PartToRead]


class DraftToRead:
    """One version of the draft as its page shows it."""

    def __init__(self, hearing: Hearing, version: DraftVersion) -> None:
        self.hearing, self.version = hearing, version

    @cached_property
    def parts(self) -> list[PartToRead]:
        totals, by_paragraph = totals_by_block(self.hearing), comments_by_paragraph(self.hearing)
        return [
            _part(block, totals.get(block.key, NOTHING), by_paragraph) for block in self.version.blocks.all()
        ]

    @cached_property
    def groups(self) -> list[Group]:
        found: list[Group] = []
        for part in self.parts:
            is_choice = part.block.kind == BlockKind.ALTERNATIVE
            if is_choice and found and found[-1].is_choice:
                found[-1].parts.append(part)
            else:
                found.append(Group(is_choice, [part]))
        return found


def _part(block: DraftBlock, totals: SectionTotals, by_paragraph: ParagraphTotals) -> PartToRead:
    pieces, number = [], 0
    for piece in paragraphs(block.body):
        number += bool(piece.key)
        label = f"{block.number}.{number}" if piece.key else ""
        readable = by_paragraph.get((block.key, piece.key), 0) if piece.key else 0
        pieces.append(PieceToRead(piece.key, piece.html, label, readable))
    tally = Tally.of(totals.stances) if totals.stances else EMPTY
    return PartToRead(block, pieces, tally, totals.readable)


@require_safe
def draft(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """The newest version, or an earlier one by its number: what people were asked stays readable (P19)."""
    hearing = visible_hearing(slug)
    versions = _versions(hearing)
    newest = versions[-1]
    version = _numbered(versions, number) if number is not None else newest
    room = HearingRoom(hearing, timezone.now())
    context = {
        "hearing": hearing,
        "room": room,
        "versions": versions[::-1],
        "version": version,
        "newest": newest,
        "previous": next((v for v in versions[::-1] if v.number < version.number), None),
        "draft": DraftToRead(hearing, version),
        # An earlier version can be read and compared; what people are asked now is the newest.
        "can_comment": room.is_open and version is newest,
    }
    return render(request, "hearings/draft.html", context)


@require_safe
def draft_compare(request: HttpRequest, slug: str, older: int, newer: int) -> HttpResponse:
    hearing = visible_hearing(slug)
    versions = _versions(hearing)
    first, second = _numbered(versions, older), _numbered(versions, newer)
    if older == newer:
        return redirect("hearings:draft_version", slug, older)
    if older > newer:
        return redirect("hearings:draft_compare", slug, newer, older)
    totals = totals_by_block(hearing)
    context = {
        "hearing": hearing,
        "room": HearingRoom(hearing, timezone.now()),
        "versions": versions,
        "newest": versions[-1],
        "comparison": compare(first, second, lambda key: totals.get(key, NOTHING).readable),
        "notes": [v for v in versions if older < v.number <= newer and v.note],
    }
    return render(request, "hearings/draft_compare.html", context)


@require_safe
def choose_versions(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of the comparison works without JavaScript: it asks for an address and gets it."""
    versions = _versions(visible_hearing(slug))
    numbers = {str(version.number): version.number for version in versions}
    newer = numbers.get(request.GET.get("b", ""), versions[-1].number)
    older = numbers.get(request.GET.get("a", ""), versions[0].number)
    return redirect("hearings:draft_compare", slug, older, newer)


def _versions(hearing: Hearing) -> list[DraftVersion]:
    found = list(hearing.draft_versions.prefetch_related("blocks").order_by("number"))
    if not found:
        raise Http404(_("This hearing has no draft."))
    return found


def _numbered(versions: list[DraftVersion], number: int) -> DraftVersion:
    found = next((version for version in versions if version.number == number), None)
    if found is None:
        raise Http404(_("There is no such version of the draft."))
    return found
