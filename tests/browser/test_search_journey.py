"""Looking for something on a phone: with suggestions and the keyboard, and without JavaScript."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.conftest import PHONE, turn_page

pytestmark = pytest.mark.browser


def asked(page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def total(page) -> int:
    return int(re.sub(r"\D", "", page.locator("#results").inner_text()) or 0)


def test_typing_choosing_and_narrowing_on_a_phone(open_page) -> None:
    page = open_page("/search/", viewport=PHONE)
    page.get_by_label("คำค้น").click()  # who comes to the field gets the suggestions with it
    box = page.get_by_role("combobox", name="คำค้น")
    box.press_sequentially("น้ำท", delay=40)
    options = page.get_by_role("option")
    options.first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"

    # Up and down through the list and back into the field; Escape puts it away, the next key brings it back.
    box.press("ArrowDown")
    assert options.first.get_attribute("aria-selected") == "true"
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    box.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    box.press_sequentially("่")
    options.first.wait_for()
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert asked(page)["q"] == "น้ำท่วม"
    assert page.locator("mark", has_text="น้ำท่วม").count()
    everything = total(page)
    assert everything > 3

    # A type, then a filter below it; both can be taken away again.
    turn_page(page.get_by_role("navigation", name="ชนิด").get_by_role("link", name=re.compile("บทเรียน")))
    lessons = total(page)
    assert asked(page)["kind"] == "lesson"
    assert 0 < lessons < everything
    page.get_by_text("กรองผลการค้นหา", exact=True).click()
    page.locator("summary", has_text="จังหวัด").click()
    page.get_by_role("radio", name=re.compile("พิจิตร")).check()
    turn_page(page.get_by_role("button", name="แสดงตามที่เลือก"))
    assert asked(page)["province"] == "66"
    assert 0 < total(page) < lessons
    turn_page(page.locator(".chips .pill", has_text="พิจิตร"))
    assert "province" not in asked(page)
    assert total(page) == lessons
    turn_page(page.get_by_role("link", name="ล้างทั้งหมด"))
    assert total(page) == everything

    # Nothing is wider than the screen, nothing was refused by the policy.
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.complaints == []


def test_a_title_can_be_chosen_and_an_opened_result_is_told_in_the_background(open_page, demo_site) -> None:
    page = open_page("/search/?q=แก้มลิง", viewport=PHONE)
    with page.expect_request("**/search/clicked/") as told:
        page.locator("a[data-place='1']").click()
    body = parse_qs(told.value.post_data)
    assert body == {"q": ["แก้มลิง"], "place": ["1"]}
    page.goto("/search/")
    page.get_by_label("คำค้น").click()
    box = page.get_by_role("combobox")
    box.press_sequentially("แผนที่น้ำท", delay=40)
    page.get_by_role("option").filter(has=page.locator("small")).first.click()
    page.wait_for_url(re.compile(r"/knowledge/|/news/|/hearings/|/strategy/"))


@pytest.mark.parametrize("javascript", [True, False])
def test_exact_phrase_minus_and_nothing_found(open_page, javascript) -> None:
    page = open_page("/search/", viewport=PHONE, java_script_enabled=javascript)

    def ask(text: str) -> None:
        page.locator("#q").fill(text)
        turn_page(page.get_by_role("button", name="ค้นหา"))

    ask("น้ำท่วม ถนน")
    loose = total(page)
    ask('"น้ำท่วม" ถนน')
    exact = total(page)
    assert 0 < exact < loose
    ask('"น้ำท่วม" -ถนน')
    assert 0 < total(page) < exact + 1
    assert asked(page)["q"] == '"น้ำท่วม" -ถนน'

    ask("-ถนน")
    assert page.get_by_role("alert").count() == 1
    assert page.locator("#q").input_value() == "-ถนน"

    ask('"ถนนไม่มีทางไปไหน"')
    assert page.get_by_role("link", name=re.compile("^โทร")).count()
    turn_page(page.get_by_role("link", name=re.compile("ไม่ใช้เครื่องหมาย")))
    assert asked(page)["q"] == "ถนนไม่มีทางไปไหน"
    assert total(page) > 0

    # A typing error: said, and what was typed stays in the box.
    ask("แก้มริง")
    assert page.locator("#q").input_value() == "แก้มริง"
    assert page.locator(".note", has_text="แก้มลิง").count() == 1
