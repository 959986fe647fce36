"""Let the author change what was sent, until the hearing closes."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from hearings.enums import ModerationMode, SubmissionStatus, Visibility
from hearings.models import Comment, Submission
from hearings.services import records
from hearings.services.data import CommentData, SubmissionData, checked_comments, checked_data
from hearings.services.edit_codes import verify_edit_code
from hearings.services.errors import AlreadyWithdrawn, ChangedMeanwhile


def revise(
    *,
    submission: Submission,
    edit_code: str,
    data: SubmissionData,
    comments: list[CommentData],
    now: dt.datetime,
) -> Submission:
    """Replace what is counted and shown; every earlier state stays in its SubmissionVersion.

    Channel, receipt and the one who wrote it down stay as they were: an edit does not change how it reached us.
    """
    verify_edit_code(submission, edit_code, now)
    data = checked_data(data)
    try:
        return _store(submission.pk, data, comments, now)
    except IntegrityError as error:
        raise ChangedMeanwhile from error


@transaction.atomic
def _store(pk: int, data: SubmissionData, comments: list[CommentData], now: dt.datetime) -> Submission:
    submission = Submission.objects.select_related("hearing").get(pk=pk)
    if submission.status == SubmissionStatus.WITHDRAWN:
        raise AlreadyWithdrawn
    records.require_open(submission.hearing, now)
    sections = records.sections_by_key(submission.hearing)
    comments = checked_comments(comments, set(sections))
    channel, organisation = submission.channel, submission.organisation
    records.set_fields(submission, data)
    submission.channel = channel
    if submission.organisation != organisation:
        submission.organisation_confirmed = None
    submission.revised_at = now
    submission.visibility = _visibility_after(submission)
    submission.save()
    number = submission.versions.count() + 1
    records.add_version(submission, number, data, comments, now)
    _replace_comments(submission, comments, sections, now)
    records.clear_totals_on_commit(submission.hearing_id)
    return submission


def _visibility_after(submission: Submission) -> str:
    """New words are read again where staff read first, and where the old ones had been hidden."""
    reads_first = submission.hearing.moderation_mode == ModerationMode.PRE
    if reads_first or submission.visibility == Visibility.HIDDEN:
        return Visibility.PENDING
    return submission.visibility


def _replace_comments(
    submission: Submission, comments: list[CommentData], sections: dict, now: dt.datetime
) -> None:
    """Only what changed is replaced, so that an untouched comment keeps its place in the list."""
    wanted = {comment.block_key: comment for comment in comments}
    for old in submission.comments.current():
        new = wanted.get(old.block_key)
        if new and (new.stance, new.reason, new.suggestion) == (old.stance, old.reason, old.suggestion):
            del wanted[old.block_key]
            continue
        old.superseded_at = now
        old.is_public = False
        old.save(update_fields=["superseded_at", "is_public"])
    Comment.objects.bulk_create(
        records.new_comment(submission, data, sections.get(data.block_key), now) for data in wanted.values()
    )
    records.refresh_public(submission)
