"""Say how content one is with the way one was heard (A181)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hearings.models import Satisfaction, Submission
from hearings.models.satisfaction import BEST, WORST


@transaction.atomic
def rate(*, submission: Submission, score: int, now: dt.datetime) -> Satisfaction:
    """One mark of a receipt, a later one instead of an earlier. Whoever has the number may give it: it shows nothing
    and changes nothing of what was said."""
    if not WORST <= score <= BEST:
        raise ValidationError(_("Choose one of the five marks."), code="score")
    if submission.is_withdrawn:
        raise ValidationError(_("This comment was withdrawn."), code="withdrawn")
    values = {"score": score, "at": now}
    mark, _created = Satisfaction.objects.update_or_create(submission=submission, defaults=values)
    return mark
