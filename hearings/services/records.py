"""Steps that several services share: is it open, what is public, writing a version and its comments."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hearings.enums import Stage, SubmissionStatus, Visibility
from hearings.models import Comment, DraftBlock, Hearing, Submission, SubmissionVersion
from hearings.services.data import CommentData, SubmissionData
from hearings.services.errors import HearingClosed, HearingNotOpen
from hearings.totals import clear_totals

# Fields of SubmissionData that are stored on the submission under the same name.
STORED = (
    "stance", "sector", "capacity", "organisation", "province", "district", "subdistrict", "village_no",
    "channel", "under_20", "publish_name", "name", "email", "consent_version", "language",
)  # fmt: skip
CHECKED = (
    "stance", "sector", "capacity", "organisation", "channel", "publish_name", "name", "email",
    "consent_version", "language",
)  # fmt: skip


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


def set_fields(submission: Submission, data: SubmissionData) -> None:
    """Copy the data and check choices, lengths and the e-mail address. Raises ValidationError by field."""
    for name in STORED:
        setattr(submission, name, getattr(data, name))
    everything = {field.name for field in Submission._meta.get_fields()}
    submission.clean_fields(exclude=everything - set(CHECKED))


def add_version(
    submission: Submission, number: int, data: SubmissionData, comments: list[CommentData], now: dt.datetime
) -> None:
    record = {**data.as_json(), "comments": [comment.as_json() for comment in comments]}
    SubmissionVersion.objects.create(submission=submission, number=number, data=record, created_at=now)


def new_comment(
    submission: Submission, data: CommentData, block: DraftBlock | None, now: dt.datetime
) -> Comment:
    comment = Comment(
        hearing_id=submission.hearing_id, submission=submission, block_key=data.block_key, block=block,
        stance=data.stance, reason=data.reason, suggestion=data.suggestion, created_at=now,
    )  # fmt: skip
    comment.clean_fields(exclude={"hearing", "submission", "block", "block_key", "superseded_at"})
    comment.is_public = is_public(submission, comment)
    return comment


def is_public(submission: Submission, comment: Comment) -> bool:
    """Whether everyone may read it now. A stance without a word is counted, but there is nothing to read."""
    shown = submission.status == SubmissionStatus.SUBMITTED and submission.visibility == Visibility.PUBLIC
    return shown and comment.superseded_at is None and bool(comment.reason or comment.suggestion)


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


def clear_totals_on_commit(hearing_id: int) -> None:
    transaction.on_commit(lambda: clear_totals(hearing_id))
