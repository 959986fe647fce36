"""Words that several papers of a hearing share: office, dates, places, addresses. Thai, whatever the site's language."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from core.digits import to_arabic
from core.models import SiteSettings
from core.thaidate import BE, MONTHS, SHORT_MONTHS, WEEKDAYS, Day, format_range, format_time, local_day
from hearings.enums import NoticeKind
from hearings.models import Hearing, Meeting, NoticeBoard
from hearings.notices import office_settings

THAI = "th"


def office_data(office: SiteSettings | None = None) -> dict[str, Any]:
    """The head of every paper."""
    office = office or office_settings()
    return {
        "site": office.site_name,
        "name": office.office_name,
        "office": office.office_name,
        "address": " ".join(office.address.split()),
        "phone": office.phone,
        "hours": office.hours,
    }


def site_address() -> str:
    return settings.SITE_ADDRESS


def without_scheme(url: str) -> str:
    """What people type: ``prachakhom.go.th/h/14``."""
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}".rstrip("/")


def hearing_link(hearing: Hearing) -> str:
    """Short enough to be typed from a poster; leads to the hearing."""
    return f"{site_address()}/h/{hearing.pk}/"


def board_link(board: NoticeBoard) -> str:
    return f"{site_address()}/b/{board.code}/"


def receipt_link(receipt_no: str) -> str:
    return f"{site_address()}/r/{receipt_no}/"


def short_day(value: Day) -> str:
    """``พุธ 9 ธ.ค. 2569``"""
    day = local_day(value)
    return f"{WEEKDAYS[day.weekday()]} {day.day} {SHORT_MONTHS[day.month - 1]} {day.year + BE}"


def spoken_day(value: Day, *, year: bool = True) -> str:
    """``วันพุธที่ 9 ธันวาคม 2569``, as it is read aloud."""
    day = local_day(value)
    said = f"วัน{WEEKDAYS[day.weekday()]}ที่ {day.day} {MONTHS[day.month - 1]}"
    return f"{said} {day.year + BE}" if year else said


def open_days(hearing: Hearing) -> str:
    """``1–23 ธ.ค. 2569``: papers hang before the first day, so the last one alone would mislead."""
    if hearing.opens_on is None or hearing.ended_on is None:
        return ""
    return format_range(hearing.opens_on, max(hearing.opens_on, hearing.ended_on), THAI)


def is_extended(hearing: Hearing) -> bool:
    """Boards still carry the earlier day: what is printed or said now must tell that this one is another."""
    return hearing.notices.filter(kind=NoticeKind.EXTENSION).exists()


def until_last_minute(hearing: Hearing) -> str:
    """``ถึงวันพุธ เวลา 23.59 น.``, beside ``open_days``."""
    if hearing.closes_on is None:
        return ""
    return f"ถึงวัน{WEEKDAYS[hearing.closes_on.weekday()]} เวลา {last_minute(hearing)}"


def last_minute(hearing: Hearing) -> str:
    """``23.59 น.`` where it closes at midnight, which nobody says."""
    return format_time(hearing.last_moment, THAI) if hearing.last_moment else ""


def phone_of(hearing: Hearing, office: SiteSettings) -> str:
    """Who knows the matter, else the office."""
    return next((contact.phone for contact in hearing.contacts.all() if contact.phone), "") or office.phone


def spoken_phone(phone: str) -> str:
    """Digits one by one, as a loudspeaker says them."""
    names = dict(
        zip("0123456789", ["ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า"], strict=True)
    )
    groups = to_arabic(phone.split(",")[0]).split()
    said = (" ".join(names[digit] for digit in group if digit in names) for group in groups)
    return ", ".join(group for group in said if group)


def where(hearing: Hearing) -> str:
    """Districts if named, else provinces."""
    districts = [f"อ.{area.name}" for area in hearing.districts.all()]
    return " ".join(districts or [f"จ.{area.name}" for area in hearing.provinces.all()])


def plain_facts(hearing: Hearing) -> list[dict[str, str]]:
    """The short questions and answers of the plain summary, as papers print them."""
    return [
        {"head": block.value["question"], "text": block.value["answer"]}
        for block in hearing.plain_summary
        if block.block_type == "fact"
    ]


def meeting_times(meeting: Meeting) -> str:
    start = format_time(meeting.begins, THAI)
    if meeting.ends_at and local_day(meeting.ends_at) == local_day(meeting.begins):
        return f"{start.removesuffix(' น.')}–{format_time(meeting.ends_at, THAI)}"
    return start


def next_meeting(hearing: Hearing, now: dt.datetime) -> Meeting | None:
    coming = (
        meeting
        for meeting in hearing.meetings.all()
        if meeting.starts_at and meeting.is_upcoming(now) and not meeting.cancelled_at
    )
    return min(coming, key=lambda meeting: meeting.begins, default=None)
