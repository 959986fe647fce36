"""Dates, times, digits and unbroken names for templates. The rules are in core.thaidate and core.names."""

from __future__ import annotations

import datetime as dt
import functools

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core import digits, names, thaidate
from core.thaidate import Day

register = template.Library()


@register.filter
def day(value: Day | None, style: str = "short") -> str:
    """``9 ธ.ค. 2569``; styles short, long, full, legal (core.thaidate.format_day)."""
    return thaidate.format_day(value, style) if value else ""


@register.filter
def clock(value: dt.datetime | dt.time | None) -> str:
    """``09.30 น.``"""
    return thaidate.format_time(value) if value else ""


@register.filter
def year_be(value: Day | None) -> str:
    """The year people read: พ.ศ. in Thai, CE in English."""
    if not value:
        return ""
    return str(thaidate.year_be(value) if thaidate.is_thai() else thaidate.local_day(value).year)


@register.filter
def be(year: int | None) -> str:
    """A stored Buddhist-era year as the reader's year."""
    if not year:
        return ""
    return str(year if thaidate.is_thai() else year - thaidate.BE)


@register.filter
def fiscal_year(value: Day | None) -> str:
    return str(thaidate.fiscal_year_be(value)) if value else ""


@register.filter
def thai_digits(value: object) -> str:
    return digits.to_thai(value)


@register.filter
def nb(value: object) -> SafeString:
    """Keep names, dates and numbers with units on one line."""
    if not (get_language() or "th").startswith("th"):
        return format_html("{}", value)
    return names.keep_together(value)


@register.simple_tag
def day_range(start: Day, end: Day) -> SafeString:
    return format_html('<span class="nb">{}</span>', thaidate.format_range(start, end))


@register.simple_tag
def time_tag(value: Day | None, style: str = "short", with_time: bool = False) -> SafeString:
    """``<time datetime="2026-12-09">9 ธ.ค. 2569</time>``: ISO for machines, the reader's era for people."""
    if not value:
        return SafeString("")
    if with_time and isinstance(value, dt.datetime):
        return format_html(
            '<time datetime="{}"><span class="nb">{}</span> <span class="nb">{} {}</span></time>',
            value.isoformat(timespec="minutes"), thaidate.format_day(value, style),
            "เวลา" if thaidate.is_thai() else "at", thaidate.format_time(value),
        )  # fmt: skip
    return _day_tag(thaidate.local_day(value), style, get_language())


@functools.lru_cache(maxsize=1000)  # a list shows the same few days again and again
def _day_tag(value: dt.date, style: str, language: str | None) -> SafeString:
    text = thaidate.format_day(value, style, language)
    return format_html('<time datetime="{}"><span class="nb">{}</span></time>', value.isoformat(), text)


@register.filter
def current_year(_request: object) -> str:
    """The year of today for the copyright line, in the reader's era."""
    return year_be(timezone.now())
