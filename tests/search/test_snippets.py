from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.snippets import LENGTH, best_passage, highlight, snippet
from search.text import Borders, canonical, query_words

FILLER = "เรื่องนี้ว่าด้วยการประชุมและงานทั่วไปของสำนักงานซึ่งไม่มีอะไรพิเศษ "


def test_the_best_passage_is_where_most_words_are():
    text = FILLER * 10 + "น้ำ " + FILLER * 10 + "แก้มลิงช่วยลดน้ำท่วมในอำเภอชุมแสง " + FILLER * 10
    start, end, _words = best_passage(Borders.of(text), query_words("แก้มลิง น้ำท่วม"))
    assert "แก้มลิงช่วยลดน้ำท่วม" in text[start:end]
    assert 0 < start < end < len(text)
    assert end - start <= LENGTH + 40


def test_short_texts_are_shown_whole():
    assert snippet(" น้ำท่วม\n", query_words("น้ำท่วม")) == "<mark>น้ำท่วม</mark>"
    assert snippet("", query_words("น้ำท่วม")) == ""


def test_a_passage_never_begins_or_ends_inside_a_letter_group():
    text = "กี่ปีที่ผ่านมานี้" * 200
    start, end, _words = best_passage(Borders.of(text), query_words("ผ่าน"))
    assert text[start] not in "่้๊๋์ิีึืุูั็ำ"
    assert text[end] not in "่้๊๋์ิีึืุูั็ำ"


def test_words_and_parts_of_compounds_are_marked():
    assert highlight("ถนนในตำบล", query_words("ถนน")) == "<mark>ถนน</mark>ในตำบล"
    assert "<mark>ตำบล</mark>" in highlight("องค์การบริหารส่วนตำบล", query_words("ตำบล"))


def test_english_is_marked_by_its_stem():
    assert (
        highlight("Flooding and floods", query_words("flood"))
        == "<mark>Flooding</mark> and <mark>floods</mark>"
    )


def test_abbreviations_are_marked_with_their_dots():
    assert highlight("มติ ก.บ.จ. แล้ว", query_words("กบจ")) == "มติ <mark>ก.บ.จ.</mark> แล้ว"


@pytest.mark.parametrize(
    "attack", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "<mark>", "&lt;b&gt;"]
)
def test_everything_is_escaped(attack):
    text = f"{attack} น้ำท่วม {attack}"
    for html in (highlight(text, query_words("น้ำท่วม")), snippet(text, query_words("น้ำท่วม script mark"))):
        plain = (
            html.replace("<mark>", "")
            .replace("</mark>", "")
            .replace('<span class="nb">', "")
            .replace("</span>", "")
        )
        assert "<" not in plain
        assert ">" not in plain
        assert "<mark>น้ำท่วม</mark>" in html


@given(st.text(max_size=400), st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_text_and_any_question_give_safe_html(text, question):
    words = query_words(canonical(question))
    html = str(snippet(canonical(text), words))
    plain = (
        html.replace("<mark>", "")
        .replace("</mark>", "")
        .replace('<span class="nb">', "")
        .replace("</span>", "")
    )
    assert "<" not in plain
