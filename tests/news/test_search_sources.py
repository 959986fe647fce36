import datetime as dt

import pytest
import typst

from core.searchable import document_for
from news.models import FileText
from news.services.file_text import MAX_CHARS, text_of_file
from tests.factories.news import file, news, paper, topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def pdf(tmp_path) -> bytes:
    source = tmp_path / "a.typ"
    source.write_text('#set document(title: "a")\nDrought plan 2570', encoding="utf-8")
    return typst.compile(str(source))


def test_the_words_of_a_pdf_are_read_once_and_kept(pdf):
    document = file(content=pdf)
    assert "Drought plan 2570" in text_of_file(document)
    FileText.objects.update(text="kept")
    assert text_of_file(document) == "kept"


def test_a_replaced_file_is_read_again(pdf):
    document = file(content=pdf)
    FileText.objects.create(document=document, file_hash="of another file", text="old")
    assert "Drought" in text_of_file(document)


def test_files_that_cannot_be_read_have_no_words():
    assert text_of_file(None) == ""
    assert text_of_file(file("a.pdf", b"%PDF-1.7 broken")) == ""
    assert text_of_file(file("a.csv", b"a,b")) == ""


def test_a_lost_file_does_not_stop_indexing():
    document = file("lost.pdf")
    document.file.storage.delete(document.file.name)
    assert text_of_file(document) == ""


def test_news_can_be_found_by_title_text_province_and_topic():
    page = news(
        title="บึงสามแพรก", kind="announcement", provinces=["60"], topics=[topic("nam")],
        published_on=dt.date(2026, 11, 20),
    )  # fmt: skip
    found = document_for(page)
    assert found.kind == "news"
    assert found.url == f"/news/{page.slug}/"
    assert "ประชุมที่ศาลาประชาคม" in found.body
    assert "<p>" not in found.body
    assert (found.provinces, found.topics) == (("60",), ("nam",))


def test_a_document_can_be_found_by_the_words_in_its_file(pdf):
    page = paper(document=file(content=pdf), official_number="นว 0017.2/1184")
    found = document_for(page)
    assert found.kind == "document"
    assert "Drought plan" in found.body
    assert "นว 0017.2/1184" in found.detail
    assert len(found.body) <= MAX_CHARS


def test_drafts_are_not_given_to_search():
    assert document_for(news(live=False)) is None
    assert document_for(paper(live=False)) is None
