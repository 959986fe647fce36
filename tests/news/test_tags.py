import datetime as dt

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation

from news.templatetags.news_tags import event_when, latest_news, period
from tests.factories.news import news, paper

pytestmark = pytest.mark.django_db


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return timezone.make_aware(dt.datetime(2026, 11, day, hour, minute))


def test_latest_mixes_news_and_documents_newest_first():
    news(title="ข่าวเก่า", published_on=dt.date(2026, 8, 1))
    paper(title="แผน", first_published_at=at(12, 9))
    news(title="ข่าวใหม่", published_on=dt.date(2026, 11, 20))
    assert [item.title for item in latest_news(2)] == ["ข่าวใหม่", "แผน"]


def test_latest_takes_two_queries_whatever_the_number(django_assert_max_num_queries):
    for _ in range(6):
        news()
        paper()
    with django_assert_max_num_queries(4):  # two lists, each with the check of page privacy
        assert len(latest_news(4)) == 4


def test_the_card_links_to_the_page():
    page = news(title="ข่าว")
    html = Template('{% include "components/card_news.html" %}').render(
        Context({"page": page, "request": RequestFactory().get("/")})
    )
    assert f'href="/news/{page.slug}/"' in html
    assert "1 พ.ย. 2569" in html


def test_an_event_of_one_day_writes_the_day_once():
    page = news(event_starts_at=at(28, 9, 30), event_ends_at=at(28, 12))
    assert str(event_when(page)).count("พฤศจิกายน") == 1


def test_an_event_of_several_days_writes_both():
    page = news(event_starts_at=at(28, 9), event_ends_at=at(29, 16))
    assert str(event_when(page)).count("พฤศจิกายน") == 2


def test_periods_are_written_in_the_readers_era():
    page = paper(start_year=2566, end_year=2570)
    assert period(page) == "พ.ศ. 2566–2570"
    with translation.override("en"):
        assert period(page) == "2023–2027"
