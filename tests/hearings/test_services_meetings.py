"""Telling the office that one comes to a meeting."""

from __future__ import annotations

import uuid

import pytest
from django.core.exceptions import ValidationError

from hearings.models import Meeting, MeetingRegistration
from hearings.services.register_for_meeting import register_for_meeting
from tests.factories.hearings import HearingFactory, day

pytestmark = pytest.mark.django_db


def meeting(now, hearing=None, **fields) -> Meeting:
    values = {"title": "เวทีหมู่ 4", "starts_at": day(now, 3), "seats": 10, **fields}
    return Meeting.objects.create(hearing=hearing or HearingFactory.open(now), **values)


def register(subject, now, **fields) -> MeetingRegistration:
    values = {
        "name": "สมศรี", "phone": "056 000 123", "sector": "citizen", "people": 2,
        "idempotency_key": uuid.uuid4(), **fields,
    }  # fmt: skip
    return register_for_meeting(meeting=subject, now=now, **values)


def test_seats_are_counted_down(now):
    subject = meeting(now)
    register(subject, now, people=4)
    assert subject.seats_left() == 6


def test_the_same_form_counts_once(now):
    subject, key = meeting(now), uuid.uuid4()
    first, second = register(subject, now, idempotency_key=key), register(subject, now, idempotency_key=key)
    assert first == second
    assert subject.seats_left() == 8
    with pytest.raises(ValidationError, match="อื่น"):
        register(meeting(now), now, idempotency_key=key)


def test_a_full_meeting_says_how_many_seats_are_left(now):
    subject = meeting(now, seats=3)
    register(subject, now)
    with pytest.raises(ValidationError, match="1"):
        register(subject, now)


def test_a_meeting_without_a_seat_count_never_fills(now):
    subject = meeting(now, seats=None)
    for _ in range(3):
        register(subject, now, people=50)
    assert subject.seats_left() is None


@pytest.mark.parametrize(
    "fields", [{"people": 0}, {"people": 51}, {"sector": "king"}, {"name": ""}, {"name": "ก" * 121}]
)
def test_wrong_values_are_refused(now, fields):
    with pytest.raises(ValidationError):
        register(meeting(now), now, **fields)
    assert not MeetingRegistration.objects.exists()


def test_a_past_meeting_takes_nobody(now):
    with pytest.raises(ValidationError):
        register(meeting(now, starts_at=day(now, -1)), now)


def test_a_meeting_of_an_unannounced_hearing_takes_nobody(now):
    with pytest.raises(ValidationError):
        register(meeting(now, hearing=HearingFactory.draft(now)), now)
