"""What a submission is made of, and the checks that hold wherever it comes from: website, paper, telephone, import."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.digits import to_arabic
from core.text import clean_text
from hearings.enums import Capacity, Channel, PublishName
from hearings.models.submissions import COMMENT_WORDS
from hearings.page_marks import PageMark

if TYPE_CHECKING:
    from accounts.models import User
    from core.models import Topic
    from geography.models import District, Province, Subdistrict

MOST_COMMENTS = 60
HIGHEST_VILLAGE_NO = 99

WORDS = ("name", "organisation")
# Thirteen digits as they are printed on the card (1-2345-67890-12-3) or typed in one go.
CITIZEN_NUMBER = re.compile(r"(?<!\d)\d(?:[ \-.]?\d){12}(?!\d)")


@dataclass(frozen=True, kw_only=True)
class SubmissionData:
    """Who speaks. ``stance`` is the headline; it is counted, the comments explain it."""

    stance: str
    sector: str
    consent_version: str
    capacity: str = Capacity.SELF
    organisation: str = ""
    province: Province | None = None
    district: District | None = None
    subdistrict: Subdistrict | None = None
    village_no: int | None = None
    channel: str = Channel.WEB
    received_on: dt.date | None = None
    under_20: bool = False
    publish_name: str = PublishName.NONE
    name: str = ""
    email: str = ""
    language: str = "th"
    entered_by: User | None = None

    def as_json(self) -> dict:
        """The record kept in SubmissionVersion: plain values, areas by their codes."""
        area = {f"{level}_code": getattr(getattr(self, level), "pk", None) for level in AREA_LEVELS}
        plain = {f.name: getattr(self, f.name) for f in dataclasses.fields(self) if f.name not in NOT_PLAIN}
        return {**{name: _plain(value) for name, value in plain.items()}, **area}


AREA_LEVELS = ("province", "district", "subdistrict")
NOT_PLAIN = (*AREA_LEVELS, "entered_by")


@dataclass(frozen=True, kw_only=True)
class CommentData:
    """What is said about one section or one paragraph of it, or about the whole where ``block_key`` is None."""

    stance: str
    block_key: uuid.UUID | None = None
    paragraph_key: str = ""
    quote: str = ""
    mark: PageMark | None = None
    topic: Topic | None = None
    reason: str = ""
    suggestion: str = ""
    expected_impact: str = ""

    @property
    def place(self) -> tuple[uuid.UUID | None, str]:
        """What it is about. One person says one thing about one place."""
        return self.block_key, self.paragraph_key

    def as_json(self) -> dict:
        key = str(self.block_key) if self.block_key else None
        said: dict[str, Any] = {
            "block_key": key, "paragraph_key": self.paragraph_key, "quote": self.quote,
            "stance": str(self.stance), "reason": self.reason, "suggestion": self.suggestion,
        }  # fmt: skip
        if self.expected_impact:
            said["expected_impact"] = self.expected_impact
        if self.topic:
            said["topic"] = {"id": self.topic.pk, "name": self.topic.name}
        return {**said, "on_page": self.mark.as_json()} if self.mark else said


def longest_text() -> int:
    """Ours: characters of a reason, a suggestion or an expected impact."""
    return settings.HEARING_LONGEST_TEXT


def _plain(value: object) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def checked_data(data: SubmissionData) -> SubmissionData:
    """Clean the words, apply the privacy rules and refuse what cannot be stored. Raises ValidationError by field."""
    words: dict[str, Any] = {name: clean_text(getattr(data, name)) for name in WORDS}
    errors: dict[str, list[ValidationError]] = {}
    for name, text in words.items():
        _refuse_citizen_number(errors, name, text)
    if data.capacity == Capacity.GROUP and not words["organisation"]:
        errors["organisation"] = [
            ValidationError(_("Write the name of the group you speak for."), code="required")
        ]
    _check_area(errors, data)
    if errors:
        raise ValidationError(errors)
    return _privacy_first(dataclasses.replace(data, email=data.email.strip(), **words))


def checked_comments(comments: list[CommentData], known_keys: set[uuid.UUID]) -> list[CommentData]:
    """The comments with cleaned words; each section, paragraph and the whole at most once, and only known sections.

    Whether a paragraph and a quote are in the section is asked by records.placed_comments, which has the texts.
    """
    if len(comments) > MOST_COMMENTS:
        raise ValidationError(_("These are too many comments for one submission."), code="too_many")
    places = [comment.place for comment in comments]
    if len(places) != len(set(places)):
        raise ValidationError(
            _("There are two comments on the same section. Put them into one."), code="twice"
        )
    if not {key for key, _paragraph in places if key} <= known_keys:
        raise ValidationError(
            _("A section you commented on is not in this draft. Choose it again."), code="unknown_section"
        )
    return [_checked_comment(comment) for comment in comments]


def _checked_comment(comment: CommentData) -> CommentData:
    errors: dict[str, list[ValidationError]] = {}
    words: dict[str, Any] = {name: clean_text(getattr(comment, name)) for name in COMMENT_WORDS}
    for name, text in words.items():
        _refuse_citizen_number(errors, name, text)
        if len(text) > longest_text():
            too_long = _("This is %(length)d characters long, the limit is %(limit)d.")
            params = {"length": len(text), "limit": longest_text()}
            errors.setdefault(name, []).append(ValidationError(too_long, code="max_length", params=params))
    if errors:
        raise ValidationError(errors)
    return dataclasses.replace(comment, **words)


def _privacy_first(data: SubmissionData) -> SubmissionData:
    """People under 20 appear without a name, whatever they chose (standards.md D5); unused names are not kept."""
    if data.under_20:
        data = dataclasses.replace(data, publish_name=PublishName.NONE)
    if data.publish_name == PublishName.NONE:
        return dataclasses.replace(data, name="")
    return data


def _check_area(errors: dict[str, list[ValidationError]], data: SubmissionData) -> None:
    in_province = not data.district or (data.province and data.district.province_id == data.province.pk)
    in_district = not data.subdistrict or (data.district and data.subdistrict.district_id == data.district.pk)
    if not (in_province and in_district):
        mismatch = _("This place does not belong to the district or province you chose. Choose it again.")
        errors["subdistrict" if in_province else "district"] = [ValidationError(mismatch, code="area")]
    if data.village_no is not None and not 1 <= data.village_no <= HIGHEST_VILLAGE_NO:
        errors["village_no"] = [ValidationError(_("Village numbers run from 1 to 99."), code="village_no")]


def _refuse_citizen_number(errors: dict[str, list[ValidationError]], field: str, text: str) -> None:
    if has_citizen_number(text):
        sentence = _(
            "There is a citizen identification number in this text. Please take it out: we never need it, "
            "and in a published comment strangers could misuse it."
        )
        errors.setdefault(field, []).append(ValidationError(sentence, code="citizen_number"))


def has_citizen_number(text: str) -> bool:
    """True if the text holds 13 digits whose last is the right check digit of a Thai identity card."""
    return any(_is_citizen_number(found) for found in CITIZEN_NUMBER.findall(to_arabic(text)))


def _is_citizen_number(text: str) -> bool:
    digits = [int(c) for c in text if c.isdigit()]
    weighted = sum(digit * weight for digit, weight in zip(digits, range(13, 1, -1), strict=False))
    return (11 - weighted % 11) % 10 == digits[12]
