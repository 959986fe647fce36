"""Opinions are read and decided on at the desk: by keyboard, on a phone, and axe finds nothing."""

from __future__ import annotations

import pytest

from tests.browser.axe import faults
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser
QUEUE = "/desk/hearings/comments/"
FIRST_SENT = f"{QUEUE}?item=1"


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["360", "1280"])
def test_an_opinion_is_hidden_and_shown_again(open_page, demo_site, viewport: dict) -> None:
    email, password = demo_site.password_of("strategy")
    page = open_page(f"/accounts/login/?next={QUEUE}", viewport=viewport)
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(f"**{QUEUE}")
    found = looked_at(page)
    page.goto(FIRST_SENT)
    found += looked_at(page)
    page.locator("input[value=advertising]").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="ใบรับ").wait_for()
    page.goto(f"{QUEUE}?show=hidden&item=1")
    found += looked_at(page)
    page.locator("input[value=fits_rules]").check()
    page.locator("#item button.btn").click()
    page.get_by_role("status").filter(has_text="ใบรับ").wait_for()
    assert not found, "\n".join(found)


def looked_at(page) -> list[str]:
    width, room = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width <= room
    assert page.locator("h1").count() == 1
    return [f"{page.url}: {fault}" for fault in faults(page)]
