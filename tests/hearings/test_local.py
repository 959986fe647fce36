"""What concerns a local government, by its area (requirement A186)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from core.enums import Sector
from geography.models import District
from hearings.models import HearingBenefit
from hearings.services.cancel import cancel
from tests.factories.hearings import HearingFactory, office_head

pytestmark = pytest.mark.django_db
CHUM_SAENG, TAKHLI = "6003", "6007"


@pytest.fixture
def now() -> dt.datetime:
    """The view reads the clock itself."""
    return timezone.now()


@pytest.fixture
def page(client: Client):
    def get(query: str = "") -> str:
        answer = client.get(f"/local-government/{query}")
        assert answer.status_code == 200
        return answer.content.decode()

    return get


def test_before_choosing_the_page_asks_for_the_area(page):
    html = page()
    assert html.count("<h1") == 1
    assert 'name="province"' in html


def test_a_hearing_stands_with_what_it_means_for_local_government(page, now):
    hearing = HearingFactory.open(now)
    HearingBenefit.objects.create(hearing=hearing, sector=Sector.LOCAL_GOV, text="เทศบาลดูแลถนนต่อ")
    HearingBenefit.objects.create(hearing=hearing, sector=Sector.PRIVATE, text="ร้านค้าได้ลูกค้า")
    html = page("?province=60")
    assert hearing.title in html.replace("\u00a0", " ")
    assert "เทศบาลดูแลถนนต่อ" in html
    assert "ร้านค้าได้ลูกค้า" not in html


def test_a_district_sees_its_own_and_what_concerns_the_whole_province(page, now):
    here = HearingFactory.open(now, districts=[District.objects.get(pk=CHUM_SAENG)])
    there = HearingFactory.open(now, districts=[District.objects.get(pk=TAKHLI)])
    everywhere = HearingFactory.open(now)
    html = page(f"?province=60&district={CHUM_SAENG}")
    assert f"/hearings/{here.slug}/" in html
    assert f"/hearings/{everywhere.slug}/" in html
    assert f"/hearings/{there.slug}/" not in html


def test_other_provinces_and_cancelled_hearings_are_left_out(page, now):
    hearing = HearingFactory.open(now)
    assert f"/hearings/{hearing.slug}/" not in page("?province=66")
    cancel(hearing=hearing, actor=office_head(), now=now, reason="งบถูกตัด")
    assert f"/hearings/{hearing.slug}/" not in page("?province=60")


def test_nothing_there_says_what_to_do(page):
    assert "/feeds/" in page("?province=66")


@pytest.mark.parametrize("query", ["?province=99", "?province=60&district=9999", f"?province={'6' * 5000}"])
def test_strange_areas_get_a_sentence_not_an_error(page, query):
    assert 'role="alert"' in page(query)


def test_the_next_list_comes_without_complaint(page):
    html = page("?province=60&area_step=1")
    assert CHUM_SAENG in html
    assert 'role="alert"' not in html


def test_more_hearings_cost_no_more_queries(client: Client, now, django_assert_max_num_queries):
    for _number in range(6):
        HearingFactory.open(now)
    client.get("/local-government/?province=60")
    with django_assert_max_num_queries(24):
        client.get("/local-government/?province=60")
