"""The second person's check of a village's sheet: counted, or back to its writer (P110)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Action, require
from core.text import clean_text
from hearings.enums import BatchStatus
from hearings.models import ProxyBatch, ProxyRow, QuestionRevision, Submission
from hearings.services import records
from hearings.services.answers import AnswerData, checked_answers
from hearings.services.batch_data import as_comment, who_speaks
from hearings.services.batches import locked_batch
from hearings.services.data import checked_data
from hearings.services.errors import WrongStage
from hearings.services.submit import record

ROW_KEYS = uuid.UUID("0c7e0a34-7f0a-4a36-8e5b-0c1d2e3f4a5b")


@transaction.atomic
def return_batch(*, batch: ProxyBatch, note: str, by: User, now: dt.datetime) -> ProxyBatch:
    """Something does not fit the photo of the sheet: back to the writer, with the reason."""
    batch = locked_batch(batch)
    _require_checkable(batch, by)
    note = clean_text(note)
    if not note:
        raise ValidationError({"note": _("Write what should be corrected.")}, code="required")
    batch.status, batch.check_note = BatchStatus.RETURNED, note[:1000]
    batch.checked_by, batch.checked_at = by, now
    batch.save(update_fields=["status", "check_note", "checked_by", "checked_at"])
    return batch


@transaction.atomic
def check_batch(*, batch: ProxyBatch, by: User, now: dt.datetime, note: str = "") -> ProxyBatch:
    """The second person vouches for it: it is counted, and rows that agreed become submissions of the batch.

    Checking may come after closing; what counts is that the batch was sent in time.
    """
    batch = locked_batch(batch)
    if batch.status == BatchStatus.CHECKED and batch.checked_by_id == by.pk:
        return batch  # the same button, pressed twice
    _require_checkable(batch, by)
    if batch.hearing.stage not in records.COUNTABLE:
        raise WrongStage(batch.hearing.get_stage_display())
    batch.status, batch.checked_by, batch.checked_at = BatchStatus.CHECKED, by, now
    batch.check_note = clean_text(note)[:1000]
    batch.save(update_fields=["status", "checked_by", "checked_at", "check_note"])
    rows = list(batch.rows.all())
    revisions = revisions_of(rows)
    for row in rows:
        if row.agreed and (row.reason or row.suggestion or row.answers):
            row.submission = _store(batch, row, answers_of(row, revisions))
            row.save(update_fields=["submission"])
    records.clear_totals_on_commit(batch.hearing_id)
    return batch


def revisions_of(rows: Iterable[ProxyRow]) -> dict[tuple[str, int], QuestionRevision]:
    """The questions as they were put to these people; one query for all rows."""
    keys = {answer["question"] for row in rows for answer in row.answers}
    found = QuestionRevision.objects.filter(question__key__in=keys).select_related("question") if keys else []
    return {(str(revision.question.key), revision.number): revision for revision in found}


def answers_of(row: ProxyRow, revisions: Mapping[tuple[str, int], QuestionRevision]) -> list[AnswerData]:
    return [AnswerData(revisions[a["question"], a["revision"]], a["value"]) for a in row.answers]


def _require_checkable(batch: ProxyBatch, by: User) -> None:
    require(by, Action.CHECK_BATCH, batch)
    if batch.entered_by_id == by.pk:
        raise PermissionDenied(_("You wrote this sheet. Somebody else must check it."))
    if batch.status != BatchStatus.SENT:
        raise ValidationError(
            _("This sheet is “%(status)s”; there is nothing to check."),
            code="status", params={"status": batch.get_status_display()},
        )  # fmt: skip


def _store(batch: ProxyBatch, row: ProxyRow, answers: list[AnswerData]) -> Submission:
    """Not ``submit``: the writer may be a change agent, and the moment that counts is when the batch was sent."""
    data = checked_data(who_speaks(batch, row, row.name if row.agreed_name else ""))
    key = uuid.uuid5(ROW_KEYS, f"{batch.idempotency_key}:{row.order}")
    said = checked_answers(batch.hearing, answers)
    # The check requires a sheet that was sent; a sent one has its moment.
    sent_at = batch.sent_at or batch.entered_at
    return record(batch.hearing, data, [as_comment(row)], said, key, sent_at, batch=batch)
