"""Drafts read from pasted text and .docx files."""

from __future__ import annotations

import io
import tracemalloc
import zipfile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hearings.models import Hearing
from hearings.services.errors import WrongStage
from hearings.services.import_draft import import_draft
from hearings.services.read_draft import (
    LONGEST_TEXT,
    ReadSection,
    clean_body,
    sections_of_clipboard,
    sections_of_file,
    sections_of_html,
    sections_of_text,
)
from tests.factories.hearings import HearingFactory, office_head
from tests.hearings.people import person

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
    'ContentType="application/xml"/><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def paragraph(text: str, style: str = "", bold: bool = False) -> str:
    looks = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f"<w:p>{looks}<w:r>{weight}<w:t>{text}</w:t></w:r></w:p>"


def docx(body: str, name: str = "draft.docx", **more: str | bytes) -> SimpleUploadedFile:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELS)
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for part, text in more.items():
            archive.writestr(part.replace("__", "/"), text)
    return SimpleUploadedFile(name, packed.getvalue())


def headings(sections: list[ReadSection]) -> list[str]:
    return [section.heading for section in sections]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. ขอบเขต\nข้อความ\n2. งบ\nข้อความ", ["ขอบเขต", "งบ"]),
        ("๑. ขอบเขต\nข้อความ\n๒. งบ\nข้อความ", ["ขอบเขต", "งบ"]),
        ("หมวด ๑ บททั่วไป\nก\nหมวด ๒ การขุด\nข", ["บททั่วไป", "การขุด"]),
        ("ข้อ 1 ขอบเขต\nก\nข้อ 2\nข", ["ขอบเขต", "ข้อ 2"]),
        ("1. ขอบเขต\n1.1 ย่อย\n1.2 ย่อย", ["ขอบเขต"]),
        ("", []),
        ("\x00\x01 \n\n", []),
    ],
)
def test_a_text_is_cut_at_its_numbers(text: str, expected: list[str]) -> None:
    assert headings(sections_of_text(text)) == expected


def test_a_long_numbered_line_is_text_under_its_number() -> None:
    [section] = sections_of_text("ข้อ ๗ " + "ห้ามมิให้ผู้ใดขุดดิน" * 20)
    assert section.heading == "ข้อ ๗"
    assert "ห้ามมิให้" in section.body


def test_words_before_the_first_number_are_kept() -> None:
    first, _second = sections_of_text("คำนำ\n1. ขอบเขต\nข้อความ")
    assert first.body == "<p>คำนำ</p>"


def test_markup_keeps_bold_lists_links_and_rows_and_nothing_else() -> None:
    html = (
        '<h1>หัวข้อ</h1><p onclick="x()">ตัว<strong>หนา</strong><script>x()</script></p><ol><li>ก</li><li>ข</li></ol>'
        '<table><tr><td>งบ</td><td>84 ล้าน</td></tr></table><a href="javascript:x()">ก</a>'
        '<a href="https://x.go.th">ข</a><img src=x onerror=x()>'
    )
    [section] = sections_of_html(html)
    assert section.body == (
        "<p>ตัว<b>หนา</b></p><ol><li>ก</li><li>ข</li></ol><ul><li>งบ · 84 ล้าน</li></ul>"
        '<p>ก<a href="https://x.go.th">ข</a></p>'
    )
    assert clean_body(section.body) == section.body


WORD = """<h1>ขอบเขต<o:p></o:p></h1><!--[if gte mso 9]><xml></xml><![endif]-->
<p class=MsoNormal><b>ขุด</b>ลอกบึง<span style='color:red'> 640 ไร่</span><o:p></o:p></p>
<p class=MsoListParagraph><![if !supportLists]><span style='font-family:Symbol'><span
style='mso-list:Ignore'>·<span style='font:7.0pt'>&nbsp;&nbsp;</span></span></span><![endif]>ท่อลอด<o:p></o:p></p>
<p class=MsoListParagraph><span style='mso-list:Ignore'>1)<span>&nbsp;</span></span>ประตูน้ำ</p>
<h2>เวลา</h2><p onclick="x()">7 เดือน<script>alert(1)</script><img src=x onerror=alert(1)></p>"""


def test_what_word_puts_into_the_clipboard_keeps_headings_and_lists() -> None:
    first, second = sections_of_clipboard(WORD)
    assert (first.heading, second.heading) == ("ขอบเขต", "เวลา")
    assert first.body == "<p><b>ขุด</b>ลอกบึง 640 ไร่</p><ul><li>ท่อลอด</li></ul><p>1) ประตูน้ำ</p>"
    assert second.body == "<p>7 เดือน</p>"
    with pytest.raises(ValidationError):
        sections_of_clipboard("ก" * (LONGEST_TEXT + 1))


@pytest.mark.django_db
def test_pasted_markup_is_read_instead_of_the_words_and_the_words_without_it(client) -> None:
    hearing = HearingFactory.draft(timezone.now(), sections=[])
    client.force_login(office_head())
    address = room(hearing)
    assert "paste.js" in client.get(address).content.decode()
    for html, heading in ((WORD, "เวลา"), ("<p> </p>", "ข้อความ")):
        sent = {"step": "read", "text": "1. ข้อความ\nเนื้อความ", "html": html}
        text = client.post(address, sent).content.decode()
        assert f'value="{heading}"' in text
        assert "<script>alert" not in text


def test_one_megabyte_is_read() -> None:
    text = "\n".join(f"{n}. หัวข้อ {n}\n{'ข้อความยาว ' * 600}" for n in range(1, 51))
    assert len(text.encode()) > 800_000
    assert len(sections_of_text(text)) == 50


def test_a_word_file_is_cut_at_its_headings() -> None:
    body = (
        paragraph("หมวด ๑ ขอบเขต", "Heading1") + paragraph("ปักหมุด", bold=True)
        + paragraph("งบประมาณ", "Heading1") + paragraph("84 ล้านบาท")
    )  # fmt: skip
    first, second = sections_of_file(docx(body))
    assert (first.heading, first.body) == ("หมวด ๑ ขอบเขต", "<p><b>ปักหมุด</b></p>")
    assert second.body == "<p>84 ล้านบาท</p>"


@pytest.mark.parametrize(
    ("upload", "code"),
    [
        (SimpleUploadedFile("old.doc", b"\xd0\xcf\x11\xe0"), "old_word"),
        (docx("", "macro.docm"), "old_word"),
        (docx("", **{"word__vbaProject.bin": "x"}), "old_word"),
        (SimpleUploadedFile("a.docx", b""), "wrong_type"),
        (SimpleUploadedFile("a.docx", b"PK\x03\x04broken"), "wrong_type"),
        (SimpleUploadedFile("a.docx", b"<html><script>x</script>"), "wrong_type"),
        (SimpleUploadedFile("a.exe", b"MZ"), "wrong_type"),
        (docx("<w:p>"), "broken"),
        (docx("", **{"word__x.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "broken"),
        (docx("", **{"word__big.bin": "0" * (41 * 1024 * 1024)}), "bomb"),
    ],
    ids=["doc", "docm", "macro", "empty", "cut", "polyglot", "exe", "xml", "entities", "bomb"],
)  # fmt: skip
def test_what_is_no_plain_word_file_is_refused(upload: SimpleUploadedFile, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        sections_of_file(upload)
    assert caught.value.code == code


UTF_16 = '<?xml version="1.0" encoding="UTF-16"?>{}<a/>'


def test_what_another_program_put_beside_the_document_does_not_matter() -> None:
    beside = UTF_16.format("").encode("utf-16")
    (section,) = sections_of_file(docx(paragraph("งบ", "Heading1"), **{"customXml__item1.xml": beside}))
    assert section.heading == "งบ"
    entities = UTF_16.format('<!DOCTYPE a [<!ENTITY b "c">]>').encode("utf-16")
    with pytest.raises(ValidationError):
        sections_of_file(docx("", **{"customXml__item1.xml": entities}))


@pytest.mark.parametrize(
    "body", ["<w:p/>" * 2_000_000, "<w:p " + 'a="" ' * 700_000 + "/>"], ids=["tags", "attributes"]
)
def test_a_part_without_end_is_refused_before_it_fills_the_memory(body: str) -> None:
    """Twelve megabytes of empty paragraphs are a few kilobytes to send, and would be gigabytes once read."""
    upload = docx(body)
    assert (upload.size or 0) < 50_000
    tracemalloc.start()
    try:
        with pytest.raises(ValidationError) as caught:
            sections_of_file(upload)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert caught.value.code == "bomb"
    assert most < 40 * 1024 * 1024


READ = [ReadSection("ขอบเขต", "<p>ปักหมุด</p><script>x()</script>"), ReadSection("งบ", "<p>84 ล้าน</p>")]


@pytest.mark.django_db
def test_sections_become_the_draft_in_the_editor_and_keep_known_keys() -> None:
    hearing = HearingFactory.draft(timezone.now(), sections=[("งบ", "<p>80 ล้าน</p>")])
    key = hearing.draft[0].id
    import_draft(hearing=hearing, actor=office_head(), sections=READ)
    draft = Hearing.objects.get(pk=hearing.pk).get_latest_revision_as_object().draft
    assert [child.value["heading"] for child in draft] == ["ขอบเขต", "งบ"]
    assert draft[0].value["body"].source == "<p>ปักหมุด</p>"
    assert draft[1].id == key


@pytest.mark.django_db
def test_a_draft_that_people_read_is_not_replaced() -> None:
    hearing = HearingFactory.open(timezone.now())
    with pytest.raises(WrongStage):
        import_draft(hearing=hearing, actor=office_head(), sections=READ)


@pytest.mark.django_db
def test_only_who_prepares_hearings_may_import() -> None:
    hearing = HearingFactory.draft(timezone.now())
    with pytest.raises(PermissionDenied):
        import_draft(hearing=hearing, actor=person(None), sections=READ)


@pytest.mark.django_db
@pytest.mark.parametrize("sections", [[], [ReadSection("", "<p>ก</p>")], [ReadSection("ก", "")], READ * 31])
def test_blank_or_far_too_many_sections_are_refused(sections: list[ReadSection]) -> None:
    hearing = HearingFactory.draft(timezone.now())
    with pytest.raises(ValidationError):
        import_draft(hearing=hearing, actor=office_head(), sections=sections)


def test_markup_nested_without_end_is_refused() -> None:
    with pytest.raises(ValidationError):
        clean_body("<div>" * 20_000 + "ก")


# --- the screen ---------------------------------------------------------------------------------------------


def room(hearing: Hearing) -> str:
    return f"/desk/hearings/{hearing.pk}/draft-import/"


@pytest.mark.django_db
def test_pasted_text_is_shown_changed_and_saved(client) -> None:
    hearing = HearingFactory.draft(timezone.now(), sections=[])
    client.force_login(office_head())
    assert client.get(room(hearing)).content.decode().count("<h1") == 1
    shown = client.post(
        room(hearing), {"step": "read", "text": "1. ก\nหนึ่ง\n2. ข\nสอง\n3. ค\nสาม"}
    ).content.decode()
    assert 'name="s2-heading"' in shown
    fields = {"step": "save", "count": "3"}
    for place, (heading, order) in enumerate([("ก", "3"), ("ข ใหม่", "1"), ("ค", "2")]):
        body = {"heading": heading, "order": order, "body": f"<p>{heading}</p><script>x</script>"}
        fields |= {f"s{place}-{name}": value for name, value in body.items()}
    fields["s2-join"] = "on"
    assert client.post(room(hearing), fields).status_code == 302
    draft = Hearing.objects.get(pk=hearing.pk).get_latest_revision_as_object().draft
    assert [child.value["heading"] for child in draft] == ["ข ใหม่", "ก"]
    assert draft[0].value["body"].source == "<p>ข ใหม่</p><p><b>ค</b></p><p>ค</p>"


@pytest.mark.django_db
def test_a_nul_character_is_taken_out_before_the_database_refuses_it(client) -> None:
    """PostgreSQL takes none in a draft, and no form stands between the browser and these fields."""
    hearing = HearingFactory.draft(timezone.now(), sections=[])
    client.force_login(office_head())
    fields = {"step": "save", "count": "1", "s0-heading": "ก\x00ข", "s0-body": "<p>ค\x00ง</p>"}
    assert client.post(room(hearing), fields).status_code == 302
    section = Hearing.objects.get(pk=hearing.pk).get_latest_revision_as_object().draft[0].value
    assert (section["heading"], section["body"].source) == ("กข", "<p>คง</p>")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"step": "read"},
        {"step": "read", "text": "ก" * 1_000_001},
        {"step": "save"},
        {"step": "save", "count": "999999999999"},
        {"step": "save", "count": "x", "s0-heading": "ก"},
        {"step": "save", "count": "1", "s0-heading": "ก", "s0-body": "<div>" * 9000, "s0-order": "๙๙๙๙๙"},
    ],
)
def test_odd_posts_get_an_answer_and_save_nothing(client, fields: dict) -> None:
    hearing = HearingFactory.draft(timezone.now(), sections=[])
    client.force_login(office_head())
    page = client.post(room(hearing), fields)
    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()
    assert not Hearing.objects.get(pk=hearing.pk).get_latest_revision_as_object().draft


@pytest.mark.django_db
def test_the_screen_is_for_who_prepares_and_says_when_it_is_too_late(client) -> None:
    hearing = HearingFactory.open(timezone.now())
    client.force_login(person(None))
    assert client.get(room(hearing)).status_code == 403
    client.force_login(office_head())
    assert "<textarea" not in client.get(room(hearing)).content.decode()
