"""What editors see of search in the admin."""

from __future__ import annotations

import pytest

from search.models import SearchQuery, SynonymGroup

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(now):
    SearchQuery.objects.create(text="น้ำท่วม", day=now.date(), count=9, hits=4, clicks=2, places=5)
    SearchQuery.objects.create(text="โดรน", day=now.date(), count=3)


def test_the_report_says_how_often_what_was_found_and_which_place_was_opened(admin_client, asked):
    html = admin_client.get("/admin/searched/").content.decode()
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
