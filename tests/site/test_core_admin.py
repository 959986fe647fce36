"""The admin's first page: Thai by default, our emblem, the way to the desk."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


def test_the_admin_speaks_thai_and_shows_our_emblem(admin_client):
    text = admin_client.get("/admin/").text
    assert '<html lang="th"' in text
    assert "img/emblem.svg" in text
    assert "css/admin.css" in text


def test_it_leads_to_the_desk_and_the_site(admin_client):
    text = admin_client.get("/admin/").text
    assert 'href="/desk/"' in text


def test_a_user_may_choose_english(admin_client, admin_user):
    from wagtail.users.models import UserProfile

    profile = UserProfile.get_for_user(admin_user)
    profile.preferred_language = "en"
    profile.save()
    assert '<html lang="en"' in admin_client.get("/admin/").text


@pytest.mark.parametrize(
    "path", ["/admin/pages/", "/admin/images/", "/admin/documents/", "/admin/reports/site-history/"]
)
def test_the_rooms_of_the_admin_open_in_thai(admin_client, path):
    response = admin_client.get(path, follow=True)
    assert response.status_code == 200
    assert '<html lang="th"' in response.text
