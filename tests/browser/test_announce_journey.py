"""From an empty hearing to an announced one: the checklist says what is missing until nothing is."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest

from tests.browser.axe import faults
from tests.browser.conftest import DESKTOP, PHONE, turn_page

pytestmark = pytest.mark.browser

LIST = "/desk/hearings/"
ROOM = re.compile(r"/desk/hearings/\d+/$")


def sign_in(open_page, demo_site, role: str, path: str, viewport: dict = DESKTOP):
    page = open_page(f"/accounts/login/?next={path}", viewport=viewport)
    page.set_default_timeout(60_000)  # the admin builds its first page slowly
    email, password = demo_site.password_of(role)
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(password)
    page.locator("main form button:visible").last.click()
    page.wait_for_url(f"**{path}")
    return page


def assert_content(page) -> None:
    """axe finds nothing, nothing scrolls sideways, and there is one heading of the page."""
    assert faults(page) == []
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0, f"{page.url}: {over} px too wide"
    assert page.locator("h1").count() == 1


def thai_time(days: int, clock: str) -> str:
    moment = dt.datetime.now(ZoneInfo("Asia/Bangkok")) + dt.timedelta(days=days)
    return f"{moment.day}/{moment.month}/{moment.year + 543} {clock}"


def missing(page) -> list[str]:
    """What the checklist of the room says is missing, by where it is mended."""
    return [link.get_attribute("href") or "" for link in page.locator("[aria-labelledby=m] .lines a").all()]


def open_tab(page, name: str) -> None:
    page.locator(f'a[role=tab][href="#tab-{name}"]').click()


def save(page) -> None:
    turn_page(page.locator("button.action-save:visible").first)


def begin_an_empty_hearing(page) -> None:
    turn_page(page.locator("a[href*='/hearings/hearing/']").first)
    page.locator("#id_title").fill("เรื่องที่เพิ่งเริ่ม")
    page.locator("#id_title").press("Tab")
    save(page)


def mend(page, room: str) -> None:
    """Title, code, days and the days of its meetings: all that a copy leaves open."""
    [first, *_others] = [address for address in missing(page) if "#tab-schedule" in address]
    page.goto(first)
    page.locator("#id_opens_at").fill(thai_time(20, "08.30"))
    page.locator("#id_closes_at").fill(thai_time(42, "23.59"))
    open_tab(page, "subject")
    page.locator("#id_title").fill("เรื่องที่ทำต่อจากเดิม")
    page.locator("#id_code").fill(f"ทด-{dt.datetime.now():%H%M%S}")
    open_tab(page, "papers")
    for number, field in enumerate(page.locator("input[name^=meetings-][name$=-starts_at]").all()):
        if "__prefix__" not in (field.get_attribute("name") or ""):
            field.fill(thai_time(25 + number, "09.30"))
    save(page)
    page.goto(room)


def test_staff_make_a_hearing_the_checklist_leads_and_the_head_announces(open_page, demo_site) -> None:
    page = sign_in(open_page, demo_site, "strategy", "/desk/")
    turn_page(page.locator(f"main a[href='{LIST}']").first)
    assert_content(page)

    # An empty one: nearly everything is missing, and each line says where it is mended.
    begin_an_empty_hearing(page)
    page.goto(LIST)
    turn_page(page.locator("main .lines a", has_text="เรื่องที่เพิ่งเริ่ม").first)
    assert ROOM.search(page.url)
    assert len(missing(page)) > 10
    assert all("#tab-" in address for address in missing(page))
    assert page.locator("a[href$='/step/announce/']").count() == 0  # that is for the head of the office
    assert_content(page)

    # A copy of one that was held: only its name and its time are missing.
    page.goto(f"{LIST}?show=open")
    turn_page(page.locator("main .lines a.btn").first)
    assert_content(page)
    turn_page(page.locator("form[action$='/clone/'] button"))
    room = page.url
    assert 3 <= len(missing(page)) <= 8
    mend(page, room)
    assert missing(page) == []
    for name in ("questions/", "draft-import/", "meetings/", "postings/"):
        page.goto(f"{room}{name}")
        assert_content(page)
        turn_page(page.locator("a.back"))
        assert page.url == room
    page.goto(f"{room}step/review/")
    assert_content(page)
    turn_page(page.locator("main form button:visible").last)
    assert page.url == room

    # The head of the office, on a phone.
    path = room.removeprefix(demo_site.address)
    head = sign_in(open_page, demo_site, "office_head", path, viewport=PHONE)
    assert_content(head)
    turn_page(head.locator("a[href$='/step/announce/']"))
    assert_content(head)
    turn_page(head.locator("main form button:visible").last)
    assert head.url == room
    for name in (
        "amend/",
        "amend/?field=cost",
        "amend/?field=contacts",
        "postings/",
        "paper/",
        "answers/",
        "conversation/",
    ):
        head.goto(f"{room}{name}")
        assert_content(head)
    head.goto(room)
    public = head.locator("aside a[href^='/hearings/']").first.get_attribute("href") or ""

    # Everyone: the page, the paper, the paper to print.
    reader = open_page(public, viewport=PHONE, java_script_enabled=False)
    assert reader.locator(f"a[href='{public}notice/']").count() == 1
    notice = open_page(f"{public}notice/")
    assert_content(notice)
    assert notice.locator(".eight li").count() == 8
    printed = notice.request.get(demo_site.url(f"{public}notice.pdf"))
    assert printed.body()[:5] == b"%PDF-"
    assert notice.complaints == []
