"""Decide whether a submission is shown. A layer: the words stay as they were sent."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Action, require
from hearings.enums import Decision, ReasonCode, SubmissionStatus, Visibility
from hearings.models import ModerationDecision, Submission
from hearings.services import records
from hearings.services.errors import AlreadyWithdrawn, DecidedMeanwhile
from hearings.services.mail_receipt import renew_letter

VISIBILITY_AFTER = {Decision.PUBLISH: Visibility.PUBLIC, Decision.HIDE: Visibility.HIDDEN}


@transaction.atomic
def moderate(
    *,
    submission: Submission,
    actor: User,
    decision: str,
    reason_code: str,
    note: str = "",
    seen: str | None = None,
    now: dt.datetime,
) -> ModerationDecision:
    """Hiding needs a reason of the list; to disagree with the draft is none of them.

    ``seen`` is what ``with_seen`` said when the person opened it: nobody decides twice, or on unread words.
    """
    # Locked: what its author or the office withdraws meanwhile must not come back.
    locked = Submission.objects.select_for_update(of=("self",)).select_related("hearing")
    submission = locked.get(pk=submission.pk)
    require(actor, Action.MODERATE_COMMENT, submission)
    if submission.status == SubmissionStatus.WITHDRAWN:
        raise AlreadyWithdrawn
    if seen is not None and seen != what_is_read(submission):
        raise DecidedMeanwhile
    check_decision(decision, reason_code)
    submission.visibility = VISIBILITY_AFTER[Decision(decision)]
    submission.save(update_fields=["visibility"])
    records.refresh_public(submission)
    renew_letter(submission)
    records.clear_totals_on_commit(submission.hearing_id)
    return ModerationDecision.objects.create(
        submission=submission, decision=decision, reason_code=reason_code, note=note.strip(), by=actor, at=now
    )


def what_is_read(submission: Submission) -> str:
    """Which words stand there now, and after which decision; as ``with_seen`` says it of what is on a screen."""
    seen: str = Submission.objects.with_seen().values_list("seen", flat=True).get(pk=submission.pk)
    return seen


def check_decision(decision: str, reason_code: str) -> None:
    if decision not in Decision.values or reason_code not in ReasonCode.values:
        raise ValidationError(_("Choose a decision and a reason of the list."), code="invalid_choice")
    if (decision == Decision.PUBLISH) != (reason_code == ReasonCode.FITS_RULES):
        raise ValidationError(
            _("This reason does not go with the decision. Choose the reason again."), code="reason"
        )
