"""The words in files: read once, bounded, repaired where a PDF spoiled them, and never an error."""

from __future__ import annotations

import datetime as dt
import io
import tracemalloc
import zipfile

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from django.urls import reverse
from wagtail.models import CollectionViewRestriction

from core import file_text
from core.enums import FileProblem
from core.file_text import MAX_CHARS, text_of_file, texts_of_files
from core.models import CustomDocument, FileText
from core.searchable import document_for, key_for
from hearings.models import Hearing, HearingDocument
from news.models import NewsAttachment, NewsPage
from search.query import find
from tests.factories.accounts import person
from tests.factories.hearings import HearingFactory
from tests.factories.news import file, news, paper
from tests.findable.files import docx, paragraph, pdf, run, xlsx

pytestmark = pytest.mark.django_db


def problem_of(document: CustomDocument) -> str:
    assert text_of_file(document) == ""
    return FileText.objects.get(document=document).problem


# --- PDF -------------------------------------------------------------------------------------------------------


def test_the_words_of_a_pdf_are_read_once_and_kept(tmp_path):
    document = file(content=pdf(tmp_path, "แผนรับมือภัยแล้ง ๒๕๗๐"))
    assert "แผนรับมือภัยแล้ง ๒๕๗๐" in text_of_file(document)
    FileText.objects.update(text="kept")
    assert text_of_file(document) == "kept"


def test_a_replaced_file_is_read_again(tmp_path):
    document = file(content=pdf(tmp_path, "Drought plan"))
    FileText.objects.create(document=document, source="of another file", text="old")
    assert "Drought" in text_of_file(document)


def test_letters_that_a_pdf_lost_are_put_back_and_the_editor_is_told(tmp_path):
    document = file(content=pdf(tmp_path, "น ้าท่วม ค าขอ"))
    assert "น้ำท่วม คำขอ" in text_of_file(document)
    assert FileText.objects.get().is_repaired
    whole = file(content=pdf(tmp_path, "น้ำท่วม คำขอ"))
    assert "น้ำท่วม คำขอ" in text_of_file(whole)
    assert not FileText.objects.get(document=whole).is_repaired


def scanned() -> bytes:
    document, made = pypdfium2.PdfDocument.new(), io.BytesIO()
    document.new_page(200, 200)
    document.save(made)
    return made.getvalue()


def test_a_scan_without_words_says_so():
    assert problem_of(file(content=scanned())) == FileProblem.PICTURES


def test_a_pdf_behind_a_password_says_so(monkeypatch):
    error = pypdfium2.PdfiumError("password", err_code=pdfium.FPDF_ERR_PASSWORD)

    def refuse(content: bytes) -> None:
        raise error

    monkeypatch.setattr(pypdfium2, "PdfDocument", refuse)
    assert problem_of(file(content=b"%PDF-1.7")) == FileProblem.LOCKED


def test_a_file_that_takes_too_long_gives_what_was_read_until_then(monkeypatch, tmp_path):
    monkeypatch.setattr(file_text, "MAX_SECONDS", -1.0)
    text = text_of_file(file(content=pdf(tmp_path, "first page\n#pagebreak()\nsecond page")))
    assert "first" in text
    assert "second" not in text


# --- Word ------------------------------------------------------------------------------------------------------


def test_words_cells_and_footnotes_of_a_word_file_are_read_but_nothing_hidden_or_deleted():
    cells = f"<w:tbl><w:tr><w:tc>{paragraph(run('งบ'))}</w:tc><w:tc>{paragraph(run('๑,๒๐๐ บาท'))}</w:tc></w:tr></w:tbl>"
    body = "".join(
        [
            paragraph(run("แก้ม"), run("ลิง"), run("ลับ", "<w:vanish/>"), run(" บึงสามแพรก")),
            "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>" + run("ย่อหน้าต่อมา") + "</w:p>",
            "<w:p><w:del><w:r><w:delText>ตัดออก</w:delText></w:r></w:del></w:p>",
            cells,
        ]
    )
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:footnotes>'
    )
    text = text_of_file(file("a.docx", docx(body, footnotes=notes.format(paragraph(run("เชิงอรรถ"))))))
    assert text.split() == ["แก้มลิง", "บึงสามแพรก", "ย่อหน้าต่อมา", "งบ", "๑,๒๐๐", "บาท", "เชิงอรรถ"]


# --- Excel -----------------------------------------------------------------------------------------------------


def test_a_spreadsheet_gives_what_is_seen_in_its_visible_sheets():
    def fill(book):
        sheet = book.active
        sheet.title = "งบประมาณ"
        sheet.append(["รายการ", "จำนวน ๒๕๗๐", dt.datetime(2026, 11, 1)])
        sheet.append(["ขุดลอก", 96.4, "=B2*2"])
        sheet.append(["หัวตาราง", None, None])
        sheet.merge_cells("A3:C3")
        sheet.append([4.0, "#DIV/0!"])
        hidden = book.create_sheet("ซ่อน")
        hidden.append(["ลับ"])
        hidden.sheet_state = "hidden"

    text = text_of_file(file("a.xlsx", xlsx(fill)))
    assert text.split("\n") == ["งบประมาณ", "รายการ จำนวน ๒๕๗๐ 2026-11-01", "ขุดลอก 96.4", "หัวตาราง", "4"]


# --- what is no text -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.xlsx"])
@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 broken", b"PK\x03\x04 broken", b"\x00" * 2000])
def test_broken_files_have_no_words_and_no_error(name, content):
    assert problem_of(file(name, content)) == FileProblem.BROKEN


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_an_office_file_behind_a_password_says_so(name):
    assert problem_of(file(name, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)) == FileProblem.LOCKED


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_an_archive_that_unfolds_without_end_is_not_opened(name, monkeypatch):
    monkeypatch.setattr(file_text, "MAX_UNPACKED", 1_000_000)
    bomb = docx(paragraph(run("ก" * 2_000_000)))
    assert len(bomb) < 20_000
    assert problem_of(file(name, bomb)) == FileProblem.TOO_LARGE


def test_a_part_without_end_is_given_up_within_memory(monkeypatch):
    monkeypatch.setattr(file_text, "MOST_ELEMENTS", 50_000)
    document = file("a.docx", docx(paragraph(run("ต้น")) + "<w:r/>" * 1_000_000))
    tracemalloc.start()
    try:
        assert problem_of(document) == FileProblem.TOO_LARGE
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 20 * 1024 * 1024


def test_xml_that_defines_entities_is_not_read():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("word/document.xml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>')
    assert problem_of(file("a.docx", made.getvalue())) == FileProblem.BROKEN


def test_other_kinds_of_files_and_lost_ones_have_no_words():
    assert text_of_file(None) == ""
    assert text_of_file(file("a.csv", b"a,b")) == ""
    lost = file("lost.pdf")
    lost.file.storage.delete(lost.file.name)
    assert text_of_file(lost) == ""


def test_a_long_file_is_cut_and_many_files_of_one_page_are_bounded():
    long = [file("a.docx", docx(paragraph(run("คำ " * 100_000)))) for _ in range(3)]
    assert len(text_of_file(long[0])) <= MAX_CHARS
    assert len(texts_of_files(long)) <= MAX_CHARS


# --- of which things they are words ----------------------------------------------------------------------------


def test_a_document_is_found_by_the_words_in_its_file(tmp_path):
    page = paper(document=file(content=pdf(tmp_path, "Drought plan 2570")), official_number="นว 0017.2/1184")
    found = document_for(page)
    assert (found.kind, found.variety) == ("document", "plan")
    assert "Drought plan" in found.body
    assert "นว 0017.2/1184" in found.detail
    assert len(found.body) <= MAX_CHARS


def test_news_and_hearings_are_found_by_the_words_of_what_is_attached(now):
    page = news()
    attached = file("a.docx", docx(paragraph(run("ใบสมัครอบรม"))))
    NewsAttachment.objects.create(page=page, document=attached)
    assert "ใบสมัครอบรม" in document_for(page).body
    hearing = HearingFactory.open(now)
    HearingDocument.objects.create(hearing=hearing, title="รายงานสิ่งแวดล้อม", document=attached)
    body = document_for(Hearing.objects.get(pk=hearing.pk)).body
    assert "รายงานสิ่งแวดล้อม" in body
    assert "ใบสมัครอบรม" in body


def test_a_file_put_in_the_place_of_another_is_found_by_its_own_words(engine, committed):
    """An office that took a name out of a file and uploads it anew must not be asked to publish the page again."""
    with committed():
        page = news()
        attached = file("a.docx", docx(paragraph(run("quokka"))))
        page.attachments.add(NewsAttachment(document=attached))
        page.save_revision().publish()
    assert [hit.document.key for hit in find("quokka", exact=True).hits] == [key_for(page)]
    with committed():
        attached.file.save("b.docx", io.BytesIO(docx(paragraph(run("wombat")))), save=True)
    assert find("quokka", exact=True).total == 0
    assert [hit.document.key for hit in find("wombat", exact=True).hits] == [key_for(NewsPage.objects.get())]


@pytest.mark.parametrize("kind", ["news", "document", "document beside", "hearing"])
@pytest.mark.parametrize("way_out", ["closed", "taken out", "replaced"])
def test_the_words_of_a_file_are_not_shown_while_the_index_still_holds_them(
    engine, committed, now, kind, way_out
):
    """No task has run: the page itself is still public."""
    attached = file("a.docx", docx(paragraph(run("quokka"))))
    with committed():
        page = {"news": news, "hearing": lambda: HearingFactory.open(now)}.get(kind, paper)()
        if kind == "document":
            page.document = attached
        elif kind == "hearing":
            page.documents.add(HearingDocument(title="แผนที่", document=attached))
        else:
            page.attachments.add(page.attachments.model(document=attached))
        page.save_revision().publish()
    assert [hit.document.key for hit in find("quokka", exact=True).hits] == [key_for(page)]
    if way_out == "closed":
        CollectionViewRestriction.objects.create(
            collection=attached.collection, restriction_type=CollectionViewRestriction.LOGIN
        )
    elif way_out == "replaced":
        attached.file.save("b.docx", io.BytesIO(docx(paragraph(run("wombat")))), save=True)
    elif kind == "document":
        type(page).objects.filter(pk=page.pk).update(document=file("c.docx", docx(paragraph(run("wombat")))))
    else:
        (
            HearingDocument if kind == "hearing" else type(page).attachments.rel.related_model
        ).objects.all().delete()
    assert find("quokka", exact=True).hits == []


# --- for the editor --------------------------------------------------------------------------------------------


def test_the_editor_of_a_file_reads_what_search_knows_of_it(client, tmp_path):
    client.force_login(person(superuser=True))
    document = file(content=pdf(tmp_path, "น ้าท่วม"))
    address = reverse("wagtaildocs:edit", args=[document.pk])
    assert 'id="file-text"' in client.get(address).content.decode()
    text_of_file(document)
    page = client.get(address).content.decode()
    assert "น้ำท่วม" in page
    assert "help-info" in page
    FileText.objects.update(problem=FileProblem.LOCKED)
    assert "help-warning" in client.get(address).content.decode()


def test_the_words_of_a_closed_folder_are_not_searched(tmp_path):
    """Who may not open a file must not read its sentences in search either."""
    document = file(content=pdf(tmp_path, "ร่างภายใน ๒๕๗๐"))
    assert "ร่างภายใน" in text_of_file(document)
    closed = CollectionViewRestriction.objects.create(
        collection=document.collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    assert text_of_file(document) == ""
    closed.delete()
    assert "ร่างภายใน" in text_of_file(document)
