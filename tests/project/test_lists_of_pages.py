"""Lists of all pages name only what everyone may read; links to the other language stay on the site."""

from __future__ import annotations

import pytest

from core.urls_for import language_path
from knowledge.enums import Visibility
from tests.factories.hearings import HearingFactory
from tests.factories.knowledge import lesson

pytestmark = pytest.mark.django_db
LISTS = ("/sitemap.xml", "/site-map/", "/en/site-map/")


@pytest.mark.parametrize("visibility", [Visibility.STAFF, Visibility.NETWORK])
def test_no_list_names_a_lesson_that_is_not_for_everyone(client, visibility) -> None:
    lesson(title="ลับเฉพาะสำนักงาน", slug="only-office", visibility=visibility)
    lesson(title="เปิดให้ทุกคน", slug="for-all")
    for path in LISTS:
        text = client.get(path).content.decode()
        assert "only-office" not in text and "ลับเฉพาะ" not in text, path
        assert "for-all" in text, path


def test_no_list_names_a_hearing_before_its_announcement(client, now) -> None:
    HearingFactory.draft(now, live=True, slug="not-yet")
    HearingFactory.open(now, live=True, slug="is-open")
    for path in LISTS:
        text = client.get(path).content.decode()
        assert "not-yet" not in text, path
        assert "is-open" in text, path


@pytest.mark.parametrize(
    "path", ["/en//evil.example/", "//evil.example/", "/en/\\evil.example", "/en/\t/evil.example"]
)
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_link_to_the_other_language_stays_here(client, path, language) -> None:
    found = language_path(path, language)
    assert found.startswith("/") and found[1:2] not in ("/", "\\", "\t"), found
    response = client.get("/preferences/", {"language": language, "next": path})
    assert response.status_code == 302
    assert not response.url.startswith(("//", "/\\", "http"))
    assert 'href="//evil' not in client.get(path).content.decode()
