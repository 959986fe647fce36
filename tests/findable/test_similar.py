"""Similar lessons, comments and documents: close ones or none, public at this moment, and never in a page's way."""

from __future__ import annotations

import pytest
from django.utils import timezone

from core.searchable import key_for
from hearings.enums import Decision, ReasonCode
from hearings.services.moderate import moderate
from search import similar as likeness
from search.engines import EngineDownError
from search.similar import similar
from search.templatetags.similar_tags import similar as similar_tag
from tests.factories import knowledge as make
from tests.factories.hearings import HearingFactory, comment, office_head
from tests.factories.news import news, paper

pytestmark = pytest.mark.django_db

DREDGING = "ขุดลอกบึงเก็บน้ำแก้มลิงริมแม่น้ำยม ปักหมุดแนวเขตร่วมกับเจ้าของที่นา"
ROADS = "ซ่อมถนนลูกรังหน้าโรงเรียน ผู้รับเหมาทิ้งงาน"
MARKET = "ตลาดนัดชุมชนขายผักปลอดสารพิษทุกวันเสาร์"


@pytest.fixture
def lessons(engine, committed):
    """Two about dredging, one about roads, and others so that words are neither everywhere nor alone."""
    with committed():
        told = {
            "แก้มลิงบึงสามแพรก": DREDGING,
            "แก้มลิงบึงบอระเพ็ด": DREDGING + " ปีที่สอง",
            "ถนนหน้าโรงเรียน": ROADS,
            "ตลาดนัด": MARKET,
        }
        made = [
            make.lesson(title=title, what_happened=text, lesson=text, recommendation=title)
            for title, text in told.items()
        ]
        for lesson in made:
            lesson.save_revision().publish()
    return made


def titles(found) -> list[str]:
    return [document.title for document in found]


def test_the_lesson_about_the_same_matter_is_similar_and_others_are_not(lessons):
    first, second, roads, _market = lessons
    assert titles(similar(first, "lesson")) == [second.title]
    assert similar(roads, "lesson") == []


def test_what_the_page_shows_already_is_left_out(lessons):
    first, second, *_ = lessons
    assert similar(first, "lesson", skip=[key_for(second)]) == []


def test_a_lesson_that_was_hidden_is_gone_at_once_though_the_answer_is_remembered(lessons):
    first, second, *_ = lessons
    assert similar(first, "lesson")
    type(second).objects.filter(pk=second.pk).update(visibility="staff")
    assert similar(first, "lesson") == []


def test_a_second_reader_costs_three_queries_and_no_question_to_the_engine(
    lessons, monkeypatch, django_assert_num_queries
):
    first, *_ = lessons
    similar(first, "lesson")
    monkeypatch.setattr(likeness, "get_engine", None)
    with django_assert_num_queries(3):  # still public; are names hidden now; which files now
        assert len(similar(first, "lesson")) == 1


class DownEngine:
    asked = 0

    def count(self):
        DownEngine.asked += 1
        raise EngineDownError("down")


def test_an_engine_that_is_down_is_asked_once_and_the_page_serves(
    client, lessons, monkeypatch, django_assert_num_queries
):
    first, second, *_ = lessons
    monkeypatch.setattr(likeness, "get_engine", DownEngine)
    DownEngine.asked = 0
    with django_assert_num_queries(0):
        assert similar(first, "lesson") == similar(second, "lesson") == []
    assert DownEngine.asked == 1
    page = client.get(first.url).content.decode()
    assert 'id="similar"' not in page


def test_the_page_of_a_lesson_shows_the_similar_one(client, lessons):
    page = client.get(lessons[0].url).content.decode()
    assert page.index('id="similar"') < page.index("แก้มลิงบึงบอระเพ็ด")


def test_similar_comments_are_of_the_same_hearing_and_each_wording_stands_once(client, engine, committed):
    now = timezone.now()
    words = "แนวหมุดใหม่กินที่นาของผู้เฒ่าท้ายหมู่บ้าน"
    with committed():
        hearing, other = HearingFactory.open(now), HearingFactory.open(now)
        said = [
            comment(of, now, reason=reason)
            for of, reason in [
                (hearing, words), (hearing, words + " ขอให้รังวัด"), (hearing, words + " ขอให้รังวัด"),
                (hearing, MARKET), (other, words + " เช่นกัน"),
            ]
        ]  # fmt: skip
    first = said[0].submission.comments.get()
    [found] = similar_tag(first, "comment", 3, part_of=hearing)
    assert "ขอให้รังวัด" in found.excerpt
    assert f"/hearings/{hearing.slug}/comments/" in found.url
    page = client.get(f"/hearings/{hearing.slug}/comments/{first.pk}/").content.decode()
    assert page.index('id="similar"') < page.index("ขอให้รังวัด")
    for receipt in said[1:3]:
        moderate(
            submission=receipt.submission, actor=office_head(), decision=Decision.HIDE,
            reason_code=ReasonCode.THREAT, now=now,
        )  # fmt: skip
    assert similar_tag(first, "comment", 3, part_of=hearing) == []


def test_documents_related_to_news_and_to_documents_are_found(client, engine, committed):
    with committed():
        plan = paper(title="แผนแก้มลิงลุ่มน้ำยม", summary=DREDGING)
        order = paper(title="คำสั่งแต่งตั้งคณะทำงานแก้มลิง", summary=DREDGING, doc_type="order")
        item = news(title="ประชุมเรื่องแก้มลิง", summary=DREDGING)
        for page in (plan, order, item):
            page.save_revision().publish()
    assert titles(similar(item, "document")) == [plan.title, order.title] or titles(
        similar(item, "document")
    ) == [order.title, plan.title]
    assert titles(similar(plan, "document")) == [order.title]
    for page in (plan, item):
        assert order.title in client.get(page.url).content.decode()
