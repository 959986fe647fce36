"""Letters that remind staff: on the right day, to those who may act there, and once however often the clock runs."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone, translation
from django.utils.translation import gettext

from accounts.models import User
from accounts.roles import Role
from hearings.models import Hearing, Report
from hearings.services.extend import extend
from notifications import clock
from notifications.models import OutboxMessage
from tests.factories.hearings import HearingFactory, comment, day, office_head
from tests.hearings.people import ELSEWHERE, HOME, person

pytestmark = pytest.mark.django_db
BANGKOK = timezone.get_default_timezone()
NOW = dt.datetime(2026, 7, 1, 9, tzinfo=BANGKOK)


@pytest.fixture(autouse=True)
def head() -> User:
    return office_head()


def in_thai(*words: str) -> list[str]:
    with translation.override("th"):
        return [gettext(word) for word in words]


def letters(*moments: dt.datetime) -> list[str]:
    """Subjects to the head of the office after the clock ran twice at each moment."""
    for moment in moments:
        clock.tick(moment)
        clock.tick(moment)
    return [letter.subject.split(" – ")[0] for letter in mail.outbox if letter.to == ["head@example.org"]]


def at(hearing: Hearing, days: int, hour: int = 9) -> dt.datetime:
    """That many days before the result is due."""
    assert hearing.result_due
    return dt.datetime.combine(hearing.result_due - dt.timedelta(days=days), dt.time(hour), tzinfo=BANGKOK)


def test_a_result_is_asked_for_five_days_and_one_day_before_and_when_it_is_late() -> None:
    hearing = HearingFactory.open(NOW)
    days = [at(hearing, left) for left in (10, 6, 5, 4, 2, 1, 0, -1, -2, -9)]
    assert letters(*days) == in_thai("Result due soon", "Result due soon", "Result overdue")


def test_a_clock_that_slept_writes_only_the_last_one() -> None:
    hearing = HearingFactory.open(NOW)
    assert letters(at(hearing, -3)) == in_thai("Result overdue")


def test_nobody_is_woken_at_midnight() -> None:
    hearing = HearingFactory.open(NOW)
    assert letters(at(hearing, 5, hour=7)) == []
    assert letters(at(hearing, 5, hour=8)) == in_thai("Result due soon")


def test_a_hearing_that_goes_on_longer_asks_again_for_its_new_day() -> None:
    hearing = HearingFactory.open(NOW)
    extend(
        hearing=hearing, closes_at=day(hearing.closes_at, 30), reason="น้ำท่วม", actor=office_head(), now=NOW
    )
    assert letters(day(NOW, 30)) == []
    assert letters(at(Hearing.objects.get(pk=hearing.pk), 5)) == in_thai("Result due soon")


def test_no_letter_once_the_result_is_out() -> None:
    hearing = HearingFactory.result(NOW)
    assert letters(at(hearing, 5), at(hearing, -5)) == []


def test_a_plan_is_reminded_of_its_last_day_to_announce_and_not_after_it() -> None:
    hearing = HearingFactory.draft(NOW, opens_at=day(NOW, 30), closes_at=day(NOW, 60))
    last = day(NOW, 30 - 16)
    found = letters(*(day(last, -left) for left in (8, 7, 5, 2, 1, 0, -1, -5)))
    assert found == in_thai("Announce soon or move the opening day") * 2
    assert hearing.title in mail.outbox[0].subject


def test_only_those_who_may_act_on_it_get_a_letter() -> None:
    here, there = (person(Role.PROVINCE_COORDINATOR, code) for code in (HOME, ELSEWHERE))
    member, gone = person(Role.MEMBER), person(Role.STRATEGY)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    hearing = HearingFactory.open(NOW, provinces=[HOME])
    clock.tick(at(hearing, 5))
    reached = {address for letter in mail.outbox for address in letter.to}
    assert {here.email, "head@example.org"} <= reached
    assert not reached & {there.email, member.email, gone.email}


def test_reports_are_asked_for_once_a_day_until_they_are_settled() -> None:
    hearing = HearingFactory.open(NOW)
    row = comment(hearing, NOW).submission.comments.get()
    report = Report.objects.create(
        hearing=hearing, comment=row, reason="spam", person="x" * 64, created_at=NOW
    )
    hours = [NOW + dt.timedelta(hours=hours) for hours in (1, 23, 24, 30, 48, 50)]
    assert letters(*hours) == in_thai("Reports and replies wait to be read") * 2
    Report.objects.filter(pk=report.pk).update(settled_at=hours[-1])
    assert len(letters(NOW + dt.timedelta(days=4))) == 2


def test_a_quiet_minute_costs_few_queries(django_assert_max_num_queries) -> None:
    for _ in range(3):
        HearingFactory.open(NOW)
    clock.tick(NOW)
    with django_assert_max_num_queries(16):
        clock.tick(NOW + dt.timedelta(minutes=1))
    assert not OutboxMessage.objects.exists()
