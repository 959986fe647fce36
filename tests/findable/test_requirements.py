"""What was asked for, on the site's real sources: A007, A235 and the peers' rows P118, P119 and P122."""

from __future__ import annotations

import pytest

from home.models import FaqCategory, FaqEntry
from search.engines import Filters
from search.query import find
from tests.factories import knowledge as make
from tests.factories import news as papers
from tests.factories.hearings import HearingFactory, comment
from tests.hearings.people import HOME, province

pytestmark = pytest.mark.django_db

WATER = "แก้มลิงบึงสามแพรกเก็บน้ำไว้ใช้หน้าแล้ง"


@pytest.fixture
def site(engine, committed, now):
    """One thing of each kind about the same matter, with the same topic, issue and province."""
    with committed():
        topic, issue = make.topic("water", "น้ำ"), make.issue(1)
        hearing = HearingFactory.open(now, title=f"โครงการ{WATER}", provinces=[HOME], issues=[issue.pk])
        hearing.topics.add(topic)
        hearing.save_revision().publish()
        comment(hearing, now, reason=f"เห็นด้วยกับ{WATER}", sector="private", province=province(HOME))
        pages = [
            make.lesson(title=f"บทเรียน{WATER}", topics=[topic], issues=[issue], province_id=HOME, sectors_involved=["private"]),
            papers.news(title=f"ข่าว{WATER}", topics=[topic], provinces=[HOME]),
            papers.paper(title=f"แผน{WATER}", topics=[topic], provinces=[HOME]),
        ]  # fmt: skip
        for page in pages[1:]:
            page.strategy_issues = [issue]
        for page in pages:
            page.save_revision().publish()
    return str(issue.pk)


def kinds(results) -> set[str]:
    return {hit.document.kind for hit in results.hits}


def test_a007_the_answer_to_exactly_this_question_comes_first(site, committed):
    category = FaqCategory.objects.create(name="การส่งความเห็น")
    with committed():
        FaqEntry.objects.create(
            question="แก้มลิงคืออะไร", answer="ที่พักน้ำชั่วคราวข้างแม่น้ำ", category=category, is_published=True
        )
    assert find("แก้มลิงคืออะไร").hits[0].document.kind == "faq"


def test_a235_and_p118_one_search_finds_every_kind_of_thing(site):
    assert kinds(find("แก้มลิง")) == {"hearing", "comment", "lesson", "news", "document"}


def test_a235_and_p122_one_taxonomy_narrows_every_kind_of_thing(site):
    everything = {"hearing", "comment", "lesson", "news", "document"}
    for filters in (Filters(topic="water"), Filters(issue=site), Filters(province=HOME)):
        found = find("แก้มลิง", filters)
        assert kinds(found) == everything
        assert set(found.of("kind")) == everything
    assert kinds(find("แก้มลิง", Filters(sector="private"))) == {"comment", "lesson"}
    assert kinds(find("แก้มลิง", Filters(variety="good_practice"))) == {"lesson"}
    assert kinds(find("แก้มลิง", Filters(topic="roads"))) == set()


def test_p119_a_thai_word_inside_a_sentence_without_spaces_is_found_in_every_kind(site):
    for word in ("หน้าแล้ง", "เก็บน้ำ", "บึงสามแพรก"):
        assert {"comment", "lesson", "news", "document"} <= kinds(find(word)), word
