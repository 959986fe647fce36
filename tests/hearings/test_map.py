"""Hearings on the map and, as its equal, in the list by area."""

from __future__ import annotations

import re

import pytest
from django.core.cache import caches
from django.utils import timezone
from wagtail.models import Site

from geography.maps import cluster_provinces, draw, outlines
from geography.models import Cluster, Province, SiteCluster
from hearings.areas import overview
from hearings.models import Hearing
from tests.factories.hearings import HearingFactory

pytestmark = pytest.mark.django_db
OURS = {"60", "61", "62", "66"}


@pytest.fixture(autouse=True)
def our_cluster() -> None:
    cluster = Cluster.objects.get(provinces="66")
    row = SiteCluster.for_site(Site.objects.get(is_default_site=True))
    row.cluster = cluster
    row.save()
    assert {province.pk for province in cluster.provinces.all()} == OURS


def without_provinces(hearing: Hearing) -> Hearing:
    """As in records taken over from before, when nobody asked for the area."""
    hearing.provinces.clear()
    hearing.save()
    return hearing


def test_every_province_has_an_outline_and_its_label_stands_inside_its_box():
    assert set(outlines()) == set(Province.objects.values_list("pk", flat=True))
    for outline in outlines().values():
        left, top, right, bottom = outline.box
        assert left < outline.label[0] < right
        assert top < outline.label[1] < bottom
        assert re.fullmatch(r"(M[\d. -]+l[\d. -]+z)+", outline.path)


def test_the_map_shows_only_the_cluster_and_fills_its_frame():
    drawn = draw(cluster_provinces())
    assert {tile.province.pk for tile in drawn.tiles} == OURS
    assert drawn.view_box.startswith("0 0 400 ")
    assert all(0 < float(tile.x) < 400 and 0 < float(tile.y) < float(drawn.height) for tile in drawn.tiles)


def test_nothing_is_drawn_of_nothing():
    assert draw([]) is None


def test_a_province_in_its_list_and_on_the_map_counts_the_same(now):
    HearingFactory.open(now, provinces=["60", "66"])
    HearingFactory.upcoming(now, provinces=["66"])
    HearingFactory.result(now, provinces=["62"])
    found = overview(now)
    counted = {area.province.pk: (area.open_count, len(area.hearings), area.total) for area in found.areas}
    assert counted == {"60": (1, 1, 1), "61": (0, 0, 0), "62": (0, 0, 1), "66": (1, 2, 2)}
    on_map = {tile.province.pk: (tile.number, tile.is_on, tile.url) for tile in found.map.tiles}
    assert on_map["66"] == (1, True, "#area-66")
    assert on_map["61"] == (0, False, "#area-61")


def test_a_province_of_another_cluster_and_a_matter_of_no_province_are_not_lost(now):
    far = HearingFactory.open(now, provinces=["50"])
    nowhere = without_provinces(HearingFactory.open(now))
    found = overview(now)
    assert far in next(area.hearings for area in found.areas if area.province.pk == "50")
    assert found.elsewhere == [nowhere]


def test_the_page_says_in_words_what_the_map_shows(client):
    hearing = HearingFactory.open(timezone.now(), provinces=["66"])
    for prefix in ("", "/en"):
        text = client.get(f"{prefix}/hearings/?view=area").content.decode()
        assert text.count("<h1") == 1
        assert text.count('href="#area-') == len(OURS)
        assert all(f'id="area-{code}"' in text for code in OURS)
        assert hearing.title in text
        assert "CC BY 4.0" in text
        assert "style=" not in text


def test_the_overview_without_any_hearing_still_names_the_provinces(client):
    page = client.get("/hearings/?view=area")
    assert page.status_code == 200
    assert "จังหวัดพิจิตร" in page.content.decode()


def test_a_site_without_a_cluster_says_that_there_is_no_hearing(client):
    SiteCluster.objects.all().delete()
    for cache in caches.all():
        cache.clear()
    assert "/news/" in client.get("/hearings/?view=area").content.decode()


def test_the_overview_costs_the_same_for_one_hearing_and_for_many(now, django_assert_num_queries):
    HearingFactory.open(now, provinces=["60"])
    cluster_provinces()
    with django_assert_num_queries(6):
        overview(now)
    for _each in range(4):
        HearingFactory.open(now, provinces=["60", "61"])
    with django_assert_num_queries(6):
        overview(now)


def test_the_page_of_a_hearing_lists_its_area_and_draws_it(client):
    hearing = HearingFactory.open(timezone.now(), provinces=["66"], districts=["6601"])
    text = client.get(f"/hearings/{hearing.slug}/").content.decode()
    section = text[text.index('id="ar"') :]
    assert "จังหวัดพิจิตร" in section
    assert "อำเภอเมืองพิจิตร" in section
    assert section.count('class="on"') == 1
    assert section.count('class="off"') == 3


def test_a_hearing_of_no_province_has_no_map(client):
    hearing = without_provinces(HearingFactory.open(timezone.now()))
    assert 'class="pmap"' not in client.get(f"/hearings/{hearing.slug}/").content.decode()
