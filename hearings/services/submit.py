"""Take a submission, exactly once."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import BigIntegerField, Exists, OuterRef, QuerySet, UUIDField
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Action, require
from core.inserts import PreparedInsert
from core.prepared import Prepared
from core.ratelimit import Held, TooManyRequestsError, take_all
from core.searchable import changed
from hearings import receipts
from hearings.enums import Channel, ModerationMode, Visibility
from hearings.models import Attachment, Comment, Hearing, ProxyBatch, Question, SavedForm, Submission
from hearings.services import records
from hearings.services.answers import AnswerData, checked_answers, require_answers, store_answers
from hearings.services.attach import bind
from hearings.services.data import CommentData, SubmissionData, checked_data
from hearings.services.mail_receipt import mail_receipt
from hearings.services.save_form import forget_form
from hearings.services.taking_part import require_may_comment

# A receipt number is free at the first try; a second collision in a row has never been seen.
ATTEMPTS = 5
# What is asked of the hearing as it is stored at the moment of sending; a page has a hundred columns more.
ASKED = (
    "live", "stage", "moderation_mode", "who_may_comment",
    "announced_at", "opens_at", "closes_at", "force_closed_at",
)  # fmt: skip


@dataclass(frozen=True)
class Receipt:
    submission: Submission
    edit_code: str
    created: bool  # False: this form had been sent before, here is its receipt again


def submit(
    *,
    hearing: Hearing,
    data: SubmissionData,
    comments: list[CommentData],
    idempotency_key: uuid.UUID,
    now: dt.datetime,
    author: User | None = None,
    answers: Sequence[AnswerData] = (),
    opened_at: dt.datetime | None = None,
    buckets: Sequence[Held] = (),
) -> Receipt:
    """Store the submission and return its receipt.

    ``buckets`` slow down who sends too often: a token of each is taken with what is stored and never without, so a
    form that is sent again, or was refused, costs nothing. Raises TooManyRequestsError.

    The same key always gives the same receipt and code and stores nothing twice, also when twenty copies arrive
    at once (A villager on a bad line presses "send" until something happens): the unique key decides who is first.
    """
    _require_channel(hearing, data)
    data = checked_data(data)
    answers = checked_answers(hearing, answers, opened_at=opened_at)
    for _attempt in range(ATTEMPTS):
        try:
            submission = _store(
                hearing, data, comments, answers, idempotency_key, now, author, buckets, opened_at
            )
        except (IntegrityError, TooManyRequestsError, ValidationError) as error:
            # Asked only now: nearly every form comes for the first time.
            if earlier := _earlier(hearing, idempotency_key):
                return earlier
            if not isinstance(error, IntegrityError):
                raise
        else:
            return Receipt(submission, receipts.make_edit_code(idempotency_key), created=True)
    raise RuntimeError("no free receipt number found")


def _earlier(hearing: Hearing, key: uuid.UUID) -> Receipt | None:
    submission = Submission.objects.filter(idempotency_key=key).first()
    if submission is None:
        return None
    if submission.hearing_id != hearing.pk:
        raise ValidationError(
            _("This form was already used for another hearing. Open the form again."), code="used_key"
        )
    return Receipt(submission, receipts.make_edit_code(key), created=False)


def sent_before(hearing: Hearing, key: uuid.UUID | None) -> Receipt | None:
    """The receipt of a form that was stored already, whatever the state of the hearing is by now."""
    submission = hearing.submissions.filter(idempotency_key=key).first() if key else None
    return Receipt(submission, receipts.make_edit_code(key), created=False) if submission and key else None


def _require_channel(hearing: Hearing, data: SubmissionData) -> None:
    """The website is for everyone; writing down other people's words is for staff who are named (R11)."""
    if data.entered_by is not None:
        require(data.entered_by, Action.ENTER_ON_BEHALF, hearing)
    elif data.channel != Channel.WEB or data.received_on:
        raise PermissionDenied(_("Only staff may enter what came on paper, by telephone or at a meeting."))


def _as_stored(hearing: Any, key: Any) -> QuerySet[Hearing]:
    """The hearing at the moment of sending, and what else there is of this form."""
    return (
        Hearing.objects.filter(pk=hearing)
        .only(*ASKED)
        .annotate(
            has_questions=Exists(Question.objects.filter(hearing=OuterRef("pk"))),
            has_files=Exists(Attachment.objects.filter(form_key=key, submission=None)),
            has_saved_form=Exists(SavedForm.objects.filter(form_key=key)),
        )
    )


_AS_STORED = Prepared(_as_stored, hearing=BigIntegerField(), key=UUIDField())
_ADD_SUBMISSION = PreparedInsert(Submission)
_ADD_COMMENTS = PreparedInsert(Comment)


@transaction.atomic
def _store(
    hearing: Hearing,
    data: SubmissionData,
    comments: list[CommentData],
    answers: list[AnswerData],
    key: uuid.UUID,
    now: dt.datetime,
    author: User | None,
    buckets: Sequence[Held],
    opened_at: dt.datetime | None,
) -> Submission:
    fresh = _AS_STORED(hearing=hearing.pk, key=key).renew(hearing)
    records.require_in_time(fresh, data.received_on, now)
    take_all(buckets, now.timestamp())
    if data.channel == Channel.WEB and fresh.has_questions:
        require_answers(fresh, answers, opened_at=opened_at)
    submission = _write(fresh, data, comments, answers, key, now, author=author, has_files=fresh.has_files)
    mail_receipt(submission=submission, hearing=hearing, now=now)
    if fresh.has_saved_form and data.channel == Channel.WEB:
        forget_form(key)
    return submission


@transaction.atomic
def record(
    hearing: Hearing,
    data: SubmissionData,
    comments: list[CommentData],
    answers: list[AnswerData],
    key: uuid.UUID,
    now: dt.datetime,
    *,
    batch: ProxyBatch | None = None,
) -> Submission:
    """Write down one row of a village's sheet. Whether the hearing was open was asked when the sheet was sent."""
    return _write(hearing, data, comments, answers, key, now, batch=batch)


def _write(
    hearing: Hearing,
    data: SubmissionData,
    comments: list[CommentData],
    answers: list[AnswerData],
    key: uuid.UUID,
    now: dt.datetime,
    *,
    author: User | None = None,
    batch: ProxyBatch | None = None,
    has_files: bool = False,
) -> Submission:
    placed = records.placed_comments(hearing, comments)
    if data.entered_by is None:
        require_may_comment(hearing, author, [block for _comment, block in placed])
    submission = new_submission(hearing, data, key, now, author=author, batch=batch)
    _ADD_SUBMISSION([submission])
    files = bind(submission, key) if has_files else []
    said = [comment for comment, _block in placed]
    records.add_version(submission, 1, data, said, now, answers=answers, files=files)
    made = [records.new_comment(submission, comment, block, now) for comment, block in placed]
    _ADD_COMMENTS(made)
    changed(Comment, [comment.pk for comment in made if comment.is_public])
    if answers:
        store_answers(submission, answers, now)
    records.clear_totals_on_commit(hearing.pk)
    return submission


def new_submission(
    hearing: Hearing,
    data: SubmissionData,
    key: uuid.UUID,
    now: dt.datetime,
    *,
    author: User | None = None,
    batch: ProxyBatch | None = None,
) -> Submission:
    """Checked data as a submission with its receipt number, not saved yet."""
    receipt_no = receipts.make_receipt_no()
    submission = Submission(
        hearing_id=hearing.pk,
        receipt_no=receipt_no,
        edit_code_hash=receipts.hash_edit_code(receipt_no, receipts.make_edit_code(key)),
        idempotency_key=key,
        visibility=Visibility.PENDING if hearing.moderation_mode == ModerationMode.PRE else Visibility.PUBLIC,
        received_on=data.received_on,
        submitted_at=now,
        entered_by=data.entered_by,
        author=author,
        batch=batch,
    )
    records.set_fields(submission, data)
    return submission
