"""The library: facets, counts, chips, pages, languages, hostile input."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from wagtail.models import Locale

from tests.factories import knowledge as make

pytestmark = pytest.mark.django_db


def titles(response) -> list[str]:
    return [lesson.title for lesson in response.context["lessons"]]


def counts(response, facet: str) -> dict[str, int]:
    found = {f.name: f for f in response.context["facets"]}[facet]
    return {choice.value: choice.count for choice in found.choices}


def test_an_empty_library_says_what_to_do_next(client):
    response = client.get("/knowledge/")
    page = response.content.decode()
    assert response.status_code == 200
    assert page.count("<h1") == 1
    assert 'class="void' in page


def test_newest_lessons_come_first(client, now):
    make.lesson(title="เก่า", first_published_at=now - dt.timedelta(days=9))
    make.lesson(title="ใหม่", first_published_at=now)
    assert titles(client.get("/knowledge/")) == ["ใหม่", "เก่า"]


def test_a_facet_counts_what_the_other_facets_leave(client):
    water = make.topic("water")
    make.lesson(kind="caution", topics=[water], province_id="66")
    make.lesson(kind="caution", province_id="60")
    make.lesson(kind="good_practice", topics=[water, make.topic("roads")], province_id="66")
    response = client.get("/knowledge/?kind=caution")
    assert counts(response, "kind") == {"good_practice": 1, "caution": 2}
    assert counts(response, "province") == {"60": 1, "66": 1}
    assert counts(response, "topic") == {"water": 1}


def test_two_choices_of_a_facet_widen_it_and_two_facets_narrow(client):
    water, roads = make.topic("water"), make.topic("roads")
    make.lesson(title="ก", topics=[water, roads], province_id="66")
    make.lesson(title="ข", topics=[roads], province_id="60")
    make.lesson(title="ค", province_id="60")
    assert sorted(titles(client.get("/knowledge/?topic=water&topic=roads"))) == ["ก", "ข"]
    assert titles(client.get("/knowledge/?topic=roads&province=60")) == ["ข"]


def test_the_year_is_the_year_of_the_story_in_the_buddhist_era(client):
    make.lesson(title="ปีก่อน", period_end=dt.date(2025, 6, 1))
    make.lesson(title="ปีนี้", period_start=dt.date(2026, 1, 1))
    assert titles(client.get("/knowledge/?year=2568")) == ["ปีก่อน"]


def test_lessons_are_found_by_the_issue_of_the_plan_they_belong_to(client):
    """A117: the number and title of the plan, with counts like every other facet."""
    water, food = make.issue(1, "น้ำ", title_en="Water"), make.issue(2, "ข้าว")
    make.lesson(title="ก", issues=[water, food], kind="caution")
    make.lesson(title="ข", issues=[food])
    make.lesson(title="ค")
    assert counts(client.get("/knowledge/"), "issue") == {str(water.pk): 1, str(food.pk): 2}
    assert titles(client.get(f"/knowledge/?issue={water.pk}")) == ["ก"]
    both = client.get(f"/knowledge/?issue={water.pk}&issue={food.pk}")
    assert sorted(titles(both)) == ["ก", "ข"]
    assert counts(both, "kind") == {"good_practice": 1, "caution": 1}
    assert [chip.label for chip in both.context["chips"]] == ["1. น้ำ", "2. ข้าว"]
    assert "1. Water" in client.get("/en/knowledge/").content.decode()


def test_an_issue_without_lessons_is_no_choice(client):
    make.lesson(title="ยังอยู่")
    response = client.get(f"/knowledge/?issue={make.issue(3).pk}")
    assert titles(response) == ["ยังอยู่"]
    assert response.context["filter_form"].errors


def test_a_reader_chooses_the_order_and_keeps_it(client, now):
    make.lesson(title="เล่า", first_published_at=now, evidence_level="told")
    make.lesson(title="วัด", first_published_at=now - dt.timedelta(days=9), evidence_level="measured")
    make.lesson(title="ว่าง", first_published_at=now - dt.timedelta(days=1), kind="caution")
    newest, proven = ["เล่า", "ว่าง", "วัด"], ["วัด", "เล่า", "ว่าง"]
    expected = {"": newest, "order=proven": proven, "order=closest": newest, "order=x": newest}
    for query, order in expected.items():
        assert titles(client.get(f"/knowledge/?{query}")) == order
    response = client.get("/knowledge/?order=proven&kind=good_practice")
    page = response.content.decode()
    assert page.count('name="order" value="proven"') == 2  # in both forms
    assert 'order=proven&amp;kind=good_practice" aria-current="true"' in page
    assert [chip.query for chip in response.context["chips"]] == ["?order=proven"]
    assert 'rel="nofollow" href="?order=' not in client.get("/knowledge/?kind=caution").content.decode()


def test_a_lesson_is_found_by_where_it_came_up(client):
    make.lesson(title="ก", source_type="aar")
    make.lesson(title="ข", source_type="meeting")
    assert titles(client.get("/knowledge/?source=aar")) == ["ก"]


def test_a_chip_leads_to_the_list_without_it(client):
    make.lesson(kind="caution", province_id="66")
    chips = client.get("/knowledge/?kind=caution&province=66").context["chips"]
    assert [chip.query for chip in chips] == ["?province=66", "?kind=caution"]


def test_filters_that_leave_nothing_say_how_to_go_on(client):
    make.lesson(kind="caution", province_id="66")
    make.lesson(kind="good_practice", province_id="60")
    page = client.get("/knowledge/?kind=caution&province=60").content.decode()
    assert 'class="void' in page
    assert 'href="/knowledge/"' in page


@pytest.mark.parametrize(
    "query",
    [
        "kind=nonsense",
        "topic=" + "x" * 3000,
        "province=99999999999999999999",
        "year=ก",
        "kind[]=1",
        "year=2569.5",
        "issue=ก",
        "issue=-1",
        "issue=" + "9" * 400,
    ],
)
def test_unknown_choices_are_named_and_never_break_the_page(client, query):
    make.lesson(title="ยังอยู่")
    response = client.get(f"/knowledge/?{query}")
    assert response.status_code == 200
    assert titles(response) == ["ยังอยู่"]


@pytest.mark.parametrize("query", ["kind=%00", "issue=%00", "page=%00", "page=0", "page=99", "page=x"])
def test_impossible_input_is_refused_clearly(client, query):
    make.lesson()
    assert client.get(f"/knowledge/?{query}").status_code in (200, 400, 404)


def test_the_number_of_queries_does_not_grow_with_lessons(client, django_assert_max_num_queries):
    def fill(number: int) -> None:
        for code in ("60", "61", "62", "66")[:number]:
            make.lesson(
                province_id=code, topics=[make.topic(f"t{code}")], issues=[make.issue(int(code))],
                period_end=dt.date(2000 + int(code), 1, 1),
            )  # fmt: skip

    fill(1)
    client.get("/knowledge/")
    with django_assert_max_num_queries(30) as first:
        client.get("/knowledge/")
    fill(4)
    with django_assert_max_num_queries(len(first)):
        client.get("/knowledge/")


def test_drafts_and_restricted_lessons_are_not_listed(client):
    make.lesson(live=False)
    assert titles(client.get("/knowledge/")) == []


def test_english_readers_get_the_translation_and_thai_where_there_is_none(client):
    translated, _other = make.lesson(title="ไทย"), make.lesson(title="ไทยเท่านั้น")
    english = translated.copy_for_translation(Locale.objects.get(language_code="en"))
    english.title = "English"
    english.live = True
    english.save()
    assert sorted(titles(client.get("/en/knowledge/"))) == ["English", "ไทยเท่านั้น"]
    assert sorted(titles(client.get("/knowledge/"))) == ["ไทย", "ไทยเท่านั้น"]


def test_problems_are_grouped_with_counts_and_the_best_proven_first(client):
    make.lesson(title="เล่า", problem_area="management", problem_subarea="data", evidence_level="told")
    make.lesson(title="วัด", problem_area="management", problem_subarea="data", evidence_level="measured")
    groups = client.get("/knowledge/problems/").context["groups"]
    data = next(p for group in groups for p in group.problems if p.subarea == "data")
    assert [group.count for group in groups] == [0, 2]
    assert data.count == 2
    assert [lesson.title for lesson in data.lessons] == ["วัด", "เล่า"]


def test_the_catalogue_needs_two_queries_for_lessons(client, django_assert_max_num_queries):
    for _ in range(7):
        make.lesson(problem_area="management", problem_subarea="data", province_id="66")
    client.get("/knowledge/problems/")
    with django_assert_max_num_queries(16):
        response = client.get("/en/knowledge/problems/")
    assert response.content.decode().count("<h1") == 1


def test_the_libraries_of_both_languages_are_translations_of_each_other():
    assert make.library("th").translation_key == make.library("en").translation_key


def test_the_tree_is_sound_after_the_data_migration():
    call_command("fixtree", verbosity=0)
    assert make.library("th").get_parent().slug == "home"
    assert make.library("en").url_path.endswith("/home-en/knowledge/")
