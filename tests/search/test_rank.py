from __future__ import annotations

from search.engines import Candidate
from search.rank import covered, held, rerank, trigrams
from search.text import query_words
from tests.search.conftest import doc


def order(question: str, *candidates: Candidate) -> list[str]:
    return [c.document.key for c in rerank(query_words(question), candidates, "th")]


def test_words_that_stand_together_come_before_words_far_apart():
    apart = Candidate(1.0, doc("apart", "", "แผน เรื่องอื่นคั่นอยู่ตรงกลาง จังหวัด"))
    together = Candidate(1.0, doc("together", "", "แผนจังหวัด เรื่องอื่นอยู่ท้ายข้อความ"))
    assert order("แผนจังหวัด", apart, together) == ["together", "apart"]


def test_words_in_the_title_come_first():
    body = Candidate(1.0, doc("body", "เรื่องหนึ่ง", "ถนน"))
    title = Candidate(1.0, doc("title", "ถนน", "เรื่องหนึ่ง"))
    assert order("ถนน", body, title) == ["title", "body"]


def test_the_number_of_a_hearing_finds_it():
    """It stands in the detail; its year and its province stand in many texts."""
    report = Candidate(1.0, doc("report", "รายงาน", "หนังสือ นว 0017 เลขที่ 014 พ.ศ. 2569", detail="รายงาน"))
    hearing = Candidate(0.6, doc("hearing", "โครงการแก้มลิง", "ที่บึง", detail="โครงการ · นว-2569-014"))
    said = Candidate(0.6, doc("said", "ก", "ข", detail="โครงการ · นว-2569-014", heading_searched=False))
    assert order("นว-2569-014", report, said, hearing)[0] == "hearing"


def test_questions_and_answers_surface_first():
    """A007."""
    page = Candidate(1.2, doc("page", "ถนน", "ซ่อมถนน"))
    faq = Candidate(1.0, doc("faq", "ถนน", "ซ่อมถนน", kind="faq", boost=1.5))
    assert order("ถนน", page, faq) == ["faq", "page"]


def test_an_answer_to_something_else_does_not_push_the_right_page_away():
    page = Candidate(1.0, doc("page", "แผนพัฒนาจังหวัดนครสวรรค์", "แผนพัฒนาจังหวัดนครสวรรค์ พ.ศ. 2570"))
    faq = Candidate(0.4, doc("faq", "จังหวัดเปิดกี่โมง", "จังหวัดเปิดทุกวัน", kind="faq", boost=3.0))
    assert order("แผนพัฒนาจังหวัดนครสวรรค์", faq, page) == ["page", "faq"]


def test_the_readers_language_decides_between_equals():
    english = Candidate(1.0, doc("en", "OSM", "x", language="en"))
    thai = Candidate(1.0, doc("th", "OSM", "x"))
    assert order("OSM", english, thai) == ["th", "en"]


def test_candidates_after_the_fiftieth_keep_their_place():
    candidates = [Candidate(100.0 - i, doc(str(i), "", "ถนน")) for i in range(60)]
    assert order("ถนน", *candidates)[50:] == [str(i) for i in range(50, 60)]


def test_nothing_to_rank():
    assert rerank(query_words("ถนน"), []) == []


def test_rare_trigrams_weigh_more():
    first, second = covered([{"aaa", "bbb"}, {"aaa"}])
    assert first == 1.0
    assert second < 0.5


def test_pieces_are_found_whatever_a_text_is_coded_in():
    thai = Candidate(1.0, doc("th", "", "น้ำท่วม flood")).compared(100)
    page = thai._replace(text=thai.text.decode().encode("cp874"), coding="cp874")
    sea = Candidate(1.0, doc("sea", "", "น้ำท่วม 🌊🌊🌊")).compared(100)
    wanted = {"น้ำ", "ำท่", "flo", "lo", "🌊🌊🌊", "???"}
    assert held(wanted, [thai, page, sea]) == [
        {"น้ำ", "ำท่", "flo", "lo"}, {"น้ำ", "ำท่", "flo", "lo"}, {"น้ำ", "ำท่", "🌊🌊🌊"}
    ]  # fmt: skip


def test_trigrams_stay_inside_chunks():
    assert trigrams("กขคง ab") == {"กขค", "ขคง", "ab"}
