"""The text pipeline: what people type and what documents hold become the same words."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.text import analysed, canonical, cut, fold, query_words, tokens

THAI = st.text(st.characters(min_codepoint=0x0E00, max_codepoint=0x0E7F), max_size=200)


@given(st.one_of(st.text(max_size=200), THAI))
@settings(max_examples=300, deadline=None)
def test_cutting_loses_nothing(text):
    assert "".join(cut(text)) == text


@given(st.one_of(st.text(max_size=200), THAI))
@settings(max_examples=300, deadline=None)
def test_every_token_stands_where_it_says(text):
    folded = fold(canonical(text))
    for token in tokens(folded):
        assert folded[token.start : token.end].replace(".", "") == token.text.replace(".", "")


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_folding_keeps_every_character_at_its_place(text):
    assert len(fold(text)) == len(text)


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_canonical_form_is_stable(text):
    once = canonical(text)
    assert canonical(once) == once


@pytest.mark.parametrize(
    "garbage",
    [
        "",
        " ",
        "\n\n",
        "\x00",
        "\ud800",
        "ก" * 20_000,
        "ตากลม" * 1_000,
        "่่่่",
        "ำำำ",
        "🙂‍🌾🙂",
        "<script>",
        "a" * 50_000,
    ],
)
def test_garbage_is_survived(garbage):
    text = canonical(garbage)
    assert isinstance(analysed(fold(text)).words, str)
    query_words(text)


def test_compounds_are_indexed_whole_and_in_parts():
    words = analysed("องค์การบริหารส่วนตำบล").words.split()
    assert words[0] == "องค์การบริหารส่วนตำบล"
    assert {"ตำบล", "ส่วน"} <= set(words)


def test_queries_ask_for_whole_words_only():
    assert "ตำบล" not in query_words("องค์การบริหารส่วนตำบล").weights


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("น\u0e49\u0e4d\u0e32ท่วม", "น้ำท่วม"),
        ("น\u0e4d\u0e49\u0e32ท่วม", "น้ำท่วม"),
        ("น้ำ\u200bท่วม", "น้ำท่วม"),
        ("น้ำ\u200dท่วม\ufeff", "น้ำท่วม"),
        ("กำเเพงเพชร", "กำแพงเพชร"),
        ("ที่\u0e48", "ที่"),
        ("น้ำ\u00a0ท่วม", "น้ำ ท่วม"),
    ],
)
def test_one_spelling_for_what_looks_the_same(typed, meant):
    assert canonical(typed) == meant


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("ค าสั่ง", "คำสั่ง"),
        ("น ้าท่วม", "น้ำท่วม"),
        ("น้ าท่วม", "น้ำท่วม"),
        ("มาก มาย", "มาก มาย"),
        ("น้ำ อ่าง", "น้ำ อ่าง"),
    ],
)
def test_pdf_repair_brings_sara_am_back_and_is_only_done_when_asked_for(damaged, whole):
    assert canonical(damaged, pdf=True) == whole
    assert canonical(damaged) == damaged


def test_thai_digits_are_the_same_as_arabic_ones():
    assert query_words("พ.ศ. ๒๕๖๙").weights.keys() == query_words("พ.ศ. 2569").weights.keys()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ปตร.ท่าตะโก", ["ปตร", "ท่าตะโก"]),
        ("ผจก. โรงงาน.", ["ผจก", "โรงงาน"]),
        ("อบต. กับ รพ.สต.บ้าน", ["อบต", "กับ", "รพสต", "บ้าน"]),
    ],
)
def test_a_full_stop_ends_a_word_and_breaks_none(text, words):
    assert [token.text for token in tokens(text)] == words


@pytest.mark.parametrize("typed", ["ก.พ.ร.", "ก.พ.ร", "กพร"])
def test_dotted_abbreviations_are_one_word(typed):
    assert [token.text for token in query_words(typed).order] == ["กพร"]


@pytest.mark.parametrize("typed", ["จ.นครสวรรค์ อ.เมือง", "ต.วังน้ำ", "เวลา 09.30 น."])
def test_short_forms_before_names_are_not_joined_with_them(typed):
    assert not any(token.text in {"จนครสวรรค์", "อเมือง", "ตวังน้ำ"} for token in query_words(typed).order)
    assert "นครสวรรค์" in analysed("จ.นครสวรรค์").words.split()


def test_english_words_are_stemmed_and_thai_words_are_not():
    assert query_words("Floods flooding").weights.keys() == {"flood"}
    assert "น้ำท่วม" in query_words("น้ำท่วม").weights


def test_stop_words_are_dropped_unless_nothing_else_is_left():
    assert "ของ" not in query_words("แผนของจังหวัด").weights
    assert "ของ" in query_words("ของ").weights


@pytest.mark.parametrize(
    ("short", "long"), [("อบต.", "องค์การบริหารส่วนตำบล"), ("อ.บ.จ.", "องค์การบริหารส่วนจังหวัด")]
)
def test_abbreviations_ask_for_the_full_name_and_the_other_way_round(short, long):
    assert long in query_words(short).weights
    assert short.replace(".", "") in query_words(long).weights


def test_the_dictionary_is_loaded_safely_by_several_threads_at_once():
    found: list[list[str]] = []
    threads = [threading.Thread(target=lambda: found.append(cut("น้ำท่วมจังหวัดพิจิตร"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({tuple(words) for words in found}) == 1
    assert len(found) == 8
