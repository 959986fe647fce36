"""Let the author take a submission back, until the hearing closes."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from core.searchable import changed
from hearings.enums import SubmissionStatus, WithdrawnBy
from hearings.models import Comment, Submission
from hearings.services import records
from hearings.services.edit_codes import verify_edit_code
from hearings.services.errors import AlreadyWithdrawn
from hearings.services.mail_receipt import renew_letter


def withdraw(*, submission: Submission, edit_code: str, now: dt.datetime) -> Submission:
    """It is no longer shown nor counted; the record of what was sent stays, and the receipt says who withdrew it."""
    verify_edit_code(submission, edit_code, now)
    return _store(submission.pk, now)


@transaction.atomic
def _store(pk: int, now: dt.datetime) -> Submission:
    locked = Submission.objects.select_for_update(of=("self",)).select_related("hearing")
    submission = locked.get(pk=pk)
    if submission.status == SubmissionStatus.WITHDRAWN:
        raise AlreadyWithdrawn
    records.require_open(submission.hearing, now)
    submission.status = SubmissionStatus.WITHDRAWN
    submission.withdrawn_at = now
    submission.withdrawn_by = WithdrawnBy.AUTHOR
    submission.save(update_fields=["status", "withdrawn_at", "withdrawn_by"])
    shown = list(submission.comments.filter(is_public=True).values_list("pk", flat=True))
    submission.comments.filter(pk__in=shown).update(is_public=False)
    changed(Comment, shown)
    renew_letter(submission)
    records.clear_totals_on_commit(submission.hearing_id)
    return submission
