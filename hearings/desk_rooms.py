"""The rooms of one hearing at the desk: one table says which there are, for whom, and in which point of its life."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from accounts.permissions import Action
from core.types import Words
from hearings.agents import may_here
from hearings.editor import is_draft_frozen
from hearings.enums import Visibility
from hearings.models import Hearing

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Room:
    key: str
    label: Words
    action: Action
    address: Callable[[Hearing], str]
    exists: Callable[[Hearing], bool]


@dataclass(frozen=True)
class Door:
    """A room as one person sees it from another one."""

    label: Words
    url: str
    is_here: bool


def _at(name: str) -> Callable[[Hearing], str]:
    return lambda hearing: reverse(f"hearings_desk:{name}", args=[hearing.pk])


def _always(_hearing: Hearing) -> bool:
    return True


def _public(hearing: Hearing) -> bool:
    return hearing.is_public_record


def _submissions(hearing: Hearing) -> str:
    return f"{reverse('hearings_submission:index')}?hearing={hearing.pk}&visibility={Visibility.PENDING}"


ROOMS = (
    Room("hearing", pgettext_lazy("room", "Overview"), Action.SEE_DESK, _at("hearing"), _public),
    Room("checklist", pgettext_lazy("room", "Checklist"), Action.SEE_DESK, _at("hearing"), lambda hearing: not _public(hearing)),
    Room("submissions", pgettext_lazy("room", "Opinions to read"), Action.MODERATE_COMMENT, _submissions, _public),
    Room("files", pgettext_lazy("room", "Photos and voices"), Action.MODERATE_COMMENT, _at("files"), _public),
    Room("conversation", pgettext_lazy("room", "Reports"), Action.MODERATE_COMMENT, _at("conversation"), _public),
    Room("paper", pgettext_lazy("room", "Paper and telephone"), Action.ENTER_ON_BEHALF, _at("paper"), _public),
    Room("import", pgettext_lazy("room", "Excel"), Action.IMPORT_SUBMISSIONS, _at("import"), _public),
    Room("draft_import", pgettext_lazy("room", "Bring in a draft"), Action.PREPARE_HEARING, _at("draft_import"),
         lambda hearing: not is_draft_frozen(hearing)),
    Room("questions", pgettext_lazy("room", "Questions"), Action.PREPARE_HEARING, _at("questions"), _always),
    Room("answers", pgettext_lazy("room", "Answers"), Action.CODE_THEMES, _at("answers"), _public),
    Room("contentment", pgettext_lazy("room", "Contentment"), Action.CODE_THEMES, _at("contentment"), _public),
    Room("meetings", pgettext_lazy("room", "Meetings"), Action.ENTER_ON_BEHALF, _at("meetings"), _always),
    Room("postings", pgettext_lazy("room", "Notice boards"), Action.RECORD_POSTING, _at("postings"), _always),
    Room("share", pgettext_lazy("room", "Posters and words"), Action.SEE_DESK,
         lambda hearing: reverse("hearings:share", args=[hearing.slug]), _public),
)  # fmt: skip


def doors(hearing: Hearing, user: User, path: str) -> list[Door]:
    """The rooms this person may enter. ``path`` is where the person is: the deepest room around it is marked."""
    allowed = {action: may_here(user, action, hearing) for action in {room.action for room in ROOMS}}
    shown = [(room, room.address(hearing)) for room in ROOMS if allowed[room.action] and room.exists(hearing)]
    around = [url for _room, url in shown if path.startswith(url)]
    here = max(around, key=len, default="")
    return [Door(room.label, url, url == here) for room, url in shown]
