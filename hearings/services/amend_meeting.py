"""Add, change or cancel a meeting after the announcement: people would come to a closed door, so never silently (R10).

Until the announcement meetings belong to the editor; from then on they are written here and read from the database
whatever a page revision says.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Action, require
from hearings.enums import HearingState
from hearings.models import Amendment, Hearing, Meeting
from hearings.services import stages
from hearings.services.amend import record
from hearings.services.errors import WrongStage
from hearings.services.reasons import require_reason

MEETING_FIELDS = (
    "title", "mode", "series", "starts_at", "ends_at", "place", "online_url", "seats", "agenda",
)  # fmt: skip
# In all other states: workshops and follow-ups come after the closing, too.
NOTHING_TO_MEET_FOR = (HearingState.DRAFT, HearingState.IN_REVIEW, HearingState.CANCELLED)


@transaction.atomic
def add_meeting(
    *, hearing: Hearing, actor: User, now: dt.datetime, values: Mapping[str, Any], reason: str
) -> Amendment:
    page = _opened(hearing, actor, now, reason)
    Hearing.objects.select_for_update(of=("self",)).get(
        pk=page.pk
    )  # a second press waits here, and finds the first
    same = {name: values[name] for name in ("title", "starts_at", "place", "online_url")}
    if Meeting.objects.filter(hearing=page, cancelled_at=None, **same).exists():
        raise ValidationError(_("This meeting is announced already."), code="same")
    meeting = Meeting(hearing=page)
    _write(meeting, values, now)
    return _recorded(page, actor, now, meeting, "", _words(meeting), reason)


@transaction.atomic
def change_meeting(
    *,
    meeting: Meeting,
    actor: User,
    now: dt.datetime,
    values: Mapping[str, Any],
    reason: str,
    stood: str = "",
) -> Amendment:
    """``stood``: ``stand_of`` the meeting when its form was opened, so that no old hour overwrites a new one."""
    page = _opened(meeting.hearing, actor, now, reason)
    held = _still_to_come(meeting, now)
    before = _words(held)
    if stood and stood != stand_of(held):
        raise ValidationError(
            _("Somebody corrected this meeting meanwhile. Open it again and read it first."), code="changed"
        )
    _write(held, values, now)
    if _words(held) == before:
        raise ValidationError(_("These are the words that stand there already."), code="same")
    return _recorded(page, actor, now, held, before, _words(held), reason)


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, actor: User, now: dt.datetime, reason: str) -> Amendment:
    """It stays in the list with its mark: who looks for it must find that it is off."""
    page = _opened(meeting.hearing, actor, now, reason)
    held = _still_to_come(meeting, now)
    before = _words(held)
    held.cancelled_at = now
    held.save(update_fields=["cancelled_at"])
    return _recorded(page, actor, now, held, before, _words(held), reason)


def _opened(hearing: Hearing, actor: User, now: dt.datetime, reason: str) -> Hearing:
    require(actor, Action.ANNOUNCE_HEARING, hearing)
    require_reason(reason)
    page = stages.fresh(hearing)
    state = page.state(now)
    if state in NOTHING_TO_MEET_FOR:
        raise WrongStage(state.label)
    return page


def _still_to_come(meeting: Meeting, now: dt.datetime) -> Meeting:
    """Locked where the database can, so that two officers do not correct it at once."""
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if held.cancelled_at:
        raise ValidationError(_("This meeting was cancelled."), code="cancelled")
    if not held.is_upcoming(now):
        raise ValidationError(_("This meeting is already over."), code="over")
    return held


def _write(meeting: Meeting, values: Mapping[str, Any], now: dt.datetime) -> None:
    for name in MEETING_FIELDS:
        setattr(meeting, name, values[name])
    if meeting.starts_at is None:
        raise ValidationError({"starts_at": _("Say when the meeting starts.")}, code="required")
    if not meeting.is_upcoming(now):
        raise ValidationError({"starts_at": _("This time is already over.")}, code="over")
    if not meeting.place and not meeting.online_url:
        raise ValidationError(
            {"place": _("Say where people meet, or give the online address.")}, code="place"
        )
    meeting.clean_fields(exclude={"hearing"})
    meeting.validate_constraints()
    meeting.save()


def stand_of(meeting: Meeting) -> str:
    return hashlib.sha256(_words(meeting).encode()).hexdigest()


def _words(meeting: Meeting) -> str:
    """In Thai: the paper is."""
    with translation.override("th"):
        return meeting.in_words()


def _recorded(
    page: Hearing, actor: User, now: dt.datetime, meeting: Meeting, before: str, after: str, reason: str
) -> Amendment:
    made = record(
        page=page, actor=actor, now=now, field="meetings", before=before, after=after, reason=reason,
        is_material=False, meeting=meeting,
    )  # fmt: skip
    stages.tell_readers(page, now)
    return made
