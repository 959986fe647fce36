"""State and days follow the clock: boundary instants, Bangkok days, and the dates of hearing-law.md B5."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from hearings.enums import HearingState, Stage
from hearings.models import Hearing
from hearings.rules import Verdict, notice_verdict
from tests.factories.hearings import HearingFactory, day

# Also the tests without a row: a page asks for its content type.
pytestmark = pytest.mark.django_db

BANGKOK = timezone.get_default_timezone()
TICK = dt.timedelta(microseconds=1)
OPENS = dt.datetime(2026, 11, 17, 8, 30, tzinfo=BANGKOK)
CLOSES = dt.datetime(2026, 12, 9, 23, 59, tzinfo=BANGKOK)


def hearing(**fields: object) -> Hearing:
    values = {"stage": Stage.ANNOUNCED, "opens_at": OPENS, "closes_at": CLOSES, **fields}
    return Hearing(title="เรื่อง", **values)


@pytest.mark.parametrize(
    ("moment", "state", "can_comment"),
    [
        (OPENS - dt.timedelta(days=30), HearingState.ANNOUNCED, False),
        (OPENS - TICK, HearingState.ANNOUNCED, False),
        (OPENS, HearingState.OPEN, True),
        (OPENS + TICK, HearingState.OPEN, True),
        (CLOSES - TICK, HearingState.OPEN, True),
        (CLOSES, HearingState.CLOSED, False),
        (CLOSES + dt.timedelta(days=365), HearingState.CLOSED, False),
    ],
)
def test_an_announced_hearing_opens_and_closes_by_the_clock(moment, state, can_comment):
    assert hearing().state(moment) == state
    assert hearing().can_comment(moment) is can_comment


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage != Stage.ANNOUNCED])
@pytest.mark.parametrize("moment", [OPENS - TICK, OPENS, CLOSES])
def test_every_other_stage_is_its_own_state_and_takes_nothing(stage, moment):
    assert hearing(stage=stage).state(moment) == stage
    assert not hearing(stage=stage).can_comment(moment)


def test_closing_early_holds_from_that_instant():
    early = OPENS + dt.timedelta(days=3)
    stopped = hearing(force_closed_at=early)
    assert stopped.state(early - TICK) == HearingState.OPEN
    assert stopped.state(early) == HearingState.CLOSED


def test_an_announced_hearing_without_times_takes_nothing():
    assert not hearing(opens_at=None).can_comment(OPENS)
    assert not hearing(closes_at=None).can_comment(OPENS)


@pytest.mark.parametrize(
    ("moment", "left"),
    [
        (dt.datetime(2026, 11, 24, 10, 42, tzinfo=BANGKOK), 15),
        (dt.datetime(2026, 11, 24, 0, 0, tzinfo=BANGKOK), 15),
        (dt.datetime(2026, 11, 23, 17, 0, tzinfo=dt.UTC), 15),  # already the 24th in Bangkok
        (dt.datetime(2026, 12, 8, 23, 59, tzinfo=BANGKOK), 1),
        (dt.datetime(2026, 12, 9, 0, 0, tzinfo=BANGKOK), 0),
        (CLOSES - TICK, 0),
        (CLOSES, 0),
        (OPENS - TICK, 0),
    ],
)
def test_days_left_are_counted_by_the_calendar_of_bangkok(moment, left):
    assert hearing().days_left(moment) == left


def test_a_hearing_closing_at_midnight_ends_on_the_day_before():
    midnight = hearing(closes_at=dt.datetime(2026, 12, 10, 0, 0, tzinfo=BANGKOK))
    assert midnight.closes_on == dt.date(2026, 12, 9)
    assert midnight.last_moment == dt.datetime(2026, 12, 9, 23, 59, tzinfo=BANGKOK)
    assert hearing().last_moment == CLOSES
    assert midnight.result_due == dt.date(2026, 12, 24)


@pytest.mark.parametrize(("days_before", "until"), [(0.1, 0), (1, 1), (18, 18), (-1, 0)])
def test_days_until_it_opens(days_before, until):
    assert hearing().days_until_open(OPENS - dt.timedelta(days=days_before)) == until


@pytest.mark.parametrize(
    ("closes_on", "due"),
    [("2026-07-02", "2026-07-17"), ("2026-12-09", "2026-12-24"), ("2028-02-14", "2028-02-29")],
)
def test_the_result_is_due_fifteen_days_after_closing(closes_on, due):
    closes_at = dt.datetime.combine(dt.date.fromisoformat(closes_on), dt.time(23, 59), BANGKOK)
    assert hearing(closes_at=closes_at).result_due == dt.date.fromisoformat(due)


@pytest.mark.parametrize(("published_on", "late"), [("2026-07-17", False), ("2026-07-18", True)])
def test_a_result_is_late_from_the_day_after_it_was_due(published_on, late):
    closes_at = dt.datetime(2026, 7, 2, 16, 30, tzinfo=BANGKOK)
    published = dt.datetime.combine(dt.date.fromisoformat(published_on), dt.time(12), BANGKOK)
    done = hearing(closes_at=closes_at, stage=Stage.RESULT_PUBLISHED, result_published_at=published)
    assert done.is_result_late(published) is late
    assert hearing(closes_at=closes_at).is_result_late(published) is late


def test_the_deadline_runs_from_an_early_closing():
    early = dt.datetime(2026, 11, 20, 12, 0, tzinfo=BANGKOK)
    assert hearing(force_closed_at=early).result_due == dt.date(2026, 12, 5)


@pytest.mark.parametrize(
    ("opens_on", "project", "plan"),
    [
        ("2026-06-15", Verdict.BLOCK, Verdict.WARN),
        ("2026-06-16", Verdict.WARN, Verdict.WARN),
        ("2026-06-17", Verdict.OK, Verdict.OK),
    ],
)
def test_the_notice_is_judged_by_clause_11(opens_on, project, plan):
    notice, opens = dt.date(2026, 6, 1), dt.date.fromisoformat(opens_on)
    assert notice_verdict(notice, opens, "project") == project
    assert notice_verdict(notice, opens, "plan") == plan


def test_the_numbers_of_the_law_are_settings(settings):
    settings.HEARING_RESULT_DEADLINE_DAYS = 30
    settings.HEARING_MIN_NOTICE_DAYS = 7
    assert hearing().result_due == dt.date(2027, 1, 8)
    assert notice_verdict(dt.date(2026, 6, 1), dt.date(2026, 6, 10), "project") == Verdict.OK


TRAITS = ("draft", "upcoming", "open", "closing_soon", "closed", "summarising", "result")


def test_every_list_holds_exactly_its_hearings_in_the_order_people_need(now):
    made = {trait: getattr(HearingFactory, trait)(now) for trait in TRAITS}
    names = {hearing.pk: trait for trait, hearing in made.items()}

    def found(queryset) -> list[str]:
        return [names[hearing.pk] for hearing in queryset]

    visible = Hearing.objects.visible()
    assert found(visible.announced(now)) == ["upcoming"]
    assert found(visible.upcoming(now)) == ["upcoming"]
    assert found(visible.open(now)) == ["closing_soon", "open"]
    assert found(visible.closing_soon(now)) == ["closing_soon"]
    assert set(found(visible.closed(now))) == {"closed", "summarising"}
    assert found(visible.with_result()) == ["result"]
    assert set(found(visible)) == set(TRAITS) - {"draft"}


def test_lists_and_states_agree_at_the_boundary_instants(now):
    subject = HearingFactory.open(now)
    for moment in (subject.opens_at - TICK, subject.opens_at, subject.closes_at - TICK, subject.closes_at):
        is_open = subject.state(moment) == HearingState.OPEN
        assert Hearing.objects.open(moment).filter(pk=subject.pk).exists() is is_open
        is_closed = subject.state(moment) == HearingState.CLOSED
        assert Hearing.objects.closed(moment).filter(pk=subject.pk).exists() is is_closed


def test_a_page_taken_off_the_site_is_in_no_list(now):
    subject = HearingFactory.open(now)
    Hearing.objects.filter(pk=subject.pk).update(live=False)
    assert not Hearing.objects.open(now).exists()
    assert not Hearing.objects.visible().exists()


def test_a_hearing_is_found_by_its_province_and_days_move_on(now):
    subject = HearingFactory.upcoming(now)
    assert not Hearing.objects.in_province("66").exists()
    assert subject.days_until_open(now) == 10
    assert subject.days_left(day(now, 10)) == 22
