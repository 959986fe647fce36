import datetime as dt

import pytest
import typst

from core.file_text import MAX_CHARS
from core.searchable import document_for
from tests.factories.news import file, news, paper, topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def pdf(tmp_path) -> bytes:
    source = tmp_path / "a.typ"
    source.write_text('#set document(title: "a")\nDrought plan 2570', encoding="utf-8")
    return typst.compile(str(source))


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
    assert (found.provinces, found.topics, found.variety) == (("60",), ("nam",), "announcement")


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
