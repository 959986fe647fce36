from __future__ import annotations

import pytest

from search.suggest import correction, distance
from tests.search.conftest import doc


@pytest.mark.parametrize(
    ("a", "b", "d"),
    [("กขค", "กขค", 0), ("กขค", "กข", 1), ("กขค", "ขกค", 1), ("กขค", "กขง", 1), ("ab", "xyz", 3)],
)
def test_distance_counts_a_swap_as_one(a, b, d):
    assert distance(a, b, 2) == d


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ยุทศาสตร์", "ยุทธศาสตร์"),
        ("สิงแวดล้อม", "สิ่งแวดล้อม"),
        ("เกษตกร", "เกษตรกร"),
        ("จังหวด", "จังหวัด"),
        ("แก้มริง น้ำท่วม", "แก้มลิง น้ำท่วม"),
    ],
)
def test_words_nobody_wrote_are_corrected(index, typed, meant):
    engine = index(
        doc("a", "ยุทธศาสตร์ สิ่งแวดล้อม เกษตรกร"), doc("b", "จังหวัด แก้มลิง น้ำท่วม"), doc("c", "แก้ม และ กร")
    )
    assert correction(typed, engine) == meant


@pytest.mark.parametrize("typed", ["น้ำท่วม", "ของ", "99999", "zzzzqqqq", "ฟหกดสวงผปแอ", "ก", "ก" * 200, ""])
def test_known_words_numbers_and_hopeless_cases_stay(index, typed):
    engine = index(doc("a", "น้ำท่วม"))
    assert correction(typed, engine) == ""


@pytest.mark.parametrize(
    ("typed", "meant"), [("flod", "flood"), ("Lessson", "lesson"), ("floood กับ", "flood กับ"), ("fod", "")]
)
def test_english_is_compared_with_the_words_of_texts(index, typed, meant):
    engine = index(doc("a", "Flood", "After the flood"), doc("b", "A lesson"), doc("c", "น้ำท่วม flora"))
    assert correction(typed, engine) == meant
    assert not correction(typed, engine, public=lambda candidates: set())


def test_one_error_is_tried_before_two(index):
    """Of those with two there are more than are read."""
    others = (doc(f"o{n}", "", "stats states") for n in range(25))
    engine = index(*others, doc("z", "", f"station {'x ' * 900}"))
    assert correction("statin", engine) == "station"


def test_when_an_engine_told_what_it_does_not_know_only_that_is_looked_at(index, monkeypatch):
    engine = index(doc("a", "จังหวัดพิจิตร"))
    monkeypatch.setattr("search.suggest._is_unknown", lambda *given: pytest.fail("asked before"))
    assert correction("พิจิต เกษตกร", engine, {"พิจิต"}) == "พิจิตร เกษตกร"


def test_pieces_that_all_exist_elsewhere_are_seen_as_a_mistake(index):
    """ศิ|ละ|ปะ are words of other texts; no text holds ศิละปะ."""
    engine = index(doc("a", "ศิลปะพื้นบ้าน"), doc("b", "ศิ ก่อน ละ แล้ว ปะ"))
    assert correction("ศิละปะ", engine) == "ศิลปะ"


def test_a_name_that_falls_to_pieces_stays_when_a_text_holds_it(index):
    engine = index(doc("a", "งานของศิละปะกรุ๊ป"), doc("b", "ศิลปะพื้นบ้าน"))
    assert correction("ศิละปะ", engine) == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("จ.นครสวรรค์", ""),
        ("อ.ชุมแสง", ""),
        ("ต.เกยไชย จ.นครสวรรค์", ""),
        ("บึงสามแพรก", ""),
        ("จ.นครสวรคค์", "จ.นครสวรรค์"),
    ],
)
def test_a_sign_before_a_place_and_the_line_below_a_title_are_no_mistakes(index, typed, meant):
    engine = index(
        doc("a", "แก้มลิง", "ราษฎร", detail="ต.เกยไชย อ.ชุมแสง จ.นครสวรรค์"),
        doc("b", "ขุดลอก", "สาม แพ ลง", detail="บึงสามแพรก"),
    )
    assert correction(typed, engine) == meant
