"""The staff's rooms: what is missing before the announcement, who is silent after it, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.roles import Role
from core.enums import Sector
from geography.models import District
from hearings.models import Hearing, NoticeBoard, ProxyBatch, Submission
from hearings.progress import Progress
from hearings.services.amend import amend
from hearings.services.cancel import cancel
from hearings.services.extend import extend
from hearings.services.questions import remove_question
from tests.factories.hearings import HearingFactory, comment, office_head
from tests.factories.questions import question
from tests.hearings.people import ELSEWHERE, HOME, person

pytestmark = pytest.mark.django_db


def room(hearing) -> str:
    return reverse("hearings_desk:hearing", args=[hearing.pk])


@pytest.fixture
def head(client):
    client.force_login(office_head())
    return client


def test_a_draft_shows_what_is_missing_and_where_to_mend_it(head):
    hearing = HearingFactory.draft(timezone.now(), cost="-")
    page = head.get(room(hearing)).content.decode()
    assert page.count("<h1") == 1
    assert "#tab-disclosure" in page
    assert reverse("hearings_desk:step", args=[hearing.pk, "announce"]) in page


def test_an_open_hearing_shows_who_is_silent(head):
    now = timezone.now()
    hearing = HearingFactory.open(now)
    comment(hearing, now, sector=Sector.CITIZEN)
    progress = Progress(hearing, now)
    assert progress.total == 1
    assert len(progress.silent_sectors) == 3
    assert len(progress.silent_areas) == len(progress.areas)
    assert progress.days[-1][1] == 1
    page = head.get(room(hearing)).content.decode()
    assert progress.silent_sectors[0] in page


def test_the_overview_counts_stances_areas_and_villages_apart(head):
    now = timezone.now()
    hearing = HearingFactory.open(now)
    district = District.objects.filter(subdistricts__isnull=False).distinct().first()
    first, second, *others = district.subdistricts.all()
    hearing.districts.set([district])
    hearing.save()
    here = {"province": district.province, "district": district}
    comment(hearing, now, stance="agree", subdistrict=first, **here)
    batch = ProxyBatch.objects.create(
        hearing=hearing, idempotency_key=uuid.uuid4(), held_on=now.date(), people=20, heads={"agree": 12, "against": 3},
        district=district, subdistrict=second, status="checked", entered_at=now,
    )  # fmt: skip
    row = comment(hearing, now, stance="against", sector=Sector.PRIVATE, subdistrict=second, **here)
    Submission.objects.filter(pk=row.submission.pk).update(batch=batch)
    progress = Progress(hearing, now)
    assert (progress.total, progress.batches.hands) == (1, 15)
    assert [cell.number for cell in progress.board.stances.cells] == [1, 0, 0, 0]
    assert len(progress.silent_sectors) == 2, "who spoke in a village is not silent"
    assert [(r.area, r.number, r.hands) for r in progress.areas[:2]] == [(first, 1, 0), (second, 0, 15)]
    assert set(progress.silent_areas) == set(others)
    assert progress.heard_areas == 2
    page = head.get(room(hearing)).content.decode()
    assert first.short_name in page and "100%" in page
    tiles = page[page.index('class="plots"') : page.index("<figcaption")]
    assert (tiles.count("<li"), tiles.count('class="silent"')) == (len(others) + 2, len(others))
    hearing.districts.clear()
    by_province = Progress(hearing, now).areas_in_place
    assert [place for place, _rows in by_province] == sorted(hearing.provinces.all(), key=lambda one: one.pk)
    assert [row.area.pk for _place, rows in by_province for row in rows] == sorted(
        row.area.pk for row in Progress(hearing, now).areas
    )
    assert {type(row.area) for row in Progress(hearing, now).areas} == {District}


def test_an_open_hearing_without_a_word_says_what_to_do(head):
    hearing = HearingFactory.open(timezone.now())
    page = head.get(room(hearing)).content.decode()
    assert page.count(reverse("hearings:share", args=[hearing.slug])) > 1


def test_what_waits_is_told_with_the_way_to_it(head):
    now = timezone.now()
    hearing = HearingFactory.open(now, moderation_mode="pre")
    comment(hearing, now)
    NoticeBoard.objects.create(
        hearing=hearing,
        code="nophoto",
        kind="village",
        place="ท่าน้ำวัด",
        posted_on=now.date(),
        created_at=now,
    )
    progress = Progress(hearing, now)
    assert progress.waiting == (1, now)
    assert [board.place for board in progress.boards_without_photo] == ["ท่าน้ำวัด"]
    page = head.get(room(hearing)).content.decode()
    assert reverse("hearings_desk:hearing_moderation", args=[hearing.pk]) in page
    assert "ท่าน้ำวัด" in page


def test_a_sector_that_is_silent_near_the_end_is_an_alarm(head):
    now = timezone.now()
    soon, later = HearingFactory.closing_soon(now), HearingFactory.open(now)
    assert head.get(room(soon)).context["closes_soon"]
    assert not head.get(room(later)).context["closes_soon"]
    page = head.get(room(soon)).content.decode()
    assert reverse("hearings:share", args=[soon.slug]) in page


def test_a_step_is_taken_at_the_desk(head):
    hearing = HearingFactory.draft(timezone.now())
    url = reverse("hearings_desk:step", args=[hearing.pk, "announce"])
    assert head.get(url).status_code == 200
    assert head.post(url, {"reason": "", "approver": ""}).status_code == 302
    assert Hearing.objects.get(pk=hearing.pk).stage == "announced"
    assert head.get(reverse("hearings_desk:step", args=[hearing.pk, "nothing"])).status_code == 404


def test_a_reason_typed_for_a_step_that_came_too_late_stays(head):
    hearing = HearingFactory.closed(timezone.now())
    url = reverse("hearings_desk:step", args=[hearing.pk, "extend"])
    response = head.post(url, {"reason": "ภาคเอกชนยังเงียบ", "closes_at": ""})
    assert (response.status_code, "ภาคเอกชนยังเงียบ" in response.content.decode()) == (409, True)
    assert head.get(url).status_code == 302


def test_a_step_that_is_refused_says_why(head):
    hearing = HearingFactory.draft(timezone.now(), cost="")
    response = head.post(reverse("hearings_desk:step", args=[hearing.pk, "announce"]), {})
    assert response.status_code == 422


def test_correcting_and_copying_at_the_desk(head):
    hearing = HearingFactory.open(timezone.now())
    url = reverse("hearings_desk:amend", args=[hearing.pk])
    data = {"field": "cost", "after": "98 ล้านบาท", "reason": "พิมพ์ผิด", "is_material": "no", "approver": ""}
    assert head.get(url).status_code == 200
    assert head.post(url, {**data, "reason": ""}).status_code == 422
    assert head.post(url, data).status_code == 302
    assert head.post(reverse("hearings_desk:clone", args=[hearing.pk])).status_code == 302
    assert head.get(reverse("hearings_desk:clone", args=[hearing.pk])).status_code == 405


def test_who_may_enter(client):
    hearing = HearingFactory.open(timezone.now())
    assert client.get(room(hearing)).status_code == 302
    for user, status in (
        (person(Role.PROVINCE_COORDINATOR, HOME), 200),
        (person(Role.MONITORING), 200),
        (person(Role.PROVINCE_COORDINATOR, ELSEWHERE), 403),
        (person(Role.MEMBER), 403),
    ):
        client.force_login(user)
        assert client.get(room(hearing)).status_code == status


def test_the_list_takes_the_same_queries_for_one_hearing_and_for_five(head, django_assert_num_queries):
    now = timezone.now()
    url = reverse("hearings_desk:list")
    for _number in range(5):
        HearingFactory.open(now)
    head.get(url)
    with django_assert_num_queries(12):
        assert head.get(url).status_code == 200


def test_the_room_keeps_its_budget(head, django_assert_num_queries):
    now = timezone.now()
    hearing = HearingFactory.open(now)
    for _number in range(3):
        comment(hearing, now)
    head.get(room(hearing))
    with django_assert_num_queries(19):  # one of them for what villages said, counted apart
        assert head.get(room(hearing)).status_code == 200


def test_the_log_says_what_was_done(head):
    now = timezone.now()
    hearing, actor = HearingFactory.open(now), office_head()
    asked = question(hearing, "single", now).question
    by = {"actor": actor, "reason": "ภาคเอกชนยังเงียบ"}
    later = [now + dt.timedelta(seconds=number) for number in range(1, 5)]
    extend(hearing=hearing, closes_at=hearing.closes_at + dt.timedelta(days=7), now=later[0], **by)
    amend(hearing=hearing, now=later[1], field="cost", after="9 บาท", is_material=False, **by)
    remove_question(question=asked, now=later[2], **by)
    cancel(hearing=hearing, now=later[3], **by)
    with override("en"):
        done = [change.done for change in hearing.stage_changes.told().order_by("at")][-4:]
    assert done[:1] == ["Extension of the time"]
    assert done[1].startswith("Correction of the announcement: ")
    assert done[2:] == ["What was changed in the form", "Announced → Cancelled"]
    assert "ขยายเวลา" in head.get(room(hearing)).content.decode()
