"""Let the author change what was sent, until the hearing closes."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from core.searchable import changed
from hearings.enums import Channel, ModerationMode, SubmissionStatus, Visibility
from hearings.models import Comment, DraftBlock, Submission
from hearings.models.submissions import COMMENT_WORDS
from hearings.services import records
from hearings.services.answers import (
    AnswerData,
    checked_answers,
    current_answers,
    replace_answers,
    require_answers,
)
from hearings.services.attach import bind, take_out
from hearings.services.data import CommentData, SubmissionData, checked_data
from hearings.services.edit_codes import verify_edit_code
from hearings.services.errors import AlreadyWithdrawn, ChangedMeanwhile
from hearings.services.mail_receipt import readdress_letter, renew_letter
from hearings.services.taking_part import require_may_comment
from hearings.services.talk import hand_over_replies


def revise(
    *,
    submission: Submission,
    edit_code: str,
    data: SubmissionData,
    comments: list[CommentData],
    now: dt.datetime,
    answers: Sequence[AnswerData] | None = None,
    form_key: uuid.UUID | None = None,
    taken_out: Sequence[int] = (),
    opened_at: dt.datetime | None = None,
) -> Submission:
    """Replace what is counted and shown; every earlier state stays in its SubmissionVersion.

    Channel, receipt and the one who wrote it down stay as they were: an edit does not change how it reached us.
    ``answers`` None leaves the answers as they are; files of ``form_key`` are added, those ``taken_out`` not shown.
    """
    verify_edit_code(submission, edit_code, now)
    data = checked_data(data)
    if answers is not None:
        answers = checked_answers(submission.hearing, answers, opened_at=opened_at)
        if submission.channel == Channel.WEB:
            require_answers(submission.hearing, answers, opened_at=opened_at)
    try:
        return _store(submission.pk, data, comments, answers, form_key, taken_out, now)
    except IntegrityError as error:
        raise ChangedMeanwhile from error


def correct_typing(
    *,
    submission: Submission,
    data: SubmissionData,
    comments: list[CommentData],
    answers: Sequence[AnswerData],
    now: dt.datetime,
) -> Submission:
    """What stands on the sheet instead of what was typed wrongly; its check is asked by hearings.services.second_typing.

    A sheet that came in time may be put right after closing, as it may be typed then.
    """
    data, answers = checked_data(data), checked_answers(submission.hearing, answers)
    try:
        return _store(submission.pk, data, comments, answers, None, (), now, submission.received_on)
    except IntegrityError as error:
        raise ChangedMeanwhile from error


@transaction.atomic
def _store(
    pk: int,
    data: SubmissionData,
    comments: list[CommentData],
    answers: Sequence[AnswerData] | None,
    form_key: uuid.UUID | None,
    taken_out: Sequence[int],
    now: dt.datetime,
    received_on: dt.date | None = None,
) -> Submission:
    locked = Submission.objects.select_for_update(of=("self",)).select_related("hearing")
    submission = locked.get(pk=pk)
    if submission.status == SubmissionStatus.WITHDRAWN:
        raise AlreadyWithdrawn
    records.require_in_time(submission.hearing, received_on, now)
    placed = records.placed_comments(submission.hearing, comments, kept=_kept_topics(submission, comments))
    if submission.channel == Channel.WEB:
        _require_may_add(submission, [block for _comment, block in placed])
    channel, organisation, address = submission.channel, submission.organisation, submission.email
    records.set_fields(submission, data)
    submission.channel = channel
    if submission.organisation != organisation:
        submission.organisation_confirmed = None
    submission.revised_at = now
    was_hidden = submission.visibility == Visibility.HIDDEN
    submission.visibility = _visibility_after(submission)
    submission.save()
    number = submission.versions.count() + 1
    take_out(submission, taken_out, now)
    files = bind(submission, form_key)
    if answers is None:
        answers = current_answers(submission)
    else:
        replace_answers(submission, answers, now)
    said = [comment for comment, _block in placed]
    records.add_version(submission, number, data, said, now, answers=answers, files=files)
    replaced, made = _replace_comments(submission, placed, now)
    if not was_hidden:  # what was said to hidden words may repeat them, and staff will read the new ones only
        hand_over_replies(replaced, made)
    records.refresh_public(submission)
    if submission.email == address:
        renew_letter(submission)
    else:
        readdress_letter(submission, now)
    # The untouched ones, too: their sector or province may be another now.
    changed(Comment, submission.comments.current().values_list("pk", flat=True))
    records.clear_totals_on_commit(submission.hearing_id)
    return submission


def _kept_topics(submission: Submission, comments: Sequence[CommentData]) -> set[int]:
    """What was chosen before may stay, though the hearing has that topic no more."""
    if not any(comment.topic for comment in comments):
        return set()
    return set(submission.comments.current().exclude(topic=None).values_list("topic", flat=True))


def _require_may_add(submission: Submission, blocks: Sequence[DraftBlock | None]) -> None:
    """Whoever was let in keeps what was said; a section added now asks its own rule."""
    said = set(submission.comments.current().values_list("block_key", flat=True))
    if added := [block for block in blocks if block is not None and block.key not in said]:
        require_may_comment(submission.hearing, submission.author, added)


def _visibility_after(submission: Submission) -> str:
    """New words are read again where staff read first, and where the old ones had been hidden."""
    reads_first = submission.hearing.moderation_mode == ModerationMode.PRE
    if reads_first or submission.visibility == Visibility.HIDDEN:
        return Visibility.PENDING
    return submission.visibility


def _replace_comments(
    submission: Submission, placed: list[tuple[CommentData, DraftBlock | None]], now: dt.datetime
) -> tuple[list[Comment], list[Comment]]:
    """Only what changed is replaced, so that an untouched comment keeps its place in the list: what was, what came."""
    wanted = {comment.place: (comment, block) for comment, block in placed}
    replaced = []
    for old in submission.comments.current().select_related("topic"):
        place = (old.block_key, old.paragraph_key)
        if place in wanted and _said(wanted[place][0]) == _said(old):
            del wanted[place]
            continue
        old.superseded_at = now
        old.is_public = False
        old.save(update_fields=["superseded_at", "is_public"])
        replaced.append(old)
    made = Comment.objects.bulk_create(
        records.new_comment(submission, comment, block, now) for comment, block in wanted.values()
    )
    return replaced, made


def _said(comment: Comment | CommentData) -> tuple[object, ...]:
    mark, topic = comment.mark.value if comment.mark else "", comment.topic.pk if comment.topic else None
    words = (getattr(comment, name) for name in COMMENT_WORDS)
    return comment.stance, comment.quote, mark, topic, *words
