"""axe finds nothing on any kind of public page: light and dark, 360 and 1280 px."""

from __future__ import annotations

import pytest

from tests.browser.axe import COLOURS, RULES, faults
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.public_pages import public_pages

pytestmark = pytest.mark.browser


# In the dark only colours differ (the stylesheets have nothing else there), and those not by the size of the screen.
LOOKS = (("light", PHONE, RULES), ("dark", PHONE, COLOURS), ("light", DESKTOP, RULES))


def test_axe_finds_nothing(browser, demo_site) -> None:
    page = browser.new_page(locale="th-TH")
    found = []
    for name, path in public_pages(demo_site).items():
        page.set_viewport_size(PHONE)
        page.goto(demo_site.url(path))
        for scheme, viewport, rules in LOOKS:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size(viewport)
            found += [f"{name}, {scheme} {viewport['width']}: {fault}" for fault in faults(page, rules)]
    page.close()
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
