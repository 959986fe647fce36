"""axe finds nothing on any kind of public page: light and dark, 360 and 1280 px."""

from __future__ import annotations

import pytest

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.public_pages import public_pages

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["360", "1280"])
def test_axe_finds_nothing(browser, demo_site, scheme: str, viewport: dict) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(viewport=viewport, color_scheme=scheme, locale="th-TH")
    page = context.new_page()
    found = []
    for name, path in public_pages(demo_site).items():
        page.goto(demo_site.url(path))
        results = Axe().run(
            page,
            options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
        )
        for violation in results.response["violations"]:
            targets = [node["target"] for node in violation["nodes"]][:3]
            found.append(f"{name} ({path}): {violation['id']} {targets}")
    context.close()
    assert not found, "\n".join(found)
