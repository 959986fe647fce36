"""Words inside one list: the lessons of the library, the comments of a hearing; by the site's search and with its rules."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from wagtail.models import Locale

from core.finding import MOST, Inside
from core.ratelimit import Limit
from core.searchable import documents
from hearings.comment_words import words_found
from hearings.models import Comment, Hearing
from hearings.views import comment_list
from knowledge.models import LessonPage
from search import inside, literal
from search.engines import Candidate, EngineDownError, Found
from tests.factories import knowledge as make
from tests.factories.hearings import HearingFactory, comment
from tests.hearings.people import ELSEWHERE, HOME, province
from tests.hearings.test_keyset import fill

pytestmark = pytest.mark.django_db


class DownEngine:
    def search(self, ask):
        raise EngineDownError("down")

    def frequencies(self, words):
        raise EngineDownError("down")


@pytest.fixture
def down(monkeypatch):
    monkeypatch.setattr(inside, "get_engine", DownEngine)


class FailingCandidate(Candidate):
    """Found, but its text is read later, and by then the engine is down."""

    def __init__(self) -> None:
        self.score = 1.0

    @property
    def document(self):
        raise EngineDownError("down")


class FailingEngine:
    def search(self, ask):
        return Found([FailingCandidate()], 1)

    def frequencies(self, words):
        return dict.fromkeys(words, 1)


@pytest.fixture
def texts_fail(monkeypatch):
    monkeypatch.setattr(inside, "get_engine", FailingEngine)


@pytest.fixture
def one_exact_search(monkeypatch):
    monkeypatch.setattr(literal, "LETTER_BY_LETTER", Limit("letters-test", capacity=1, seconds=600))


def is_refused(response, typed: str) -> bool:
    """With a notice, and what was typed still in its field."""
    html = response.content.decode()
    kept = f'value="{escape(typed)}"' in html
    return response.status_code == 429 and response["Retry-After"] > "0" and 'role="status"' in html and kept


# --- the library -----------------------------------------------------------------------------------------------


@pytest.fixture
def lessons(engine, committed, now):
    told = [
        ("แก้มลิงบึงสามแพรก", "ปักหมุดแนวเขต", "good_practice", "60"),
        ("ถนนหน้าโรงเรียน", "ผู้รับเหมาทิ้งงานกลางแก้มลิง", "caution", "66"),
        ("ตลาดนัด", "ผักปลอดสารพิษ", "caution", "60"),
    ]
    with committed():
        for title, text, kind, province in told:
            lesson = make.lesson(title=title, what_happened=text, kind=kind, province_id=province)
            lesson.save_revision().publish()


def titles(response) -> list[str]:
    return [lesson.title for lesson in response.context["lessons"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=แก้มลิง", ["แก้มลิงบึงสามแพรก", "ถนนหน้าโรงเรียน"]),
        ("q=แก้มลิง&kind=caution", ["ถนนหน้าโรงเรียน"]),
        ("q=แก้มลิง ผู้รับเหมา", ["ถนนหน้าโรงเรียน"]),
        ('q="ผักปลอดสารพิษ"', ["ตลาดนัด"]),
        ("q=แก้มลิง -ผู้รับเหมา", ["แก้มลิงบึงสามแพรก"]),
        ("q=zzqx", []),
    ],
)
def test_the_library_is_searched_by_words_together_with_its_facets(client, lessons, query, found):
    assert titles(client.get(f"/knowledge/?{query}")) == found


def test_words_of_either_version_lead_to_the_version_of_the_reader(client, lessons, committed):
    with committed():
        thai = LessonPage.objects.get(title="ตลาดนัด")
        english = thai.copy_for_translation(Locale.objects.get(language_code="en"))
        english.title, english.live = "Market", True
        english.save_revision().publish()
    for words in ("ผักปลอดสารพิษ", "market", '"market"'):
        for path, title in (("/knowledge/", "ตลาดนัด"), ("/en/knowledge/", "Market")):
            response = client.get(path, {"q": words})
            assert titles(response) == [title]
            assert response.context["inside"].total == 1


def test_what_only_the_other_version_says_has_its_place_too(client, lessons, committed):
    with committed():
        for title, name in (("ถนนหน้าโรงเรียน", "Road"), ("แก้มลิงบึงสามแพรก", "Pond")):
            english = LessonPage.objects.get(title=title).copy_for_translation(
                Locale.objects.get(language_code="en")
            )
            english.title, english.what_happened, english.live = name, "-", True
            english.save_revision().publish()
    assert titles(client.get("/en/knowledge/", {"q": "แก้มลิง"})) == ["Pond", "Road"]


def test_facets_count_only_what_holds_the_words(client, lessons):
    response = client.get("/knowledge/?q=แก้มลิง")
    facets = {facet.name: {c.value: c.count for c in facet.choices} for facet in response.context["facets"]}
    assert facets["kind"] == {"good_practice": 1, "caution": 1}
    assert facets["province"] == {"60": 1, "66": 1}


def test_words_and_choices_survive_each_other(client, lessons):
    page = client.get("/knowledge/?q=แก้มลิง&kind=caution").content.decode()
    assert 'name="q" value="แก้มลิง"' in page  # in the form of the facets
    assert 'name="kind" value="caution"' in page  # in the form of the words
    chips = [chip.query for chip in client.get("/knowledge/?q=แก้มลิง&kind=caution").context["chips"]]
    assert chips == ["?kind=caution", "?q=%E0%B9%81%E0%B8%81%E0%B9%89%E0%B8%A1%E0%B8%A5%E0%B8%B4%E0%B8%87"]


def test_what_was_found_is_put_in_the_order_that_was_chosen(client, lessons):
    closest, newest = ["แก้มลิงบึงสามแพรก", "ถนนหน้าโรงเรียน"], ["ถนนหน้าโรงเรียน", "แก้มลิงบึงสามแพรก"]
    for query, order in (("", closest), ("&order=newest", newest), ("&order=proven", newest)):
        assert titles(client.get(f"/knowledge/?q=แก้มลิง{query}")) == order


def test_where_no_lesson_holds_all_the_words_some_are_shown_and_it_is_said(client, lessons):
    response = client.get("/knowledge/?q=ผักปลอดสารพิษ ผู้รับเหมา")
    assert sorted(titles(response)) == ["ตลาดนัด", "ถนนหน้าโรงเรียน"]
    assert not response.context["inside"].holds_every_word


def test_the_library_serves_all_lessons_and_says_so_while_search_is_down(client, lessons, down):
    response = client.get("/knowledge/?q=แก้มลิง&kind=caution")
    assert sorted(titles(response)) == ["ตลาดนัด", "ถนนหน้าโรงเรียน"]
    assert response.context["is_down"]
    assert 'role="status"' in response.content.decode()


@pytest.mark.parametrize("words", ["แก้มลิง", '"แก้มลิง"', "แก้มลิง -ถนน"])
def test_the_library_serves_all_lessons_where_the_texts_cannot_be_read(client, lessons, texts_fail, words):
    response = client.get("/knowledge/", {"q": words})
    assert len(titles(response)) == 3
    assert response.context["is_down"]


def test_exact_words_in_the_library_are_limited_and_all_lessons_shown(client, lessons, one_exact_search):
    assert client.get("/knowledge/", {"q": '"แก้มลิง"'}).status_code == 200
    for typed in ('"แก้มลิง"', "แก้มลิง -ถนน"):
        response = client.get("/knowledge/", {"q": typed})
        assert is_refused(response, typed)
        assert len(titles(response)) == 3
    assert client.get("/knowledge/", {"q": "แก้มลิง"}).status_code == 200


@pytest.mark.parametrize("words", ["ก" * 5000, '"', "-", "((", "<script>", "🙂", "\u200b", "ที่ และ"])
def test_hostile_words_get_an_answer(client, lessons, words):
    response = client.get("/knowledge/", {"q": words})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_a_word_nobody_wrote_is_corrected_in_the_library_and_it_is_said(client, lessons):
    response = client.get("/knowledge/?q=แก้มริง")
    assert titles(response) == ["แก้มลิงบึงสามแพรก", "ถนนหน้าโรงเรียน"]
    assert "<b>แก้มลิง</b>" in response.content.decode()
    as_typed = re.search(r'href="(\?[^"]*exact=1)"', response.content.decode())
    assert as_typed
    assert not client.get(f"/knowledge/{unescape(as_typed[1])}").context["inside"].did_you_mean
    chips = client.get("/knowledge/?q=แก้มริง&kind=caution&exact=1").context["chips"]
    assert ["exact=1" in chip.query for chip in chips] == [False, True]


def test_lessons_nobody_may_read_are_not_found_by_their_words(client, lessons):
    make.lesson(title="ลับ", what_happened="แก้มลิงลับ", visibility="staff")
    assert "ลับ" not in titles(client.get("/knowledge/?q=แก้มลิง"))


def test_the_library_asks_the_same_few_questions_with_words_and_without(
    client, lessons, django_assert_max_num_queries
):
    client.get("/knowledge/?q=แก้มลิง")
    with django_assert_max_num_queries(40):
        client.get("/knowledge/?q=แก้มลิง")


# --- the comments of a hearing -----------------------------------------------------------------------------------


@pytest.fixture
def hearing(engine, committed) -> Hearing:
    """The oldest has most support; another hearing uses the same words."""
    now = timezone.now()
    with committed():
        found, other = (
            HearingFactory.open(now, provinces=[province(HOME), province(ELSEWHERE)]) for _ in range(2)
        )
        ago = [now - dt.timedelta(hours=hours) for hours in (4, 3, 2, 1)]
        fields = [
            {"reason": "คำหนึ่ง แนวหมุดกินที่นา", "province": province(HOME), "block": 0},
            {"reason": "คำสอง แนวหมุด ทางเบี่ยงโค้งวัด", "province": province(HOME), "sector": "private"},
            {"reason": "คำสาม ทางเบี่ยง", "province": province(ELSEWHERE), "stance": "against"},
            {"reason": "คำสี่ เห็นด้วย", "province": province(HOME)},
        ]
        for when, of in zip(ago, fields, strict=True):
            comment(found, when, **of)
        comment(other, now, reason="คำห้า แนวหมุด")
    Comment.objects.filter(reason__startswith="คำหนึ่ง").update(supports_counted=7)
    return found


def list_of(hearing: Hearing, **query: str) -> str:
    return f"{reverse('hearings:comments', args=[hearing.slug])}?{urlencode(query)}"


WORDS = ("คำหนึ่ง", "คำสอง", "คำสาม", "คำสี่", "คำห้า")


def said(client, hearing: Hearing, **query: str) -> list[str]:
    response = client.get(list_of(hearing, **query))
    assert response.status_code == 200
    text = response.content.decode()
    return sorted((word for word in WORDS if word in text), key=text.index)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "แนวหมุด"}, ["คำสอง", "คำหนึ่ง"]),
        ({"q": "แนวหมุด", "sort": "old"}, ["คำหนึ่ง", "คำสอง"]),
        ({"q": "แนวหมุด", "sort": "supported"}, ["คำหนึ่ง", "คำสอง"]),
        ({"q": "แนวหมุด ทางเบี่ยง"}, ["คำสอง"]),
        ({"q": "แนวหมุด โค้งวัด", "sort": "close"}, ["คำสอง"]),
        ({"q": "ทางเบี่ยง", "stance": "against"}, ["คำสาม"]),
        ({"q": "ทางเบี่ยง", "province": HOME}, ["คำสอง"]),
        ({"q": "แนวหมุด", "sector": "private"}, ["คำสอง"]),
        ({"q": "แนวหมุด", "answered": "yes"}, []),
        ({"q": '"ทางเบี่ยงโค้งวัด"'}, ["คำสอง"]),
        ({"q": "ทางเบี่ยง -โค้งวัด"}, ["คำสาม"]),
        ({"q": "zzqx"}, []),
    ],
)
def test_comments_of_one_hearing_are_searched_together_with_its_filters(client, hearing, query, found):
    assert said(client, hearing, **query) == found


def test_a_word_nobody_wrote_is_corrected_in_a_hearing_and_it_is_said(client, hearing):
    page = client.get(list_of(hearing, q="ทางเบียง")).content.decode()
    assert [word for word in WORDS if word in page] == ["คำสอง", "คำสาม"]
    assert "<b>ทางเบี่ยง</b>" in page
    assert said(client, hearing, q="ทางเบียง", exact="1") == []
    assert 'name="exact" value="1"' in client.get(list_of(hearing, q="ทางเบียง", exact="1")).content.decode()


def test_how_many_hold_the_words_is_told_and_nothing_above_an_empty_list(client, hearing):
    def told(**query):
        return client.get(list_of(hearing, **query)).context["listing"].number_found

    assert (told(q="แนวหมุด"), told(q="แนวหมุด", stance="against"), told(q="แนวหมุด", answered="no")) == (
        2,
        0,
        None,
    )
    Comment.objects.filter(reason__contains="แนวหมุด").update(is_public=False)
    assert told(q="แนวหมุด") == 0


def test_the_box_for_words_stands_outside_the_folded_filter_and_keeps_it(client, hearing):
    page = client.get(list_of(hearing, q="แนวหมุด", sector="private", sort="old")).content.decode()
    box = page[page.index('<form class="ask-words"') : page.index('<details class="fbox"')]
    assert 'name="sector" value="private"' in box
    assert 'name="sort" value="old"' in box
    assert box.count('name="q"') == 1
    assert '<input type="hidden" name="q" value="แนวหมุด">' in page


def test_words_and_a_section_of_the_draft_go_together(client, hearing):
    key = str(hearing.current_draft.sections[0].key)
    assert said(client, hearing, q="แนวหมุด", block=key) == ["คำหนึ่ง"]


def test_where_no_comment_holds_all_the_words_it_is_said(client, hearing):
    response = client.get(list_of(hearing, q="โค้งวัด เห็นด้วย"))
    assert response.context["listing"].inside.holds_every_word is False
    assert said(client, hearing, q="โค้งวัด เห็นด้วย") == ["คำสี่", "คำสอง"]


def test_all_comments_are_shown_with_a_notice_while_search_is_down(client, hearing, down):
    assert said(client, hearing, q="แนวหมุด", stance="against") == ["คำสาม"]
    page = client.get(list_of(hearing, q="แนวหมุด", sort="close")).content.decode()
    assert 'role="status"' in page
    assert "คำสี่" in page


@pytest.mark.parametrize("sort", ["", "old", "close"])
@pytest.mark.parametrize("words", ["แนวหมุด", '"แนวหมุด"'])
def test_all_comments_are_shown_where_the_texts_cannot_be_read(client, hearing, texts_fail, words, sort):
    assert len(said(client, hearing, q=words, sort=sort)) == 4
    assert client.get(list_of(hearing, q=words, sort=sort)).context["listing"].is_down


def test_exact_words_in_a_hearing_are_limited_on_all_pages_together(client, hearing, one_exact_search):
    assert said(client, hearing, q='"แนวหมุด"') == ["คำสอง", "คำหนึ่ง"]
    for typed in ('"แนวหมุด"', "แนวหมุด -โค้งวัด"):
        response = client.get(list_of(hearing, q=typed, sort="close"))
        assert is_refused(response, typed)
        assert all(word in response.content.decode() for word in WORDS[:4])
    assert client.get("/search/", {"q": '"แนวหมุด"'}).status_code == 429
    assert said(client, hearing, q="แนวหมุด") == ["คำสอง", "คำหนึ่ง"]


def test_a_comment_hidden_a_moment_ago_is_not_in_the_list(client, hearing):
    Comment.objects.filter(reason__startswith="คำสอง").update(is_public=False)
    assert said(client, hearing, q="แนวหมุด") == ["คำหนึ่ง"]
    assert said(client, hearing, q="แนวหมุด", sort="close") == ["คำหนึ่ง"]


@pytest.mark.parametrize("sort", ["", "old", "supported", "close"])
def test_every_order_of_a_search_meets_each_comment_once(client, engine, now, sort):
    hearing = HearingFactory.open(timezone.now())
    fill(hearing, 45, timezone.now() - dt.timedelta(hours=1), dt.timedelta(seconds=1))
    engine.rebuild(documents())
    address, seen = list_of(hearing, q="ความเห็น", sort=sort), []
    while address:
        page = client.get(address).context["listing"].page
        seen += [row.pk for row in page.items]
        address = list_of(hearing, q="ความเห็น", sort=sort, after=page.after) if page.after else ""
    assert len(seen) == len(set(seen)) == 45
    back = client.get(list_of(hearing, q="ความเห็น", sort=sort, before="20" if sort == "close" else ""))
    assert back.status_code == 200


@pytest.mark.parametrize(("step", "asked"), [(1, [25]), (0, [25, MOST])])
def test_the_newest_few_are_asked_for_first_and_none_is_lost(client, engine, monkeypatch, step, asked):
    """In one second search knows no order: there the first few need not be the newest."""
    asks: list[int] = []

    def found(*given: Any) -> Inside | None:
        asks.append(given[3] if len(given) > 3 else MOST)
        return words_found(*given)

    monkeypatch.setattr(comment_list, "FIRST", 25)
    monkeypatch.setattr(comment_list, "words_found", found)
    hearing = HearingFactory.open(timezone.now())
    fill(hearing, 45, timezone.now() - dt.timedelta(hours=1), dt.timedelta(seconds=step))
    engine.rebuild(documents())
    first = client.get(list_of(hearing, q="ความเห็น")).context["listing"]
    assert (asks, first.inside.total, first.inside.looked_at, first.inside.is_cut) == (asked, 45, 45, False)
    rest = client.get(list_of(hearing, q="ความเห็น", after=first.page.after)).context["listing"].page
    last = client.get(list_of(hearing, q="ความเห็น", after=rest.after)).context["listing"].page
    met = [row.pk for page in (first.page, rest, last) for row in page.items]
    assert met == list(Comment.objects.public(hearing).values_list("pk", flat=True))
    Comment.objects.filter(pk__in=met[:10]).update(is_public=False)
    assert len(client.get(list_of(hearing, q="ความเห็น")).context["listing"].page.items) == 20


def test_a_place_that_is_none_of_ours_is_not_found(client, hearing):
    for place in ("x", "-1", "99999", "500"):
        assert client.get(list_of(hearing, q="แนวหมุด", sort="close", after=place)).status_code == 404


def test_a_search_inside_asks_the_same_few_questions_for_ten_and_for_a_thousand(client, engine):
    counts = []
    for number in (10, 1000):
        hearing = HearingFactory.open(timezone.now())
        fill(hearing, number, timezone.now(), dt.timedelta(seconds=1))
        engine.rebuild(documents())
        for sort in ("", "supported", "close"):
            client.get(list_of(hearing, q="ความเห็น", sort=sort))
            cache.clear()
            with CaptureQueriesContext(connection) as queries:
                response = client.get(list_of(hearing, q="ความเห็น", sort=sort))
            counts.append(len(queries))
    assert response.context["listing"].inside.is_cut
    assert counts[:3] == counts[3:]
    assert max(counts) <= 11, counts


@pytest.mark.parametrize("words", ["กก", "ก" * 99, '""', "--", "((", "<b>", "🙂🙂", "\u200b\u200b", "ที่ และ"])
def test_hostile_words_in_a_hearing_get_an_answer(client, hearing, words):
    assert client.get(list_of(hearing, q=words)).status_code == 200
