"""Ask staff to look at a comment or a reply, and settle such a report. A report hides nothing by itself."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Action, require
from hearings.enums import ReportReason
from hearings.models import Comment, Reply, Report
from hearings.person import Person
from hearings.querysets import ReportQuerySet
from hearings.services import talk

LONGEST_NOTE = 1000


@transaction.atomic
def report(
    *,
    comment: Comment,
    person: Person,
    reason: str,
    now: dt.datetime,
    text: str = "",
    reply: Reply | None = None,
) -> Report:
    """Once per person and thing, also after closing: what harms somebody is still readable then."""
    stored = talk.public_comment(comment.pk)
    if reply is not None and not Reply.objects.public().filter(pk=reply.pk, comment=stored).exists():
        raise ValidationError(_("The reply is no longer published."), code="not_public")
    if reason not in ReportReason.values:
        raise ValidationError({"reason": [ValidationError(_("Choose a reason."), code="required")]})
    words = talk.checked_words(text, limit=LONGEST_NOTE)
    mine = Report.objects.filter(comment=stored, reply=reply, person__in=person.marks(stored.pk))
    if not mine.exists():
        row = Report(
            hearing_id=stored.hearing_id, comment=stored, reply=reply, reason=reason, text=words,
            person=person.mark(stored.pk), created_at=now,
        )  # fmt: skip
        Report.objects.bulk_create([row], ignore_conflicts=True)
    return mine.get()


def settle_unseen(reports: ReportQuerySet, *, now: dt.datetime, actor: User | None = None) -> None:
    """What was reported is taken back: nobody can read it any more, so nothing is left to decide."""
    reports.open().update(settled_at=now, settled_by=actor)


@transaction.atomic
def settle_report(*, report: Report, actor: User, now: dt.datetime) -> Report:
    """Somebody looked. Whether the words stay is a decision of its own; the first to settle is kept."""
    stored = Report.objects.select_for_update(of=("self",)).select_related("hearing").get(pk=report.pk)
    require(actor, Action.MODERATE_COMMENT, stored.hearing)
    if stored.settled_at is None:
        stored.settled_at, stored.settled_by = now, actor
        stored.save(update_fields=["settled_at", "settled_by"])
    return stored
