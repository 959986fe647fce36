"""Dates: Buddhist era for Thai readers, Christian era for English ones, ISO for machines."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import thaidate
from core.digits import to_arabic, to_thai
from core.templatetags import thai_tags

DAY = dt.date(2026, 12, 9)


class TestFormatDay:
    @pytest.mark.parametrize(
        ("style", "text"),
        [
            ("short", "9 ธ.ค. 2569"),
            ("long", "9 ธันวาคม 2569"),
            ("full", "พุธ 9 ธันวาคม 2569"),
            ("legal", "9 ธันวาคม พ.ศ. 2569"),
        ],
    )
    def test_thai_styles(self, style, text):
        assert thaidate.format_day(DAY, style) == text

    @pytest.mark.parametrize(
        ("style", "text"),
        [
            ("short", "9 Dec 2026"),
            ("long", "9 December 2026"),
            ("full", "Wednesday 9 December 2026"),
            ("legal", "9 December 2026"),
        ],
    )
    def test_english_styles(self, style, text):
        assert thaidate.format_day(DAY, style, "en") == text

    def test_a_leap_day_exists_in_the_buddhist_era(self):
        assert thaidate.format_day(dt.date(2028, 2, 29)) == "29 ก.พ. 2571"

    def test_a_moment_in_utc_is_shown_on_its_day_in_bangkok(self):
        assert thaidate.format_day(dt.datetime(2026, 12, 8, 17, 30, tzinfo=dt.UTC)) == "9 ธ.ค. 2569"

    def test_time_has_a_dot_in_thai_and_a_colon_in_english(self):
        moment = dt.datetime(2026, 12, 9, 2, 30, tzinfo=dt.UTC)
        assert thaidate.format_time(moment) == "09.30 น."
        assert thaidate.format_time(moment, "en") == "09:30"


class TestFormatRange:
    @pytest.mark.parametrize(
        ("start", "end", "text"),
        [
            ((2026, 11, 17), (2026, 12, 9), "17 พ.ย.–9 ธ.ค. 2569"),
            ((2026, 12, 1), (2026, 12, 9), "1–9 ธ.ค. 2569"),
            ((2026, 12, 30), (2027, 1, 2), "30 ธ.ค. 2569–2 ม.ค. 2570"),
            ((2026, 12, 9), (2026, 12, 9), "9 ธ.ค. 2569"),
        ],
    )
    def test_shared_parts_are_written_once(self, start, end, text):
        assert thaidate.format_range(dt.date(*start), dt.date(*end)) == text

    def test_english(self):
        assert thaidate.format_range(dt.date(2026, 11, 17), DAY, "en") == "17 Nov–9 Dec 2026"


class TestFiscalYear:
    @pytest.mark.parametrize(
        ("day", "year"),
        [((2026, 9, 30), 2569), ((2026, 10, 1), 2570), ((2026, 12, 31), 2570), ((2027, 9, 30), 2570)],
    )
    def test_it_begins_on_the_first_of_october(self, day, year):
        assert thaidate.fiscal_year_be(dt.date(*day)) == year

    def test_the_last_minute_of_september_is_counted_in_bangkok(self):
        assert thaidate.fiscal_year_be(dt.datetime(2026, 9, 30, 16, 59, tzinfo=dt.UTC)) == 2569
        assert thaidate.fiscal_year_be(dt.datetime(2026, 9, 30, 17, 0, tzinfo=dt.UTC)) == 2570


class TestParseDay:
    @pytest.mark.parametrize(
        "text",
        [
            "9/12/2569",
            "09-12-2569",
            "9.12.2569",
            "๙/๑๒/๒๕๖๙",
            "9 ธ.ค. 2569",
            "9 ธค 2569",
            "๙ ธันวาคม ๒๕๖๙",
            "9 ธันวาคม พ.ศ. 2569",
            "  9   ธันวาคม   2569 ",
            "2026-12-09",
            "2569-12-09",
            "9/12/2026",
            "9 December 2026",
            "9 Dec 2026",
        ],
    )
    def test_what_people_type(self, text):
        assert thaidate.parse_day(text) == DAY

    @pytest.mark.parametrize(
        "text",
        ["", "พรุ่งนี้", "31/2/2569", "29/2/2570", "1/13/2569", "9 ธ.ค. 69", "9/12", "0/0/0000", "9 xx 2569"],
    )
    def test_what_is_no_day_is_refused(self, text):
        with pytest.raises(ValueError):
            thaidate.parse_day(text)

    def test_the_leap_day(self):
        assert thaidate.parse_day("29 ก.พ. 2571") == dt.date(2028, 2, 29)

    @given(st.dates(dt.date(1900, 1, 1), dt.date(2400, 1, 1)), st.sampled_from(["short", "long", "legal"]))
    def test_what_we_print_can_be_typed_again(self, day, style):
        assert thaidate.parse_day(thaidate.format_day(day, style, "th")) == day
        assert thaidate.parse_day(to_thai(thaidate.format_day(day, style, "th"))) == day

    @given(st.text(max_size=30))
    def test_any_text_is_a_day_or_a_value_error(self, text):
        with contextlib.suppress(ValueError):
            assert isinstance(thaidate.parse_day(text), dt.date)


class TestTemplateTags:
    def test_time_tag_is_iso_for_machines_and_thai_for_people(self):
        html = thai_tags.time_tag(DAY)
        assert html == '<time datetime="2026-12-09"><span class="nb">9 ธ.ค. 2569</span></time>'

    def test_time_tag_with_time(self):
        html = thai_tags.time_tag(dt.datetime(2026, 12, 9, 2, 30, tzinfo=dt.UTC), "short", True)
        assert "เวลา 09.30 น." in html

    def test_nothing_for_no_day(self):
        assert thai_tags.time_tag(None) == thai_tags.day(None) == thai_tags.clock(None) == ""
        assert thai_tags.year_be(None) == thai_tags.be(None) == thai_tags.fiscal_year(None) == ""

    def test_years(self):
        assert thai_tags.year_be(DAY) == "2569"
        assert thai_tags.be(2569) == "2569"
        assert thai_tags.fiscal_year(DAY) == "2570"

    def test_years_in_english(self):
        from django.utils import translation

        with translation.override("en"):
            assert thai_tags.year_be(DAY) == thai_tags.be(2569) == "2026"


class TestDigits:
    def test_both_ways(self):
        assert to_thai(2569) == "๒๕๖๙"
        assert to_arabic("๐๑๒๓๔๕๖๗๘๙") == "0123456789"

    @given(st.integers(min_value=0))
    def test_there_and_back(self, number):
        assert to_arabic(to_thai(number)) == str(number)
