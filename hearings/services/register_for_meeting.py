"""Tell a meeting that one is coming."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core.text import clean_text
from hearings.enums import Stage
from hearings.models import Meeting, MeetingRegistration

MOST_PEOPLE = 50


def register_for_meeting(
    *,
    meeting: Meeting,
    name: str,
    phone: str,
    sector: str,
    people: int,
    idempotency_key: uuid.UUID,
    now: dt.datetime,
) -> MeetingRegistration:
    """Register once for each form, however often it is sent; refuse when it is over or the seats are taken."""
    if earlier := _earlier(meeting, idempotency_key):
        return earlier
    try:
        return _store(meeting.pk, name, phone, sector, people, idempotency_key, now)
    except IntegrityError:
        if earlier := _earlier(meeting, idempotency_key):
            return earlier
        raise


def _earlier(meeting: Meeting, key: uuid.UUID) -> MeetingRegistration | None:
    found = MeetingRegistration.objects.filter(idempotency_key=key).first()
    if found and found.meeting_id != meeting.pk:
        raise ValidationError(
            _("This form was already used for another meeting. Open the form again."), code="used_key"
        )
    return found


@transaction.atomic
def _store(
    pk: int, name: str, phone: str, sector: str, people: int, key: uuid.UUID, now: dt.datetime
) -> MeetingRegistration:
    # Locked where the database can (PostgreSQL), so that two people cannot take the last seat.
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("hearing").get(pk=pk)
    _require_possible(meeting, people, now)
    registration = MeetingRegistration(
        meeting=meeting, name=clean_text(name), phone=clean_text(phone), sector=sector, people=people,
        idempotency_key=key, created_at=now,
    )  # fmt: skip
    registration.clean_fields(exclude={"meeting", "idempotency_key", "created_at"})
    registration.save(force_insert=True)
    return registration


def _require_possible(meeting: Meeting, people: int, now: dt.datetime) -> None:
    if not meeting.hearing.is_public_record or not meeting.hearing.live:
        raise ValidationError(_("This meeting is not announced."), code="not_announced")
    if meeting.cancelled_at or meeting.hearing.stage == Stage.CANCELLED:
        raise ValidationError(_("This meeting was cancelled."), code="cancelled")
    if not meeting.is_upcoming(now):
        raise ValidationError(_("This meeting is already over."), code="over")
    if not 1 <= people <= MOST_PEOPLE:
        raise ValidationError({"people": _("Tell us how many people come, from 1 to 50.")}, code="people")
    left = meeting.seats_left()
    if left is not None and people > left:
        raise ValidationError(
            _("Only %(seats)s seats are left. Come with fewer people, or call the office."),
            code="full",
            params={"seats": left},
        )
