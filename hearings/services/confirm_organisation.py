"""Confirm that a submission really speaks for the group it names, after staff asked the group."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from accounts.permissions import Action, require
from hearings.models import Submission


@transaction.atomic
def confirm_organisation(*, submission: Submission, actor: User, confirmed: bool) -> Submission:
    """Until then the public does not see the group's name (design.md, decision 1)."""
    submission = Submission.objects.select_related("hearing").get(pk=submission.pk)
    require(actor, Action.MODERATE_COMMENT, submission)
    submission.organisation_confirmed = confirmed
    submission.save(update_fields=["organisation_confirmed"])
    return submission
