"""Dates as people here read them: Buddhist era in Thai, Christian era in English. The one place for it.

Django's Thai formats print the Christian era, so nothing in a template uses ``|date``. Machines get ISO
(`<time datetime>`). Fiscal year 2570 runs from 1 October 2569 to 30 September 2570 (2026-10-01 to 2027-09-30).
"""

from __future__ import annotations

import datetime as dt
import re

from django.utils import timezone
from django.utils.translation import get_language

from core.digits import to_arabic

BE = 543
MONTHS = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
]
SHORT_MONTHS = [
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
]
WEEKDAYS = ["จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์"]
EN_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
EN_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
# A year from here on is meant as พ.ศ.; below it as ค.ศ.
FIRST_BE_YEAR = 2400

Day = dt.date | dt.datetime


def local_day(value: Day) -> dt.date:
    """The calendar day in Bangkok."""
    if isinstance(value, dt.datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def is_thai(language: str | None = None) -> bool:
    return (language or get_language() or "th").startswith("th")


def format_day(value: Day, style: str = "short", language: str | None = None) -> str:
    """``short`` 9 ธ.ค. 2569 · ``long`` 9 ธันวาคม 2569 · ``full`` พุธ 9 ธันวาคม 2569 · ``legal`` 9 ธันวาคม พ.ศ. 2569."""
    day = local_day(value)
    if not is_thai(language):
        month = EN_MONTHS[day.month - 1]
        text = f"{day.day} {month[:3] if style == 'short' else month} {day.year}"
        return f"{EN_WEEKDAYS[day.weekday()]} {text}" if style == "full" else text
    if style == "short":
        return f"{day.day} {SHORT_MONTHS[day.month - 1]} {day.year + BE}"
    era = "พ.ศ. " if style == "legal" else ""
    text = f"{day.day} {MONTHS[day.month - 1]} {era}{day.year + BE}"
    return f"{WEEKDAYS[day.weekday()]} {text}" if style == "full" else text


def format_time(value: dt.datetime | dt.time, language: str | None = None) -> str:
    """``09.30 น.`` in Thai, ``09:30`` in English."""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{value:%H.%M} น." if is_thai(language) else f"{value:%H:%M}"


def format_range(start: Day, end: Day, language: str | None = None) -> str:
    """``17 พ.ย.–9 ธ.ค. 2569``; the shared month and year are written once."""
    first, last = local_day(start), local_day(end)
    if first == last:
        return format_day(first, language=language)
    thai = is_thai(language)
    month = SHORT_MONTHS[first.month - 1] if thai else EN_MONTHS[first.month - 1][:3]
    if first.year != last.year:
        head = format_day(first, language=language)
    elif first.month != last.month:
        head = f"{first.day} {month}"
    else:
        head = f"{first.day}"
    return f"{head}–{format_day(last, language=language)}"


def year_be(value: Day) -> int:
    return local_day(value).year + BE


def fiscal_year_be(value: Day) -> int:
    """The fiscal year (พ.ศ.) a day belongs to; it begins on 1 October."""
    day = local_day(value)
    return day.year + BE + (1 if day.month >= 10 else 0)


NUMERIC = re.compile(r"^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})$")
ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
WORDS = re.compile(r"^(\d{1,2})\s*([^\d\s]+?)\s*(?:พ\.?ศ\.?)?\s*(\d{4})$")


def parse_day(text: str) -> dt.date:
    """Read what people type: ``9/12/2569``, ``9 ธ.ค. 2569``, ``๙ ธันวาคม ๒๕๖๙``, ``2026-12-09``.

    A year from 2400 on is พ.ศ. Raises ValueError for anything that is not a real day.
    """
    text = " ".join(to_arabic(text).split())
    if match := ISO.match(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := NUMERIC.match(text):
        day, month, year = (int(part) for part in match.groups())
    elif match := WORDS.match(text):
        day, month, year = int(match[1]), _month(match[2]), int(match[3])
    else:
        raise ValueError(f"not a date: {text!r}")
    return dt.date(year - BE if year >= FIRST_BE_YEAR else year, month, day)


CLOCK = re.compile(
    r"^(?P<day>.+?)[\sT]+(?:เวลา\s*|at\s+)?(?P<hour>\d{1,2})[.:](?P<minute>\d{2})\s*(?:น\.?)?$"
)


def parse_moment(text: str) -> dt.datetime:
    """Read a day with a time in Bangkok: ``9/12/2569 23.59``, ``9 ธ.ค. 2569 เวลา 08.30 น.``, ``2026-12-09T08:30``."""
    match = CLOCK.match(" ".join(to_arabic(text).split()))
    if not match:
        raise ValueError(f"not a day with a time: {text!r}")
    time = dt.time(int(match["hour"]), int(match["minute"]))
    return timezone.make_aware(dt.datetime.combine(parse_day(match["day"]), time))


def _month(word: str) -> int:
    bare = word.replace(".", "").lower()
    for names in (MONTHS, [name.replace(".", "") for name in SHORT_MONTHS]):
        if bare in names:
            return names.index(bare) + 1
    for number, name in enumerate(EN_MONTHS, start=1):
        if len(bare) >= 3 and name.lower().startswith(bare):
            return number
    raise ValueError(f"not a month: {word!r}")
