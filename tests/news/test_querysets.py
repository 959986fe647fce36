import datetime as dt

import pytest
from wagtail.models import Locale, PageViewRestriction

from news.models import NewsPage, StrategyDocument
from tests.factories.news import news, paper, topic

pytestmark = pytest.mark.django_db


def titles(pages) -> list[str]:
    return [page.title for page in pages]


def test_drafts_and_private_pages_are_not_readable():
    news(title="อ่านได้")
    news(title="ร่าง", live=False)
    private = news(title="ปิด")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert titles(NewsPage.objects.readable("th")) == ["อ่านได้"]


def test_english_readers_get_the_translation_and_thai_pages_that_have_none():
    news(title="ยังไม่แปล")
    translated = news(title="แปลแล้ว")
    english = translated.copy_for_translation(Locale.objects.get(language_code="en"))
    english.title = "Translated"
    english.save_revision().publish()
    assert set(titles(NewsPage.objects.readable("en"))) == {"ยังไม่แปล", "Translated"}
    assert set(titles(NewsPage.objects.readable("th"))) == {"ยังไม่แปล", "แปลแล้ว"}


def test_a_translation_that_is_still_a_draft_does_not_hide_the_thai_page():
    news(title="ข่าว").copy_for_translation(Locale.objects.get(language_code="en"))
    assert titles(NewsPage.objects.readable("en")) == ["ข่าว"]


def test_about_limits_to_province_and_topic_without_repeating_a_page():
    water, rice = topic("nam", "น้ำ"), topic("khao", "ข้าว")
    news(title="ตรง", provinces=["60", "66"], topics=[water, rice])
    news(title="จังหวัดอื่น", provinces=["61"], topics=[water])
    assert titles(NewsPage.objects.readable("th").about("60", "nam")) == ["ตรง"]
    assert titles(NewsPage.objects.readable("th").about(None, "khao")) == ["ตรง"]


def test_news_come_newest_date_first():
    news(title="เก่า", published_on=dt.date(2026, 8, 1))
    news(title="ใหม่", published_on=dt.date(2026, 11, 20))
    assert titles(NewsPage.objects.readable("th").for_lists()) == ["ใหม่", "เก่า"]


def test_a_public_newer_document_makes_the_old_one_superseded():
    old = paper(title="เดิม")
    paper(title="ใหม่", supersedes=old)
    status = {page.title: page.superseded for page in StrategyDocument.objects.with_status()}
    assert status == {"เดิม": True, "ใหม่": False}


def test_a_draft_does_not_supersede_anything_yet():
    old = paper(title="เดิม")
    paper(title="ร่าง", supersedes=old, live=False)
    assert not StrategyDocument.objects.with_status().get(pk=old.pk).superseded


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"doc_type": "plan", "start_year": 2566, "end_year": 2570}, True),
        ({"doc_type": "plan", "start_year": 2561, "end_year": 2565}, False),
        ({"doc_type": "regulation"}, True),
        ({"doc_type": "report", "start_year": 2565, "end_year": 2565}, True),
    ],
)
def test_only_plans_end_with_their_last_fiscal_year(fields, expected):
    page = paper(**fields)
    today = dt.date(2026, 11, 24)  # fiscal year 2570
    found = StrategyDocument.objects.with_status().in_force(today)
    over = StrategyDocument.objects.with_status().in_force(today, negate=True)
    assert found.filter(pk=page.pk).exists() is expected
    assert over.filter(pk=page.pk).exists() is not expected


def test_documents_without_a_date_come_last():
    paper(title="ไม่มีวันที่", official_date=None)
    paper(title="มีวันที่")
    assert titles(StrategyDocument.objects.for_lists()) == ["มีวันที่", "ไม่มีวันที่"]
