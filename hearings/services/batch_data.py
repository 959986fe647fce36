"""What a village's sheet says, and what its numbers and its people must fulfil (P110)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from geography.models import District, Province, Subdistrict
from hearings.consent import CONSENT_VERSION
from hearings.enums import Channel, PublishName, Stance
from hearings.models import DraftBlock, ProxyBatch, ProxyRow
from hearings.services.answers import AnswerData
from hearings.services.data import CommentData, SubmissionData

MOST_ROWS = 60
MOST_HEADS = 5000


@dataclass(frozen=True, kw_only=True)
class RowData:
    """What one villager said."""

    stance: str
    block_key: uuid.UUID | None = None
    people: int = 1
    reason: str = ""
    suggestion: str = ""
    sector: str = "citizen"
    name: str = ""
    agreed: bool = False
    agreed_name: bool = False
    under_20: bool = False
    answers: Sequence[AnswerData] = ()

    @property
    def has_words(self) -> bool:
        return bool(self.reason.strip() or self.suggestion.strip() or self.answers)


@dataclass(frozen=True, kw_only=True)
class BatchData:
    """Where and when, and the show of hands."""

    held_on: dt.date
    people: int
    heads: Mapping[str, int]
    section_heads: Mapping[uuid.UUID, Mapping[str, int]] = field(default_factory=dict)
    province: Province | None
    district: District | None
    subdistrict: Subdistrict | None = None
    village_no: int | None = None
    note: str = ""


def checked_heads(heads: Mapping[str, int], people: int) -> dict[str, int]:
    """A number for each stance; nobody raises the hand twice."""
    counted = _counted(heads)
    if not 0 <= people <= MOST_HEADS:
        raise _wrong_number()
    hands = sum(counted.values())
    if hands > people:
        raise ValidationError(
            {"people": _("More hands were counted (%(hands)d) than people were there (%(people)d). Count again.")
             % {"hands": hands, "people": people}},
            code="hands",
        )  # fmt: skip
    return counted


def checked_section_heads(
    section_heads: Mapping[uuid.UUID, Mapping[str, int]],
    people: int,
    sections: Mapping[uuid.UUID, DraftBlock],
) -> dict[str, dict[str, int]]:
    """As it is stored: only sections somebody raised a hand on. ``sections``: all that were ever published, by key."""
    if any(key not in sections for key in section_heads):
        raise ValidationError(
            _("Hands were counted on a section that is not part of this hearing. Open the form again."),
            code="section",
        )
    counted = {key: _counted(heads) for key, heads in section_heads.items()}
    for key, heads in counted.items():
        if (hands := sum(heads.values())) > people:
            raise ValidationError({"people": too_many_hands(sections[key], hands, people)}, code="hands")
    return {str(key): heads for key, heads in counted.items() if any(heads.values())}


def too_many_hands(section: DraftBlock, hands: int, people: int) -> str:
    return _(
        "Section %(section)s: more hands were counted (%(hands)d) than people were there (%(people)d). Count again."
    ) % {"section": section.number or section.heading, "hands": hands, "people": people}


def _counted(heads: Mapping[str, int]) -> dict[str, int]:
    counted = {stance: int(heads.get(stance, 0)) for stance in Stance.values}
    if any(not 0 <= number <= MOST_HEADS for number in counted.values()):
        raise _wrong_number()
    return counted


def _wrong_number() -> ValidationError:
    return ValidationError({"people": _("Type a number of people from 0 to 5000.")}, code="people")


def as_comment(row: RowData | ProxyRow) -> CommentData:
    return CommentData(
        stance=row.stance, block_key=row.block_key, reason=row.reason, suggestion=row.suggestion
    )


def who_speaks(batch: ProxyBatch, row: ProxyRow, name: str) -> SubmissionData:
    """Who speaks, as a submission knows it: from the village of the sheet, written down by its writer."""
    return SubmissionData(
        stance=row.stance, sector=row.sector, consent_version=CONSENT_VERSION, province=batch.province,
        district=batch.district, subdistrict=batch.subdistrict, village_no=batch.village_no,
        channel=Channel.ON_BEHALF, name=name, under_20=row.under_20, entered_by=batch.entered_by,
        publish_name=PublishName.NAME if row.agreed_name else PublishName.NONE,
    )  # fmt: skip
