"""What an index keeps of a document tells the same as the document itself."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines import Candidate
from search.engines.base import stored_form
from search.engines.kept import KeptCandidate, row_of
from search.text import Borders, canonical, fold, tokens
from search.text.cut import WORD
from tests.search.conftest import doc

WORDS = [
    "น้ำท่วม",
    "องค์การบริหารส่วนตำบล",
    "ก.พ.ร.",
    "รพ.สต.",
    "Flooding",
    "๒๕๖๙",
    "3.14",
    " ",
    "\n",
    "น.",
    "ๆ",
    "½",
    "🌊",
]
text = st.lists(st.sampled_from(WORDS), max_size=30).map("".join) | st.text(max_size=60)


def words(borders: Borders, start: int = 0, end: int = 10_000) -> list[tuple[str, int, int]]:
    return [
        (borders.folded[a:b].replace(".", ""), a, b)
        for a, b in pairwise(borders.between(start, end))
        if WORD.search(borders.folded, a, b)
    ]


@given(text)
@settings(max_examples=200, deadline=None)
def test_borders_give_the_words_again(said):
    folded = fold(canonical(said))
    borders = Borders.of(folded)
    cut = [token for token in tokens(folded) if WORD.search(token.text)]
    assert words(borders) == cut
    low, high = len(folded) // 3, len(folded) // 3 * 2
    assert words(borders, low, high) == [token for token in cut if low <= token.start and token.end <= high]


@given(text, text, text, st.booleans())
@settings(max_examples=200, deadline=None)
def test_all_that_is_asked_of_a_document_comes_back(title, body, detail, heading_searched):
    document = stored_form(doc("a", title, body, detail=detail, heading_searched=heading_searched))
    kept, plain = KeptCandidate(1.0, lambda: row_of(document).kept), Candidate(1.0, document)
    assert kept.document == document
    one, other = kept.compared(50), plain.compared(50)
    assert (one.title, one.letters) == (other.title[:50], other.letters)
    assert one.text.decode(one.coding) == other.text.decode()
    assert words(kept.title_borders) == words(plain.title_borders)
    assert words(kept.body_borders) == words(plain.body_borders)


def test_every_fact_comes_back():
    moment = dt.datetime(2026, 11, 24, 3, 42, tzinfo=dt.UTC)
    document = doc(
        "home.page:1", "แก้มลิง", "เก็บน้ำ", detail="พิจิตร", kind="lesson", language="en", date=moment, boost=1.5,
        provinces=("60", "66"), topics=("น้ำ",), sectors=("women",), issues=("2",), variety="caution", part_of="h:1",
    )  # fmt: skip
    kept = KeptCandidate(1.0, lambda: row_of(document).kept)
    assert (kept.key, kept.language, kept.boost) == ("home.page:1", "en", 1.5)
    assert kept.document == document


@pytest.mark.parametrize("heading_searched", [True, False])
def test_words_of_a_heading_are_indexed_only_where_they_are_its_own(heading_searched):
    words = row_of(doc("a", "ถนน", "สะพาน", detail="ตลาด", heading_searched=heading_searched)).words.split()
    assert set(words) == ({"ถนน", "สะพาน", "ตลาด"} if heading_searched else {"สะพาน"})
