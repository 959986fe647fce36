"""Evidence files of lessons are found with them, and only while everyone may read both (A210, A266)."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from core.models import CustomDocument
from core.searchable import document_for, key_for
from knowledge.enums import Visibility
from knowledge.models import LessonDocument, LessonPage
from search.engines import Ask
from search.public import still_public
from search.query import find
from tests.factories import knowledge as make
from tests.factories.news import file
from tests.findable.files import docx, paragraph, run, xlsx

pytestmark = pytest.mark.django_db

WORD = "quokka"


@pytest.fixture
def evidence() -> CustomDocument:
    return file("minutes.docx", docx(paragraph(run(f"ผลวัดน้ำ {WORD}"))))


@pytest.fixture
def lesson(engine, committed, evidence) -> LessonPage:
    with committed():
        page = make.lesson(title="แก้มลิงบึงสามแพรก")
        page.documents.add(LessonDocument(title="บันทึกประชุม", document=evidence))
        page.save_revision().publish()
    return LessonPage.objects.get(pk=page.pk)


def found(words: str = WORD) -> list[str]:
    return [hit.document.key for hit in find(words, exact=True).hits]


def test_a_lesson_is_found_by_the_words_and_the_title_of_its_evidence(lesson, client):
    assert found() == found("บันทึกประชุม") == [key_for(lesson)]
    assert "บันทึกประชุม" in client.get(lesson.url).content.decode()


def test_the_cells_of_a_spreadsheet_are_evidence_as_well(lesson):
    table = file("levels.xlsx", xlsx(lambda book: book.active.append(["wombat", 2.5])))
    LessonDocument.objects.create(lesson=lesson, title="ระดับน้ำ", document=table)
    assert "wombat 2.5" in document_for(lesson).body


def unpublish(lesson: LessonPage) -> None:
    lesson.unpublish()


def delete(lesson: LessonPage) -> None:
    lesson.delete()


def restrict(lesson: LessonPage) -> None:
    PageViewRestriction.objects.create(page=lesson, restriction_type=PageViewRestriction.LOGIN)


def only_for(visibility: str) -> Callable[[LessonPage], None]:
    def change(lesson: LessonPage) -> None:
        lesson.visibility = visibility
        lesson.save_revision().publish()

    change.__name__ = visibility
    return change


def close_folder(lesson: LessonPage) -> None:
    CollectionViewRestriction.objects.create(
        collection=lesson.documents.get().document.collection,
        restriction_type=CollectionViewRestriction.LOGIN,
    )


def take_file_out(lesson: LessonPage) -> None:
    lesson.documents.clear()
    lesson.save_revision().publish()


def put_another_in_its_place(lesson: LessonPage) -> None:
    lesson.documents.get().document.file.save("b.docx", io.BytesIO(docx(paragraph(run("wombat")))), save=True)


def hide_names(lesson: LessonPage) -> None:
    """Minutes name everybody who was there."""
    lesson.anonymise = True
    lesson.save_revision().publish()


@pytest.mark.parametrize(
    "way_out",
    [
        unpublish, delete, restrict, only_for(Visibility.NETWORK), only_for(Visibility.STAFF), close_folder,
        take_file_out, put_another_in_its_place, hide_names,
    ],
)  # fmt: skip
def test_every_way_out_leaves_nothing_of_the_evidence_to_find(lesson, engine, committed, way_out):
    with committed():
        way_out(lesson)
    assert engine.search(Ask({WORD: 1.0})).total == 0
    assert engine.frequencies([WORD]) == {WORD: 0}
    assert found() == []


@pytest.mark.parametrize("way_out", [close_folder, take_file_out, put_another_in_its_place, hide_names])
def test_the_evidence_is_not_shown_while_the_index_still_holds_it(lesson, engine, way_out):
    """No task has run: the lesson itself is still public."""
    way_out(lesson)
    assert engine.search(Ask({WORD: 1.0})).total == 1
    assert found() == []


def test_a_lesson_of_which_the_index_was_told_nothing_is_read_again_and_found(lesson, engine, committed):
    """A folder of files moved below a closed one tells nobody."""
    closed = Collection.get_first_root_node().add_child(name="ปิด")
    CollectionViewRestriction.objects.create(
        collection=closed, restriction_type=CollectionViewRestriction.LOGIN
    )
    CustomDocument.objects.update(collection=closed)
    title = "แก้มลิงบึงสามแพรก"
    with committed():
        assert found(title) == []
    assert (found(title), found()) == ([key_for(lesson)], [])


def test_one_and_ten_lessons_with_files_take_the_same_few_queries(
    lesson, engine, committed, evidence, django_assert_num_queries
):
    with committed():
        for number in range(9):
            page = make.lesson(title=f"บทเรียน {number}")
            page.documents.add(LessonDocument(title="บันทึก", document=evidence))
            page.save_revision().publish()
    for most in (1, 10):
        candidates = engine.search(Ask({WORD: 1.0}, limit=most)).candidates
        still_public(candidates)
        with django_assert_num_queries(4):  # public, names hidden, files, closed folders
            assert len(still_public(candidates)) == most
