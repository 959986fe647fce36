"""The three journeys the site exists for, walked in a real browser on the demo."""

from __future__ import annotations

import re

import pytest

from tests.browser.conftest import DESKTOP, PHONE, turn_page
from tests.browser.public_pages import open_hearing

pytestmark = pytest.mark.browser


def test_a_villager_comments_without_account_and_without_javascript_and_edits_by_code(
    open_page, demo_site
) -> None:
    hearing = open_hearing(demo_site)
    page = open_page(hearing, viewport=PHONE, java_script_enabled=False)
    turn_page(page.get_by_role("link", name=re.compile("เห็นอย่างไร")).first)

    # Step 1: stance. Pressing on without an answer says what is missing.
    press(page, "ต่อไป")
    assert page.locator(".err").count() == 1
    page.get_by_label(re.compile("^เห็นด้วยบางส่วน")).check()
    press(page, "ต่อไป")

    # Step 2: reason and proposal.
    reason = "แนวหมุดด้านเหนือกินที่นาที่ทำมาตั้งแต่รุ่นพ่อ ขอให้มาเดินแนวด้วยกันก่อน"
    page.locator("textarea[name$=reason]").first.fill(reason)
    page.locator("textarea[name$=suggestion]").first.fill("เดินสำรวจแนวร่วมกับเจ้าของที่")
    press(page, "ต่อไป")

    # Step 3: who speaks, and from where.
    page.get_by_label(re.compile("^ประชาชน")).check()
    page.locator("select[name$=province]").select_option("60")
    page.locator("input[type=checkbox]:visible").last.check()
    press(page, "ตรวจทานก่อนส่ง")

    # Everything once more, then send. Nobody reads that in less than three seconds.
    assert reason in page.locator("main").inner_text()
    page.wait_for_timeout(3500)
    sent = {
        field.get_attribute("name"): field.get_attribute("value") or ""
        for field in page.locator("main form input[type=hidden]").all()
    }
    send = page.get_by_role("button", name="ส่งความเห็น")
    sent[send.get_attribute("name") or "send"] = send.get_attribute("value") or ""
    form_url = page.url
    turn_page(send)
    assert re.search(r"/r/\d{12}/$", page.url)
    edit_code = re.sub(r"\D", "", page.locator(".code").all_inner_texts()[1])
    assert len(edit_code) == 6

    # The same form sent again (a shaky line, the back button) gives the same receipt, not a second comment.
    receipt_url = page.url
    again = page.request.post(form_url, form=sent)
    assert again.url == receipt_url, again.status

    # Another device: the receipt number alone shows no code; the code opens everything for change.
    other = open_page(receipt_url, viewport=PHONE, java_script_enabled=False)
    assert edit_code not in re.sub(r"\s", "", other.locator("main").inner_text())
    turn_page(other.get_by_role("link", name="แก้ไขความเห็น"))
    other.locator("main input:visible").first.fill(edit_code)
    press(other, "ต่อไป")
    turn_page(other.get_by_role("button", name=re.compile(r"^แก้\s*เหตุผล")))
    other.locator("textarea[name$=reason]").first.fill(reason + " แก้แล้ว")
    other.wait_for_timeout(3500)
    for _step in range(4):
        turn_page(other.locator("main button:visible").last)
        if other.url == receipt_url:
            break
    assert "แก้แล้ว" in other.locator("main").inner_text()
    assert "แก้แล้ว" in open_page(f"{hearing}comments/", java_script_enabled=False).locator("main").inner_text()


def press(page, name: str) -> None:
    """The visible button; the first one in the form is the hidden one that Enter presses."""
    turn_page(page.get_by_role("button", name=name, exact=True).last)


def test_an_editor_publishes_news_through_the_admin(open_page, demo_site) -> None:
    email, password = demo_site.password_of("administration")
    page = open_page("/accounts/login/?next=/admin/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(re.compile("/admin/"))

    page.goto("/admin/news_listing/")
    page.get_by_role("link", name=re.compile("^เพิ่ม")).first.click()
    title = "น้ำท่วมขังหน้าเทศบาลลดลงแล้วรถเล็กผ่านได้"
    page.locator("#id_title").fill(title)
    page.get_by_role("button", name="คำสั่งอื่น").click()
    page.get_by_role("button", name=re.compile("^เผยแพร่")).last.click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/"))

    public = open_page("/news/")
    turn_page(public.get_by_role("link", name=title).first)
    assert public.locator("h1").inner_text() == title
    assert re.search(r"/news/[a-z0-9-]+/$", public.url), "the Thai title made an ASCII address by itself"

    # The worker puts it into the search within seconds; the word stands inside an unspaced sentence.
    for _ in range(40):
        public.goto("/search/?q=เทศบาล")
        if title in public.locator("main").inner_text():
            break
        public.wait_for_timeout(500)
    assert title in public.locator("main").inner_text()


@pytest.mark.parametrize("word", ["น้ำท่วม", "เทศบาล", "จังหวัด"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["360", "1280"])
def test_a_reader_finds_a_lesson_by_a_word_inside_an_unspaced_sentence(
    open_page, word: str, viewport: dict
) -> None:
    page = open_page("/search/", viewport=viewport, java_script_enabled=False)
    page.locator("main input[name=q]").fill(word)
    turn_page(page.locator("main form[role=search] button").first)
    assert page.locator("main mark").count() > 0
    page.goto(f"/search/?q={word}&kind=lesson")
    turn_page(page.locator("main h3 a, main h2 a").first)
    assert "/knowledge/" in page.url
    assert word in page.locator("main").text_content()  # below the screen, too


def test_text_size_and_language_are_remembered_without_javascript(open_page) -> None:
    page = open_page("/", java_script_enabled=False, viewport=PHONE)
    turn_page(page.get_by_role("button", name=re.compile("ใหญ่มาก")))
    assert page.locator("html").get_attribute("data-text") == "3"
    page.goto("/news/")
    assert page.locator("html").get_attribute("data-text") == "3"
    turn_page(page.get_by_role("link", name="English"))
    assert page.url.endswith("/en/news/")
    page.goto("/")
    assert page.url.endswith("/en/")
    turn_page(page.get_by_role("link", name="ภาษาไทย"))
    assert page.locator("html").get_attribute("lang") == "th"
