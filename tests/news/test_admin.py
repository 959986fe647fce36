"""What an editor meets: few fields, days and years in พ.ศ., flat lists."""

import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from geography.models import Cluster, SiteCluster
from news.models import NewsPage, StrategyDocument
from tests.factories.news import news, news_index, paper, strategy_index

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = get_user_model().objects.create_superuser(email="editor@example.org", password="x")
    client.force_login(user)
    return client


def news_form(**changes: object) -> dict:
    return nested_form_data(
        {
            "title": "ประกาศปิดถนน", "slug": "", "kind": "announcement", "category": "",
            "published_on": "๙ ธ.ค. ๒๕๖๙",
            "body": streamfield([("paragraph", rich_text("<p>ปิด 2 วัน</p>"))]),
            "topics": "", "summary": "", "attachments": inline_formset([]),
            "action-publish": "1", **changes,
        }
    )  # fmt: skip


def document_form(**changes: object) -> dict:
    return nested_form_data(
        {
            "title": "แผนพัฒนา", "slug": "", "doc_type": "plan", "document": "", "body": streamfield([]),
            "official_number": "", "official_date": "12 พ.ย. 2569", "start_year": "๒๕๖๖", "end_year": "2570",
            "revision_year": "", "supersedes": "", "topics": "", "attachments": inline_formset([]),
            "action-publish": "1", **changes,
        }
    )  # fmt: skip


def add(client, model: str, parent, data: dict):
    return client.post(reverse("wagtailadmin_pages:add", args=["news", model, parent.pk]), data)


def test_title_kind_and_text_are_enough_to_publish(editor):
    response = add(editor, "newspage", news_index(), news_form())
    assert response.status_code == 302
    page = NewsPage.objects.get()
    assert page.live
    assert page.published_on == dt.date(2026, 12, 9)
    assert page.slug
    assert page.slug.isascii()


def test_a_day_that_is_none_is_refused_with_everything_typed(editor):
    response = add(editor, "newspage", news_index(), news_form(published_on="31/2/2569"))
    assert response.status_code == 200
    assert "31/2/2569" in response.content.decode()
    assert not NewsPage.objects.exists()


def test_a_documents_day_and_years_are_typed_in_the_buddhist_era(editor):
    assert add(editor, "strategydocument", strategy_index(), document_form()).status_code == 302
    page = StrategyDocument.objects.get()
    assert page.official_date == dt.date(2026, 11, 12)
    assert (page.start_year, page.end_year) == (2566, 2570)


@pytest.mark.parametrize(
    "changes", [{"start_year": "2023"}, {"end_year": "2560"}, {"start_year": "abc"}, {"end_year": "9" * 30}]
)
def test_years_that_cannot_be_are_refused(editor, changes):
    response = add(editor, "strategydocument", strategy_index(), document_form(**changes))
    assert response.status_code == 200
    assert not StrategyDocument.objects.exists()


def test_the_form_offers_the_provinces_of_the_sites_own_cluster(editor):
    site = Site.objects.get(is_default_site=True)
    SiteCluster.objects.update_or_create(
        site=site, defaults={"cluster": Cluster.objects.get(slug="north-lower-2")}
    )
    add_address = reverse("wagtailadmin_pages:add", args=["news", "newspage", news_index().pk])
    html = editor.get(add_address).content.decode()
    assert html.count('type="checkbox" name="provinces"') == 4


def test_the_flat_lists_open_with_their_columns(editor):
    news(title="ข่าวในรายการ")
    paper(title="เอกสารในรายการ", official_number="21/2569")
    for name, expected in (("news_listing", "1 พ.ย. 2569"), ("strategy_listing", "21/2569")):
        response = editor.get(reverse(f"{name}:index"))
        assert response.status_code == 200
        assert expected in response.content.decode()
