"""The lesson itself: what it refuses, whom it names, who may read it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.roles import Role
from knowledge.models import LessonContributor
from knowledge.searchables import lesson_document
from tests.factories import knowledge as make

pytestmark = pytest.mark.django_db


def test_a_problem_must_belong_to_its_area():
    with pytest.raises(ValidationError) as error:
        make.lesson(problem_area="development", problem_subarea="budget")
    assert "problem_subarea" in error.value.error_dict


def test_a_district_must_lie_in_the_province():
    with pytest.raises(ValidationError) as error:
        make.lesson(province_id="60", district_id="6605")
    assert "district" in error.value.error_dict


def test_a_subdistrict_must_lie_in_the_district():
    with pytest.raises(ValidationError) as error:
        make.lesson(province_id="66", district_id="6605", subdistrict_id="660601")
    assert "subdistrict" in error.value.error_dict


def test_a_story_does_not_end_before_it_begins():
    with pytest.raises(ValidationError) as error:
        make.lesson(period_start=dt.date(2026, 5, 1), period_end=dt.date(2026, 4, 1))
    assert "period_end" in error.value.error_dict


def test_words_before_a_colon_stand_out_in_a_step():
    lesson = make.lesson(recommendation="เดินแนวจริง: กับเจ้าของ\n\nติดผังไว้")
    assert lesson.steps == [("เดินแนวจริง", "กับเจ้าของ"), ("", "ติดผังไว้")]


def test_a_lesson_is_looked_at_again_after_two_years():
    lesson = make.lesson()
    assert 728 <= (lesson.review_by - dt.date.today()).days <= 734


def named(**fields: object):
    lesson = make.lesson(
        recorded_by="ผู้จดชื่อสมศรี", contact_person="กำนันบุญมา", contact_phone="๐๕๖ 000 124",
        partner_agencies="อบต. ตัวอย่าง", **fields,
    )  # fmt: skip
    LessonContributor.objects.create(lesson=lesson, name="ยายทองใบ")
    return lesson


NAMES = ("ผู้จดชื่อสมศรี", "กำนันบุญมา", "ยายทองใบ", "อบต. ตัวอย่าง")


def test_hidden_names_are_on_no_page(client):
    page = client.get(named(anonymise=True, contact_consent=True).url).content.decode()
    assert [name for name in NAMES if name in page] == []


def test_the_person_to_ask_is_shown_only_with_consent(client):
    without = client.get(named().url).content.decode()
    assert "กำนันบุญมา" not in without
    assert "ยายทองใบ" in without
    shown = client.get(named(contact_consent=True).url).content.decode()
    assert "กำนันบุญมา" in shown
    assert 'href="tel:056000124"' in shown


VISITORS = [
    ("public", "visitor", 200), ("public", "member", 200), ("public", "staff", 200),
    ("network", "visitor", 302), ("network", "member", 200), ("network", "staff", 200),
    ("staff", "visitor", 404), ("staff", "member", 404), ("staff", "staff", 200),
]  # fmt: skip


@pytest.mark.parametrize(("visibility", "visitor", "status"), VISITORS)
def test_who_may_read_a_lesson(client, visibility, visitor, status):
    lesson = make.lesson(visibility=visibility, title="เรื่องลับเฉพาะ")
    if visitor != "visitor":
        user = User.objects.create_user(email="someone@example.org", is_staff=visitor == "staff")
        role = Role.STRATEGY if visitor == "staff" else Role.MEMBER
        user.groups.add(Group.objects.get_or_create(name=role)[0])
        client.force_login(user)
    assert client.get(lesson.url).status_code == status
    listed = "เรื่องลับเฉพาะ" in client.get("/knowledge/").content.decode()
    assert listed == (status == 200)


def test_only_public_lessons_are_in_the_sitemap():
    assert make.lesson(visibility="network").get_sitemap_urls() == []
    assert make.lesson().get_sitemap_urls() != []


def test_a_lesson_shows_its_issues_and_leads_to_all_lessons_of_one(client):
    issue = make.issue(1, "น้ำทั้งลุ่มน้ำ")
    page = client.get(make.lesson(issues=[issue]).url).content.decode()
    assert "1. น้ำทั้งลุ่มน้ำ" in page
    assert f'href="/knowledge/?issue={issue.pk}"' in page
    assert "?issue=" not in client.get(make.lesson().url).content.decode()


def test_search_finds_a_lesson_by_the_words_of_its_issue():
    lesson = make.lesson(issues=[make.issue(1, "น้ำทั้งลุ่มน้ำ")])
    assert "น้ำทั้งลุ่มน้ำ" in lesson_document(lesson).body


def test_a_newer_lesson_is_announced_on_the_old_one(client):
    old = make.lesson()
    make.lesson(title="ฉบับใหม่กว่า", supersedes=old)
    assert "ฉบับใหม่กว่า" in client.get(old.url).content.decode()


def test_a_caution_says_it_blames_nobody_and_puts_advice_before_the_story(client):
    page = client.get(make.lesson(kind="caution", anonymise=True).url).content.decode()
    assert "ไม่ใช่เพื่อหาคนผิด" in page or "not to find who is to blame" in page
    assert page.index('id="next-time"') < page.index('id="story"')
    assert page.count("<h1") == 1


def test_other_provinces_with_the_same_topic_are_shown(client):
    water = make.topic("water")
    here = make.lesson(topics=[water], province_id="66")
    make.lesson(topics=[water], province_id="66", title="จังหวัดเดียวกัน")
    make.lesson(topics=[water], province_id="60", title="จังหวัดข้างเคียง")
    make.lesson(topics=[make.topic("roads")], province_id="61", title="คนละเรื่อง")
    context = client.get(here.url).context
    assert [lesson.title for lesson in context["elsewhere"]] == ["จังหวัดข้างเคียง"]


def test_the_number_of_queries_of_a_lesson_does_not_grow(client, django_assert_max_num_queries):
    water = make.topic("water")
    issues = [make.issue(number) for number in range(1, 6)]
    lesson = make.lesson(topics=[water], issues=issues, province_id="66", district_id="6605")
    for number in range(8):
        make.lesson(topics=[water], province_id=("60", "61")[number % 2])
        LessonContributor.objects.create(lesson=lesson, name=f"คนที่ {number}")
    client.get(lesson.url)
    with django_assert_max_num_queries(26):
        client.get(lesson.url)
