"""The steps an officer can take with a hearing in the admin: when each is offered, what it asks, which service runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Action, may
from core.types import Words
from hearings.enums import HearingState
from hearings.models import Hearing
from hearings.services.announce import announce
from hearings.services.cancel import cancel
from hearings.services.extend import extend
from hearings.services.force_close import force_close
from hearings.services.prepare import mark_followed_up, send_to_review, start_summarising
from hearings.services.publish_draft_version import publish_draft_version
from hearings.services.publish_result import publish_result

State = HearingState


@dataclass(frozen=True)
class Step:
    verb: str  # in the address
    label: Words
    explanation: Words
    service: Callable
    action: Action
    states: frozenset[HearingState]
    icon: str = "arrow-right"
    # Name of the service's argument for the officer's words, and whether it must be given.
    words: str = ""
    words_label: Words = ""
    words_required: bool = True
    asks_closing: bool = False
    asks_approver: bool = False
    takes_away: bool = False

    def is_offered(self, hearing: Hearing, user: User, now: dt.datetime) -> bool:
        return hearing.state(now) in self.states and may(user, self.action, hearing)


REASON = _("Reason (everyone can read it)")

STEPS = (
    Step(
        "review", _("Send to review"),
        _("The head of the office sees that the hearing is ready to be checked."),
        send_to_review, Action.PREPARE_HEARING, frozenset({State.DRAFT}), icon="view",
    ),
    Step(
        "announce", _("Announce"),
        _("The page becomes public and the text of the draft is frozen. It opens and closes by itself at the times you set."),
        announce, Action.ANNOUNCE_HEARING, frozenset({State.DRAFT, State.IN_REVIEW}), icon="check",
        words="reason", words_label=_("Reason for a short notice (only if clause 11 is not kept)"), words_required=False,
        asks_approver=True,
    ),
    Step(
        "extend", _("Extend the time"),
        _("The hearing closes later than announced. It cannot be made shorter this way."),
        extend, Action.EXTEND_HEARING, frozenset({State.ANNOUNCED, State.OPEN}), icon="date",
        words="reason", words_label=REASON, asks_closing=True,
    ),
    Step(
        "close-early", _("Close early"),
        _("From this moment nothing can be sent, changed or withdrawn. The announced dates stay on the page."),
        force_close, Action.CANCEL_HEARING, frozenset({State.ANNOUNCED, State.OPEN}), icon="lock",
        words="reason", words_label=REASON, takes_away=True,
    ),
    Step(
        "summarise", _("Start the summary"),
        _("Readers see that the office is summing up what was said."),
        start_summarising, Action.DRAFT_RESULT, frozenset({State.CLOSED}), icon="edit",
    ),
    Step(
        "draft-version", _("Publish the changed draft as a new version"),
        _("Earlier versions stay readable; comments stay with their sections."),
        publish_draft_version, Action.ANNOUNCE_HEARING,
        frozenset({State.SUMMARISING, State.RESULT_PUBLISHED}), icon="copy",
        words="note", words_label=_("What changed and why (everyone can read it)"),
    ),
    Step(
        "result", _("Publish the result"),
        _("Everyone can read the result from now on."),
        publish_result, Action.PUBLISH_RESULT, frozenset({State.CLOSED, State.SUMMARISING}), icon="success",
    ),
    Step(
        "followed-up", _("Mark as followed up"),
        _("What was promised has been done and is on the page."),
        mark_followed_up, Action.PUBLISH_RESULT, frozenset({State.RESULT_PUBLISHED}), icon="check",
        words="reason", words_label=_("Note"), words_required=False,
    ),
    Step(
        "cancel", _("Cancel the hearing"),
        _("The page stays public with your reason, once it has been announced. This cannot be undone."),
        cancel, Action.CANCEL_HEARING,
        frozenset({State.DRAFT, State.IN_REVIEW, State.ANNOUNCED, State.OPEN, State.CLOSED, State.SUMMARISING}),
        icon="cross", words="reason", words_label=REASON, takes_away=True,
    ),
)  # fmt: skip


def step_of(verb: str) -> Step | None:
    return next((step for step in STEPS if step.verb == verb), None)


def offered(hearing: Hearing, user: User, now: dt.datetime) -> list[Step]:
    return [step for step in STEPS if step.is_offered(hearing, user, now)]
