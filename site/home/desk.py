"""What home puts on the desk: messages to the office, the shared tasks, and the doors to publishing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Action, may
from accounts.roles import is_staff_member
from core.desk import DeskItem, register
from core.thaidate import local_day
from home.models import SharedTask, Ticket

if TYPE_CHECKING:
    from accounts.models import User
    from accounts.permissions import Person


def tickets_waiting(user: Person) -> int:
    return Ticket.objects.waiting().count()


def tasks_due_for(user: User) -> int:
    """Open tasks this person can finish, due this week or late; the rest can wait."""
    return SharedTask.objects.due_soon(local_day(timezone.now())).finished_by(user).count()


def nothing_to_count(user: Person) -> None:
    return None


def register_all() -> None:
    register(
        DeskItem(
            key="tickets",
            label=_("Messages waiting for an answer"),
            hint=_("The longest waiting is on top."),
            url=lambda: reverse("home:ticket_queue"),
            icon="phone",
            count=tickets_waiting,
            allowed=lambda user: may(user, Action.ANSWER_TICKET),
            order=30,
        )
    )
    register(
        DeskItem(
            key="tasks",
            label=_("Shared tasks due this week or late"),
            hint=_("Tasks the provinces and the office do together."),
            url=lambda: reverse("home:shared_tasks"),
            icon="tick",
            count=tasks_due_for,
            allowed=lambda user: may(user, Action.SHARE_TASKS),
            order=50,
        )
    )
    register(
        DeskItem(
            key="publish",
            label=_("Write and publish"),
            hint=_("Pages, news, documents and pictures are written in the admin."),
            url=lambda: reverse("wagtailadmin_home"),
            icon="edit",
            count=nothing_to_count,
            allowed=is_staff_member,
            order=80,
        )
    )
    register(
        DeskItem(
            key="task_list",
            label=_("All shared tasks"),
            hint=_("Open, late and done, of every province. Add one here."),
            url=lambda: reverse("home:shared_tasks"),
            icon="people",
            count=nothing_to_count,
            allowed=lambda user: may(user, Action.SHARE_TASKS),
            order=81,
        )
    )
    register(
        DeskItem(
            key="staff_links",
            label=_("Links for staff"),
            hint=_("Webmail, welfare and other systems of the state."),
            url=lambda: reverse("home:links"),
            icon="share",
            count=nothing_to_count,
            allowed=is_staff_member,
            order=90,
        )
    )
