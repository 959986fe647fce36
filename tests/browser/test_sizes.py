"""Nothing needs sideways scrolling, however narrow the screen and large the text; targets are large, the keyboard is quick.

Apart from axe, so that both processes of the gate have pages to open.
"""

from __future__ import annotations

import pytest

from tests.browser.conftest import PHONE
from tests.browser.public_pages import public_pages

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("widths", "text"), [([320], "1"), ([360, 640], "3")], ids=["usual text", "large text"]
)
def test_no_page_scrolls_sideways(browser, demo_site, widths: list[int], text: str) -> None:
    context = browser.new_context(locale="th-TH")
    context.add_cookies([{"name": "text", "value": text, "url": demo_site.address}])
    page = context.new_page()
    wide = []
    for name, path in public_pages(demo_site).items():
        for width in widths:
            page.set_viewport_size({"width": width, "height": 800})
            if width == widths[0]:
                page.goto(demo_site.url(path))
            over = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            if over > 0:
                wide.append(f"{name} ({path}) at {width} px: {over} px too wide")
    context.close()
    assert not wide, "\n".join(wide)


def test_the_keyboard_reaches_the_main_text_first(open_page) -> None:
    page = open_page("/hearings/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_every_target_on_a_phone_is_large_enough_or_inline(open_page, demo_site) -> None:
    page = open_page("/", viewport=PHONE)
    small = page.evaluate(
        """[...document.querySelectorAll('button, .btn, .nav a, input:not([type=hidden]), select')]
           .filter(e => e.getClientRects().length && !e.closest('.vh'))
           .filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 80))"""
    )
    assert not small, small
