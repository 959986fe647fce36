"""A change agent writes down a village where there is no signal; it arrives once, and a second person checks it."""

from __future__ import annotations

import re

import pytest
from PIL import Image

from tests.browser.axe import faults
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser

HOME = "/desk/field/"
WORDS = "รถดินวิ่งเร็วหน้าโรงเรียน ขอให้หยุดช่วงเด็กเลิกเรียน"


def sign_in(open_page, demo_site, role: str, viewport: dict):
    page = open_page(f"/accounts/login/?next={HOME}", viewport=viewport)
    email, password = demo_site.password_of(role)
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(password)
    page.locator("main form button:visible").last.click()
    page.wait_for_url(f"**{HOME}")
    return page


def assert_axe_is_content(page) -> None:
    assert faults(page) == []


def assert_fits(page) -> None:
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0, f"{page.url}: {over} px too wide"


def waiting(page):
    page.wait_for_function("document.querySelector('[data-empty]').hidden !== undefined")
    return page.locator("[data-waiting] > li")


def write_village(page, number: str) -> None:
    page.locator("form[data-entry]").wait_for()
    page.locator("[name=district]").select_option(index=1)
    page.locator("[name=village_no]").fill(number)
    page.locator("[name=head_agree]").fill("11")
    page.locator("[name=head_against]").fill("๗")
    page.locator("[name=people]").fill("20")
    page.locator("details.parts > summary").click()
    page.locator("[data-hands] > summary").first.click()
    page.locator("[data-hands] input").first.fill("๑๙")
    page.locator("[name=r0-name]").fill("ป้าสำเนียง")
    page.locator("[name=r0-stance][value=against]").check()
    page.locator("[data-rows] > li").first.locator("summary").click()
    page.locator("[name=r0-reason]").fill(WORDS)


def test_a_village_without_signal_arrives_exactly_once_and_is_checked(open_page, demo_site) -> None:
    page = sign_in(open_page, demo_site, "change_agent", PHONE)
    page.locator("[data-ready]").first.wait_for()  # every form is on the phone
    assert_axe_is_content(page)
    assert_fits(page)
    before = page.locator("#mine ~ ul > li").count()

    # The signal goes. The way in still leads to the form, although the ordinary page cannot be had.
    page.context.set_offline(True)
    page.locator("a[data-offline-href]").first.click()
    write_village(page, "6")
    assert_axe_is_content(page)
    assert_fits(page)

    # Words without consent are stopped here, not at home in the evening.
    send = page.locator("form[data-entry] .btn.full")
    send.click()
    page.locator("[data-problems]:not([hidden])").wait_for()
    page.locator("[name=r0-agreed]").check()
    send.click()
    page.wait_for_url("**/desk/field/offline/")
    page.locator("[data-waiting] > li").first.wait_for()
    assert waiting(page).count() == 1
    assert "ยังไม่ได้ส่ง" in page.locator("#waiting-title").inner_text()
    assert_axe_is_content(page)
    assert_fits(page)

    # The phone is switched off and on.
    page.reload()
    page.locator("[data-waiting] > li").first.wait_for()
    assert waiting(page).count() == 1
    page.goto(HOME)
    page.wait_for_url("**/desk/field/offline/")
    page.locator("[data-waiting] > li").first.wait_for()

    # Back in the village hall there is a line again: it goes by itself, and pressing again sends nothing twice.
    page.context.set_offline(False)
    page.locator("[data-empty]:not([hidden])").wait_for()
    assert waiting(page).count() == 0
    page.reload()
    page.locator("[data-empty]:not([hidden])").wait_for()
    page.goto(HOME)
    assert page.locator("#mine ~ ul > li").count() == before + 1

    # A second person checks it.
    checker = sign_in(open_page, demo_site, "strategy", DESKTOP)
    rows = checker.locator("#wait ~ ul > li")
    mine = rows.filter(has_text="20")
    mine.first.get_by_role("link").click()
    assert WORDS in checker.locator("main").inner_text()
    assert "19" in checker.locator("main table.tally").inner_text()
    assert_axe_is_content(checker)
    checker.locator("button[name=check]").click()
    checker.wait_for_url(f"**{HOME}")
    page.reload()
    assert page.locator("#mine ~ ul > li").count() == before + 1
    assert not [said for said in page.complaints if "ERR_INTERNET_DISCONNECTED" not in said], page.complaints


def test_two_windows_that_send_at_the_same_moment_send_once(open_page, demo_site) -> None:
    page = sign_in(open_page, demo_site, "change_agent", PHONE)
    page.locator("[data-ready]").first.wait_for()
    before = page.locator("#mine ~ ul > li").count()
    page.context.set_offline(True)
    page.locator("a[data-offline-href]").first.click()
    write_village(page, "4")
    page.locator("[name=r0-agreed]").check()
    page.locator("form[data-entry] .btn.full").click()
    page.wait_for_url("**/desk/field/offline/")
    page.locator("[data-waiting] > li").first.wait_for()
    other = page.context.new_page()
    other.goto("/desk/field/offline/")
    other.locator("[data-waiting] > li").first.wait_for()
    page.context.set_offline(False)
    for window in (page, other):
        window.locator("[data-empty]:not([hidden])").wait_for()
    page.goto(HOME)
    assert page.locator("#mine ~ ul > li").count() == before + 1


def test_what_the_server_refuses_stays_on_the_phone_and_can_be_corrected(open_page, demo_site) -> None:
    page = sign_in(open_page, demo_site, "change_agent", PHONE)
    page.locator("[data-ready]").first.wait_for()
    page.context.set_offline(True)
    page.locator("a[data-offline-href]").first.click()
    write_village(page, "9")
    page.locator("[name=r0-agreed]").check()
    page.locator("[name=held_on]").fill("1/1/2500")
    page.locator("form[data-entry] .btn.full").click()
    page.locator("[data-waiting] > li").first.wait_for()
    page.context.set_offline(False)
    page.locator("[data-part=problems]:not([hidden])").wait_for()
    page.locator("[data-part=open]").click()
    page.locator("[data-problems]:not([hidden]) a").first.click()
    assert page.evaluate("document.activeElement.name") == "held_on"
    assert page.locator("[name=r0-reason]").input_value() == WORDS
    assert_axe_is_content(page)

    # An entry nobody needs is deleted from the phone.
    page.goto("/desk/field/offline/")
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator("[data-part=delete]").click()
    page.locator("[data-empty]:not([hidden])").wait_for()


def test_a_sign_in_that_ended_loses_nothing(open_page, demo_site) -> None:
    page = sign_in(open_page, demo_site, "change_agent", PHONE)
    page.locator("[data-ready]").first.wait_for()
    page.goto("/desk/field/offline/")
    person = page.locator("main a", has_text=re.compile("รายเดียว|คนเดียว|รายคน")).first
    person.click()
    page.locator("form[data-entry]").wait_for()
    page.locator("[name=district]").select_option(index=1)
    page.locator("[name=r0-stance][value=agree]").check()
    page.context.clear_cookies()
    page.locator("form[data-entry] .btn.full").click()
    page.wait_for_url("**/accounts/login/**")
    email, password = demo_site.password_of("change_agent")
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(password)
    page.locator("main form button:visible").last.click()
    page.wait_for_url("**/desk/field/offline/**")
    page.locator("[data-empty]:not([hidden])").wait_for()
    page.locator("[data-told]", has_text="1").wait_for()


def test_a_board_photographed_without_signal_arrives_once_also_when_the_sign_in_ended(
    open_page, demo_site, tmp_path
) -> None:
    shot = tmp_path / "board.jpg"
    Image.effect_noise((2400, 1800), 60).convert("RGB").save(shot, "JPEG", quality=90)
    page = sign_in(open_page, demo_site, "change_agent", PHONE)
    page.locator("[data-ready]").first.wait_for()
    page.context.set_offline(True)
    page.locator("#hang ~ ul a[data-offline-href]").last.click()
    page.locator("form[data-entry=board]").wait_for()
    send = page.locator("form[data-entry] .btn.full")
    send.click()
    assert page.locator("[data-problems] li").count() == 2  # what kind of place, and where
    page.locator("[name=photo]").set_input_files(shot)
    page.locator("[name=board_kind]").first.check()
    page.locator("[name=place]").fill("ศาลาหมู่ 12 ท่าไม้")
    assert_axe_is_content(page)
    assert_fits(page)
    send.click()
    page.wait_for_url("**/desk/field/offline/")
    line = page.locator("[data-waiting] > li").first
    line.wait_for()
    assert "ศาลาหมู่ 12 ท่าไม้" in line.inner_text()
    assert re.search(r"[1-9]\d* KB", line.inner_text())
    assert_fits(page)

    # The sign-in ends before there is a line: nothing is lost, and it goes when somebody signs in again.
    page.context.clear_cookies()
    page.context.set_offline(False)
    page.locator("[data-sign-in]:not([hidden])").wait_for()
    assert page.locator("[data-waiting] > li").count() == 1
    page.locator("[data-sign-in] a").click()
    email, password = demo_site.password_of("change_agent")
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(password)
    page.locator("main form button:visible").last.click()
    page.wait_for_url("**/desk/field/offline/**")
    page.locator("[data-empty]:not([hidden])").wait_for()
    page.goto(HOME)
    page.locator("#hang ~ ul > li").last.get_by_role("link").last.click()
    boards = page.locator("main .lines > li", has_text="ศาลาหมู่ 12 ท่าไม้")
    assert boards.count() == 1
    assert boards.locator("img").count() == 1

    # Chosen again, it has nothing new to say without a photo, and the phone does not pretend it was sent.
    page.goto(HOME)
    page.locator("[data-ready]").first.wait_for()
    page.locator("#hang ~ ul a[data-offline-href]").last.click()
    page.locator("[name=board]").select_option(label="ศาลาหมู่ 12 ท่าไม้")
    page.locator("form[data-entry] .btn.full").click()
    assert page.locator("[data-problems] li a").get_attribute("href") == "#id_photo"
