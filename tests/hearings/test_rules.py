"""The rules of hearing-law.md B5, each by its name: what blocks, what only warns, and what everyone gets to read."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.models import CustomImage
from core.thaidate import format_day, local_day
from core.urls_for import page_path
from hearings.checklist import ITEMS, Level, blocking, checklist
from hearings.enums import HearingState, NoticeKind
from hearings.models import Hearing, NoticeBoard
from hearings.rules import Verdict, notice_verdict, result_due, safe_opening
from hearings.services.amend import amend
from hearings.services.announce import announce
from hearings.services.cancel import cancel
from hearings.services.errors import NotReady
from hearings.services.extend import extend
from hearings.services.force_close import force_close
from hearings.services.publish_result import publish_result
from tests.factories.hearings import HearingFactory, day, office_head

pytestmark = pytest.mark.django_db

BANGKOK = timezone.get_default_timezone()
SECOND = dt.timedelta(seconds=1)
RESULT = [("paragraph", "<p>รับ 3 ข้อ</p>")]


def on(text: str, hour: int = 9, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(dt.date.fromisoformat(text), dt.time(hour, minute), BANGKOK)


def of(rule: str, hearing: Hearing, now: dt.datetime, **given: str) -> list:
    return [check for check in checklist(hearing, now, **given) if check.rule == rule]


def announced(hearing: Hearing, now: dt.datetime, **given: str) -> Hearing:
    return announce(hearing=hearing, actor=office_head(), now=now, **given)


def picture() -> CustomImage:
    """A row alone: nobody looks at it here."""
    [image] = CustomImage.objects.bulk_create([CustomImage(title="ป้าย", file="board.jpg", width=4, height=3)])
    return image


# --- R1: fifteen days of notice ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("notice", "opens", "project", "plan"),
    [
        ("2026-06-01", "2026-06-15", Verdict.BLOCK, Verdict.WARN),
        ("2026-06-01", "2026-06-16", Verdict.WARN, Verdict.WARN),
        ("2026-06-01", "2026-06-17", Verdict.OK, Verdict.OK),
        # A leap year has the 29th of February between, another year has not.
        ("2028-02-15", "2028-03-01", Verdict.WARN, Verdict.WARN),
        ("2028-02-15", "2028-03-02", Verdict.OK, Verdict.OK),
        ("2027-02-15", "2027-03-01", Verdict.BLOCK, Verdict.WARN),
        ("2028-02-29", "2028-03-15", Verdict.WARN, Verdict.WARN),
        # Over the end of a year.
        ("2026-12-20", "2027-01-05", Verdict.OK, Verdict.OK),
    ],
)
def test_r1_days_of_notice(notice, opens, project, plan):
    first, second = (dt.date.fromisoformat(text) for text in (notice, opens))
    assert notice_verdict(first, second, "project") == project
    assert notice_verdict(first, second, "plan") == notice_verdict(first, second, "law") == plan


def test_r1_names_the_first_safe_day_also_over_the_leap_day():
    assert safe_opening(dt.date(2026, 6, 1)) == dt.date(2026, 6, 17)
    assert safe_opening(dt.date(2028, 2, 14)) == dt.date(2028, 3, 1)
    assert format_day(dt.date(2028, 2, 29), "short", "th") == "29 ก.พ. 2571"


def test_r1_a_second_before_midnight_is_another_day_of_notice():
    """Posted on the last second of a day of Bangkok, or on the first of the next."""
    opens = on("2026-06-16", 8, 30)
    for posted, level in ((on("2026-06-02", 0) - SECOND, Level.WARN), (on("2026-06-02", 0), Level.BLOCK)):
        hearing = HearingFactory.draft(posted, opens_at=opens, notice_published_at=None)
        assert [check.level for check in of("R1", hearing, posted)] == [level]


@pytest.mark.parametrize(
    ("board", "level"),
    [
        (None, Level.BLOCK),  # a day that was only written down proves nothing
        ({"posted_on": -30, "photo_since": None}, Level.BLOCK),
        ({"posted_on": -30, "removed_on": -20}, Level.BLOCK),
        ({"posted_on": -13}, Level.BLOCK),
        ({"posted_on": -14}, Level.WARN),  # 15 days before it opens tomorrow
        ({"posted_on": -30}, Level.OK),
        # Typed afterwards: the photo proves the days from when it came here, and no others.
        ({"posted_on": -30, "photo_since": 0}, Level.BLOCK),
        ({"posted_on": -30, "photo_since": -13}, Level.BLOCK),
        ({"posted_on": -30, "photo_since": -14}, Level.WARN),
        ({"posted_on": -30, "photo_since": -20}, Level.OK),
    ],
)
def test_r1_an_earlier_day_counts_only_as_far_as_a_photo_of_a_board_shows_it(now, board, level):
    hearing = HearingFactory.draft(now, opens_at=day(now, 1), notice_published_at=day(now, -30).date())
    if board is not None:
        days = {
            name: local_day(day(now, board[name])) for name in ("posted_on", "removed_on") if name in board
        }
        came = board.get("photo_since", board["posted_on"])
        if came is not None:
            days |= {"photo": picture(), "photo_since": day(now, came)}
        NoticeBoard.objects.create(
            hearing=hearing, code="r1back", kind="office", place="ศาลากลาง", created_at=now, **days
        )
    assert [check.level for check in of("R1", hearing, now)] == [level]
    if level == Level.BLOCK:
        with pytest.raises(NotReady):
            announced(hearing, now)
    else:
        assert announced(hearing, now).short_notice_reason == ""


def test_r1_says_which_day_counts_and_why_also_where_the_days_are_enough(now):
    """A photo taken without signal arrives days later: whoever opens sooner names who approved it."""
    hearing = HearingFactory.draft(now, notice_published_at=day(now, -4).date())
    NoticeBoard.objects.create(
        hearing=hearing, code="r1late", kind="site", place="ปากทาง", posted_on=day(now, -4).date(), created_at=now,
        photo=picture(), photo_since=day(now, -1),
    )  # fmt: skip
    [check] = of("R1", hearing, now)
    assert check.level == Level.OK
    for words in (format_day(day(now, -4).date()), format_day(day(now, -1).date()), "ปากทาง"):
        assert words in check.sentence


def test_r1_a_notice_of_a_day_to_come_is_refused_whatever_is_approved(now):
    hearing = HearingFactory.draft(now, notice_published_at=day(now, 2).date())
    haste = {"reason": "น้ำมาเร็ว", "approver": "ผู้ว่าราชการจังหวัด"}
    assert [check.level for check in of("R1", hearing, now, **haste)] == [Level.BLOCK]
    with pytest.raises(NotReady):
        announced(hearing, now, **haste)


@pytest.mark.parametrize(
    ("given", "is_refused"),
    [
        ({}, True),
        ({"reason": "น้ำมาเร็ว"}, True),
        ({"approver": "ผู้ว่าราชการจังหวัด"}, True),
        ({"reason": "น้ำมาเร็ว", "approver": "ผู้ว่าราชการจังหวัด"}, False),
    ],
)
def test_r1_haste_needs_reason_and_approver_and_both_are_public(client, given, is_refused):
    now = timezone.now()
    hearing = HearingFactory.draft(now, opens_at=day(now, 10))
    if is_refused:
        with pytest.raises(NotReady):
            announced(hearing, now, **given)
        assert not Hearing.objects.get(pk=hearing.pk).is_public_record
        return
    hearing = announced(hearing, now, **given)
    page = client.get(page_path(hearing)).content.decode()
    paper = client.get(f"/hearings/{hearing.slug}/notice/").content.decode()
    for words in given.values():
        assert words in page
        assert words in paper


# --- R2 and R3: open days, the day of the result -----------------------------------------------------------------


@pytest.mark.parametrize(("days", "level"), [(14, Level.WARN), (15, Level.OK), (30, Level.OK)])
def test_r2_fifteen_days_open(now, days, level):
    hearing = HearingFactory.draft(now, closes_at=day(now, 20 + days))
    assert [check.level for check in of("R2", hearing, now)] == [level]


@pytest.mark.parametrize("closes", [-1, 20, 19])
def test_r2_times_that_cannot_be_block(now, closes):
    hearing = HearingFactory.draft(now)
    hearing.closes_at = day(now, closes)
    assert [check.level for check in of("R2", hearing, now)] == [Level.BLOCK]


@pytest.mark.parametrize(
    ("closes", "due"),
    [("2026-07-02", "2026-07-17"), ("2028-02-14", "2028-02-29"), ("2027-02-14", "2027-03-01")],
)
def test_r3_the_result_is_due_after_fifteen_days(closes, due):
    assert result_due(dt.date.fromisoformat(closes)) == dt.date.fromisoformat(due)


@pytest.mark.parametrize(("published", "is_late"), [("2026-07-17", False), ("2026-07-18", True)])
def test_r3_a_result_on_the_last_day_is_in_time(published, is_late):
    hearing = HearingFactory.announced(
        on("2026-06-20"), opens=-2, closes=12.6, result_body=RESULT
    )  # closes on 2 July, 23.24
    assert hearing.closes_on == dt.date(2026, 7, 2)
    done = publish_result(hearing=hearing, actor=office_head(), now=on(published, 23, 59))
    assert done.is_result_late(on("2026-08-01")) is is_late


# --- R4 to R8: what must be said -------------------------------------------------------------------------------------


def test_r4_lists_the_eight_items_of_clause_7(now):
    checks = of("R4", HearingFactory.draft(now), now)
    assert len(checks) == len(ITEMS) == 8
    assert {check.level for check in checks} == {Level.OK}


@pytest.mark.parametrize("field", [field for _number, _label, fields in ITEMS for field in fields])
def test_r4_an_empty_item_blocks(now, field):
    hearing = HearingFactory.draft(now, **{field: "-"})
    assert len(blocking(of("R4", hearing, now))) == 1
    with pytest.raises(NotReady):
        announced(hearing, now)


@pytest.mark.parametrize(
    "fields",
    [{"methods": ()}, {"how_to_comment": ""}, {"contacts": ()}, {"opens_at": None}, {"closes_at": None}],
)
def test_r5_way_period_place_contact_and_paper_block(now, fields):
    assert blocking(of("R5", HearingFactory.draft(now, **fields), now))


def test_r6_postings_at_office_and_site_warn_and_never_block(now):
    hearing = HearingFactory.draft(now)
    assert [check.level for check in of("R6", hearing, now)] == [Level.WARN, Level.WARN]
    for kind in ("office", "site"):
        NoticeBoard.objects.create(
            hearing=hearing, code=f"r6{kind}", kind=kind, place=kind, posted_on=now.date(), created_at=now
        )
    assert [check.level for check in of("R6", hearing, now)] == [Level.OK, Level.OK]


@pytest.mark.parametrize("fields", [{"provinces": []}, {"affected_people": ""}, {"lead_agency": " "}])
def test_r7_area_people_and_lead_agency_block(now, fields):
    assert [check.level for check in of("R7", HearingFactory.draft(now, **fields), now)] == [Level.BLOCK]


@pytest.mark.parametrize(
    ("methods", "level"),
    [
        ((("online_form", ""),), Level.WARN),
        ((("paper_form", "ที่ อบต."),), Level.WARN),
        ((("online_form", ""), ("phone", "056 000 123")), Level.OK),
    ],
)
def test_r8_one_way_online_and_one_without_internet(now, methods, level):
    assert [check.level for check in of("R8", HearingFactory.draft(now, methods=methods), now)] == [level]


# --- R10 and the steps after the announcement ----------------------------------------------------------------------


def test_r10_a_correction_is_dated_numbered_and_public(client):
    now = timezone.now()
    hearing = HearingFactory.open(now)
    amendment = amend(
        hearing=hearing, actor=office_head(), now=now, field="cost", after="98 ล้านบาท", reason="พิมพ์ผิด",
        is_material=False,
    )  # fmt: skip
    page = client.get(page_path(hearing)).content.decode()
    for words in ("96.4 ล้านบาท", "98 ล้านบาท", "พิมพ์ผิด", amendment.notice.number, 'id="corrections"'):
        assert words in page
    paper = client.get(f"/hearings/{hearing.slug}/notice/?paper={amendment.notice_id}").content.decode()
    assert amendment.notice.number in paper


def test_closing_early_leaves_the_announced_days_and_is_told(client):
    now = timezone.now()
    hearing = HearingFactory.open(now)
    closed = force_close(hearing=hearing, actor=office_head(), now=now, reason="น้ำท่วมศาลา")
    assert (closed.opens_at, closed.closes_at) == (hearing.opens_at, hearing.closes_at)
    assert closed.state(now) == HearingState.CLOSED
    assert "น้ำท่วมศาลา" in client.get(page_path(hearing)).content.decode()


def test_an_extension_is_told_with_both_days_and_its_reason_and_costs_no_query(client):
    now = timezone.now()
    hearing = HearingFactory.open(now)
    head, path = office_head(), page_path(hearing)
    with CaptureQueriesContext(connection) as before:
        assert "note-extended" not in client.get(path).content.decode()
    for days, reason in ((20, "ภาคเอกชนยังเงียบ"), (30, "น้ำท่วมศาลา")):
        extended = extend(hearing=hearing, actor=head, now=now, closes_at=day(now, days), reason=reason)
    with CaptureQueriesContext(connection) as after:
        page = client.get(path).content.decode()
    assert len(after) <= len(before)
    told = page.split('id="note-extended"')[1].split("</div>")[0]
    for closing in (hearing.closes_on, extended.closes_on):
        assert f'datetime="{closing.isoformat()}"' in told
    paper = hearing.notices.last()
    for words in ("น้ำท่วมศาลา", paper.number, f"/notice/?paper={paper.pk}"):
        assert words in told


def test_each_step_issues_a_paper_of_its_own_number(now):
    hearing = HearingFactory.open(now)
    head = office_head()
    extend(hearing=hearing, actor=head, now=now, closes_at=day(now, 40), reason="ขอเวลา")
    force_close(hearing=hearing, actor=head, now=day(now, 1), reason="น้ำท่วม")
    cancel(hearing=hearing, actor=head, now=day(now, 2), reason="งบประมาณเปลี่ยน")
    papers = list(hearing.notices.values_list("kind", "number"))
    assert [kind for kind, _number in papers] == [
        NoticeKind.ANNOUNCEMENT, NoticeKind.EXTENSION, NoticeKind.EARLY_CLOSING, NoticeKind.CANCELLATION,
    ]  # fmt: skip
    assert len({number for _kind, number in papers}) == 4


def test_the_second_before_and_the_second_after(now):
    hearing = HearingFactory.upcoming(now)
    for moment, before, after in (
        (hearing.opens_at, HearingState.ANNOUNCED, HearingState.OPEN),
        (hearing.closes_at, HearingState.OPEN, HearingState.CLOSED),
    ):
        assert hearing.state(moment - SECOND) == before
        assert hearing.state(moment) == after
        assert hearing.state(moment + SECOND) == after


def test_extending_is_possible_until_the_second_before_closing(now):
    hearing, head = HearingFactory.open(now), office_head()
    last = hearing.closes_at
    with pytest.raises(NotReady):
        extend(hearing=hearing, actor=head, now=now, closes_at=last - SECOND, reason="ก")
    later = extend(hearing=hearing, actor=head, now=last - SECOND, closes_at=last + SECOND, reason="ก")
    assert later.closes_at == last + SECOND


def test_the_law_numbers_are_settings_of_the_checklist_too(now, settings):
    settings.HEARING_MIN_NOTICE_DAYS, settings.HEARING_MIN_OPEN_DAYS = 30, 25
    hearing = HearingFactory.draft(now)
    assert [check.level for check in of("R1", hearing, now)] == [Level.BLOCK]
    assert [check.level for check in of("R2", hearing, now)] == [Level.WARN]
