"""What a process remembers for seconds: gone at once for who saved, soon for everybody else, never shared by threads."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.test import RequestFactory
from wagtail.models import Page, PageViewRestriction, Site

from core import nearby
from core.models import SiteSettings
from home.models import StandardPage

CACHE_IN_DATABASE = {
    "BACKEND": "core.nearby.NearDatabaseCache",
    "LOCATION": "cache_of_this_test",
}


def test_what_is_remembered_is_made_once_and_again_after_forgetting() -> None:
    made: list[int] = []
    for _ in range(3):
        assert nearby.remember("number", lambda: made.append(1) or len(made)) == 1
    nearby.forget("number")
    assert nearby.remember("number", lambda: made.append(1) or len(made)) == 2


def test_nothing_is_an_answer_too() -> None:
    assert nearby.remember("none", lambda: None) is None
    assert nearby.remember("none", lambda: pytest.fail("asked twice")) is None


def test_it_is_forgotten_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    nearby.remember("soon", lambda: "old", seconds=10)
    now = nearby.caches["process"]._expire_info  # when each key ends
    now.update(dict.fromkeys(now, 0))
    assert nearby.remember("soon", lambda: "new") == "new"


def test_a_reader_cannot_spoil_what_the_next_one_gets() -> None:
    nearby.remember("list", lambda: [1]).append(2)
    assert nearby.remember("list", lambda: [9]) == [1]


def test_forty_threads_all_get_a_whole_copy_of_their_own() -> None:
    found: list[list[int]] = []
    start = threading.Barrier(40)

    def read() -> None:
        start.wait()
        for _ in range(20):
            own = nearby.remember("shared", lambda: list(range(100)))
            own.append(-1)
            found.append(own)
            nearby.forget("shared")

    threads = [threading.Thread(target=read) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 800
    assert {tuple(own) for own in found} == {(*range(100), -1)}


@pytest.mark.django_db
class TestSettingsAndSite:
    def test_a_saved_setting_stands_on_the_next_page(self, client: Any, home: Page) -> None:
        site = Site.objects.get(is_default_site=True)
        client.get("/")
        saved = SiteSettings.for_site(site)
        saved.phone = "056 999 999"
        saved.save()
        assert "056 999 999" in client.get("/").content.decode()

    def test_settings_and_site_cost_no_query_the_second_time(self, django_assert_num_queries: Any) -> None:
        SiteSettings.for_request(RequestFactory().get("/"))
        with django_assert_num_queries(0):
            request = RequestFactory().get("/")
            assert SiteSettings.for_request(request).site_name
            assert nearby.know_site(request) == Site.objects.model(pk=nearby.know_site(request).pk)

    def test_a_form_that_changes_a_setting_always_reads_the_database(self) -> None:
        site = Site.objects.get(is_default_site=True)
        SiteSettings.for_request(RequestFactory().get("/"))
        SiteSettings.objects.update_or_create(site=site, defaults={"fax": "1"})
        SiteSettings.objects.filter(site=site).update(fax="2")
        assert SiteSettings.for_site(Site.objects.get(pk=site.pk)).fax == "2"

    def test_an_address_nobody_could_have_typed_is_no_key(self) -> None:
        request = RequestFactory(headers={"host": "x" * 5000}).get("/")
        assert nearby.know_site(request) == Site.objects.get(is_default_site=True)


@pytest.mark.django_db
class TestNearDatabaseCache:
    @pytest.fixture(autouse=True)
    def in_database(self, settings: Any) -> None:
        settings.CACHES = {**settings.CACHES, "in_database": CACHE_IN_DATABASE}
        settings.NEAR_SECONDS = {"near:": 5}
        call_command("createcachetable", "cache_of_this_test", verbosity=0)

    def test_named_keys_cost_a_query_once(self, django_assert_num_queries: Any) -> None:
        cache = caches["in_database"]
        cache.set("near:a", 1)
        with django_assert_num_queries(0):
            assert cache.get("near:a") == 1

    def test_all_others_are_read_each_time(self, django_assert_num_queries: Any) -> None:
        cache = caches["in_database"]
        cache.set("limit:a", 1)
        with django_assert_num_queries(2):
            assert cache.get("limit:a") == cache.get("limit:a") == 1

    def test_deleting_and_setting_reach_both_levels_at_once(self) -> None:
        cache = caches["in_database"]
        cache.set("near:b", 1)
        cache.set("near:b", 2)
        assert cache.get("near:b") == 2
        cache.delete("near:b")
        assert cache.get("near:b", "gone") == "gone"
        cache.set("near:b", 3)
        cache.delete_many(["near:b"])
        assert cache.get("near:b") is None

    def test_what_is_missing_is_not_remembered(self) -> None:
        cache = caches["in_database"]
        assert cache.get("near:c") is None
        super(nearby.NearDatabaseCache, cache).set("near:c", "of another process")
        assert cache.get("near:c") == "of another process"


@pytest.mark.django_db
class TestServingPages:
    @pytest.fixture
    def page(self, home: Page) -> Page:
        return home.add_child(instance=StandardPage(title="ประวัติ", slug="kept-page"))

    def test_an_unpublished_page_is_gone_at_once(self, client: Any, page: Page) -> None:
        assert client.get("/kept-page/").status_code == 200
        page.unpublish()
        assert client.get("/kept-page/").status_code == 404

    def test_a_page_made_private_is_closed_at_once(self, client: Any, page: Page) -> None:
        assert client.get("/kept-page/").status_code == 200
        PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)
        assert client.get("/kept-page/").status_code == 302

    def test_a_moved_page_is_found_at_its_new_address_only(self, client: Any, page: Page) -> None:
        assert client.get("/kept-page/").status_code == 200
        page.slug = "moved-page"
        page.save()
        assert client.get("/moved-page/").status_code == 200
        assert client.get("/kept-page/").status_code in (301, 404)

    def test_addresses_that_lead_nowhere_are_not_remembered(self, client: Any, home: Page) -> None:
        client.get("/nowhere/")
        home.add_child(instance=StandardPage(title="ใหม่", slug="nowhere"))
        assert client.get("/nowhere/").status_code == 200


@pytest.mark.django_db
def test_the_one_query_of_privacy_says_what_wagtail_says(home: Page) -> None:
    from django.utils import timezone

    from hearings.models import Hearing
    from tests.factories.hearings import HearingFactory

    free, closed = HearingFactory.open(timezone.now()), HearingFactory.open(timezone.now())
    PageViewRestriction.objects.create(page=closed.page_ptr, restriction_type=PageViewRestriction.LOGIN)
    assert list(Hearing.objects.public().filter(pk__in=[free.pk, closed.pk])) == [free]
    assert list(Hearing.objects.not_public()) == [closed]
    PageViewRestriction.objects.create(page=home, restriction_type=PageViewRestriction.LOGIN)
    assert not Hearing.objects.public().exists()
