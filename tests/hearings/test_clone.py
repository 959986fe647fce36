"""A copy takes the words of a hearing and nothing of its time."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile

from accounts.roles import Role
from core.models import CustomDocument
from core.slugs import ascii_slug
from hearings.checklist import blocking, checklist
from hearings.enums import Stage
from hearings.models import (
    Hearing,
    HearingDocument,
    Meeting,
    MeetingAttendance,
    Question,
    QuestionRevision,
)
from hearings.naming import slug_for_announcement
from hearings.notices import notice_data
from hearings.services.announce import announce, newest
from hearings.services.clone import clone
from hearings.services.errors import NotReady
from tests.factories.hearings import HearingFactory, comment, day, office_head
from tests.hearings.people import ELSEWHERE, HOME, person

pytestmark = pytest.mark.django_db


def test_a_copy_keeps_the_words_and_drops_what_belongs_to_its_time(now):
    hearing = HearingFactory.open(now)
    comment(hearing, now)
    copy = clone(hearing=hearing, actor=office_head(), now=now)
    assert copy.stage == Stage.DRAFT
    assert not copy.live
    assert hearing.title in copy.title
    assert [copy.code, copy.opens_at, copy.closes_at, copy.notice_published_at, copy.announced_at] == [
        None
    ] * 5
    assert copy.notice_number == ""
    assert copy.necessity == hearing.necessity
    assert [child.value["heading"] for child in copy.draft] == [
        child.value["heading"] for child in hearing.draft
    ]
    assert {child.id for child in copy.draft}.isdisjoint(child.id for child in hearing.draft)
    assert copy.contacts.count() == 1
    assert copy.methods.count() == 2
    assert [province.pk for province in copy.provinces.all()] == [HOME]
    assert not copy.submissions.exists()
    assert not copy.boards.exists()
    assert not copy.stage_changes.exists()


def test_the_last_wording_of_questions_is_copied_under_new_keys(now):
    hearing = HearingFactory.draft(now)
    first, second = (Question.objects.create(hearing=hearing, order=order) for order in (1, 2))
    for number, text in ((1, "เก่า"), (2, "ใหม่")):
        QuestionRevision.objects.create(
            question=first, number=number, kind="single", text=text, created_at=now
        )
    rule = {"question": str(first.key), "options": ["a1"]}
    QuestionRevision.objects.create(
        question=second, number=1, kind="short_text", text="ทำไม", show_if=rule, created_at=now
    )
    Question.objects.create(hearing=hearing, order=3, removed_at=now)
    copy = clone(hearing=hearing, actor=office_head(), now=now)
    one, two = copy.questions.order_by("order")
    assert one.revisions.get().text == "ใหม่"
    assert two.revisions.get().show_if == {"question": str(one.key), "options": ["a1"]}


def test_who_may_not_prepare_may_not_copy(now):
    hearing = HearingFactory.open(now)
    for actor in (person(Role.MONITORING), person(Role.PROVINCE_COORDINATOR, ELSEWHERE), person(None)):
        with pytest.raises(PermissionDenied):
            clone(hearing=hearing, actor=actor, now=now)


def test_documents_and_the_shape_of_meetings_are_copied_without_their_days(now):
    hearing = HearingFactory.open(now)
    document = CustomDocument.objects.create(title="แผนที่", file=ContentFile(b"x", "map.txt"))
    HearingDocument.objects.create(hearing=hearing, title="แผนที่", document=document)
    held = {"mode": "hybrid", "series": "workshop", "agenda": "09.00 ลงทะเบียน", "seats": 80}
    meeting = Meeting.objects.create(
        hearing=hearing, title="ประชุมเชิงปฏิบัติการ", starts_at=now, place="ศาลา", minutes=document, **held
    )
    MeetingAttendance.objects.create(meeting=meeting, sector="citizen", people=9)
    copy = clone(hearing=Hearing.objects.get(pk=hearing.pk), actor=office_head(), now=now)
    assert [item.document for item in copy.documents.all()] == [document]
    copied = copy.meetings.get()
    assert {name: getattr(copied, name) for name in held} == held
    assert (copied.starts_at, copied.ends_at, copied.minutes) == (None, None, None)
    assert not copied.attendance.exists()
    assert copied.is_upcoming(now)
    assert len([check for check in blocking(checklist(newest(copy), now)) if check.rule == "R5"]) == 3
    assert notice_data(newest(copy), now)["methods"]


def test_a_copy_is_announced_under_a_title_and_an_address_of_its_own(now):
    copy = clone(hearing=HearingFactory.open(now), actor=office_head(), now=now)
    page = newest(copy)
    page.code, page.opens_at, page.closes_at = "นว-2569-077", day(now, 20), day(now, 42)
    page.save_revision(clean=False)
    assert [check.tab for check in blocking(checklist(newest(copy), now))] == ["subject"]
    with pytest.raises(NotReady):
        announce(hearing=copy, actor=office_head(), now=now)
    page.title = "โครงการแก้มลิงบึงใหม่"
    page.save_revision(clean=False)
    announced = announce(hearing=copy, actor=office_head(), now=now)
    assert announced.slug == ascii_slug(page.title, "hearing") != copy.slug
    assert announced.url_path.endswith(f"/{announced.slug}/")
    assert announced.get_latest_revision_as_object().slug == announced.slug


def test_an_address_somebody_wrote_stays_and_a_taken_one_is_not_used_twice(now):
    first = HearingFactory.draft(now, title="แก้มลิง", slug=ascii_slug("แก้มลิง", "hearing"))
    second = HearingFactory.draft(now, title="แก้มลิง", slug="hearing-0123456789", code="นว-2569-078")
    assert slug_for_announcement(first) == first.slug
    assert slug_for_announcement(second).endswith("2569-078")
    assert slug_for_announcement(HearingFactory.draft(now, slug="my-own")) == "my-own"
