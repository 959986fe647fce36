"""Days with a time as officers write them, in Bangkok, with the year of either era."""

from __future__ import annotations

import datetime as dt

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.forms.fields import ThaiDateTimeField
from core.thaidate import parse_moment

CLOSING = dt.datetime(2026, 12, 9, 23, 59, tzinfo=timezone.get_default_timezone())


@pytest.mark.parametrize(
    "text",
    [
        "9/12/2569 23.59", "9/12/2569 23:59", "09-12-2569  23.59 น.", "๙/๑๒/๒๕๖๙ ๒๓.๕๙", "9 ธ.ค. 2569 23.59",
        "9 ธันวาคม พ.ศ. 2569 เวลา 23.59 น.", "9 December 2026 at 23:59", "2026-12-09 23:59", "2026-12-09T23:59",
    ],
)  # fmt: skip
def test_a_moment_is_read_as_people_write_it(text):
    assert parse_moment(text) == CLOSING


@pytest.mark.parametrize(
    "text",
    [
        "",
        "9/12/2569",
        "23.59",
        "9/12/2569 24.00",
        "9/12/2569 23.60",
        "31/2/2569 08.30",
        "พรุ่งนี้ 8.30",
        "9/12/2569 23.5",
        "x" * 5000,
    ],
)
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError, match="."):
        parse_moment(text)


def test_the_field_shows_what_it_reads():
    field = ThaiDateTimeField()
    assert field.prepare_value(CLOSING) == "9 ธ.ค. 2569 23.59 น."
    assert field.to_python(field.prepare_value(CLOSING)) == CLOSING
    assert not field.has_changed(CLOSING, "9/12/2569 23.59")
    assert field.has_changed(CLOSING, "9/12/2569 23.58")
    assert field.has_changed(CLOSING, "เมื่อไรก็ได้")


def test_the_field_says_what_is_wrong_and_keeps_what_was_typed():
    class Form(forms.Form):
        closes_at = ThaiDateTimeField()

    form = Form({"closes_at": "พรุ่งนี้"})
    assert form.errors.as_data()["closes_at"][0].code == "invalid"
    assert 'value="พรุ่งนี้"' in str(form["closes_at"])
    assert ThaiDateTimeField(required=False).clean("") is None
    with pytest.raises(ValidationError):
        ThaiDateTimeField().clean("")
