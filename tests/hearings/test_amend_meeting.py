"""A meeting that was announced is added, changed or cancelled only by a correction everyone reads and is told (R10)."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from core.urls_for import page_path
from hearings.documents.words import next_meeting
from hearings.models import Amendment, Hearing, Meeting, MeetingAttendance
from hearings.services.amend import amend
from hearings.services.amend_meeting import (
    MEETING_FIELDS,
    add_meeting,
    cancel_meeting,
    change_meeting,
    stand_of,
)
from hearings.services.announce import newest
from hearings.services.attendance import record_attendance
from hearings.services.cancel import cancel
from hearings.services.register_for_meeting import register_for_meeting
from notifications import clock
from notifications.models import Follow
from tests.factories.hearings import HearingFactory, day, office_head
from tests.hearings.people import HOME, person

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 7, 1, 9, tzinfo=dt.UTC)
REASON = "ศาลาน้ำท่วม"


def held(now, hearing=None, **fields) -> Meeting:
    values = {"title": "เวทีหมู่ 4", "starts_at": day(now, 3), "place": "ศาลาหมู่ 4", **fields}
    return Meeting.objects.create(hearing=hearing or HearingFactory.open(now), **values)


def told(meeting: Meeting, **changes) -> dict:
    return {name: getattr(meeting, name) for name in MEETING_FIELDS} | changes


def moved(meeting: Meeting, now, **changes) -> Amendment:
    values = told(meeting, **(changes or {"place": "วัดเกยไชย"}))
    return change_meeting(meeting=meeting, actor=office_head(), now=now, values=values, reason=REASON)


def off(meeting: Meeting, now) -> Amendment:
    return cancel_meeting(meeting=meeting, actor=office_head(), now=now, reason=REASON)


def test_another_place_is_a_numbered_correction_with_the_old_words_beside_the_new(now):
    meeting = held(now)
    made = moved(meeting, now)
    assert Meeting.objects.get().place == "วัดเกยไชย"
    assert "ศาลาหมู่ 4" in made.before
    assert "วัดเกยไชย" in made.after
    assert (made.field, made.meeting, made.is_material) == ("meetings", meeting, False)
    assert made.notice.number == "2/2569"
    assert "วัดเกยไชย" in made.notice.data["text"]


@pytest.mark.parametrize(
    "changes",
    [
        {"starts_at": dt.datetime(2027, 1, 2, 3, tzinfo=dt.UTC)},
        {"ends_at": dt.datetime(2027, 1, 2, 3, tzinfo=dt.UTC)},
        {"online_url": "https://example.org/x"},
        {"mode": "online"},
        {"title": "อีกชื่อ"},
        {"seats": 9},
        {"agenda": "เปิดประชุม"},
        {"series": "follow_up"},
    ],
)
def test_whatever_was_told_counts_as_a_change(now, changes):
    made = moved(held(now), now, **changes)
    assert made.before != made.after


def test_a_new_meeting_is_told_the_same_way_also_after_the_closing(now):
    hearing = HearingFactory.summarising(now)
    values = told(Meeting(title="ประชุมติดตาม", starts_at=day(now, 9), place="ศาลากลาง"))
    made = add_meeting(hearing=hearing, actor=office_head(), now=now, values=values, reason="ตามที่ประชาชนขอ")
    assert (made.before, made.meeting.title) == ("", "ประชุมติดตาม")
    assert made.notice is not None


def takes_nobody(client, meeting: Meeting, page: str, now) -> None:
    register = reverse("hearings:register", args=[meeting.hearing.slug, meeting.pk])
    assert register not in page
    assert client.get(register).status_code == 409
    with pytest.raises(ValidationError) as refused:
        register_for_meeting(
            meeting=meeting,
            name="สมศรี",
            phone="",
            sector="citizen",
            people=1,
            idempotency_key=uuid.uuid4(),
            now=now,
        )
    assert refused.value.code == "cancelled"


def test_a_cancelled_meeting_stays_with_its_mark_and_takes_nobody(client):
    now = timezone.now()
    meeting = held(now)
    made = off(meeting, now)
    assert Meeting.objects.get().cancelled_at == now
    assert made.before != made.after
    page = client.get(page_path(meeting.hearing)).content.decode()
    assert 'เวที<span class="nb">หมู่ 4</span>' in page
    assert REASON in page
    takes_nobody(client, meeting, page, now)
    assert next_meeting(Hearing.objects.get(), now) is None


@pytest.mark.parametrize(("opens", "words"), [(-7, "Was open"), (10, "Would have opened")])
def test_a_cancelled_hearing_asks_nobody_to_come_and_says_whether_it_was_open(client, opens, words):
    now = timezone.now()
    meeting = held(now, HearingFactory.announced(now, opens=opens, closes=opens + 22))
    cancel(hearing=meeting.hearing, actor=office_head(), now=now, reason="ที่ดินมีข้อพิพาท")
    page = client.get(f"/en{page_path(meeting.hearing)}").content.decode()
    assert words in page
    assert "Result announced" not in page
    takes_nobody(client, meeting, page, now)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, None),
        ({"starts_at": None}, "starts_at"),
        ({"starts_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}, "starts_at"),
        ({"place": ""}, "place"),
        ({"title": "ก" * 201}, "title"),
        ({"online_url": "javascript:alert(1)"}, "online_url"),
        ({"mode": "telepathy"}, "mode"),
        ({"ends_at": dt.datetime(2021, 1, 1, tzinfo=dt.UTC)}, None),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(now, changes, field):
    meeting = held(now)
    with pytest.raises(ValidationError) as refused:
        change_meeting(
            meeting=meeting, actor=office_head(), now=now, values=told(meeting, **changes), reason=REASON
        )
    if field:
        assert field in refused.value.error_dict
    assert not Amendment.objects.exists()
    assert Meeting.objects.get().in_words() == meeting.in_words()


def test_without_a_reason_or_when_it_is_over_nothing_changes(now):
    meeting, over = held(now), held(now, starts_at=day(now, -1))
    for subject, reason in ((meeting, " "), (over, REASON)):
        values = told(subject, place="วัดเกยไชย")
        with pytest.raises(ValidationError):
            change_meeting(meeting=subject, actor=office_head(), now=now, values=values, reason=reason)
        with pytest.raises(ValidationError):
            cancel_meeting(meeting=subject, actor=office_head(), now=now, reason=reason)
    off(meeting, now)
    for again in (moved, off):
        with pytest.raises(ValidationError):
            again(meeting, now)


def test_publishing_an_old_revision_brings_no_old_meeting_back_and_loses_no_heads(now):
    """What services wrote into the rows of a hearing was lost when somebody published its page again."""
    hearing = HearingFactory.draft(now)
    page = newest(hearing)
    page.meetings = [Meeting(title="เวทีหมู่ 4", starts_at=day(now, 3), place="ศาลาหมู่ 4")]
    page.save_revision()
    from hearings.services.announce import announce

    hearing = announce(hearing=hearing, actor=office_head(), now=now)
    old, meeting = hearing.latest_revision, hearing.meetings.get()
    moved(meeting, now)
    later = day(now, 4)
    staff = person(Role.ADMINISTRATION)
    record_attendance(meeting=Meeting.objects.get(), people={"citizen": 40}, by=staff, now=later)
    old.publish()
    assert (Meeting.objects.get().pk, Meeting.objects.get().place) == (meeting.pk, "วัดเกยไชย")
    amend(
        hearing=hearing, actor=office_head(), now=later, field="cost", after="98 ล้านบาท", reason="พิมพ์ผิด",
        is_material=False,
    )  # fmt: skip
    assert MeetingAttendance.objects.get().people == 40
    assert Amendment.objects.get(field="meetings").meeting_id == meeting.pk


def test_followers_are_told_of_each_correction_once() -> None:
    hearing = HearingFactory.open(NOW)
    Follow.objects.create(
        kind="hearing", key=str(hearing.pk), email="somchai@example.org", created_at=NOW,
        confirmed_at=day(NOW, -9),
    )  # fmt: skip
    meeting, other = held(NOW, hearing), held(NOW, hearing, title="เวทีหมู่ 5")
    moved(meeting, NOW), off(other, NOW)
    amend(
        hearing=hearing, actor=office_head(), now=NOW, field="cost", after="98 ล้านบาท", reason="พิมพ์ผิด",
        is_material=False,
    )  # fmt: skip
    for _tick in range(2):
        clock.tick(NOW + dt.timedelta(minutes=1))
    assert len(mail.outbox) == 3
    assert REASON in mail.outbox[0].body
    assert "เวทีหมู่ 4" in mail.outbox[0].subject
    assert "เวทีหมู่ 5" in mail.outbox[1].subject
    assert len({letter.subject.split(":")[0] for letter in mail.outbox}) == 3


def test_the_calendar_file_counts_corrections_and_tells_of_a_cancellation(client):
    now = timezone.now()
    meeting = held(now)
    url = reverse("hearings:meeting_calendar", args=[meeting.hearing.slug, meeting.pk])

    def lines() -> set[str]:
        return set(client.get(url).content.decode().replace("\r\n ", "").splitlines())

    assert "SEQUENCE:0" in lines()
    moved(meeting, now)
    assert {"SEQUENCE:1", "LOCATION:วัดเกยไชย"} <= lines()
    off(meeting, now)
    assert {"SEQUENCE:2", "STATUS:CANCELLED"} <= lines()


# --- the desk ------------------------------------------------------------------------------------------------


def address(name: str, meeting: Meeting, *, of_hearing: bool = False) -> str:
    args = [meeting.hearing_id] if of_hearing else [meeting.hearing_id, meeting.pk]
    return reverse(f"hearings_desk:{name}", args=args)


SENT = {
    "title": "เวทีหมู่ 4", "mode": "onsite", "series": "single", "ends_at": "", "place": "วัดเกยไชย",
    "online_url": "", "seats": "", "agenda": "", "reason": REASON,
}  # fmt: skip


def test_the_desk_changes_a_meeting_and_says_whom_to_call(client):
    now = timezone.now()
    meeting = held(now)
    meeting.registrations.create(
        name="สมศรี", sector="citizen", people=3, idempotency_key=uuid.uuid4(), created_at=now
    )
    client.force_login(office_head())
    assert address("meeting_change", meeting) in client.get(address("meeting", meeting)).content.decode()
    url = address("meeting_change", meeting)
    page = client.get(url).content.decode()
    assert "ศาลาหมู่ 4" in page
    assert page.count("<h1") == 1
    wrong = client.post(url, {**SENT, "starts_at": "พรุ่งนี้"})
    assert wrong.status_code == 422
    assert "วัดเกยไชย" in wrong.content.decode()
    starts = timezone.localtime(day(now, 5))
    sent = {**SENT, "starts_at": f"{starts.day}/{starts.month}/{starts.year + 543} 09.30"}
    response = client.post(url, sent, follow=True)
    assert response.redirect_chain == [(address("meeting", meeting), 302)]
    assert "3" in [str(message) for message in response.context["messages"]][1]
    assert timezone.localtime(Meeting.objects.get().starts_at).hour == 9
    assert client.post(url, sent).status_code == 422, "sent twice, changed once"
    assert Amendment.objects.count() == 1


def test_the_desk_adds_and_cancels(client):
    now = timezone.now()
    meeting = held(now)
    client.force_login(office_head())
    starts = timezone.localtime(day(now, 5))
    sent = {**SENT, "title": "เวทีหมู่ 9", "starts_at": f"{starts.day}/{starts.month}/{starts.year + 543} 09.30"}
    assert client.get(address("meeting_add", meeting, of_hearing=True)).status_code == 200
    assert client.post(address("meeting_add", meeting, of_hearing=True), sent).status_code == 302
    assert Meeting.objects.filter(title="เวทีหมู่ 9").exists()
    assert client.get(address("meeting_cancel", meeting)).status_code == 200
    assert client.post(address("meeting_cancel", meeting), {"reason": ""}).status_code == 422
    assert client.post(address("meeting_cancel", meeting), {"reason": REASON}).status_code == 302
    room = client.get(address("meeting", meeting)).content.decode()
    assert address("meeting_change", meeting) not in room
    rooms = client.get(address("meetings", meeting, of_hearing=True)).content.decode()
    assert address("meeting_add", meeting, of_hearing=True) in rooms


def test_before_the_announcement_and_for_others_the_desk_offers_nothing(client):
    now = timezone.now()
    draft = held(now, HearingFactory.draft(now))
    client.force_login(office_head())
    page = client.get(address("meetings", draft, of_hearing=True)).content.decode()
    assert address("meeting_add", draft, of_hearing=True) not in page
    meeting = held(now)
    for role in (Role.STRATEGY, Role.ADMINISTRATION, Role.PROVINCE_COORDINATOR):
        user = person(role, HOME)
        client.force_login(user)
        room = client.get(address("meeting", meeting)).content.decode()
        assert address("meeting_change", meeting) not in room
        for name in ("meeting_change", "meeting_cancel"):
            assert client.get(address(name, meeting)).status_code == 403
        with pytest.raises(PermissionDenied):
            cancel_meeting(meeting=meeting, actor=user, now=now, reason=REASON)


def test_the_list_of_corrections_leads_to_the_meetings(client):
    meeting = held(timezone.now())
    client.force_login(office_head())
    response = client.get(address("amend", meeting, of_hearing=True), {"field": "meetings"})
    assert response.url == address("meetings", meeting, of_hearing=True)


def test_an_old_form_does_not_bring_the_old_hour_back(now):
    meeting = held(now)
    stood = stand_of(meeting)
    moved(meeting, now, starts_at=day(now, 4))
    with pytest.raises(ValidationError) as refused:
        change_meeting(
            meeting=meeting,
            actor=office_head(),
            now=now,
            values=told(meeting, agenda="ใหม่"),
            reason=REASON,
            stood=stood,
        )
    assert refused.value.code == "changed"
    assert Meeting.objects.get().starts_at == day(now, 4)


def test_the_same_meeting_is_announced_once(now):
    meeting = held(now)
    with pytest.raises(ValidationError) as refused:
        add_meeting(
            hearing=meeting.hearing, actor=office_head(), now=now, values=told(meeting), reason=REASON
        )
    assert refused.value.code == "same"
    assert Meeting.objects.count() == 1
