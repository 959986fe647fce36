"""List of hearings, page of one hearing, published comments, registration: shown right, with few queries."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.models import StrategyIssue
from hearings.models import HearingIndexPage, Meeting, MeetingRegistration
from tests.factories.hearings import HearingFactory, comment

pytestmark = pytest.mark.django_db
STATES = ["upcoming", "open", "closing_soon", "closed", "summarising", "result"]


def page_of(hearing) -> str:
    return f"/hearings/{hearing.slug}/"


def comments_of(hearing) -> str:
    return reverse("hearings:comments", args=[hearing.slug])


def queries(client, address: str) -> int:
    client.get(address)
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def say(hearing, count: int) -> None:
    now = timezone.now()
    for number in range(count):
        comment(hearing, now - dt.timedelta(minutes=number), block=number % 3, reason=f"เหตุผลที่ {number}")


@pytest.mark.parametrize("state", STATES)
def test_a_hearing_is_readable_in_every_state(client, state):
    hearing = getattr(HearingFactory, state)(timezone.now())
    for prefix in ("", "/en"):
        page = client.get(prefix + page_of(hearing))
        text = page.content.decode()
        assert page.status_code == 200
        assert text.count("<h1") == 1
        assert ("/comment/" in text) == (state in ("open", "closing_soon"))
    assert hearing.title in client.get("/hearings/").content.decode()


def test_a_closing_at_midnight_is_told_as_the_minute_before(client):
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + dt.timedelta(days=20)
    hearing = HearingFactory.open(timezone.now(), closes_at=midnight)
    assert "23.59 น." in client.get(page_of(hearing)).content.decode()
    assert "00.00 น." not in client.get(reverse("hearings:comment", args=[hearing.slug])).content.decode()


def test_an_english_reader_gets_the_english_title_where_there_is_one(client):
    hearing = HearingFactory.open(timezone.now(), title_en="Retention pond", summary_en="Dig it?")
    assert "Retention pond" in client.get(f"/en{page_of(hearing)}").content.decode()
    assert "Retention pond" not in client.get(page_of(hearing)).content.decode()


def plan_issue(number: int, title: str, title_en: str = "") -> StrategyIssue:
    return StrategyIssue.objects.create(
        number=number, title=title, title_en=title_en, period_start=2566, period_end=2570
    )


def test_a_hearing_names_the_issues_of_the_plan_it_belongs_to(client):
    """A117."""
    issues = [plan_issue(1, "น้ำทั้งลุ่มน้ำ", "Water of the basin"), plan_issue(2, "ข้าวปลอดภัย")]
    hearing = HearingFactory.open(timezone.now(), issues=issues)
    text = client.get(page_of(hearing)).content.decode()
    assert "1. น้ำทั้งลุ่มน้ำ" in text
    assert "2. ข้าวปลอดภัย" in text
    assert "1. Water of the basin" in client.get(f"/en{page_of(hearing)}").content.decode()
    without = client.get(page_of(HearingFactory.open(timezone.now()))).content.decode()
    assert 'id="si"' not in without


def test_a_hearing_page_costs_the_same_for_one_issue_and_for_many(client):
    issues = [plan_issue(number, f"ประเด็น {number}") for number in range(1, 7)]
    one = HearingFactory.open(timezone.now(), issues=issues[:1])
    many = HearingFactory.open(timezone.now(), issues=issues)
    assert queries(client, page_of(one)) == queries(client, page_of(many)) <= 30


def test_a_hearing_page_costs_the_same_for_few_and_many_comments(client):
    few, many = HearingFactory.open(timezone.now()), HearingFactory.open(timezone.now())
    say(few, 5)
    say(many, 60)
    assert queries(client, page_of(few)) == queries(client, page_of(many)) <= 30


def test_the_comments_page_costs_the_same_for_few_and_many_comments(client):
    few, many = HearingFactory.open(timezone.now()), HearingFactory.open(timezone.now())
    say(few, 21)
    say(many, 100)
    assert queries(client, comments_of(few)) == queries(client, comments_of(many)) <= 15


def test_the_list_costs_the_same_for_few_and_many_hearings(client):
    HearingFactory.open(timezone.now())
    few = queries(client, "/hearings/")
    for _number in range(4):
        HearingFactory.open(timezone.now())
    assert queries(client, "/hearings/") == few


def test_comments_are_walked_page_by_page_without_losing_one(client):
    hearing = HearingFactory.open(timezone.now())
    say(hearing, 45)
    seen, address = [], comments_of(hearing)
    while address:
        page = client.get(address)
        seen += [row.said.pk for row in page.context["rows"] if row.said]
        after = page.context["page"].after
        address = f"{comments_of(hearing)}?after={after}" if after else ""
    assert len(seen) == len(set(seen)) == 45
    assert 'content="noindex, follow"' in page.content.decode()


@pytest.mark.parametrize("query", ["after=xx", "before=%00", "after=" + "A" * 90, "after=bm90", "before=MQ"])
def test_a_broken_place_in_the_list_is_not_found(client, query):
    hearing = HearingFactory.open(timezone.now())
    assert client.get(f"{comments_of(hearing)}?{query}").status_code in (400, 404)


@pytest.mark.parametrize("query", ["stance=maybe", "sector=king", "block=nonsense", "stance=" + "ก" * 300])
def test_an_unknown_filter_says_so_and_filters_nothing(client, query):
    hearing = HearingFactory.open(timezone.now())
    say(hearing, 2)
    page = client.get(f"{comments_of(hearing)}?{query}")
    assert page.status_code == 200
    assert len(page.context["rows"]) == 2
    assert page.context["form"].errors


def test_comments_are_filtered_by_section_stance_and_sector(client):
    hearing, now = HearingFactory.open(timezone.now()), timezone.now()
    comment(hearing, now, block=0, stance="agree", sector="private", reason="กขค-หนึ่ง")
    comment(hearing, now, stance="against", sector="citizen", reason="กขค-สอง")
    key = hearing.current_draft.blocks.order_by("order")[0].key
    for query in (f"block={key}", "stance=agree", "sector=private"):
        text = client.get(f"{comments_of(hearing)}?{query}").content.decode()
        assert "กขค-หนึ่ง" in text
        assert "กขค-สอง" not in text
    assert "กขค-สอง" in client.get(f"{comments_of(hearing)}?block=whole").content.decode()


def test_a_name_is_shown_only_as_far_as_its_owner_allowed(client):
    hearing, now = HearingFactory.open(timezone.now()), timezone.now()
    for choice, name in (("none", "คนหนึ่ง"), ("initials", "สมชาย ใจดี"), ("name", "มานี มีนา")):
        comment(hearing, now, publish_name=choice, name=name)
    text = client.get(comments_of(hearing)).content.decode()
    assert "คนหนึ่ง" not in text
    assert "สมชาย" not in text
    assert "ส. จ." in text
    assert "มานี มีนา" in text


def test_a_group_is_named_only_after_it_confirmed(client):
    hearing = HearingFactory.open(timezone.now())
    sent = comment(
        hearing, timezone.now(), capacity="group", organisation="กลุ่มผู้ใช้น้ำ", publish_name="name", name="ก ข"
    )
    assert "กลุ่มผู้ใช้น้ำ" not in client.get(comments_of(hearing)).content.decode()
    sent.submission.organisation_confirmed = True
    sent.submission.save()
    assert "กลุ่มผู้ใช้น้ำ" in client.get(comments_of(hearing)).content.decode()


def test_empty_lists_say_what_to_do(client):
    assert 'class="void card"' in client.get("/hearings/").content.decode()
    hearing = HearingFactory.open(timezone.now())
    text = client.get(comments_of(hearing)).content.decode()
    assert 'class="void card"' in text
    assert reverse("hearings:comment", args=[hearing.slug]) in text


@pytest.mark.parametrize(
    "query", ["state=x", "province=99", "kind=%22", "topic=nothing", "province=" + "9" * 400]
)
def test_unknown_filters_of_the_list_show_everything(client, query):
    hearing = HearingFactory.open(timezone.now())
    page = client.get(f"/hearings/?{query}")
    assert page.status_code == 200
    assert hearing.title in page.content.decode()


def test_a_page_of_the_list_that_does_not_exist_is_not_found(client):
    assert HearingIndexPage.objects.exists()
    assert client.get("/hearings/?page=99").status_code == 404


def test_hearings_are_filtered_by_state(client):
    now = timezone.now()
    open_now, later = HearingFactory.open(now), HearingFactory.upcoming(now)
    text = client.get("/hearings/?state=upcoming").content.decode()
    assert later.title in text
    assert open_now.title not in text


def registration(**changes) -> dict:
    return {
        "name": "สมชาย",
        "phone": "081",
        "sector": "citizen",
        "people": "2",
        "key": str(uuid.uuid4()),
        **changes,
    }


@pytest.fixture
def meeting(db):
    hearing, now = HearingFactory.open(timezone.now()), timezone.now()
    return Meeting.objects.create(hearing=hearing, title="เวที", starts_at=now + dt.timedelta(days=3), seats=3)


def register_address(meeting) -> str:
    return reverse("hearings:register", args=[meeting.hearing.slug, meeting.pk])


def test_saying_that_one_comes_is_stored_once(client, meeting):
    form = registration()
    for _press in range(2):
        assert client.post(register_address(meeting), form).status_code == 302
    assert MeetingRegistration.objects.get().people == 2
    assert client.get(f"{register_address(meeting)}?done=1").status_code == 200


def test_a_full_or_past_meeting_refuses_clearly(client, meeting):
    client.post(register_address(meeting), registration())
    full = client.post(register_address(meeting), registration(name="มานี"))
    assert full.status_code == 409
    assert "มานี" in full.content.decode()
    Meeting.objects.update(starts_at=timezone.now() - dt.timedelta(days=1))
    assert client.get(register_address(meeting)).status_code == 409


@pytest.mark.parametrize(
    "changes", [{"people": "0"}, {"people": "many"}, {"key": "x"}, {"name": "\u200b"}, {"sector": "x"}]
)
def test_a_bad_registration_is_named_and_kept(client, meeting, changes):
    page = client.post(register_address(meeting), registration(**changes))
    assert page.status_code == 422
    assert 'class="err"' in page.content.decode()
    assert MeetingRegistration.objects.count() == 0
