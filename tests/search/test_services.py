from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command

from core import searchable
from home.models import StandardPage
from search.engines import Changes, get_engine
from search.models import SearchQuery
from search.privacy import purge
from search.services import MOST_A_DAY, count_click, count_question, difference, rebuild, repair
from tests.search.conftest import doc

pytestmark = pytest.mark.django_db


def test_the_same_question_is_counted_once_a_day_however_it_is_spelled(now):
    for text in ("โดรน เกษตร", "  โดรน   เกษตร ", "โดรน\u200b เกษตร"):
        assert count_question(text=text, hits=0, now=now)
    count_question(text="โดรน เกษตร", hits=0, now=now + dt.timedelta(days=1))
    assert list(SearchQuery.objects.values_list("text", "count").order_by("day")) == [
        ("โดรน เกษตร", 3),
        ("โดรน เกษตร", 1),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "somchai@example.com",
        "สมชาย ใจดี 081-234-5678",
        "สมชาย ใจดี 081\u2013234\u20135678",
        "๐๘๑ ๒๓๔ ๕๖๗๘",
        "1-6001-00123-45-6",
        "1 6001 00123 45 6",
        "1234 5678 9012",
        "+66 81 234 5678",
        "",
        "   ",
        "ก" * 101,
    ],
)
def test_what_looks_personal_or_is_too_long_is_never_written_down(text, now):
    assert not count_question(text=text, hits=0, now=now)
    assert not SearchQuery.objects.exists()


@pytest.mark.parametrize("text", ["แผน 2566-2570", "คำสั่ง 110/2568", "ถนน 225"])
def test_years_and_numbers_of_documents_are_kept(text, now):
    assert count_question(text=text, hits=0, now=now)


def test_what_is_older_than_a_year_goes_with_the_daily_purge(now, settings):
    settings.SEARCH_QUESTIONS_DAYS = 365
    SearchQuery.objects.create(text="เก่า", day=now.date() - dt.timedelta(days=366))
    kept = SearchQuery.objects.create(text="ยังไม่เก่า", day=now.date() - dt.timedelta(days=365))
    assert purge(now, dry_run=True) == {"questions": 1}
    assert SearchQuery.objects.count() == 2
    assert purge(now, dry_run=False) == {"questions": 1}
    assert list(SearchQuery.objects.all()) == [kept]


def test_the_purge_command_asks_search_too(db):
    out = StringIO()
    call_command("purge_personal_data", "--dry-run", stdout=out)
    assert "search.questions: 0" in out.getvalue()


def test_clicks_are_added_to_a_question_that_was_counted(now):
    assert not count_click(text="น้ำท่วม", place=1, now=now)
    count_question(text="น้ำท่วม", hits=9, now=now)
    for place in (1, 4):
        assert count_click(text=" น้ำท่วม", place=place, now=now)
    assert not count_click(text="081 234 5678", place=1, now=now)
    assert not count_click(text="น้ำท่วม", place=1, now=now + dt.timedelta(days=1))
    row = SearchQuery.objects.get()
    assert (row.hits, row.clicks, row.places, row.mean_place) == (9, 2, 5, 2.5)
    assert SearchQuery(text="x").mean_place is None


def test_a_robot_cannot_fill_the_table(now):
    SearchQuery.objects.bulk_create(SearchQuery(text=str(i), day=now.date()) for i in range(MOST_A_DAY))
    assert not count_question(text="อีกคำ", hits=0, now=now)
    assert count_question(text="1", hits=0, now=now)


def test_rebuild_holds_what_is_public_and_difference_finds_the_rest(home):
    page = home.add_child(instance=StandardPage(title="ประวัติ", slug="history", summary="น้ำท่วม"))
    home.add_child(instance=StandardPage(title="ร่าง", slug="draft", live=False))
    key = searchable.key_for(page)
    engine = get_engine()
    expected = len(list(searchable.documents()))
    assert rebuild(engine=engine) == expected
    assert engine.keys() >= {key}
    assert not difference(engine=engine)
    engine.apply(lambda: Changes(gone=[key]))
    engine.apply(lambda: Changes([doc("home.standardpage:999999", "เคยอยู่")]))
    wrong = difference(engine=engine)
    assert (wrong.missing, wrong.left_over) == ((key,), ("home.standardpage:999999",))
    repair(engine=engine, wrong=wrong)
    assert not difference(engine=engine)
