"""Let the author take a submission back, until the hearing closes."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hearings.enums import SubmissionStatus, WithdrawnBy
from hearings.models import Submission
from hearings.services import records
from hearings.services.edit_codes import verify_edit_code
from hearings.services.errors import AlreadyWithdrawn
from hearings.services.mail_receipt import renew_letter
from hearings.services.take_down import take_down


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
    take_down([pk], by=WithdrawnBy.AUTHOR, now=now)
    submission.refresh_from_db(fields=["status", "withdrawn_at", "withdrawn_by"])
    renew_letter(submission)
    records.clear_totals_on_commit(submission.hearing_id)
    return submission
