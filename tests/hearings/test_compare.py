"""Two versions of a draft, word by word."""

from __future__ import annotations

import pytest
from django.utils import timezone
from wagtail.rich_text import RichText

from hearings.compare import Piece, _row, aligned, compare, cut
from hearings.paragraphs import without_keys
from hearings.services.drafts import freeze
from tests.factories.hearings import HearingFactory, comment

pytestmark = pytest.mark.django_db


def marked(pieces: list[Piece]) -> str:
    return "".join(f"[{piece.text}]" if piece.changed else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("ปิดทาง 7 เดือน", "ปิดทาง 5 เดือน", "ปิดทาง [7] เดือน", "ปิดทาง [5] เดือน"),
        ("เปิดเผยผลรายจังหวัดทุกปี", "เปิดเผยผลรายอำเภอทุกปี", "[จังหวัด]", "[อำเภอ]"),
        ("เหมือนเดิม", "เหมือนเดิม", "เหมือนเดิม", "เหมือนเดิม"),
        ("", "เพิ่มใหม่", "", "[เพิ่มใหม่]"),
        ("ตัดออก", "", "[ตัดออก]", ""),
    ],
)
def test_changed_words_are_marked_as_whole_words(old: str, new: str, before: str, after: str) -> None:
    row = _row(old, new)
    assert before in marked(row.old)
    assert after in marked(row.new)
    assert "".join(piece.text for piece in row.old) == old
    assert "".join(piece.text for piece in row.new) == new


def test_cutting_loses_nothing() -> None:
    text = "จัดรถรับส่งผู้ป่วย 22 คัน ใน 18 อำเภอ"
    assert "".join(cut(text)) == text


def test_a_whole_new_sentence_is_not_marked_in_crumbs() -> None:
    row = _row("ขุดลอกบึงให้ลึก", "คณะกรรมการประชุมเดือนละครั้งที่ศาลากลาง")
    assert len(row.old) == len(row.new) == 1


def test_pairs_find_each_other_and_keep_the_place_of_what_went() -> None:
    pairs = aligned("abcd", "adxb", lambda c: c)
    assert [new for _old, new in pairs if new] == list("adxb")
    assert set(pairs) == {("a", "a"), ("d", "d"), (None, "x"), ("b", "b"), ("c", None)}
    assert aligned("abc", "ac", lambda c: c) == [("a", "a"), ("b", None), ("c", "c")]


@pytest.fixture
def hearing():
    hearing = HearingFactory.open(timezone.now())
    hearing.draft[1].value["body"] = RichText("<p>ขุดลอกลึกเฉลี่ย 3 เมตร</p><p>ปลูกต้นไม้ริมคัน</p>")
    del hearing.draft[2]
    hearing.draft.append(("section", {"heading": "ข้อใหม่", "body": RichText("<p>เรื่องใหม่ทั้งข้อ</p>")}))
    hearing.save()
    freeze(hearing, now=timezone.now(), note="ชาวบ้าน 12 คนขอให้ขุดลึกขึ้น")
    return hearing


def test_sections_are_changed_added_taken_out_or_the_same(hearing) -> None:
    older, newer = hearing.draft_versions.prefetch_related("blocks").order_by("number")
    found = compare(older, newer, lambda key: 0)
    assert (found.changed, found.same) == (3, 1)
    same, changed, *rest = found.changes
    assert same.is_same
    assert "[3]" in marked(changed.rows[0].new)
    assert marked(changed.rows[1].new) == "[ปลูกต้นไม้ริมคัน]"
    assert {(c.old is None, c.new is None) for c in rest} == {(True, False), (False, True)}


def test_the_page_shows_both_with_words_for_the_ear(client, hearing) -> None:
    comment(hearing, timezone.now(), block=1)
    page = client.get(f"/hearings/{hearing.slug}/draft/1/2/")
    text = page.content.decode()
    assert page.status_code == 200
    assert text.count("<h1") == 1
    assert "<del><span" in text
    assert "<ins><span" in text
    assert "ชาวบ้าน 12 คนขอให้ขุดลึกขึ้น" in text.replace('<span class="nb">', "").replace("</span>", "")
    assert f"/comments/?block={hearing.current_draft.blocks.get(order=2).key}" in text


def test_text_of_a_draft_is_escaped(client) -> None:
    hearing = HearingFactory.open(
        timezone.now(), sections=[("<i>ก</i>", "<p>1 &lt;script&gt;alert()&lt;/script&gt;</p>")]
    )
    hearing.draft[0].value["body"] = RichText("<p>2 &lt;script&gt;alert()&lt;/script&gt;</p>")
    freeze(hearing, now=timezone.now())
    for address in ("draft/", "draft/1/2/"):
        text = client.get(f"/hearings/{hearing.slug}/{address}").content.decode()
        assert "<script>alert" not in text
        assert "<i>ก" not in text


@pytest.mark.parametrize(
    ("address", "status"),
    [("1/1/", 302), ("2/1/", 302), ("1/9/", 404), ("0/1/", 404), ("1/99999999999999999999/", 404)],
)
def test_odd_pairs_are_sorted_or_not_found(client, hearing, address: str, status: int) -> None:
    assert client.get(f"/hearings/{hearing.slug}/draft/{address}").status_code == status


@pytest.mark.parametrize("query", ["", "?a=1&b=2", "?a=2&b=1", "?a=-1&b=x", "?a=999999999999999999999999"])
def test_the_form_leads_to_a_comparison(client, hearing, query: str) -> None:
    page = client.get(f"/hearings/{hearing.slug}/draft/compare/{query}", follow=True)
    assert page.status_code == 200
    assert page.redirect_chain[-1][0].endswith("/draft/1/2/")


def test_a_version_frozen_before_keys_existed_is_compared_by_its_words(hearing) -> None:
    older, newer = hearing.draft_versions.order_by("number")
    for block in older.blocks.all():
        block.body = without_keys(block.body)
        block.save()
    found = compare(older, newer, lambda key: 0)
    assert found.changes[0].is_same
    assert "[3]" in marked(found.changes[1].rows[0].new)
