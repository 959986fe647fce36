"""Type what came on paper, by telephone, LINE or letter (P106): each form once, under the name of who typed it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Action, require
from core.text import clean_text
from core.thaidate import local_day
from hearings.enums import Channel, PaperStatus
from hearings.models import Hearing, PaperForm
from hearings.services.answers import AnswerData
from hearings.services.data import CommentData, SubmissionData, has_citizen_number
from hearings.services.submit import Receipt, submit

# The key of a typed form follows from the form: two people who type the same sheet make one submission.
PAPER_KEYS = uuid.UUID("5a1f7d0e-3f6b-4d0a-9f5e-6d1c3a4b2e10")
TYPED_CHANNELS = (Channel.PAPER, Channel.PHONE, Channel.MEETING, Channel.LINE, Channel.LETTER)


def enter_on_behalf(
    *,
    hearing: Hearing,
    data: SubmissionData,
    comments: list[CommentData],
    by: User,
    now: dt.datetime,
    idempotency_key: uuid.UUID,
    answers: Sequence[AnswerData] = (),
) -> Receipt:
    """Without a sheet: the telephone, LINE, somebody at the counter. Through ``submit``, with all its checks.

    Without a day it came in today. What came in before the last day may be typed after it.
    """
    if data.channel not in TYPED_CHANNELS:
        raise ValidationError({"channel": _("Choose how the words reached the office.")}, code="channel")
    return submit(
        hearing=hearing, comments=comments, answers=answers, idempotency_key=idempotency_key, now=now,
        data=dataclasses.replace(data, entered_by=by, received_on=data.received_on or local_day(now)),
    )  # fmt: skip


def enter_paper(
    *,
    form: PaperForm,
    code: str,
    data: SubmissionData,
    comments: list[CommentData],
    by: User,
    now: dt.datetime,
    answers: Sequence[AnswerData] = (),
) -> Receipt:
    """Store what stands on the sheet and take it out of the queue. Typed twice, it gives the first receipt."""
    key = uuid.uuid5(PAPER_KEYS, str(form.pk))
    if has_citizen_number(code):
        raise ValidationError(
            {"code": _("This is a citizen identification number. Type the number of the form.")},
            code="citizen_number",
        )
    with transaction.atomic():
        form = PaperForm.objects.select_for_update(of=("self",)).select_related("hearing").get(pk=form.pk)
        received_on = data.received_on or form.received_on
        receipt = enter_on_behalf(
            hearing=form.hearing, data=dataclasses.replace(data, received_on=received_on), comments=comments,
            answers=answers, by=by, now=now, idempotency_key=key,
        )  # fmt: skip
        if receipt.created or form.submission_id is None:
            form.code, form.status, form.reason = clean_text(code)[:20], PaperStatus.ENTERED, ""
            form.submission, form.received_on = receipt.submission, received_on
            form.reading = {}  # a person has said what stands there; what a machine saw has no more use
            form.save(update_fields=["code", "status", "reason", "submission", "received_on", "reading"])
    return receipt


@transaction.atomic
def mark_unreadable(*, form: PaperForm, reason: str, by: User) -> PaperForm:
    """Nobody guesses handwriting: the sheet is put aside with a reason, and can be typed later."""
    require(by, Action.ENTER_ON_BEHALF, form.hearing)
    reason = clean_text(reason)
    if not reason:
        raise ValidationError(
            {"unreadable_reason": _("Write what cannot be read, so that somebody can ask.")}, code="required"
        )
    form = PaperForm.objects.select_for_update().get(pk=form.pk)
    if form.status == PaperStatus.ENTERED:
        raise ValidationError(_("This form was typed already."), code="entered")
    form.status, form.reason = PaperStatus.UNREADABLE, reason[:300]
    form.save(update_fields=["status", "reason"])
    return form
