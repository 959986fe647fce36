"""What was typed, read as a question; exact phrases and words to leave out."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines import Filters, Order
from search.literal import pattern
from search.query import find
from search.question import excluded_groups, groups_of, read, required_groups
from search.text import fold
from tests.search.conftest import doc


def titles(results) -> list[str]:
    return [hit.document.title for hit in results.hits]


@pytest.fixture(autouse=True)
def everything_is_public(monkeypatch):
    monkeypatch.setattr("search.public.still_public", lambda candidates: {c.document.key for c in candidates})
    monkeypatch.setattr("search.synonyms.editors_groups", list)


@pytest.mark.parametrize(
    ("typed", "words", "phrases", "unwanted"),
    [
        ("น้ำท่วม ถนน", "น้ำท่วม ถนน", (), ()),
        ('"แผนพัฒนา จังหวัด" น้ำ', "น้ำ", ("แผนพัฒนา จังหวัด",), ()),
        ("“แผนพัฒนา” น้ำ", "น้ำ", ("แผนพัฒนา",), ()),
        ("«แผน»น้ำ", "น้ำ", ("แผน",), ()),
        ("น้ำ -ถนน", "น้ำ", (), ("ถนน",)),
        ('น้ำ -"ถนน ใหญ่"', "น้ำ", (), ("ถนน ใหญ่",)),
        ("-ถนน", "", (), ("ถนน",)),
        ("แผน 2566-2570", "แผน 2566-2570", (), ()),
        ("ก - ข -- ค --ง", "ก - ข -- ค --ง", (), ()),
        ('"ไม่มีคู่', "ไม่มีคู่", (), ()),
        ('"" "!!!" น้ำ', "!!! น้ำ", (), ()),
        ("a AND b OR NOT c", "a AND b OR NOT c", (), ()),
    ],
)
def test_words_phrases_and_minus(typed, words, phrases, unwanted):
    question = read(typed)
    assert (question.words, question.phrases, question.unwanted) == (words, phrases, unwanted)


def test_a_question_reads_itself_again():
    question = read('น้ำ "แผนพัฒนา จังหวัด" -ถนน -"ก ข"')
    assert read(str(question)) == question


def test_a_word_may_stand_in_a_text_in_its_parts():
    assert groups_of("องค์การบริหารส่วนตำบล")[1][-1] == "ตำบล"
    question = read('"องค์การบริหารส่วนตำบล ของ"')
    (groups,) = required_groups(question, all_words=False, same_meaning=lambda word: [])
    assert len(groups) == 2
    assert excluded_groups(read("x -ถนน -น้ำท่วมถนน")) == (("ถนน",),)


@pytest.mark.parametrize(
    ("piece", "text", "stands"),
    [
        ("แผนพัฒนา", "ตามแผนพัฒนาจังหวัด", True),
        ("แผน พัฒนา", "แผน\n พัฒนา", True),
        ("ปู", "ปูน", True),  # only letters can be compared here; the engine asks for the word
        ("กา", "กาี", False),
        ("ละ", "เละ", False),
        ("flood", "flooding", False),
        ("flood", "Flood ที่บึง", True),
        ("osm", "งานของOSMกลุ่ม", True),
        ("2570", "12570", False),
        ("๒๕๗๐", "พ.ศ. 2570", True),
    ],
)
def test_letters_are_compared_within_whole_syllables(piece, text, stands):
    assert bool(pattern(piece).search(fold(text))) is stands


@pytest.fixture
def texts(index):
    return index(
        doc("a", "แผนพัฒนาจังหวัด", "องค์การบริหารส่วนตำบลทำแผนพัฒนาจังหวัด", kind="page"),
        doc("b", "จังหวัดพัฒนาแผน", "ถนนกับแผนของจังหวัด เพื่อพัฒนา", kind="page"),
        doc("c", "แผนพัฒนา จังหวัดพิจิตร", "แผนอื่น", kind="news", provinces=("66",)),
        doc("d", "ถนน", "ถนนลาดยาง", kind="news", provinces=("60",)),
    )


def test_a_phrase_is_these_letters_in_this_order(texts):
    assert set(titles(find('"แผนพัฒนาจังหวัด"', engine=texts))) == {"แผนพัฒนาจังหวัด"}
    assert set(titles(find('"แผนพัฒนา จังหวัด"', engine=texts))) == {"แผนพัฒนา จังหวัดพิจิตร"}
    assert titles(find('"ส่วนตำบล"', engine=texts)) == ["แผนพัฒนาจังหวัด"]
    assert not find('"จังหวัดแผน"', engine=texts).total


def test_minus_leaves_documents_out(texts):
    assert "จังหวัดพัฒนาแผน" in titles(find("แผน", engine=texts))
    assert "จังหวัดพัฒนาแผน" not in titles(find("แผน -ถนน", engine=texts))
    assert set(titles(find("แผน -แผนพัฒนาจังหวัด", engine=texts))) == {
        "จังหวัดพัฒนาแผน",
        "แผนพัฒนา จังหวัดพิจิตร",
    }


def test_counts_of_a_phrase_are_those_of_the_documents_that_hold_it(texts):
    found = find('"แผนพัฒนา"', engine=texts)
    assert found.total == 2
    assert dict(found.of("kind")) == {"page": 1, "news": 1}
    chosen = find('"แผนพัฒนา"', Filters(kind="news"), engine=texts)
    assert titles(chosen) == ["แผนพัฒนา จังหวัดพิจิตร"]
    assert dict(chosen.of("kind")) == {"page": 1, "news": 1}
    assert dict(chosen.of("province")) == {"66": 1}
    assert not chosen.looked_through


@pytest.mark.parametrize("typed", ["gistda", '"gistda"', "gistda -ถนน"])
def test_of_two_versions_of_a_text_the_readers_is_shown(index, typed):
    engine = index(
        doc("th", "ภาพ gistda", same_as="1"), doc("en", "Images of gistda", same_as="1", language="en")
    )
    for language, title in (("th", "ภาพ gistda"), ("en", "Images of gistda")):
        with override(language):
            found = find(typed, engine=engine)
        assert (titles(found), found.total, dict(found.of("kind"))) == ([title], 1, {"page": 1})
    assert titles(find('"images of"', engine=engine)) == ["Images of gistda"]


def test_more_than_can_be_looked_through_is_said(index, monkeypatch):
    monkeypatch.setattr("search.query.MOST_VERIFIED", 3)
    engine = index(*(doc(str(i), f"ถนนสาย {i}") for i in range(5)))
    found = find('"ถนน"', engine=engine)
    assert (found.total, found.looked_through) == (3, 3)


def test_all_words(texts):
    assert find("ตำบล ลาดยาง", engine=texts).total == 2
    assert find("ตำบล ลาดยาง", all_words=True, engine=texts).total == 0
    assert titles(find("ถนน พัฒนา", all_words=True, engine=texts)) == ["จังหวัดพัฒนาแผน"]


def test_all_words_take_words_of_the_same_meaning(index):
    engine = index(doc("a", "อุทกภัยที่ถนน"), doc("b", "น้ำท่วม"))
    assert titles(find("น้ำท่วม ถนน", all_words=True, engine=engine)) == ["อุทกภัยที่ถนน"]


def test_newest_first_asks_for_every_word_where_that_finds_something(index, now):
    days = [now - dt.timedelta(days=n) for n in range(4)]
    engine = index(
        doc("new", "ถนน", date=days[0]),
        doc("b", "น้ำท่วมถนน ข", date=days[2]),
        doc("a", "น้ำท่วมถนน ก", date=days[2]),
        doc("old", "น้ำท่วมถนน ค", date=days[3]),
    )
    found = find("น้ำท่วม ถนน", order=Order.NEWEST, engine=engine)
    assert titles(found) == ["น้ำท่วมถนน ก", "น้ำท่วมถนน ข", "น้ำท่วมถนน ค"]
    assert found.has_every_word
    alone = find("ถนน ลาดยาง", order=Order.NEWEST, engine=engine)
    assert titles(alone)[0] == "ถนน"
    assert not alone.has_every_word


def test_pages_share_no_hit_when_everything_is_equally_close(index):
    engine = index(*(doc(f"k{i:02}", "ถนนสาย") for i in range(35)))
    keys = [hit.document.key for n in (1, 2, 3, 4) for hit in find("ถนนสาย", page=n, engine=engine).hits]
    assert keys == sorted(keys)
    assert len(set(keys)) == 35


def test_a_correction_keeps_what_stands_in_quotes(index):
    engine = index(doc("a", "แก้มลิง น้ำท่วม"))
    found = find('แก้มริง "น้ำท่วม" -ถนน', engine=engine)
    assert found.did_you_mean == 'แก้มลิง "น้ำท่วม" -ถนน'
    assert titles(found) == ["แก้มลิง น้ำท่วม"]
    assert not find('"แก้มริง"', engine=engine).total


STRANGE = [
    "ก", "ของ และ ที่", "🙂👩‍👩‍👧", "\u200b\u200c\u200d", "'; DROP TABLE search_searchquery; --", "title:(a OR b)~2^4",
    "a* b? [a TO z] {x} \\", "(.*)+$", "^(a+)+$", "/regex/", "%%%___", "${jndi:ldap://x}", "<b>x</b>", "\\u0000", "−-−",
    '"""', '"a" "b" "c" -"d"', "-" * 90, '-"-"', "เ" * 200, "์" * 200, "ก" * 10_000, "น้ำ " * 2_500, "\ud800", "١٢٣", "ﬁ ŉ İ",
]  # fmt: skip


@pytest.mark.parametrize("text", STRANGE)
@pytest.mark.parametrize("order", list(Order))
def test_strange_questions_get_an_answer(texts, text, order):
    find(text, engine=texts, order=order, all_words=True)
    assert find(text, engine=texts).total >= 0


PIECES = st.sampled_from(
    [
        "น้ำท่วม",
        "แผน",
        '"',
        "“",
        "”",
        "-",
        " -",
        " ",
        "(",
        "*",
        "AND",
        ":",
        "ํา",
        "้",
        "เ",
        "ก.พ.ร.",
        "\u200b",
        "🙂",
        "๙",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=20).map("".join)))
def test_any_text_is_a_question(text):
    question = read(text)
    again = read(str(question))
    assert again.phrases == question.phrases
    assert set(question.unwanted) <= set(again.unwanted)
    required_groups(question, all_words=True, same_meaning=lambda word: [])
    for group in excluded_groups(question):
        assert all(group)
    for piece in (*question.phrases, *question.unwanted):
        pattern(piece)
