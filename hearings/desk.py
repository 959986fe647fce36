"""What hearings put on the desk: submissions nobody has read yet, and results that are late (ข้อ 12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Action, can_act_in_province, may
from core.desk import DeskItem, register
from hearings.models import Attachment, Hearing, Reply, Report, Submission

if TYPE_CHECKING:
    from accounts.models import User


def submissions_waiting(user: User) -> int:
    waiting = Submission.objects.waiting()
    return (
        waiting if can_act_in_province(user, None) else waiting.in_province(user.province_id).distinct()
    ).count()


def results_late(user: User) -> int:
    late = Hearing.objects.result_late(timezone.now())
    return (late if can_act_in_province(user, None) else late.in_province(user.province_id)).count()


def conversation_waiting(user: User) -> int:
    """Open reports and replies nobody has read yet; how old the oldest is says the list behind it."""
    reports, replies = Report.objects.open(), Reply.objects.waiting()
    if not can_act_in_province(user, None):
        reports = reports.in_province(user.province_id).distinct()
        replies = replies.in_province(user.province_id).distinct()
    return reports.count() + replies.count()


def files_waiting(user: User) -> int:
    waiting = Attachment.objects.waiting()
    if not can_act_in_province(user, None):
        waiting = waiting.filter(hearing__in=Hearing.objects.in_province(user.province_id))
    return waiting.count()


def register_desk() -> None:
    register(
        DeskItem(
            key="results",
            label=_("Results past their due day"),
            hint=_("A result is announced within 15 days after closing (clause 12)."),
            url=lambda: f"{reverse('hearings_desk:list')}?show=late",
            icon="clock",
            count=results_late,
            allowed=lambda user: may(user, Action.DRAFT_RESULT),
            order=10,
        )
    )
    register(
        DeskItem(
            key="submissions",
            label=_("Opinions waiting to be read"),
            hint=_("Read each and decide whether it is shown. Criticism is no reason to hide one."),
            url=lambda: reverse("hearings_desk:moderation"),
            icon="say",
            count=submissions_waiting,
            allowed=lambda user: may(user, Action.MODERATE_COMMENT),
            order=20,
        )
    )
    register(
        DeskItem(
            key="files",
            label=_("Photos and voices to look at"),
            hint=_("Nobody sees a file before you looked at it. Of a voice the words are written down."),
            url=lambda: reverse("hearings_desk:files_waiting"),
            icon="photo",
            count=files_waiting,
            allowed=lambda user: may(user, Action.MODERATE_COMMENT),
            order=22,
        )
    )
    register(
        DeskItem(
            key="conversation",
            label=_("Reports and replies"),
            hint=_("A report hides nothing by itself: read it, then decide or settle it."),
            url=lambda: reverse("hearings_desk:conversations"),
            icon="flag",
            count=conversation_waiting,
            allowed=lambda user: may(user, Action.MODERATE_COMMENT),
            order=25,
        )
    )
    register(
        DeskItem(
            key="hearings",
            label=_("Hearings"),
            hint=_("Prepare, announce, follow and close them."),
            url=lambda: reverse("hearings_desk:list"),
            icon="say",
            count=lambda user: None,
            allowed=lambda user: may(user, Action.SEE_DESK),
            order=5,
        )
    )
