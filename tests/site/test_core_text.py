"""Cleaning of what people type: the same words, normal code points."""

from __future__ import annotations

import unicodedata

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from core.forms.fields import CleanCharField, ThaiDateField
from core.text import CONTROL, INVISIBLE, clean_text

THAI = st.text(alphabet=[chr(c) for c in range(0x0E01, 0x0E5C)] + list(" \n\u200b\ufeff\x00ab"), max_size=60)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("เเม่น้ำ", "แม่น้ำ"),
        ("นํ้า", "น้ำ"),  # nikhahit, tone, sara aa
        ("น้ํา", "น้ำ"),  # tone, nikhahit, sara aa
        ("นํา", "นำ"),
        ("ท่ี่", "ที่"),
        ("ท่ี", "ที่"),
        ("ก\u200bข\ufeffค\u202eง", "กขคง"),
        ("ก\x00ข\x07", "กข"),
        ("ก่่่", "ก่"),
        ("ก่ิิ", "กิ่"),
        ("ก่ิ่ิ", "กิ่"),
        ("กํ่่า", "ก่ำ"),
        ("นำ้ท่วมบา้น", "น้ำท่วมบ้าน"),  # tone behind the vowel
        ("กา้า่", "ก้่าา"),
        ("ค่ะ คะ่", "ค่ะ ค่ะ"),
        ("สิทธ์ิ ศักด์ิ", "สิทธิ์ ศักดิ์"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\n\n\n\n\n\nb", "a\n\n\nb"),
        ("  ก  ", "ก"),
        ("\u200b\u200b", ""),
    ],
)
def test_broken_thai_becomes_normal(typed, kept):
    assert clean_text(typed) == kept


@given(THAI)
def test_cleaning_twice_changes_nothing_more(text):
    once = clean_text(text)
    assert clean_text(once) == once


@given(st.text(max_size=60))
def test_cleaning_any_text_twice_changes_nothing_more(text):
    once = clean_text(text)
    assert clean_text(once) == once


@given(st.text(max_size=60))
def test_nothing_invisible_is_left(text):
    cleaned = clean_text(text)
    assert not INVISIBLE.search(cleaned)
    assert not CONTROL.search(cleaned)


@given(st.text(alphabet=[chr(c) for c in range(0x0E01, 0x0E2F)] + list("abc 123"), max_size=60))
def test_visible_letters_stay(text):
    assert clean_text(text) == unicodedata.normalize("NFC", text).strip()


class PersonForm(forms.Form):
    name = CleanCharField(max_length=10)
    day = ThaiDateField(required=False)


class TestFields:
    def test_only_invisible_characters_count_as_empty(self):
        assert "name" in PersonForm({"name": "\u200b\u200b"}).errors

    def test_a_name_is_kept_clean(self):
        form = PersonForm({"name": "นํ้า"})
        assert form.is_valid()
        assert form.cleaned_data["name"] == "น้ำ"

    def test_too_long_is_refused_and_kept_in_the_form(self):
        form = PersonForm({"name": "ก" * 11})
        assert not form.is_valid()
        assert "ก" * 11 in str(form["name"])

    def test_a_thai_day_is_read_and_shown_again_in_thai(self):
        form = PersonForm({"name": "ก", "day": "๙ ธ.ค. ๒๕๖๙"})
        assert form.is_valid()
        assert form.cleaned_data["day"].isoformat() == "2026-12-09"
        assert 'value="9 ธ.ค. 2569"' in str(PersonForm(initial={"day": form.cleaned_data["day"]})["day"])

    def test_what_is_no_day_gets_a_clear_sentence(self):
        errors = PersonForm({"name": "ก", "day": "พรุ่งนี้"}).errors["day"]
        assert "9/12/2569" in errors[0]

    def test_the_same_day_written_otherwise_is_no_change(self):
        field = ThaiDateField()
        assert not field.has_changed("9/12/2569", "2026-12-09")
        assert field.has_changed("9/12/2569", "10/12/2569")
        assert field.has_changed("9/12/2569", "x")
