"""What other parts of the site show of lessons: search, feed, template tags."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from core import feeds, searchable
from knowledge.models import LessonContributor
from knowledge.templatetags import lesson_tags
from tests.factories import knowledge as make

pytestmark = pytest.mark.django_db
DAY = dt.datetime(2026, 11, 20, 9, tzinfo=timezone.get_default_timezone())


def test_search_gets_words_place_and_topics_of_a_public_lesson():
    lesson = make.lesson(
        title="วาดผังน้ำ",
        province_id="66",
        district_id="6605",
        topics=[make.topic("water", "น้ำ")],
        goal="แนวคลอง",
    )
    document = searchable.document_for(lesson)
    assert (document.kind, document.title, document.url) == (
        "lesson",
        "วาดผังน้ำ",
        f"/knowledge/{lesson.slug}/",
    )
    assert document.provinces == ("66",)
    assert document.topics == ("water",)
    assert "แนวคลอง" in document.body
    assert "บางมูลนาก" in document.detail


@pytest.mark.parametrize("fields", [{"visibility": "network"}, {"visibility": "staff"}, {"live": False}])
def test_search_and_feed_leave_out_what_is_not_public(fields):
    lesson = make.lesson(first_published_at=DAY, **fields)
    assert searchable.document_for(lesson) is None
    assert list(feeds.source_for("lessons").items(None, None)) == []


def test_search_does_not_know_hidden_names():
    lesson = make.lesson(
        anonymise=True, contact_person="กำนันบุญมา", recorded_by="สมศรี", partner_agencies="อบต. ก"
    )
    LessonContributor.objects.create(lesson=lesson, name="ยายทองใบ")
    body = searchable.document_for(lesson).body
    assert [name for name in ("กำนันบุญมา", "สมศรี", "อบต. ก", "ยายทองใบ") if name in body] == []


def test_the_feed_can_be_limited_to_a_province_and_a_topic():
    water = make.topic("water")
    make.lesson(title="ก", province_id="66", topics=[water], first_published_at=DAY)
    make.lesson(title="ข", province_id="60", first_published_at=DAY)
    source = feeds.source_for("lessons")
    assert [item.title for item in source.items("66", None)] == ["ก"]
    assert [item.title for item in source.items(None, "water")] == ["ก"]
    assert len(list(source.items(None, None))) == 2


def test_latest_lessons_are_public_and_newest_first():
    make.lesson(title="เก่า", first_published_at=DAY - dt.timedelta(days=3))
    make.lesson(title="ใหม่", first_published_at=DAY)
    make.lesson(title="เครือข่าย", visibility="network", first_published_at=DAY)
    assert [lesson.title for lesson in lesson_tags.latest_lessons(2)] == ["ใหม่", "เก่า"]


def test_lessons_for_topics_prefers_those_that_share_most():
    water, farm = make.topic("water"), make.topic("farming")
    make.lesson(title="หนึ่งหัวข้อ", topics=[water], first_published_at=DAY)
    make.lesson(title="สองหัวข้อ", topics=[water, farm], first_published_at=DAY - dt.timedelta(days=9))
    assert [found.title for found in lesson_tags.lessons_for_topics([water, farm], 1)] == ["สองหัวข้อ"]
    assert lesson_tags.lessons_for_topics([], 1) == []


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (dt.date(2026, 1, 1), dt.date(2026, 6, 30), "ม.ค.–มิ.ย. 2569"),
        (dt.date(2025, 11, 1), dt.date(2026, 2, 1), "พ.ย. 2568–ก.พ. 2569"),
        (dt.date(2026, 1, 1), dt.date(2026, 1, 9), "ม.ค. 2569"),
        (None, dt.date(2026, 1, 9), "ม.ค. 2569"),
        (None, None, ""),
    ],
)
def test_months_of_a_story_are_written_once(start, end, text):
    assert lesson_tags.months(start, end) == text
