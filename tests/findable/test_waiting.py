"""While the worker has not been here: what was taken back is neither found nor counted nor proposed, whatever is asked.

Each way out of the public record itself is a row of the tables in test_comments and test_lessons.
"""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import connection
from wagtail.models import PageViewRestriction

from core.finding import Wanted, find_inside
from core.searchable import documents, key_for
from hearings.enums import Decision, ModerationMode, ReasonCode
from hearings.models import Comment, Hearing
from hearings.services.answer_comment import answer_comment
from hearings.services.moderate import moderate
from hearings.services.moderate_reply import moderate_reply
from knowledge.models import LessonDocument, LessonPage
from search import waiting
from search.engines import Ask, Filters, Order, get_engine
from search.query import find
from search.suggest import correction
from search.waiting import up_to_date
from tests.factories import knowledge as make
from tests.factories.hearings import HearingFactory, comment, office_head
from tests.factories.news import file
from tests.findable.files import docx, paragraph, run
from tests.hearings.people import ELSEWHERE, HOME, province
from tests.search.conftest import queue, work

__all__ = ["queue"]
pytestmark = pytest.mark.django_db

COMMON, RARE = "แก้มลิง", "quokka"


@pytest.fixture
def said(now, engine, committed) -> list[Comment]:
    """Two comments from here and one from elsewhere, all with the common word, the last with the rare one."""
    with committed():
        hearing = HearingFactory.open(
            now,
            title="ขุดลอกบึงสามแพรก",
            moderation_mode=ModerationMode.POST,
            provinces=[province(HOME), province(ELSEWHERE)],
        )
        for place, words in ((HOME, COMMON), (HOME, COMMON), (ELSEWHERE, f"{COMMON} {RARE}")):
            comment(hearing, now, reason=words, stance="against", province=province(place))
    return list(Comment.objects.order_by("pk"))


def hide(said: Comment, now: dt.datetime) -> None:
    moderate(
        submission=said.submission, actor=office_head(), decision=Decision.HIDE,
        reason_code=ReasonCode.PERSONAL_DATA, now=now,
    )  # fmt: skip


def counts(question: str = COMMON, **filters: str) -> tuple[int, dict[str, int], int]:
    found = find(question, Filters(**filters))
    return found.total, dict(found.of("province")), found.of("kind").get("comment", 0)


@pytest.mark.parametrize("question", [COMMON, f'"{COMMON}"'])
def test_a_hidden_comment_is_not_counted_beside_any_filter(said, now, committed, queue, question):
    before = counts(question, province=HOME)
    assert before[1][ELSEWHERE] == 1
    with committed():
        hide(said[2], now)
    assert counts(question, province=HOME) == (2, {HOME: 2}, 2)  # no hit of this page was hidden
    assert counts(question, province=ELSEWHERE)[0] == 0
    assert counts(question) == (2, {HOME: 2}, 2)
    work()
    assert counts(question) == (2, {HOME: 2}, 2)


def test_nor_is_one_of_a_hundred(said, now, committed, queue, monkeypatch):
    """Far below what a page asks the database for."""
    with committed():
        hide(said[0], now)
    monkeypatch.setattr("search.query.PER_PAGE", 1)
    assert counts() == (2, {HOME: 1, ELSEWHERE: 1}, 2)


@pytest.mark.parametrize("way_out", ["hide", "restrict", "restrict the list"])
def test_a_hearing_takes_its_pieces_along_at_once(said, committed, queue, way_out):
    hearing = Hearing.objects.get()
    with committed():
        if way_out == "hide":
            hearing.unpublish()
        else:
            page = hearing if way_out == "restrict" else hearing.get_parent()
            PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert counts() == (0, {}, 0)
    assert up_to_date(get_engine()).frequencies([COMMON, RARE]) == {COMMON: 0, RARE: 0}


def test_what_changes_and_stays_public_stays(said, committed, queue):
    before = counts()
    with committed():
        Hearing.objects.get().save_revision().publish()
    assert counts() == before


def test_a_task_that_runs_has_not_ended(said, now, committed, queue):
    with committed():
        hide(said[2], now)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_tasks_database_dbtaskresult SET status = 'RUNNING'")
    assert counts()[0] == 2


def test_where_too_many_wait_none_is_shown_until_it_was_written(said, now, committed, queue, monkeypatch):
    monkeypatch.setattr(waiting, "MOST_ASKED", 1)
    with committed():
        hide(said[2], now)
        Comment.objects.get(pk=said[1].pk).save()
    assert counts() == (1, {HOME: 1}, 1)
    work()
    assert counts() == (2, {HOME: 2}, 2)


def test_lists_inside_do_not_find_a_hidden_reply(said, now, committed, queue):
    with committed():
        answer = answer_comment(
            comment=said[0], actor=office_head(), text="wombat", idempotency_key=uuid.uuid4(), now=now
        )
    work()
    asked = Wanted(Comment, "wombat แก้มลิง", part_of=key_for(said[0].hearing), newest=True)
    assert find_inside(asked).pks == (said[0].pk,)
    with committed():
        moderate_reply(
            reply=answer, actor=office_head(), decision=Decision.HIDE, reason_code=ReasonCode.THREAT, now=now
        )
    after = find_inside(asked)  # none holds all the words now, and these are those with some
    assert (after.total, after.holds_every_word) == (2, False)
    assert said[0].pk not in after.pks


@pytest.mark.parametrize("is_told", [True, False])
def test_the_library_does_not_find_a_lesson_by_its_lost_files(engine, committed, queue, is_told):
    """Whether the queue knows, or nobody was told."""
    with committed():
        page = make.lesson(title="บึงสามแพรก")
        evidence = file("minutes.docx", docx(paragraph(run(RARE))))
        page.documents.add(LessonDocument(title="บันทึก", document=evidence))
        page.save_revision().publish()
    work()
    assert find_inside(Wanted(LessonPage, RARE)).total == 1
    if is_told:
        with committed():
            page.anonymise = True
            page.save_revision().publish()
    else:
        LessonPage.objects.update(anonymise=True)
    assert find_inside(Wanted(LessonPage, RARE)).total == 0
    assert find_inside(Wanted(LessonPage, "บึงสามแพรก")).total == 0  # until it is read again


def test_all_the_words_step_back_to_some_when_the_last_with_all_was_hidden(said, now):
    """Here the queue knows nothing: the page itself finds it out."""
    asked = f"{COMMON} {RARE}"
    assert find(asked, order=Order.NEWEST).has_every_word
    Comment.objects.filter(pk=said[2].pk).update(is_public=False)
    found = find(asked, order=Order.NEWEST)
    assert (found.total, len(found.hits), found.has_every_word) == (2, 2, False)


def test_nothing_proposes_a_word_of_a_hidden_text(now, engine, committed, queue, client):
    with committed():
        hearing = HearingFactory.open(now, title="ถนน", moderation_mode=ModerationMode.POST)
        comment(hearing, now, reason="พิพิธภัณฑ์")
    engine.rebuild(documents())

    def proposed() -> tuple[list[str], str, str]:
        words = client.get("/search/suggest/", {"q": "พิพิธภ"}).json()["words"]
        return words, find("พิพิธพัณฑ์").did_you_mean, correction("พิพิธพัณฑ์", up_to_date(engine))

    assert proposed() == (["พิพิธภัณฑ์"], "พิพิธภัณฑ์", "พิพิธภัณฑ์")
    with committed():
        hide(Comment.objects.get(), now)
    assert proposed() == ([], "", "")


def test_it_costs_one_query_by_an_index_while_nothing_waits(said, queue, django_assert_num_queries):
    engine = get_engine()
    with django_assert_num_queries(1):
        assert up_to_date(engine) is engine
    assert engine.search(Ask({RARE: 1.0})).total == 1
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {waiting.TASKS}", ["%", "%", 1])
            assert not [row for row in cursor.fetchall() if "SCAN" in row[3]]
