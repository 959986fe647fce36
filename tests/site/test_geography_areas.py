"""Areas and clusters as loaded by migrations, their addresses, their names at line ends."""

from __future__ import annotations

import datetime as dt
import gzip
import json

import pytest
from django.db import DatabaseError
from django.utils import translation
from wagtail.models import Site

from core import names
from core.sorting import thai_key
from geography.areas import DATA, load_areas, load_clusters
from geography.models import Cluster, District, Province, SiteCluster, Subdistrict
from geography.names import place_names
from tests.factories.accounts import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def our_cluster():
    cluster = Cluster.objects.get(slug="north-lower-2")
    setting = SiteCluster.for_site(Site.objects.get(is_default_site=True))
    setting.cluster = cluster
    setting.save()
    return cluster


def test_all_areas_of_thailand_are_loaded():
    assert (Province.objects.count(), District.objects.count(), Subdistrict.objects.count()) == (
        77,
        928,
        7436,
    )


def test_data_file_is_sorted_and_names_its_source():
    data = json.loads(gzip.decompress((DATA / "areas.json.gz").read_bytes()))
    assert data["subdistricts"] == sorted(data["subdistricts"])
    assert "CC BY 4.0" in data["source"]
    assert "GeoThai" in (DATA / "README.md").read_text(encoding="utf-8")


def test_loading_again_changes_nothing_but_repairs_names():
    Province.objects.filter(pk="60").update(name="เก่า")
    load_areas(Province, District, Subdistrict)
    assert Province.objects.get(pk="60").name == "นครสวรรค์"
    assert Subdistrict.objects.count() == 7436


def test_eighteen_clusters_hold_every_province_but_bangkok():
    day = dt.date(2026, 11, 24)
    clusters = Cluster.objects.valid_on(day)
    assert clusters.count() == 18
    codes = list(clusters.values_list("provinces", flat=True))
    assert len(codes) == len(set(codes)) == 76
    assert "10" not in codes
    for cluster in clusters:
        assert cluster.provinces.filter(pk=cluster.operation_centre_id).exists()


def test_clusters_did_not_exist_before_the_announcement():
    assert not Cluster.objects.valid_on(dt.date(2017, 11, 16)).exists()
    assert Cluster.objects.valid_on(dt.date(2017, 11, 17)).count() == 18


def test_a_cluster_the_office_changed_stays_as_it_is():
    Cluster.objects.filter(slug="east-1").update(name="ใหม่")
    load_clusters(Cluster)
    assert Cluster.objects.get(slug="east-1").name == "ใหม่"
    assert Cluster.objects.count() == 18


def test_counts_of_our_cluster_match_the_source(our_cluster):
    assert District.objects.all().of_this_site().count() == 46
    assert Subdistrict.objects.all().of_this_site().count() == 367


def test_labels_follow_bangkok_and_language():
    bangkok = Subdistrict.objects.get(pk="100101")
    kei_chai = Subdistrict.objects.select_related("district__province").get(pk="600304")
    assert bangkok.full_name.startswith("แขวง")
    assert bangkok.district.short_name.startswith("เขต")
    assert (kei_chai.short_name, kei_chai.district.short_name) == ("ต.เกยไชย", "อ.ชุมแสง")
    with translation.override("en"):
        assert kei_chai.district.province.full_name == "Nakhon Sawan"


@pytest.mark.parametrize("pair", [("กระบี่", "เกาะ"), ("เชียงราย", "ไชยา"), ("นคร", "โนน"), ("ขอนแก่น", "เขา")])
def test_leading_vowels_do_not_lead_the_order(pair):
    assert thai_key(pair[0]) < thai_key(pair[1])


def test_names_are_kept_together_for_this_cluster_only(our_cluster):
    names.register_names(place_names)
    text = str(names.keep_together("ชาวอำเภอชุมแสงกับจังหวัดเชียงใหม่ และตำบลเกยไชย"))
    assert '<span class="nb">อำเภอชุมแสง</span>' in text
    assert '<span class="nb">จังหวัดเชียงใหม่</span>' in text
    assert '<span class="nb">ตำบลเกยไชย</span>' in text
    assert all(len(name) >= 3 for name in place_names())
    assert "ไชยา" not in place_names()


def test_choosing_another_cluster_makes_the_names_fresh(our_cluster):
    names.register_names(place_names)
    names.keep_together("x")
    setting = SiteCluster.objects.get()
    setting.cluster = Cluster.objects.get(slug="south-gulf")
    setting.save()
    assert '<span class="nb">ไชยา</span>' in str(names.keep_together("ไชยา"))


def test_missing_tables_give_no_names(monkeypatch):
    def broken(*args, **kwargs):
        raise DatabaseError("no such table")

    monkeypatch.setattr(Province.objects, "values_list", broken)
    assert place_names() == set()


def test_districts_and_subdistricts_come_as_short_cached_lists(client):
    response = client.get("/areas/districts/", {"province": "60"})
    assert response.json()["areas"][0]["code"].startswith("60")
    assert len(response.json()["areas"]) == 15
    assert "max-age=86400" in response["Cache-Control"]
    assert "public" in response["Cache-Control"]
    assert {"code": "600304", "name": "เกยไชย"} in client.get("/areas/subdistricts/?district=6003").json()[
        "areas"
    ]


def test_lists_speak_the_readers_language(client):
    names_of = [area["name"] for area in client.get("/en/areas/districts/?province=60").json()["areas"]]
    assert "Chum Saeng" in names_of
    assert names_of == sorted(names_of)


@pytest.mark.parametrize(
    "address",
    [
        "/areas/districts/",
        "/areas/districts/?province=x",
        "/areas/districts/?province=99",
        "/areas/districts/?province=6003",
        "/areas/districts/?province=" + "6" * 3000,
        "/areas/districts/?province=%00",
        "/areas/subdistricts/?district=60",
        "/areas/search/",
        "/areas/search/?q=ก",
        "/areas/search/?q=" + "ก" * 61,
        "/areas/search/?q=%00%00",
    ],
)
def test_bad_questions_get_a_clear_400(client, address):
    assert client.get(address).status_code == 400


def test_search_puts_this_sites_places_first(client, our_cluster, django_assert_max_num_queries):
    with django_assert_max_num_queries(11):
        found = client.get("/areas/search/", {"q": "หนองบัว"}).json()["areas"]
    assert len(found) == 10
    assert found[0]["province"] in {"60", "61", "62", "66"}
    assert client.get("/areas/search/", {"q": "ต.เกยไชย"}).json()["areas"][0] == {
        "label": "ต.เกยไชย อ.ชุมแสง จ.นครสวรรค์",
        "province": "60",
        "district": "6003",
        "subdistrict": "600304",
    }
    assert client.get("/areas/search/", {"q": "phichit"}).json()["areas"][0]["province"] == "66"
    assert client.get("/areas/search/", {"q": "ไม่มีที่นี่"}).json()["areas"] == []


def test_cluster_page_lists_all_and_credits_the_source(client, our_cluster, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        html = client.get("/clusters/").content.decode()
    assert html.count("<h1") == 1
    assert html.count("<h3") == 18
    assert "GeoThai" in html
    assert "CC BY 4.0" in html
    assert client.get("/en/clusters/").status_code == 200


def test_cluster_page_says_so_when_nothing_is_in_force(client):
    Cluster.objects.update(valid_to=dt.date(2018, 1, 1))
    assert client.get("/clusters/").status_code == 200


def test_cluster_list_is_open_data(client):
    text = client.get("/clusters/clusters.csv").content.decode("utf-8-sig")
    assert len(text.strip().splitlines()) == 77


def test_areas_can_be_looked_at_but_never_edited_in_the_admin(client):
    client.force_login(person(superuser=True))
    page = client.get("/admin/snippets/geography/subdistrict/", {"q": "เกยไชย"})
    assert page.status_code == 200
    assert "เกยไชย" in page.content.decode()
    assert client.get("/admin/snippets/geography/subdistrict/inspect/600304/").status_code == 200
    assert client.get("/admin/snippets/geography/province/add/").status_code in {302, 403}
    assert client.get("/admin/snippets/geography/province/edit/60/").status_code in {302, 403}
    assert client.get("/admin/snippets/geography/cluster/add/").status_code == 200
