from __future__ import annotations

import datetime as dt

import pytest

from core import searchable
from home.models import StandardPage
from search.engines import Changes, get_engine
from search.models import SearchQuery
from search.services import MOST_A_DAY, difference, log_unanswered, rebuild, repair
from tests.search.conftest import doc

pytestmark = pytest.mark.django_db


def test_the_same_question_is_counted_once_a_day_however_it_is_spelled(now):
    for text in ("โดรน เกษตร", "  โดรน   เกษตร ", "โดรน\u200b เกษตร"):
        assert log_unanswered(text=text, hits=0, now=now)
    log_unanswered(text="โดรน เกษตร", hits=0, now=now + dt.timedelta(days=1))
    assert list(SearchQuery.objects.values_list("text", "count").order_by("day")) == [
        ("โดรน เกษตร", 3),
        ("โดรน เกษตร", 1),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "somchai@example.com",
        "สมชาย ใจดี 081-234-5678",
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
    assert not log_unanswered(text=text, hits=0, now=now)
    assert not SearchQuery.objects.exists()


@pytest.mark.parametrize("text", ["แผน 2566-2570", "คำสั่ง 110/2568", "ถนน 225"])
def test_years_and_numbers_of_documents_are_kept(text, now):
    assert log_unanswered(text=text, hits=0, now=now)


def test_what_is_older_than_a_year_goes(now):
    old = SearchQuery.objects.create(text="เก่า", day=now.date() - dt.timedelta(days=366))
    kept = SearchQuery.objects.create(text="ยังไม่เก่า", day=now.date() - dt.timedelta(days=365))
    log_unanswered(text="ใหม่", hits=0, now=now)
    assert set(SearchQuery.objects.exclude(text="ใหม่")) == {kept}
    assert old not in SearchQuery.objects.all()


def test_a_robot_cannot_fill_the_table(now):
    SearchQuery.objects.bulk_create(SearchQuery(text=str(i), day=now.date()) for i in range(MOST_A_DAY))
    assert not log_unanswered(text="อีกคำ", hits=0, now=now)
    assert log_unanswered(text="1", hits=0, now=now)


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
