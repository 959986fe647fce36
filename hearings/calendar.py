"""Dates of a hearing for people's own calendars (RFC 5545). Times stand in UTC: every calendar shows them locally."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from hearings.enums import Stage
from hearings.models import Hearing, Meeting

FOLD = 75  # octets of a line, without its end
MOMENT = "%Y%m%dT%H%M%SZ"
REMINDER = dt.timedelta(days=3)
HALF_HOUR = dt.timedelta(minutes=30)
DEFAULT_LENGTH = dt.timedelta(hours=3)


def hearing_calendar(hearing: Hearing, url: str, now: dt.datetime) -> bytes:
    """Opening and closing as half-hour entries, the closing with a reminder three days before.

    Opened again it puts right what an earlier one said: an extension moves the closing, a cancellation takes both away,
    an early closing the last chance.
    """
    events: list[list[str]] = []
    title, number = hearing.display_title, hearing.notices.count()
    is_off = hearing.stage == Stage.CANCELLED
    if start := hearing.opens_at:
        words = _("Opens for comments: %(title)s") % {"title": title}
        state = _version(number, is_off=is_off or hearing.ended_unopened)
        events.append(
            _event(f"hearing-{hearing.pk}-opens", start, start + HALF_HOUR, words, url, now, more=state)
        )
    if end := hearing.closes_at:
        words = _("Last chance to comment: %(title)s") % {"title": title}
        is_gone = is_off or hearing.force_closed_at is not None
        state = [*_version(number, is_off=is_gone), *([] if is_gone else _alarm(words))]
        events.append(
            _event(f"hearing-{hearing.pk}-closes", end - HALF_HOUR, end, words, url, now, more=state)
        )
    return _calendar(events)


def meeting_calendar(meeting: Meeting, url: str, now: dt.datetime) -> bytes:
    end = meeting.ends_at or meeting.begins + DEFAULT_LENGTH
    with_hearing = _went_with_hearing(meeting)
    number = meeting.amendments.count() + with_hearing
    event = _event(
        f"meeting-{meeting.pk}", meeting.begins, end, meeting.title, url, now,
        place=meeting.place or meeting.online_url, description=meeting.agenda,
        more=_version(number, is_off=with_hearing or meeting.cancelled_at is not None),
    )  # fmt: skip
    return _calendar([event])


def _went_with_hearing(meeting: Meeting) -> bool:
    """Not what was over before the hearing was called off."""
    if meeting.hearing.stage != Stage.CANCELLED:
        return False
    off = meeting.hearing.stage_changes.cancellation()
    return bool(off and meeting.is_upcoming(off.at))


def _version(number: int, *, is_off: bool) -> list[str]:
    """Each paper counts, so that a calendar takes the newer file for the same entry (RFC 5545, 3.8.7.4)."""
    return [f"SEQUENCE:{number}", *(["STATUS:CANCELLED"] if is_off else [])]


def _event(
    name: str,
    start: dt.datetime,
    end: dt.datetime,
    summary: str,
    url: str,
    now: dt.datetime,
    *,
    place: str = "",
    description: str = "",
    more: Sequence[str] = (),
) -> list[str]:
    """``name`` stays, so that a file opened again moves the old entry instead of adding one. ``more``: further lines."""
    lines = [
        "BEGIN:VEVENT",
        f"UID:{name}@{urlsplit(settings.SITE_ADDRESS).hostname}",
        f"DTSTAMP:{_utc(now)}",
        f"DTSTART:{_utc(start)}",
        f"DTEND:{_utc(end)}",
        f"SUMMARY:{escape(summary)}",
        f"URL:{url}",
    ]
    if place:
        lines.append(f"LOCATION:{escape(place)}")
    if description:
        lines.append(f"DESCRIPTION:{escape(description)}")
    return [*lines, *more, "END:VEVENT"]


def _alarm(words: str) -> list[str]:
    days = f"TRIGGER:-P{REMINDER.days}D"
    return ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escape(words)}", days, "END:VALARM"]


def _calendar(events: list[list[str]]) -> bytes:
    head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Prachakhom//Hearings//TH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    lines = [*head, *(line for event in events for line in event), "END:VCALENDAR"]
    return b"".join(fold(line) + b"\r\n" for line in lines)


def _utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime(MOMENT)


def escape(text: str) -> str:
    r"""Commas, semicolons, backslashes and line ends as TEXT wants them (3.3.11); no other control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(char for char in text if char == "\n" or char >= " ")
    for char in "\\;,":
        text = text.replace(char, f"\\{char}")
    return text.replace("\n", "\\n")


def fold(line: str) -> bytes:
    """Lines of at most 75 octets, the next ones after a space; never inside a character."""
    parts: list[bytes] = []
    current = b""
    for char in line:
        encoded = char.encode()
        if len(current) + len(encoded) > FOLD:
            parts.append(current)
            current = b" "
        current += encoded
    return b"\r\n".join([*parts, current])
