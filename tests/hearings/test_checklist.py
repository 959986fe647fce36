"""The checklist says what the law asks for, one by one, and only what blocks keeps a hearing from being announced."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from hearings.checklist import ITEMS, Level, blocking, checklist, says_nothing
from hearings.models import Notice, NoticeBoard
from hearings.notices import next_number, notice_data
from hearings.services.announce import announce
from hearings.services.errors import NotReady
from tests.factories.hearings import HearingFactory, day, office_head

pytestmark = pytest.mark.django_db


def levels(hearing, now, rule, **kwargs) -> list[str]:
    return [str(check.level) for check in checklist(hearing, now, **kwargs) if check.rule == rule]


def test_a_complete_hearing_blocks_nowhere(now):
    assert blocking(checklist(HearingFactory.draft(now), now)) == []


@pytest.mark.parametrize("field", [field for _number, _label, fields in ITEMS for field in fields])
@pytest.mark.parametrize("text", ["", "  ", "-", "ไม่มี", "ไม่มี."])
def test_each_of_the_eight_items_must_say_something(now, field, text):
    hearing = HearingFactory.draft(now)
    setattr(hearing, field, text)
    found = [check for check in blocking(checklist(hearing, now)) if check.rule == "R4"]
    assert len(found) == 1
    assert found[0].url.endswith("#tab-disclosure")


def test_none_with_a_reason_is_enough(now):
    hearing = HearingFactory.draft(now)
    hearing.impacts = "ไม่มี เพราะเป็นงานเอกสารภายในสำนักงาน"
    assert not says_nothing(hearing.impacts)
    assert blocking(checklist(hearing, now)) == []


@pytest.mark.parametrize(
    ("opens", "alone", "approved"),
    [((2026, 6, 15), "block", "warn"), ((2026, 6, 16), "warn", "warn"), ((2026, 6, 17), "ok", "ok")],
)
def test_the_days_of_notice_are_counted_as_the_law_says(opens, alone, approved):
    """The vectors of hearing-law.md B5; a plan is warned with the public note, which has to be written first."""
    moment = dt.datetime(2026, 6, 1, 9, tzinfo=timezone.get_default_timezone())
    for kind in ("project", "plan"):
        hearing = HearingFactory.draft(moment, kind=kind)
        hearing.opens_at = dt.datetime(*opens, 8, 30, tzinfo=moment.tzinfo)
        assert levels(hearing, moment, "R1") == [alone]
        assert levels(hearing, moment, "R1", reason="น้ำมาเร็ว", approver="ผู้ว่าฯ") == [approved]


def test_haste_needs_a_reason_and_who_approved_it(now):
    hearing = HearingFactory.draft(now, opens_at=day(now, 10))
    assert levels(hearing, now, "R1", reason="น้ำมาเร็ว") == ["block"]
    assert levels(hearing, now, "R1", reason="น้ำมาเร็ว", approver="ผู้ว่าฯ") == ["warn"]


def test_a_short_open_time_warns(now):
    hearing = HearingFactory.draft(now, closes_at=day(now, 34))
    assert levels(hearing, now, "R2") == ["warn"]


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"methods": ()}, "R5"),
        ({"how_to_comment": "-"}, "R5"),
        ({"provinces": []}, "R7"),
        ({"lead_agency": ""}, "R7"),
    ],
)
def test_how_to_take_part_and_whom_it_concerns_must_be_said(now, fields, rule):
    hearing = HearingFactory.draft(now, **fields)
    assert [check.rule for check in blocking(checklist(hearing, now))] == [rule]
    with pytest.raises(NotReady):
        announce(hearing=hearing, actor=office_head(), now=now)


def test_only_online_is_a_warning(now):
    assert levels(HearingFactory.draft(now, methods=(("online_form", ""),)), now, "R8") == ["warn"]
    assert levels(HearingFactory.draft(now), now, "R8") == ["ok"]


def test_postings_warn_until_the_office_and_the_site_are_shown(now):
    hearing = HearingFactory.draft(now)
    assert levels(hearing, now, "R6") == ["warn", "warn"]
    NoticeBoard.objects.create(
        hearing=hearing, code="aaaaaa", kind="office", place="ศาลากลาง", posted_on=now.date(), created_at=now
    )
    assert levels(hearing, now, "R6") == ["ok", "warn"]
    hearing.no_posting_reason = "พื้นที่ถูกน้ำท่วม"
    assert levels(hearing, now, "R6") == ["ok"]


def test_announcing_writes_a_numbered_notice_that_later_changes_do_not_touch(now):
    hearing = announce(hearing=HearingFactory.draft(now), actor=office_head(), now=now)
    notice = Notice.objects.get()
    assert (notice.kind, notice.number) == ("announcement", "1/2569")
    assert hearing.notice_number == "1/2569"
    assert notice.data["disclosure"][0]["text"] == hearing.necessity
    assert len(notice.data["disclosure"]) == 8
    assert next_number(now) == "2/2569"


def test_a_notice_closing_at_midnight_names_the_day_before(now):
    midnight = dt.datetime(2027, 1, 10, tzinfo=timezone.get_default_timezone())
    data = notice_data(HearingFactory.draft(now, closes_at=midnight), now)
    assert "9 มกราคม 2570 เวลา 23.59 น." in data["period"]


def test_every_check_says_where_to_mend_it(now):
    hearing = HearingFactory.draft(now)
    edit = reverse("wagtailadmin_pages:edit", args=[hearing.pk])
    postings = reverse("hearings_desk:postings", args=[hearing.pk])
    assert {check.url.split("#")[0].split("?")[0] for check in checklist(hearing, now)} == {edit, postings}
    assert {check.level for check in checklist(hearing, now)} <= set(Level)
