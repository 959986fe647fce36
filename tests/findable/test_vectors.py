"""The optional encoder: similar things by meaning, and no number left of a text that nobody may read any more."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from core.searchable import document_for, key_for
from hearings.enums import Decision, ReasonCode
from hearings.models import Hearing
from hearings.services.moderate import moderate
from hearings.services.withdraw import withdraw
from knowledge.models import LessonPage
from search import tasks, vectors
from search.engines import Changes, EngineDownError
from search.models import Vector
from search.query import find
from search.services import rebuild
from search.similar import closest
from tests.conftest import needs_server
from tests.factories import knowledge as make
from tests.factories.hearings import HearingFactory, comment, office_head
from tests.findable.test_similar import DREDGING, MARKET, ROADS

pytestmark = pytest.mark.django_db


def numbers(*first: float) -> bytes:
    """A vector of length 1 that begins so."""
    length = math.hypot(*first) or 1.0
    return struct.pack(vectors.FORMAT, *(n / length for n in first), *[0.0] * (vectors.SIZE - len(first)))


def fake(texts: Sequence[str]) -> list[bytes]:
    return [numbers("น้ำ" in text or "แล้ง" in text, "ถนน" in text, 0.1) for text in texts]


@pytest.fixture
def encoder(settings, monkeypatch) -> None:
    """Switched on, with a model that knows two matters."""
    settings.SEARCH_ENCODER = True
    monkeypatch.setattr(vectors, "is_installed", lambda: True)
    monkeypatch.setattr(vectors, "encode", fake)


@pytest.fixture
def lessons(engine, committed) -> list[LessonPage]:
    return told(
        committed, {"แก้มลิง": DREDGING, "แก้มลิงอีกแห่ง": DREDGING + " ปีที่สอง", "ถนน": ROADS, "ตลาด": MARKET}
    )


def told(committed: Callable, stories: dict[str, str]) -> list[LessonPage]:
    with committed():
        made = [make.lesson(title=title, what_happened=text, lesson=text) for title, text in stories.items()]
        for lesson in made:
            lesson.save_revision().publish()
    return made


def keys() -> set[str]:
    return set(Vector.objects.values_list("key", flat=True))


def test_without_the_setting_or_the_package_nothing_is_kept_and_similar_works(
    lessons, engine, settings, monkeypatch
):
    def titles() -> list[str]:
        return [document.title for document in closest(lessons[0], "lesson", engine=engine)]

    assert (keys(), titles()) == (set(), ["แก้มลิงอีกแห่ง"])
    settings.SEARCH_ENCODER = True
    monkeypatch.setattr(vectors, "is_installed", lambda: False)
    rebuild(engine=engine)
    assert (keys(), titles()) == (set(), ["แก้มลิงอีกแห่ง"])


def hide_comment(lesson, receipt, now):
    moderate(
        submission=receipt.submission, actor=office_head(), decision=Decision.HIDE, reason_code=ReasonCode.THREAT, now=now
    )  # fmt: skip


def withdraw_comment(lesson, receipt, now):
    withdraw(submission=receipt.submission, edit_code=receipt.edit_code, now=now)


def close_hearing(lesson, receipt, now):
    hearing = Hearing.objects.get(pk=receipt.submission.hearing_id)
    PageViewRestriction.objects.create(page=hearing, restriction_type=PageViewRestriction.LOGIN)


def unpublish_lesson(lesson, receipt, now):
    lesson.unpublish()


def keep_lesson_for_the_office(lesson, receipt, now):
    lesson.visibility = "staff"
    lesson.save_revision().publish()


def delete_lesson(lesson, receipt, now):
    lesson.delete()


@pytest.mark.parametrize(
    ("way_out", "kind"),
    [
        (hide_comment, "comment"), (withdraw_comment, "comment"), (close_hearing, "comment"),
        (unpublish_lesson, "lesson"), (keep_lesson_for_the_office, "lesson"), (delete_lesson, "lesson"),
    ],
)  # fmt: skip
def test_what_may_not_be_read_any_more_has_no_vector_after_one_run(engine, encoder, committed, way_out, kind):
    now = timezone.now()
    [lesson] = told(committed, {"แก้มลิง": DREDGING})
    with committed():
        receipt = comment(HearingFactory.open(now), now, reason=DREDGING)
    held = {"lesson": key_for(lesson), "comment": key_for(receipt.submission.comments.get())}
    assert keys() == set(held.values())
    with committed():
        way_out(lesson, receipt, now)
    assert keys() == {held[other] for other in held if other != kind}


def test_what_is_hidden_while_its_vector_is_made_has_none(engine, encoder, committed, monkeypatch):
    def slow(texts: Sequence[str]) -> list[bytes]:
        LessonPage.objects.update(visibility="staff")
        return fake(texts)

    monkeypatch.setattr(vectors, "encode", slow)
    told(committed, {"แก้มลิง": DREDGING})
    assert keys() == set()


def redact(lesson: LessonPage) -> None:
    lesson.what_happened = lesson.lesson = ROADS
    lesson.save_revision().publish()


@pytest.mark.parametrize("error", [ImportError, OSError, RuntimeError, ValueError])
def test_where_nothing_can_be_encoded_the_index_follows_and_no_old_vector_stays(
    lessons, engine, encoder, committed, monkeypatch, caplog, error
):
    def broken(texts: Sequence[str]) -> list[bytes]:
        raise error("broken model")

    rebuild(engine=engine)
    monkeypatch.setattr(vectors, "encode", broken)
    with committed():
        redact(lessons[3])
    assert keys() == {key_for(lesson) for lesson in lessons[:3]}
    assert {hit.document.key for hit in find("ถนน", engine=engine).hits} >= {key_for(lessons[3])}
    assert "broken model" in caplog.text
    redact(lessons[0])
    rebuild(engine=engine)
    assert keys() == {key_for(lesson) for lesson in lessons[1:3]}


def test_vectors_of_withdrawn_and_changed_texts_go_while_the_engine_is_down(
    lessons, engine, encoder, committed, monkeypatch
):
    rebuild(engine=engine)

    def down(read: Callable[[], Changes]) -> None:
        raise EngineDownError("down")

    monkeypatch.setattr(tasks, "get_engine", lambda: engine)
    monkeypatch.setattr(engine, "apply", down)
    with committed():
        lessons[0].unpublish()
        redact(lessons[1])
    assert keys() == {key_for(lesson) for lesson in lessons[2:]}


def test_of_two_runs_at_once_the_vector_of_the_newer_text_stays(engine, encoder, committed, monkeypatch):
    [lesson] = told(committed, {"แก้มลิง": DREDGING})
    old = document_for(lesson)
    vectors.forget(keys())

    def overtaken(texts: Sequence[str]) -> list[bytes]:
        monkeypatch.setattr(vectors, "encode", fake)
        with committed():
            redact(lesson)
        return fake(texts)

    monkeypatch.setattr(vectors, "encode", overtaken)
    vectors.keep([old])
    assert Vector.objects.get().digest == vectors.digests_of([document_for(lesson)])[old.key]


def test_a_text_changed_while_its_vector_is_stored_has_none_of_the_old_text(
    engine, encoder, committed, monkeypatch
):
    [lesson] = told(committed, {"แก้มลิง": DREDGING})
    old, store = document_for(lesson), Vector.objects.bulk_create
    vectors.forget(keys())

    def stored(rows: list[Vector], **options: Any) -> list[Vector]:
        redact(lesson)
        return store(rows, **options)

    monkeypatch.setattr(Vector.objects, "bulk_create", stored)
    vectors.keep([old])
    assert keys() == set()


def test_a_vector_follows_its_text_and_is_made_once(lessons, engine, encoder, committed, monkeypatch):
    rebuild(engine=engine)
    assert keys() == {key_for(lesson) for lesson in lessons}
    before = bytes(Vector.objects.get(key=key_for(lessons[0])).numbers)
    asked: list[str] = []
    monkeypatch.setattr(vectors, "encode", lambda texts: asked.extend(texts) or fake(texts))
    rebuild(engine=engine)
    assert asked == []
    with committed():
        lessons[0].title, lessons[0].what_happened, lessons[0].lesson = "ซ่อมถนน", ROADS, ROADS
        lessons[0].save_revision().publish()
    assert len(asked) == 1
    assert bytes(Vector.objects.get(key=key_for(lessons[0])).numbers) != before


def test_switched_off_the_vectors_go(lessons, engine, encoder, settings, committed):
    rebuild(engine=engine)
    settings.SEARCH_ENCODER = False
    with committed():
        lessons[0].save_revision().publish()
    assert keys() == {key_for(lesson) for lesson in lessons[1:]}
    rebuild(engine=engine)
    assert keys() == set()


def test_things_that_mean_the_same_come_first_and_are_found_with_fewer_words_in_common(
    engine, encoder, committed, django_assert_num_queries
):
    stories = {
        "ก": "แล้งนี้ชาวนาขุดสระเก็บไว้ใช้เองกลางทุ่ง ช่วยกันหลายหมู่บ้าน",
        "ข": "ถนนกลางทุ่ง ชาวนาขุดสระข้างทางช่วยกันหลายหมู่บ้าน",
        "ค": "น้ำในคลองไม่พอ ชาวนาขุดสระกลางทุ่ง",
    }
    asked, road, canal = told(committed, stories)
    found = closest(asked, "lesson", engine=engine)
    assert [document.title for document in found][0] == canal.title
    with django_assert_num_queries(1):
        alike = vectors.likeness(key_for(asked), [key_for(road), key_for(canal)])
    assert alike[key_for(canal)] > 0.9 > 0.1 > alike[key_for(road)]


def test_the_model_puts_the_same_matter_in_other_words_closer():
    if not vectors.is_installed():
        needs_server("the extra “encoder” is not installed: pip install .[encoder]")
    asked, same, other = vectors.encode(
        ["ฝนทิ้งช่วง นาข้าวขาดน้ำ", "ปีนี้แล้งมาก ชาวนาไม่มีน้ำทำนา", "ตลาดนัดขายผักปลอดสารพิษทุกวันเสาร์"]
    )
    assert {len(made) for made in (asked, same, other)} == {1024}
    assert dot(asked, same) > dot(asked, other) + 0.1
    assert vectors._model().threads == 1


def dot(one: bytes, other: bytes) -> float:
    a, b = (struct.unpack(vectors.FORMAT, made) for made in (one, other))
    return sum(x * y for x, y in zip(a, b, strict=True))
