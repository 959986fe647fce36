"""axe finds nothing on any kind of public page: light and dark, 360 and 1280 px."""

from __future__ import annotations

import pytest

from tests.browser.axe import COLOURS, RULES, faults
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.public_pages import public_pages

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["360", "1280"])
def test_axe_finds_nothing(browser, demo_site, viewport: dict) -> None:
    context = browser.new_context(viewport=viewport, locale="th-TH")
    page = context.new_page()
    found = []
    for name, path in public_pages(demo_site).items():
        page.goto(demo_site.url(path))
        # In the dark only colours differ (the stylesheets have nothing else there).
        for scheme, rules in (("light", RULES), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme)
            found += [f"{name}, {scheme}: {fault}" for fault in faults(page, rules)]
    context.close()
    assert not found, "\n".join(found)


def test_axe_finds_a_fault_in_the_dark_only(browser) -> None:
    page = browser.new_page()
    page.set_content(
        "<!doctype html><html lang=th><title>ร่าง</title><main><h1>ร่างโครงการ</h1></main>"
        "<style>@media (prefers-color-scheme: dark) { h1 { color: #777; background: #888 } }</style>"
    )
    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    [fault] = faults(page, COLOURS)
    page.close()
    assert "color-contrast" in fault
