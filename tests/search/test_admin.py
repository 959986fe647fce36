"""What editors see of search in the admin."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.html import escape
from django.utils.timezone import localdate
from django.utils.translation import gettext

from search.models import SearchQuery, SynonymGroup
from search.reports import LAST_30_DAYS

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(now):
    SearchQuery.objects.create(text="น้ำท่วม", day=now.date(), count=9, hits=4, clicks=2, places=5)
    SearchQuery.objects.create(text="โดรน", day=now.date(), count=3)


def test_the_report_says_how_often_what_was_found_and_which_place_was_opened(admin_client, asked):
    response = admin_client.get("/admin/searched/")
    html = response.content.decode()
    assert not response.context["is_filtering"]
    assert "น้ำท่วม" in html
    assert "2.5" in html
    assert "โดรน" in html
    html = admin_client.get("/admin/searched/?unanswered=on").content.decode()
    assert "โดรน" in html
    assert "น้ำท่วม" not in html
    assert admin_client.get("/admin/searched/?day__gte=x").status_code == 200


def test_the_report_can_be_taken_along(admin_client, asked):
    response = admin_client.get("/admin/searched/?export=csv")
    text = response.getvalue().decode("utf-8-sig")
    assert "น้ำท่วม,9,4,2,2.5" in text


@pytest.fixture
def asked_often(now):
    """น้ำท่วม on three days, once without result; โดรน never answered; ฝาย long ago."""
    today = localdate()
    rows = [
        ("น้ำท่วม", 0, 9, 4, 2, 5), ("น้ำท่วม", 1, 5, 0, 0, 0), ("น้ำท่วม", 20, 1, 4, 1, 2), ("โดรน", 2, 3, 0, 0, 0),
        ("ฝาย", 60, 40, 2, 0, 0), ("แต่ก่อน", 91, 99, 1, 0, 0),
    ]  # fmt: skip
    for text, ago, count, hits, clicks, places in rows:
        day = today - dt.timedelta(days=ago)
        SearchQuery.objects.create(text=text, day=day, count=count, hits=hits, clicks=clicks, places=places)


def most(admin_client, **query: str) -> list[tuple]:
    response = admin_client.get("/admin/searched/most/", query)
    assert response.status_code == 200
    return [
        (row["text"], row["times"], row["unanswered"], row["days"], row["opened"])
        for row in response.context["object_list"]
    ]


def test_the_most_asked_of_several_days_stand_together(admin_client, asked_often):
    assert most(admin_client) == [("น้ำท่วม", 15, 5, 3, 3), ("โดรน", 3, 3, 1, 0)]
    assert most(admin_client, days="7") == [("น้ำท่วม", 14, 5, 2, 2), ("โดรน", 3, 3, 1, 0)]
    assert [row[0] for row in most(admin_client, days="90")] == ["ฝาย", "น้ำท่วม", "โดรน"]
    assert [row[0] for row in most(admin_client, days="90", unanswered="on")] == ["น้ำท่วม", "โดรน"]
    assert [row[0] for row in most(admin_client, ordering="mean_place")] == ["น้ำท่วม", "โดรน"]
    response = admin_client.get("/admin/searched/most/")
    assert "2.3" in response.content.decode()
    assert response.context["page_subtitle"] == LAST_30_DAYS
    assert not response.context["is_filtering"]
    for strange in ({"days": "x"}, {"ordering": "x"}, {"p": "999"}):
        most(admin_client, **strange)


def test_the_most_asked_are_one_grouped_query(asked_often, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(SearchQuery.objects.last_days(90, localdate()).most_asked()) == 3


def test_the_most_asked_can_be_taken_along(admin_client, asked_often):
    SearchQuery.objects.create(text="=1+1", day=localdate())
    response = admin_client.get("/admin/searched/most/", {"days": "7", "export": "csv"})
    heading, *rows = response.getvalue().decode("utf-8-sig").splitlines()
    assert heading.count(",") == 5
    assert rows == ["น้ำท่วม,14,5,2,2,2.5", "โดรน,3,3,1,0,", "'=1+1,1,1,1,0,"]


def test_days_without_a_question_say_so(admin_client, client):
    for choices, words in (
        ("", "Nobody searched in these days. Choose more days."),
        ("days=7&unanswered=on", "Every question of these days found something."),
    ):
        response = admin_client.get(f"/admin/searched/most/?{choices}")
        assert escape(gettext(words)) in response.content.decode()
    assert "/admin/searched/most/" in admin_client.get("/admin/").content.decode()
    assert client.get("/admin/searched/most/").status_code == 302


def test_nothing_that_was_typed_runs_in_a_spreadsheet(admin_client, now):
    SearchQuery.objects.create(text='=hyperlink("http://example.org")', day=now.date())
    text = admin_client.get("/admin/searched/?export=csv").getvalue().decode("utf-8-sig")
    assert "'=hyperlink" in text


def test_words_of_the_same_meaning_are_kept_in_the_admin(admin_client):
    address = "/admin/snippets/search/synonymgroup/add/"
    assert admin_client.post(address, {"words": "ฝาย"}).status_code == 200
    assert not SynonymGroup.objects.exists()
    assert admin_client.post(address, {"words": "ฝาย=ทำนบ"}).status_code == 302
    assert SynonymGroup.objects.get().words == "ฝาย = ทำนบ"
    assert "ฝาย = ทำนบ" in admin_client.get("/admin/snippets/search/synonymgroup/").content.decode()


def test_recommended_pages_have_their_screen_and_wagtails_own_report_is_gone(admin_client):
    assert admin_client.get("/admin/searchpicks/").status_code == 200
    assert "/admin/searchpicks/reports/" not in admin_client.get("/admin/").content.decode()
