"""A villager with a phone and no JavaScript: three paragraphs, five answers, on at another device, withdrawn again."""

from __future__ import annotations

import re
import uuid

import pytest

from tests.browser.axe import faults
from tests.browser.conftest import PHONE, turn_page

pytestmark = pytest.mark.browser

HEARING = "/hearings/bueng-sam-phraek/"
REASONS = (
    "เดินแนวหมุดร่วมกับเจ้าของนาก่อน",
    "ขุดหน้าแล้งเท่านั้น หน้าฝนรถเข้าออกนาไม่ได้",
    "ทางเบี่ยงต้องมีไฟส่องตอนกลางคืน",
)


class Walk:
    """One person on one device; every page is looked through before it is left."""

    def __init__(self, page) -> None:
        self.page, self.seen = page, []

    def press(self, value: str, look: bool = True) -> None:
        if look:
            self.look()
        turn_page(self.page.locator(f'main button[value="{value}"]:visible').last)

    def fill(self, name: str, words: str) -> None:
        self.page.locator(f'main [name="{name}"]').fill(words)

    def look(self) -> None:
        """No sideways scroll, one heading; the address of the page is not told apart, its step is."""
        width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert self.page.evaluate(width) <= 0, self.page.url
        assert self.page.locator("h1").count() == 1
        self.seen.append(self.page.content())


def places_of(page) -> list[str]:
    """Addresses of three buttons of the draft: paragraphs where a section has several, else sections."""
    found = [link.get_attribute("href") for link in page.locator('main a[href*="comment/?block="]').all()]
    fine = [href for href in found if "paragraph=" in href]
    return list(dict.fromkeys([*fine, *found]))[:3]


def choice_of(href: str) -> str:
    section = re.search(r"block=([0-9a-f-]+)", href)
    paragraph = re.search(r"paragraph=([\w-]+)", href)
    assert section
    return f"{section[1]}.{paragraph[1]}" if paragraph else section[1]


def answer_five(page) -> int:
    """Something plausible in the first five questions; returns how many."""
    asked = page.locator("main .asked").all()[:5]
    for question in asked:
        answer(question)
    return len(asked)


def answer(question) -> None:
    """The first choice of each group, places in order, a number or a word."""
    groups = dict.fromkeys(box.get_attribute("name") for box in question.locator("input[type=radio]").all())
    for name in groups:
        question.locator(f'input[name="{name}"]').first.check()
    for box in question.locator("input[type=checkbox]:visible").all()[:1]:
        box.check()
    for place, choice in enumerate(question.locator(".ranks select").all(), 1):
        choice.select_option(str(place))
    for province in question.locator("select[name$=province]").all():
        province.select_option("60")
    for number in question.locator("input[inputmode=decimal]").all():
        number.fill("๑๒")
    for words in question.locator("textarea").all():
        words.fill("น้ำไม่พอช่วงเดือนมีนาคมถึงพฤษภาคม")


def test_three_paragraphs_five_answers_another_device_and_withdrawn(open_page, browser, demo_site) -> None:
    mine = f"รหัสทดสอบ {uuid.uuid4().hex[:8]}"  # the demo keeps what an earlier run sent
    reasons = [f"{words} {mine}" for words in REASONS]
    draft = open_page(f"{HEARING}draft/", viewport=PHONE, java_script_enabled=False)
    first, *others = places_of(draft)
    assert len(others) == 2
    walk = Walk(draft)
    draft.goto(first)
    draft.get_by_label(re.compile("^เห็นด้วยบางส่วน")).check()
    walk.press("next")
    walk.fill("c0-reason", reasons[0])
    for number, (href, reason) in enumerate(zip(others, reasons[1:], strict=True), 1):
        walk.press("add", look=False)
        draft.locator(f"select[name=c{number}-block]").select_option(choice_of(href))
        draft.locator(f"input[name=c{number}-stance][value=against]").check()
        walk.fill(f"c{number}-reason", reason)
    assert answer_five(draft) == 5
    walk.press("keep")
    walk.look()
    code = draft.locator(".code").inner_text()

    # Another telephone, which has never seen any of this.
    other = open_page(f"{HEARING}resume/", viewport=PHONE, java_script_enabled=False)
    walk_on = Walk(other)
    walk_on.fill("code", "ABCD EFGH JKMN")
    turn_page(other.locator("main form .btn").first)
    assert other.locator(".err").count() == 1
    walk_on.fill("code", code.lower())
    walk_on.look()
    turn_page(other.locator("main form .btn").first)
    walk_on.press("next")  # where it was left: at the questions
    other.get_by_label(re.compile("^ประชาชน")).check()
    other.locator("select[name=province]").select_option("60")
    other.locator("input[name=consent]").check()
    walk_on.press("next")
    shown = other.locator("main").inner_text()
    assert all(reason in shown for reason in reasons)
    other.wait_for_timeout(3500)
    walk_on.press("send")
    assert re.search(r"/r/\d{12}/$", other.url), other.locator("main").inner_text()[:600]
    walk_on.look()
    edit_code = re.sub(r"\D", "", other.locator(".code").all_inner_texts()[1])
    listed = open_page(f"{HEARING}comments/", java_script_enabled=False).locator("main")
    assert reasons[1] in listed.inner_text()

    turn_page(other.get_by_role("link", name=re.compile("ถอน")).first)
    walk_on.look()
    walk_on.fill("code", edit_code)
    other.locator("input[name=sure]").check()
    turn_page(other.locator("main form .btn").first)
    assert "ถอน" in other.locator("h1").inner_text()
    listed = open_page(f"{HEARING}comments/", java_script_enabled=False).locator("main")
    assert reasons[1] not in listed.inner_text()

    # axe needs JavaScript: each page that was seen is read again as it was served, at the site's own address.
    reader = browser.new_context(viewport=PHONE, locale="th-TH").new_page()
    found = []
    served = [""]
    reader.route(
        re.compile("/seen/"),
        lambda route: route.fulfill(body=served[-1], content_type="text/html; charset=utf-8"),
    )
    for html in [*walk.seen, *walk_on.seen]:
        served.append(html)
        reader.goto(demo_site.url("/seen/"))
        found += [f"{reader.title()}: {fault}" for fault in faults(reader)]
    reader.context.close()
    assert not found, "\n".join(found)


def test_what_was_typed_waits_on_the_device_until_it_is_sent(open_page) -> None:
    page = open_page(f"{HEARING}comment/", viewport=PHONE)
    page.get_by_label(re.compile("^เห็นด้วยบางส่วน")).first.check()
    page.locator('main button[value="next"]:visible').last.click()
    page.locator("[name=c0-reason]").fill(REASONS[0])
    page.goto(f"{HEARING}comment/")  # the tab was closed, the line was gone
    assert page.locator("[name=c0-reason]").count() == 0
    page.get_by_role("button", name="นำกลับมา").click()
    page.locator('main button[value="next"]:visible').last.click()
    assert page.locator("[name=c0-reason]").input_value() == REASONS[0]
    page.goto(f"{HEARING}comment/")
    page.get_by_role("button", name=re.compile("ลบ|เอาออก")).first.click()
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('comment:')).length") == 0
    assert not page.complaints


def test_a_voice_is_recorded_into_the_form_and_a_refused_microphone_is_said(browser, demo_site) -> None:
    context = browser.new_context(viewport=PHONE, locale="th-TH", base_url=demo_site.address)
    page = context.new_page()
    page.goto(f"{HEARING}comment/")
    page.get_by_label(re.compile("^เห็นด้วย")).first.check()
    page.locator('main button[value="next"]:visible').last.click()
    page.get_by_role("button", name="อัดเสียงตอนนี้").click()
    page.get_by_text(re.compile("ไมโครโฟน")).first.wait_for()
    assert page.locator("#id_voice").is_visible()
    context.close()
