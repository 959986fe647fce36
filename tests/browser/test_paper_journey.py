"""Paper by keyboard alone, and a spreadsheet with two bad rows, in a real browser at the desk; axe finds nothing."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from tests.browser.axe import faults
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.public_pages import open_hearing

pytestmark = pytest.mark.browser

HEAD = ("จุดยืน", "เหตุผล", "ภาคส่วน", "ช่องทาง", "ยินยอม")
GOOD = ("ไม่เห็นด้วย", "ทางเบี่ยงผ่านหน้าโรงเรียน", "ประชาชน", "เวที", "ยินยอม")


def at_the_desk(open_page, demo_site, room: str, viewport: dict = DESKTOP):
    """Signed in, in a room of the open hearing."""
    email, password = demo_site.password_of("strategy")
    page = open_page("/accounts/login/?next=/desk/hearings/", viewport=viewport)
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(re.compile("/desk/hearings/"))
    slug = open_hearing(demo_site).rstrip("/").rsplit("/", 1)[-1]
    number = re.search(r"/h/(\d+)", demo_site.read(f"/hearings/{slug}/qr.svg"))
    hearing = number[1] if number else desk_number(page, slug)
    page.goto(f"/desk/hearings/{hearing}/{room}/")
    return page


def desk_number(page, slug: str) -> str:
    """The hearing's number, by the room that leads to its public page."""
    for address in page.locator("main a[href*='/desk/hearings/']").evaluate_all(
        "all => all.map(a => a.pathname)"
    ):
        found = re.search(r"/desk/hearings/(\d+)/", address)
        if found and f"/hearings/{slug}/" in page.request.get(address).text():
            return found[1]
    raise AssertionError(f"{slug} is not at the desk")


def require_clean(page) -> None:
    assert faults(page) == []


def scan(colour: str) -> dict:
    file = io.BytesIO()
    Image.new("RGB", (600, 800), colour).save(file, "JPEG")
    return {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def test_a_paper_form_is_typed_by_keyboard_alone(open_page, demo_site) -> None:
    page = at_the_desk(open_page, demo_site, "paper")
    page.locator("input[type=file]").set_input_files([scan("white"), scan("ivory")])
    page.get_by_role("button", name="เพิ่มเข้าคิว").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("^บันทึกใบถัดไป")).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/paper/\d+/$"))
    require_clean(page)
    first = page.url

    # The mouse is not touched from here on: the first field has the focus.
    focused = "document.activeElement.name"
    assert page.evaluate(focused) == "code"
    page.keyboard.type("0714")
    typed = set()
    for _step in range(120):
        page.keyboard.press("Tab")
        name = page.evaluate(focused) or ""
        kind = page.evaluate("document.activeElement.type") or ""
        if name in typed:
            continue
        typed.add(name)
        if name == "stance":
            page.keyboard.press("3")
            assert page.evaluate("document.activeElement.value") == "against"
        elif name.startswith(("on_", "q-")) and kind == "radio":
            page.keyboard.press("2")
            assert page.evaluate("document.activeElement.checked")
        elif name == "reason":
            page.keyboard.type("ทางเบี่ยงผ่านหน้าโรงเรียน รถดินวิ่งเร็ว")
        elif name == "village_no":
            page.keyboard.type("๖")
        elif name == "agreed":
            page.keyboard.press("Space")
            break
    assert {"stance", "reason", "agreed", "received_on"} <= typed
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: url != first)
    told = page.locator("body").inner_text()
    assert re.search(r"\d{4} \d{4} \d{4}", told)
    assert re.search(r"/paper/\d+/$", page.url), "the next form is open"
    assert page.evaluate(focused) == "code"
    assert not page.complaints


def test_what_is_missing_on_paper_is_said_and_reached_by_keyboard(open_page, demo_site) -> None:
    page = at_the_desk(open_page, demo_site, "paper/spoken")
    page.locator("input[name=code]").focus()
    page.keyboard.press("Control+Enter")
    page.locator(".err").wait_for()
    require_clean(page)
    assert page.locator(".err a").count() >= 2


def table(path: Path) -> Path:
    book = openpyxl.Workbook()
    for row in (HEAD, GOOD, ("เฉย ๆ", *GOOD[1:]), GOOD, (*GOOD[:4], ""), GOOD):
        book.active.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["360", "1280"])
def test_a_spreadsheet_with_two_bad_rows_is_looked_at_and_its_good_rows_are_stored(
    open_page, demo_site, tmp_path, viewport
) -> None:
    page = at_the_desk(open_page, demo_site, "import", viewport)
    require_clean(page)
    # Another table for each size of screen: the same file is imported once.
    path = table(tmp_path / f"{viewport['width']}.xlsx")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="อ่านไฟล์").click()
    page.wait_for_url(re.compile(r"/import/\d+/$"))
    shown = page.locator("main").inner_text()
    assert "แถว 3" in shown
    assert "เฉย ๆ" in shown
    assert "แถว 5" in shown
    require_clean(page)
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0

    with page.expect_download() as waiting:
        page.get_by_role("link", name=re.compile("^ดาวน์โหลด 2 แถว")).click()
    back = openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes())).active
    rows = [[cell.value for cell in line] for line in back.iter_rows()]
    assert len(rows) == 3
    assert [line[0] for line in rows] == ["จุดยืน", "เฉย ๆ", "ไม่เห็นด้วย"]
    assert all(line[-1] for line in rows)

    page.get_by_role("button", name=re.compile("^นำเข้า 3 แถว")).click()
    page.locator("text=3 ความเห็น").first.wait_for()
    require_clean(page)
    assert not page.complaints
