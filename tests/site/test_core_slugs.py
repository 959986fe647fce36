"""Addresses for Thai titles: never empty, ASCII, short, unique beside their sisters."""

from __future__ import annotations

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from core.models import Topic
from core.slugs import ascii_slug, romanise
from home.models import StandardPage

TITLES = st.text(
    alphabet=[chr(c) for c in range(0x0E01, 0x0E5C)] + list(" abc-123/!?"), min_size=1, max_size=200
)


@pytest.mark.parametrize(
    ("thai", "roman"), [("น้ำท่วม", "namthwm"), ("ข่าว", "khaw"), ("แผน ๒๕๗๐", "phaen 2570")]
)
def test_romanised_letters(thai, roman):
    assert romanise(thai) == roman


@given(st.one_of(TITLES, st.text(max_size=200)))
def test_always_a_short_ascii_address(title):
    slug = ascii_slug(title, "news")
    assert slug
    assert len(slug) <= 60 + len("news-")
    assert slug.isascii()
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_")


@pytest.mark.parametrize(("title", "slug"), [("!!!", "news"), ("๒๕๗๐", "news-2570"), ("", "news")])
def test_the_prefix_helps_where_nothing_readable_is_left(title, slug):
    assert ascii_slug(title, "news") == slug


def test_a_long_title_is_cut_at_a_word():
    assert ascii_slug("plan " * 40, "news") == "plan" + "-plan" * 11


def test_topic_slugs_are_unique(db):
    slugs = {Topic.objects.create(name=name).slug for name in ("ข่าว", "ขาว", "ขาวๆ", "!!!", "???")}
    assert len(slugs) == 5


class TestPageForm:
    def create(self, client, home, title: str):
        from wagtail.test.utils.form_data import nested_form_data, streamfield

        data = nested_form_data(
            {"title": title, "slug": "", "summary": "", "body": streamfield([]), "action-publish": "publish"}
        )
        return client.post(reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk]), data)

    def test_two_pages_with_the_same_thai_title_get_two_addresses(self, admin_client, home):
        for _number in range(3):
            assert self.create(admin_client, home, "น้ำท่วมซ้ำที่เดิม").status_code == 302
        slugs = list(
            StandardPage.objects.child_of(home).filter(title="น้ำท่วมซ้ำที่เดิม").values_list("slug", flat=True)
        )
        assert len(slugs) == len(set(slugs)) == 3
        assert all(slug.startswith("namthwm") for slug in slugs)

    def test_a_title_of_marks_only_gets_the_types_prefix(self, admin_client, home):
        assert self.create(admin_client, home, "!!!").status_code == 302
        assert StandardPage.objects.get(title="!!!").slug.startswith("page")
