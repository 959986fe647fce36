"""The rooms of one hearing at the desk: one table says which there are, for whom, and at which point of its life.

They lie in at most six wings in the order of the work, so that a telephone shows them in two lines.
"""

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
    wing: str


@dataclass(frozen=True)
class Door:
    """A room as one person sees it from another one."""

    label: Words
    url: str
    is_here: bool


@dataclass(frozen=True)
class Wing:
    """Rooms that belong together; one alone stands for itself."""

    label: Words
    doors: list[Door]

    @property
    def url(self) -> str:
        return self.doors[0].url

    @property
    def is_here(self) -> bool:
        return any(door.is_here for door in self.doors)


def _at(name: str) -> Callable[[Hearing], str]:
    return lambda hearing: reverse(f"hearings_desk:{name}", args=[hearing.pk])


def _always(_hearing: Hearing) -> bool:
    return True


def _public(hearing: Hearing) -> bool:
    return hearing.is_public_record


WINGS = {
    "overview": pgettext_lazy("room", "Overview"),
    "announce": pgettext_lazy("room", "Announcement"),
    "write": pgettext_lazy("room", "Writing down"),
    "read": pgettext_lazy("room", "Reading"),
    "questions": pgettext_lazy("room", "Questions"),
    "meetings": pgettext_lazy("room", "Meetings"),
}
ROOMS = (
    Room("hearing", pgettext_lazy("room", "Overview"), Action.SEE_DESK, _at("hearing"), _public, "overview"),
    Room("checklist", pgettext_lazy("room", "Checklist"), Action.SEE_DESK, _at("hearing"), lambda hearing: not _public(hearing), "overview"),
    Room("submissions", pgettext_lazy("room", "Opinions to read"), Action.MODERATE_COMMENT, _at("hearing_moderation"), _public, "read"),
    Room("files", pgettext_lazy("room", "Photos and voices"), Action.MODERATE_COMMENT, _at("files"), _public, "read"),
    Room("conversation", pgettext_lazy("room", "Reports"), Action.MODERATE_COMMENT, _at("conversation"), _public, "read"),
    Room("paper", pgettext_lazy("room", "Paper and telephone"), Action.ENTER_ON_BEHALF, _at("paper"), _public, "write"),
    Room("import", pgettext_lazy("room", "Excel"), Action.IMPORT_SUBMISSIONS, _at("import"), _public, "write"),
    Room("draft_import", pgettext_lazy("room", "Bring in a draft"), Action.PREPARE_HEARING, _at("draft_import"),
         lambda hearing: not is_draft_frozen(hearing), "announce"),
    Room("questions", pgettext_lazy("room", "Questions"), Action.PREPARE_HEARING, _at("questions"), _always, "questions"),
    Room("answers", pgettext_lazy("room", "Answers"), Action.CODE_THEMES, _at("answers"), _public, "questions"),
    Room("contentment", pgettext_lazy("room", "Contentment"), Action.CODE_THEMES, _at("contentment"), _public, "questions"),
    Room("meetings", pgettext_lazy("room", "Meetings"), Action.ENTER_ON_BEHALF, _at("meetings"), _always, "meetings"),
    Room("postings", pgettext_lazy("room", "Notice boards"), Action.RECORD_POSTING, _at("postings"), _always, "announce"),
    Room("share", pgettext_lazy("room", "Posters and words"), Action.SEE_DESK,
         lambda hearing: reverse("hearings:share", args=[hearing.slug]), _public, "announce"),
)  # fmt: skip


def wings(hearing: Hearing, user: User, path: str) -> list[Wing]:
    """The rooms this person may enter, in their wings; those without an open door are not there.

    ``path`` is where the person is: the deepest room around it is marked.
    """
    allowed = {action: may_here(user, action, hearing) for action in {room.action for room in ROOMS}}
    shown = [(room, room.address(hearing)) for room in ROOMS if allowed[room.action] and room.exists(hearing)]
    around = [url for _room, url in shown if path.startswith(url)]
    here = max(around, key=len, default="")
    found = []
    for wing, label in WINGS.items():
        inside = [Door(room.label, url, url == here) for room, url in shown if room.wing == wing]
        if inside:
            found.append(Wing(label if len(inside) > 1 else inside[0].label, inside))
    return found
