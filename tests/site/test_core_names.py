"""Names, dates and numbers stay on one line; everything is escaped, whatever it is."""

from __future__ import annotations

import html
import re

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from core import names
from core.names import keep_together


def kept(text: str) -> list[str]:
    return re.findall(r'<span class="nb">(.*?)</span>', keep_together(text))


@pytest.fixture
def places():
    """Two place names, as geography would register them."""
    before = list(names._providers)
    names._providers[:] = [lambda: ["ชุมแสง", "นครสวรรค์", "A&B"]]
    names.forget_names()
    yield
    names._providers[:] = before
    names.forget_names()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("ส่งได้ถึง 9 ธ.ค. 2569 เท่านั้น", ["9 ธ.ค. 2569"]),
        ("17–20 พฤศจิกายน 2569", ["17–20 พฤศจิกายน 2569"]),
        ("เวลา 09.30–12.00 น. ที่วัด", ["09.30–12.00 น."]),
        ("ใช้ที่ดิน 1,250 ไร่", ["1,250 ไร่"]),
        ("พ.ศ. 2571–2575", ["พ.ศ. 2571–2575"]),
        ("ตามมาตรา 23 และข้อ 9", ["มาตรา 23", "ข้อ 9"]),
        ("เชิญมาเสาร์ที่ 28 พฤศจิกายน ที่ศาลา", ["เสาร์ที่ 28 พฤศจิกายน"]),
        ("เลขใบรับ เช่น 4829 3051 7264", ["4829 3051 7264"]),
        ("โทร 056 000 123 หรือรหัส 628 194", ["056 000 123", "628 194"]),
        ("ประโยคสั้น ๆ ก็พอ", ["น ๆ"]),
        ("ภาคเหนือตอนล่าง 2", ["ตอนล่าง 2"]),
    ],
)
def test_dates_numbers_and_clauses(text, parts):
    assert kept(text) == parts


def test_places_with_their_kind(places):
    assert kept("ที่อำเภอชุมแสง จ.นครสวรรค์") == ["อำเภอชุมแสง", "จ.นครสวรรค์"]


def test_a_name_with_markup_is_escaped(places):
    assert kept("A&B") == ["A&amp;B"]


@given(st.text(max_size=80))
def test_only_our_own_span_is_ever_markup(text):
    rest = keep_together(text).replace('<span class="nb">', "").replace("</span>", "")
    assert "<" not in rest
    assert html.unescape(rest) == text


@given(st.text(alphabet="<>&\"'/ 0123456789.–ธคนพศ", max_size=60))
def test_hostile_mixtures_are_escaped_too(text):
    rest = keep_together(text).replace('<span class="nb">', "").replace("</span>", "")
    assert "<" not in rest


def test_english_text_is_only_escaped():
    with translation.override("en"):
        assert Template("{{ x|nb }}").render(Context({"x": "<b> 9 ธ.ค. 2569"})) == "&lt;b&gt; 9 ธ.ค. 2569"
