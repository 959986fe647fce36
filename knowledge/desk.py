"""What the library puts on the desk: lessons that were told and wait to be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Action, can_act_in_province, may
from core.desk import DeskItem, register
from knowledge.models import LessonPage

if TYPE_CHECKING:
    from accounts.models import User


def lessons_waiting(user: User) -> int:
    drafts = LessonPage.objects.never_published()
    return (drafts if can_act_in_province(user, None) else drafts.filter(province=user.province_id)).count()


def register_desk() -> None:
    register(
        DeskItem(
            key="lessons",
            label=_("Lessons waiting to be looked at"),
            hint=_("Drafts that nobody has published yet."),
            url=lambda: f"{reverse('lesson_listing:index')}?live=false",
            icon="book",
            count=lessons_waiting,
            allowed=lambda user: may(user, Action.SCREEN_LESSON),
            order=40,
        )
    )
