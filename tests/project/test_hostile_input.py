"""Whatever stands in an address or a query, the answer is a page or a clear 4xx, never a 500."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

LISTS = [
    "/hearings/",
    "/knowledge/",
    "/knowledge/problems/",
    "/news/",
    "/strategy/",
    "/search/",
    "/faq/",
    "/agencies/",
    "/network/",
]
FILTERS = [
    "q",
    "kind",
    "province",
    "topic",
    "year",
    "page",
    "category",
    "state",
    "level",
    "doc_type",
    "block",
    "stance",
    "sector",
    "after",
]
BAD = [
    "", " ", "0", "-1", "999999999999999999999", "1e9", "NaN", "abc", "' OR 1=1 --", "<script>alert(1)</script>", "../../etc/passwd",
    "\u200b\u200b", "ก" * 5000, "ํา่้๊", "🙂", "%00", "{{7*7}}", "a\x00b", "\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def index(db, settings, tmp_path) -> None:
    """An engine that works: without one the search page answers 503, as it should."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    call_command("rebuild_search", verbosity=0)


@pytest.mark.django_db
@pytest.mark.parametrize("path", LISTS)
def test_lists_survive_bad_filters(path: str) -> None:
    client = Client(raise_request_exception=True)
    page = client.get(path).content.decode()
    # What the page's own forms and links ask for, the number of the page, a place in a list, and a name nobody knows.
    asked = {
        name for name in FILTERS if f'name="{name}"' in page or f"?{name}=" in page or f";{name}=" in page
    }
    for name in {"page", "after", "unknown", *asked}:
        for value in BAD:
            response = client.get(path, {name: value})
            assert response.status_code in (200, 400, 404, 422), (
                f"{path}?{name}={value[:20]!r} gave {response.status_code}"
            )
            assert b"<script>alert(1)" not in response.content


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/nope/", "/hearings/nope/", "/hearings/nope/comment/", "/hearings/nope/comments/", "/r/1/", "/r/999999999999/", "/knowledge/nope/",
                                  "/news/nope/", "/strategy/nope/", "/feeds/nope.rss", "/files/999999/x.pdf", "/share/qr.svg", "/share/qr.svg?path=//evil.example",
                                  "/areas/districts/?province=zz", "/areas/subdistricts/", "/en/nope/", "/%E0%B8%99%E0%B9%89%E0%B8%B3/"])  # fmt: skip
def test_unknown_addresses_get_a_clear_4xx(client, path: str) -> None:
    response = client.get(path)
    assert 400 <= response.status_code < 500, path


@pytest.mark.django_db
@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(query=st.text(max_size=300))
def test_any_search_words_get_an_answer(client, query: str) -> None:
    assert client.get("/search/", {"q": query}).status_code in (200, 400, 422)


@pytest.mark.django_db
def test_refused_methods_are_405_not_500(client) -> None:
    for path in ("/preferences/", "/share/qr.svg", "/areas/search/"):
        assert client.post(path).status_code in (403, 405)
