"""Steps that several services share: is it open, what is public, writing a version and its comments."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import BigIntegerField, QuerySet, UUIDField
from django.utils.translation import gettext_lazy as _

from core.inserts import PreparedInsert
from core.prepared import Prepared
from core.thaidate import local_day
from hearings import paragraphs
from hearings.enums import Stage, SubmissionStatus, Visibility
from hearings.models import Comment, DraftBlock, Hearing, Submission, SubmissionVersion
from hearings.page_marks import PageMark
from hearings.same_words import fingerprint
from hearings.services.data import CommentData, SubmissionData, checked_comments
from hearings.services.errors import CameOutOfTime, HearingClosed, HearingNotOpen
from hearings.topics import topics_to_choose
from hearings.totals import clear_totals

if TYPE_CHECKING:
    from hearings.services.answers import AnswerData

# Fields of SubmissionData that are stored on the submission under the same name.
STORED = (
    "stance", "sector", "capacity", "organisation", "province", "district", "subdistrict", "village_no",
    "channel", "under_20", "publish_name", "name", "email", "consent_version", "language",
)  # fmt: skip
CHECKED = (
    "stance", "sector", "capacity", "organisation", "channel", "publish_name", "name", "email",
    "consent_version", "language",
)  # fmt: skip
NOT_CHECKED = {field.name for field in Submission._meta.fields} - {*CHECKED}

# Stages in which what came in time is still written down; after the result its numbers stand.
COUNTABLE = (Stage.ANNOUNCED, Stage.SUMMARISING)
_ADD_VERSION = PreparedInsert(SubmissionVersion)
LONGEST_QUOTE = 500
UNKNOWN_PARAGRAPH = _("A paragraph you commented on is not in this draft. Choose it again.")
UNKNOWN_QUOTE = _(
    "The words you marked are not in this part of the draft. Mark them again, or leave them out."
)
UNKNOWN_PAGE = _(
    "The page you marked is not in the documents of this hearing. Choose it again, or untick it."
)
UNKNOWN_TOPIC = _(
    "The topic you chose is not among the topics of this hearing any more. Choose another one, or none."
)


def require_open(hearing: Hearing, now: dt.datetime) -> None:
    """Raise HearingNotOpen or HearingClosed. Every write of an author asks this, with the hearing freshly read."""
    if hearing.live and hearing.can_comment(now):
        return
    if hearing.stage == Stage.ANNOUNCED and hearing.live:
        if hearing.is_force_closed(now):
            raise HearingClosed(hearing.force_closed_at)
        if hearing.opens_at and now < hearing.opens_at:
            raise HearingNotOpen(hearing.opens_at)
        raise HearingClosed(hearing.closes_at)
    if hearing.announced_at is None:
        raise HearingNotOpen(None)
    ended = hearing.stage != Stage.CANCELLED and hearing.closes_at and hearing.closes_at <= now
    raise HearingClosed(hearing.closes_at if ended else None)


def came_in_time(hearing: Hearing, received_on: dt.date) -> bool:
    """Whether paper or a call reached the office on a day of the hearing; the last day counts whole."""
    if hearing.opens_on is None or hearing.ended_on is None:
        return False
    return hearing.opens_on <= received_on <= hearing.ended_on


def require_in_time(hearing: Hearing, received_on: dt.date | None, now: dt.datetime) -> None:
    """What reached the office in time counts, also when it is typed after closing, until the result is published."""
    begun = hearing.opens_at is not None and hearing.opens_at <= now
    if received_on is None or hearing.stage not in COUNTABLE or not hearing.live or not begun:
        require_open(hearing, now)
    elif received_on > local_day(now):
        raise ValidationError(
            {"received_on": _("This day is still to come. Write the day it reached the office.")}, code="day"
        )
    elif not came_in_time(hearing, received_on):
        raise CameOutOfTime(hearing.opens_on, hearing.ended_on)


def set_fields(submission: Submission, data: SubmissionData) -> None:
    """Copy the data and check choices, lengths and the e-mail address. Raises ValidationError by field."""
    for name in STORED:
        setattr(submission, name, getattr(data, name))
    submission.clean_fields(exclude=NOT_CHECKED)


def add_version(
    submission: Submission,
    number: int,
    data: SubmissionData,
    comments: list[CommentData],
    now: dt.datetime,
    *,
    answers: Sequence[AnswerData] = (),
    files: Sequence[str] = (),
) -> None:
    """``files`` are the checksums of what came with it: the record says what was there, not what it shows."""
    _ADD_VERSION([new_version(submission, number, data, comments, now, answers=answers, files=files)])


def new_version(
    submission: Submission,
    number: int,
    data: SubmissionData,
    comments: list[CommentData],
    now: dt.datetime,
    *,
    answers: Sequence[AnswerData] = (),
    files: Sequence[str] = (),
) -> SubmissionVersion:
    record = {**data.as_json(), "comments": [comment.as_json() for comment in comments]}
    if answers:
        record["answers"] = [answer.as_json() for answer in answers]
    if files:
        record["files"] = list(files)
    return SubmissionVersion(submission=submission, number=number, data=record, created_at=now)


def new_comment(
    submission: Submission, data: CommentData, block: DraftBlock | None, now: dt.datetime
) -> Comment:
    comment = Comment(
        hearing_id=submission.hearing_id, submission=submission, block_key=data.block_key, block=block,
        paragraph_key=data.paragraph_key, quote=data.quote, stance=data.stance, topic=data.topic,
        reason=data.reason, suggestion=data.suggestion, expected_impact=data.expected_impact,
        on_page=data.mark.as_json() if data.mark else None,
        words_hash=fingerprint(data.reason, data.suggestion, data.expected_impact), created_at=now,
    )  # fmt: skip
    comment.clean_fields(
        exclude={"hearing", "submission", "block", "block_key", "topic", "words_hash", "superseded_at"}
    )
    comment.is_public = is_public(submission, comment)
    return comment


def is_public(submission: Submission, comment: Comment) -> bool:
    """Whether everyone may read it now. A stance without a word is counted, but there is nothing to read."""
    shown = submission.status == SubmissionStatus.SUBMITTED and submission.visibility == Visibility.PUBLIC
    return shown and comment.superseded_at is None and comment.has_words


def refresh_public(submission: Submission) -> None:
    """Bring ``is_public`` of its current comments in line after the submission's status or visibility changed."""
    for comment in submission.comments.current():
        wanted = is_public(submission, comment)
        if comment.is_public != wanted:
            comment.is_public = wanted
            comment.save(update_fields=["is_public"])


def sections_by_key(hearing: Hearing) -> dict:
    """The newest text of every section that was ever published: a comment may stay on an older version's section."""
    blocks = DraftBlock.objects.filter(version__hearing=hearing).order_by("version__number")
    return {block.key: block for block in blocks}


def _ever_published(hearing: Any, keys: list[Any]) -> QuerySet[DraftBlock]:
    return DraftBlock.objects.filter(version__hearing=hearing, key__in=keys).order_by("-version__number")


_EVER_PUBLISHED = Prepared(_ever_published, hearing=BigIntegerField(), keys=UUIDField())


def placed_comments(
    hearing: Hearing, comments: list[CommentData], *, kept: Collection[int] = ()
) -> list[tuple[CommentData, DraftBlock | None]]:
    """The checked comments, each with the text it is about: the newest section that holds its paragraph and quote.

    Raises ValidationError where a section, paragraph or quote was never published. A person who began before a new
    version came out may still send: what was read then is checked against what was published then. ``kept`` are the
    topics its author chose before, which the hearing may have lost since.
    """
    require_topics(hearing, comments, kept=kept)
    wanted = {comment.block_key for comment in comments if comment.block_key}
    texts: dict = {}
    for block in _EVER_PUBLISHED(hearing=hearing.pk, keys=list(wanted)) if wanted else ():
        texts.setdefault(block.key, []).append(block)
    return [_placed(_marked(hearing, comment), texts) for comment in checked_comments(comments, set(texts))]


def require_topics(hearing: Hearing, comments: Sequence[CommentData], *, kept: Collection[int] = ()) -> None:
    """Raise ValidationError where a comment names a topic that this hearing does not offer."""
    named = {comment.topic.pk for comment in comments if comment.topic} - set(kept)
    if named and not named <= {topic.pk for topic in topics_to_choose(hearing)}:
        raise ValidationError({"topic": ValidationError(UNKNOWN_TOPIC, code="unknown_topic")})


def _marked(hearing: Hearing, comment: CommentData) -> CommentData:
    """With the title its document has today. Raises ValidationError where there is no such page."""
    if comment.mark is None:
        return comment
    mark = known_mark(hearing, comment.mark)
    if mark is None:
        raise ValidationError({"mark": ValidationError(UNKNOWN_PAGE, code="unknown_page")})
    return dataclasses.replace(comment, mark=mark)


def known_mark(hearing: Hearing, mark: PageMark) -> PageMark | None:
    """The same with its title, if this hearing has this page; else None."""
    document = hearing.documents.select_related("document").filter(pk=mark.document).first()
    if document is None or not 1 <= mark.page <= document.page_count:
        return None
    return dataclasses.replace(mark, title=document.title)


def _placed(comment: CommentData, texts: dict) -> tuple[CommentData, DraftBlock | None]:
    comment = dataclasses.replace(comment, quote=paragraphs.fold(comment.quote))
    if len(comment.quote) > LONGEST_QUOTE:
        too_long = _("This is %(length)d characters long, the limit is %(limit)d.")
        params = {"length": len(comment.quote), "limit": LONGEST_QUOTE}
        raise ValidationError({"quote": ValidationError(too_long, code="max_length", params=params)})
    if comment.block_key is None:
        if comment.paragraph_key or comment.quote:
            raise ValidationError(UNKNOWN_PARAGRAPH, code="unknown_paragraph")
        return comment, None
    versions = texts[comment.block_key]
    if not comment.paragraph_key and not comment.quote:
        return comment, versions[0]
    found = [(block, words) for block in versions if (words := _words(block, comment.paragraph_key))]
    if comment.paragraph_key and not found:
        raise ValidationError(UNKNOWN_PARAGRAPH, code="unknown_paragraph")
    block = next((block for block, words in found if comment.quote in words), None)
    if block is None:
        raise ValidationError({"quote": ValidationError(UNKNOWN_QUOTE, code="unknown_quote")})
    return comment, block


def _words(block: DraftBlock, paragraph_key: str) -> str:
    """What can be quoted: of one paragraph, or of the whole section. "" if there is no such paragraph."""
    pieces = paragraphs.paragraphs(block.body)
    if not paragraph_key:
        return paragraphs.fold(" ".join([block.heading, *(piece.text for piece in pieces)]))
    return next((piece.text for piece in pieces if piece.key == paragraph_key), "")


def clear_totals_on_commit(hearing_id: int) -> None:
    transaction.on_commit(lambda: clear_totals(hearing_id))
