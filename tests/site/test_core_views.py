"""Preferences, QR codes, health, error pages and response headers."""

from __future__ import annotations

import contextlib

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.models import Site

from core.pagination import NoSuchListPage, paginate
from core.urls_for import language_path, page_path
from core.views import errors
from home.models import StandardPage

pytestmark = pytest.mark.django_db


class TestPreferences:
    @pytest.mark.parametrize("size", ["1", "2", "3"])
    def test_the_text_size_is_remembered_and_the_reader_stays(self, client, size):
        response = client.get("/preferences/", {"text": size, "next": "/nope/?q=ก"})
        assert response["Location"].startswith("/nope/?q=")
        assert response.cookies["text"].value == size
        assert f'data-text="{size}"' in client.get("/").text

    @pytest.mark.parametrize("value", ["4", "0", "", "x", "1'><script>", "9" * 5000])
    def test_unknown_sizes_change_nothing(self, client, value):
        response = client.get("/preferences/", {"text": value})
        assert response.status_code == 302
        assert "text" not in response.cookies

    def test_a_false_cookie_is_read_as_normal(self, client):
        client.cookies["text"] = "99"
        assert 'data-text="1"' in client.get("/").text

    def test_the_language_is_remembered_and_the_address_follows(self, client):
        response = client.get("/preferences/", {"language": "en", "next": "/news/?page=2"})
        assert response["Location"] == "/en/news/?page=2"
        assert client.get("/")["Location"] == "/en/"
        back = client.get("/preferences/", {"language": "th", "next": "/en/news/"})
        assert back["Location"] == "/news/"
        assert client.get("/").status_code == 200

    def test_an_unknown_language_changes_nothing(self, client):
        response = client.get("/preferences/", {"language": "de", "next": "/news/"})
        assert response["Location"] == "/news/"
        assert "language" not in response.cookies

    @pytest.mark.parametrize(
        "path",
        [
            "https://evil.example/",
            "//evil.example/",
            "/\\evil.example",
            "javascript:alert(1)",
            "evil",
            "\\\\evil",
            "///x",
        ],
    )
    @pytest.mark.parametrize("language", ["", "en", "th"])
    def test_nobody_is_led_to_another_site(self, client, path, language):
        response = client.get("/preferences/", {"text": "2", "next": path, "language": language})
        assert response["Location"] in {"/", "/en/"}

    def test_only_get_changes_them(self, client):
        assert client.post("/preferences/", {"text": "2"}).status_code == 405


class TestQrCode:
    def test_a_path_of_this_site(self, client):
        response = client.get(reverse("core:qr"), {"path": "/news/"})
        assert response["Content-Type"] == "image/svg+xml"
        assert response.content.startswith(b"<svg")
        assert b"<script" not in response.content

    @pytest.mark.parametrize(
        "path", ["", "news", "https://evil.example/", "//evil.example/", "/" + "a" * 1000, "/" + "ก" * 300]
    )
    def test_anything_else_is_refused(self, client, path):
        assert client.get(reverse("core:qr"), {"path": path}).status_code == 400

    def test_a_long_thai_path_still_fits(self, client):
        assert client.get(reverse("core:qr"), {"path": "/" + "ก" * 100}).status_code == 200


class TestHealth:
    def test_the_process_is_up(self, client, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert client.get("/healthz").text == "ok"

    def test_ready_names_its_parts(self, client):
        response = client.get("/readyz")
        assert response.status_code == 200
        assert response.json()["database"] is True


class TestHeaders:
    def test_public_pages_have_a_strict_policy(self, client):
        policy = client.get("/")["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'self'" in policy
        assert "object-src 'none'" in policy

    def test_only_the_admin_has_the_looser_one(self, admin_client):
        assert "'unsafe-inline'" in admin_client.get("/admin/")["Content-Security-Policy"]
        assert "unsafe" not in admin_client.get("/")["Content-Security-Policy"]
        assert "unsafe" not in admin_client.get("/administration/")["Content-Security-Policy"]

    def test_device_features_are_off(self, client):
        policy = client.get("/")["Permissions-Policy"]
        assert "camera=()" in policy
        assert "payment=()" in policy

    def test_nothing_is_sniffed_or_framed_elsewhere(self, client):
        response = client.get("/")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["X-Frame-Options"] == "DENY"


class TestBadInput:
    @pytest.mark.parametrize("path", ["/?q=%00", "/news/?%00=1", "/search/?q=a%00b"])
    def test_nul_gets_400_in_the_look_of_the_site(self, client, path):
        response = client.get(path)
        assert response.status_code == 400
        assert "css/tokens.css" in response.text
        assert response.text.count("<h1>") == 1

    def test_nul_in_the_path_finds_nothing(self, client):
        assert client.get("/en/%00/").status_code in {400, 404}

    def test_a_false_host_gets_400_and_not_a_second_error(self, client, settings):
        settings.ALLOWED_HOSTS = ["example.org"]
        assert client.get("/", headers={"host": "bad host!"}).status_code == 400


class TestErrorPages:
    def test_not_found_leads_on_in_thai(self, client):
        response = client.get("/nope/")
        assert response.status_code == 404
        assert '<html lang="th"' in response.text
        assert 'action="/search/"' in response.text
        assert response.text.count("<h1>") == 1
        assert "noindex" in response.text

    def test_not_found_in_english_keeps_the_language(self, client):
        text = client.get("/en/nope/").text
        assert '<html lang="en"' in text
        assert 'action="/en/search/"' in text

    def test_not_found_without_any_site(self, client):
        Site.objects.all().delete()
        assert client.get("/nope/").status_code == 404

    def test_the_path_is_never_echoed(self, client):
        assert "<script>alert" not in client.get("/<script>alert(1)</script>/").text

    def test_a_page_of_a_list_that_does_not_exist_says_so(self, rf):
        with pytest.raises(NoSuchListPage) as raised:
            paginate(rf.get("/?page=99"), StandardPage.objects.order_by("pk"))
        response = errors.not_found(rf.get("/"), raised.value)
        assert str(raised.value) in response.text

    @pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 400, "1.5", "", "๒"])
    def test_any_page_number_is_a_page_or_a_404(self, rf, number):
        with contextlib.suppress(NoSuchListPage):
            paginate(rf.get("/", {"page": number}), StandardPage.objects.order_by("pk"))

    def test_forbidden_offers_sign_in(self, client):
        response = errors.permission_denied(client.get("/").wsgi_request)
        assert response.status_code == 403
        assert "/accounts/login/" in response.content.decode()

    def test_an_expired_form_says_that_nothing_is_lost(self):
        response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a"})
        assert response.status_code == 403
        assert response.text.count("<h1>") == 1
        assert "<ol>" in response.text

    def test_a_fault_needs_neither_database_nor_request(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            response = errors.server_error(RequestFactory().get("/"))
        assert response.status_code == 500
        assert 'lang="en"' in response.text
        assert response.text.count("<h1>") == 1


class TestLanguages:
    @pytest.fixture
    def page(self, home) -> StandardPage:
        page = StandardPage(title="ประวัติ", slug="history", summary="สรุป")
        home.add_child(instance=page)
        return page

    def test_a_page_without_translation_is_served_in_thai_under_en(self, client, page):
        response = client.get("/en/history/")
        assert response.status_code == 200
        assert '<html lang="en"' in response.text
        assert 'tabindex="-1" lang="th"' in response.text
        assert 'class="note off" lang="en"' in response.text

    def test_its_links_keep_the_language(self, client, page):
        text = client.get("/en/history/").text
        assert 'href="/en/hearings/"' in text
        assert 'href="/hearings/"' not in text

    def test_the_thai_page_has_no_notice(self, client, page):
        text = client.get("/history/").text
        assert 'tabindex="-1" lang="th"' not in text
        assert 'class="note off"' not in text

    def test_a_child_of_an_untranslated_page_is_found_too(self, client, page):
        page.add_child(instance=StandardPage(title="ย่อย", slug="part"))
        assert client.get("/en/history/part/").status_code == 200

    def test_what_does_not_exist_in_thai_either_is_a_404(self, client, page):
        assert client.get("/en/history/nope/").status_code == 404

    def test_a_draft_is_not_served_through_the_other_language(self, client, home):
        home.add_child(instance=StandardPage(title="ร่าง", slug="draft", live=False))
        assert client.get("/en/draft/").status_code == 404

    @pytest.mark.parametrize(
        ("path", "language", "result"),
        [
            ("/", "en", "/en/"),
            ("/news/", "en", "/en/news/"),
            ("/en/news/", "th", "/news/"),
            ("/en/", "th", "/"),
            ("/en", "th", "/"),
            ("/english/", "en", "/en/english/"),
            ("/english/", "th", "/english/"),
        ],
    )
    def test_the_same_path_in_another_language(self, path, language, result):
        assert language_path(path, language) == result

    def test_page_addresses_follow_the_reader(self, page, home, english_home):
        assert page_path(page, language="th") == "/history/"
        assert page_path(page, language="en") == "/en/history/"
        assert page_path(home, language="th") == "/"
        assert page_path(english_home, language="th") == "/en/"

    def test_addresses_of_many_pages_cost_no_query_each(self, rf, page, django_assert_max_num_queries):
        request = rf.get("/")
        page_path(page, request)
        with django_assert_max_num_queries(0):
            for _number in range(50):
                page_path(page, request)
