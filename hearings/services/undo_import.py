"""Take a wrong import back as a whole, as long as nobody has worked with its comments (P108).

Nothing is deleted: what was public for an hour stays in the record as withdrawn by the office, with who and why at the
import.
"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Action, require
from core.text import clean_text
from hearings.enums import ImportStatus, Stage, SubmissionStatus, WithdrawnBy
from hearings.models import ImportRun, Submission
from hearings.services import records
from hearings.services.errors import WrongStage
from hearings.services.run_import import chunks, key_of
from hearings.services.take_down import take_down

UNDO_DAYS = 7
LONGEST_REASON = 300
# Until the result is published; after that its numbers stand.
UNDOABLE = (Stage.ANNOUNCED, Stage.SUMMARISING)
# What staff or readers have done with a comment since.
WORKED_ON = (
    Q(decisions__isnull=False)
    | Q(revised_at__isnull=False)
    | Q(organisation_confirmed__isnull=False)
    | Q(comments__replies__isnull=False)
    | Q(comments__supports__isnull=False)
    | Q(comments__reports__isnull=False)
    | Q(comments__pinned_at__isnull=False)
)


def can_be_undone(run: ImportRun, now: dt.datetime) -> bool:
    """Whether to offer it; whether somebody has worked with a comment is asked when it is pressed."""
    return (
        run.status == ImportStatus.IMPORTED
        and run.finished_at is not None
        and now < run.finished_at + dt.timedelta(days=UNDO_DAYS)
        and run.hearing.stage in UNDOABLE
    )


@transaction.atomic
def undo_import(*, run: ImportRun, reason: str, by: User, now: dt.datetime) -> int:
    """Withdraws every comment of this import that is still there; returns how many. Pressed twice, it is done once."""
    require(by, Action.IMPORT_SUBMISSIONS, run.hearing)
    run = ImportRun.objects.select_for_update(of=("self",)).select_related("hearing").get(pk=run.pk)
    if run.status == ImportStatus.UNDONE:
        return 0
    reason = clean_text(reason)[:LONGEST_REASON]
    if not reason:
        raise ValidationError({"reason": _("Write why the import is taken back.")}, code="required")
    if run.hearing.stage not in UNDOABLE:
        raise WrongStage(run.hearing.get_stage_display())
    if not can_be_undone(run, now):
        raise ValidationError(
            _("An import can be taken back within 7 days. Hide single comments instead."), code="too_late"
        )
    stored = [pk for rows in chunks(run.rows) for pk in _stored(run, rows)]
    for pks in chunks(stored):
        if Submission.objects.filter(WORKED_ON, pk__in=pks).exists():
            raise ValidationError(
                _("Somebody has read, answered or supported a comment of this import. Hide single comments instead."),
                code="worked_on",
            )  # fmt: skip
    for pks in chunks(stored):
        take_down(pks, by=WithdrawnBy.STAFF, actor=by, now=now)
    run.status, run.undone_at, run.undone_by, run.undo_reason = ImportStatus.UNDONE, now, by, reason
    run.save(update_fields=["status", "undone_at", "undone_by", "undo_reason"])
    records.clear_totals_on_commit(run.hearing_id)
    return len(stored)


def _stored(run: ImportRun, rows: list[dict]) -> list[int]:
    """What its author has withdrawn meanwhile stays the author's decision."""
    keys = [key_of(run, row) for row in rows]
    found = Submission.objects.filter(idempotency_key__in=keys, status=SubmissionStatus.SUBMITTED)
    return list(found.select_for_update().order_by("pk").values_list("pk", flat=True))
