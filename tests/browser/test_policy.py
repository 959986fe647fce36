"""The strict content security policy holds on every kind of page, and nothing is fetched from elsewhere."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.browser.public_pages import public_pages

pytestmark = pytest.mark.browser


def test_no_page_breaks_the_policy_or_calls_anyone_else(browser, demo_site) -> None:
    context = browser.new_context(locale="th-TH")
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console",
        lambda message: complaints.append(f"{page.url}: {message.text}") if message.type == "error" else None,
    )
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on(
        "request",
        lambda request: (
            complaints.append(f"{page.url} fetches {request.url}")
            if urlsplit(request.url).scheme in ("http", "https")
            and urlsplit(request.url).hostname != "127.0.0.1"
            else None
        ),
    )
    for path in public_pages(demo_site).values():
        response = page.goto(demo_site.url(path))
        policy = response.headers["content-security-policy"]
        assert "unsafe" not in policy, path
        # The frame for other sites has a stricter one of its own.
        assert "default-src 'self'" in policy or "default-src 'none'" in policy, path
        assert response.headers["x-content-type-options"] == "nosniff", path
        assert response.headers["referrer-policy"] == "strict-origin-when-cross-origin", path
    context.close()
    # The browser itself reports the answer 404 of the page that is not there.
    assert [text for text in complaints if "404" not in text] == []
