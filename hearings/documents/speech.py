"""What is said instead of read: 30 seconds for the loudspeaker of a village, a text for LINE.

Both say where the hearing stands at this moment: a village that is asked to speak before it may, or after, is misled.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from core.thaidate import format_day, format_time, local_day
from hearings.documents.words import (
    THAI,
    hearing_link,
    is_extended,
    next_meeting,
    open_days,
    phone_of,
    spoken_day,
    spoken_phone,
    until_last_minute,
    where,
)
from hearings.enums import STILL_ASKS, HearingState
from hearings.models import Hearing
from hearings.notices import office_settings

Script = Callable[[Hearing, dt.datetime], list[str]]


def loudspeaker(hearing: Hearing, now: dt.datetime) -> list[str]:
    """One line a breath; about 75 words. The telephone number is spelt out and said twice."""
    return ["พ่อแม่พี่น้องโปรดทราบ", *SCRIPTS.get(hearing.state(now), _closed)(hearing, now)]


def _longer(hearing: Hearing) -> str:
    return "ขยายเวลาแล้ว " if is_extended(hearing) else ""


def _days(hearing: Hearing, said: str) -> list[str]:
    if not (hearing.opens_on and hearing.closes_on):
        return []
    return [f"{_longer(hearing)}{said}{_from_to(hearing)}"]


def _before(hearing: Hearing, now: dt.datetime) -> list[str]:
    return [
        f"จะมีการรับฟังความคิดเห็น เรื่อง {hearing.title}", *_place(hearing), *_days(hearing, "จะเปิดรับฟังตั้งแต่"), *_meeting(hearing, now),
        "ระหว่างนี้ อ่านเรื่องได้ที่ป้ายประกาศ หรือสแกนรหัสที่ป้าย", *_telephone(hearing, "สงสัยตรงไหน โทรถามเจ้าหน้าที่ได้"),
        "ถึงวันเปิดแล้ว ขอเชิญทุกท่านบอกความเห็น",
    ]  # fmt: skip


def _open(hearing: Hearing, now: dt.datetime) -> list[str]:
    return [
        f"ขณะนี้เปิดรับฟังความคิดเห็น เรื่อง {hearing.title}", *_place(hearing), *_days(hearing, "บอกความเห็นได้ตั้งแต่"), *_meeting(hearing, now),
        "ขอแบบกระดาษได้ที่ผู้ใหญ่บ้าน หรือสแกนรหัสที่ป้ายประกาศ", *_telephone(hearing, "ไม่ถนัดเขียน โทรเล่าให้เจ้าหน้าที่จดได้"),
        "ทุกความเห็นมีใบรับ และมีคำตอบ",
    ]  # fmt: skip


def _closed(hearing: Hearing, now: dt.datetime) -> list[str]:
    """What comes next; a result that is late is said to be late."""
    due = hearing.result_due
    if due is None:
        result = "ประกาศผลเมื่อไร จะแจ้งให้ทราบอีกครั้ง"
    elif hearing.is_result_late(now):
        result = f"ผลควรประกาศภายใน{spoken_day(due)} ขณะนี้ยังไม่ได้ประกาศ"
    else:
        result = f"จะประกาศผลพร้อมเหตุผล ไม่เกิน{spoken_day(due)}"
    ended = f"ปิดรับไปเมื่อ{spoken_day(hearing.ended_on)}" if hearing.ended_on else ""
    return [
        f"ปิดรับฟังความคิดเห็นแล้ว เรื่อง {hearing.title}", *_place(hearing), *([ended] if ended else []),
        "เจ้าหน้าที่กำลังอ่านและสรุปทุกความเห็น", result, *_meeting(hearing, now),
        *_telephone(hearing, "โทรถามเรื่องนี้ได้"), "ขอบคุณทุกท่านที่บอกความเห็น",
    ]  # fmt: skip


def _result(hearing: Hearing, now: dt.datetime) -> list[str]:
    return [
        f"ประกาศผลการรับฟังความคิดเห็นแล้ว เรื่อง {hearing.title}", *_place(hearing),
        "อ่านผลพร้อมเหตุผลได้โดยสแกนรหัสที่ป้ายประกาศ", "ท่านที่มีใบรับ ดูคำตอบได้ด้วยเลขใบรับ", *_meeting(hearing, now),
        *_telephone(hearing, "ไม่มีอินเทอร์เน็ต โทรถามผลได้"), "ขอบคุณทุกท่านที่บอกความเห็น",
    ]  # fmt: skip


def _cancelled(hearing: Hearing, now: dt.datetime) -> list[str]:
    return [
        f"ยกเลิกการรับฟังความคิดเห็นแล้ว เรื่อง {hearing.title}", *_place(hearing),
        "อ่านเหตุผลได้โดยสแกนรหัสที่ป้ายประกาศ", *_telephone(hearing, "โทรถามเรื่องนี้ได้"),
    ]  # fmt: skip


SCRIPTS: dict[HearingState, Script] = {
    HearingState.ANNOUNCED: _before,
    HearingState.OPEN: _open,
    HearingState.RESULT_PUBLISHED: _result,
    HearingState.FOLLOWED_UP: _result,
    HearingState.CANCELLED: _cancelled,
}


def _from_to(hearing: Hearing) -> str:
    """The year is said once where both days share it."""
    first, last = hearing.opens_on, hearing.closes_on
    if first is None or last is None:
        return ""
    return f"{spoken_day(first, year=first.year != last.year)} ถึง{spoken_day(last)}"


def _place(hearing: Hearing) -> list[str]:
    place = where(hearing)
    return [f"ในพื้นที่ {place.replace('อ.', 'อำเภอ').replace('จ.', 'จังหวัด')}"] if place else []


def _meeting(hearing: Hearing, now: dt.datetime) -> list[str]:
    meeting = next_meeting(hearing, now)
    if meeting is None:
        return []
    clock = format_time(meeting.begins, THAI).removesuffix(" น.")
    place = f" ที่{meeting.place}" if meeting.place else ""
    return [f"มีประชุม{spoken_day(local_day(meeting.begins))} เวลา {clock} นาฬิกา{place}"]


def _telephone(hearing: Hearing, words: str) -> list[str]:
    phone = phone_of(hearing, office_settings())
    said = spoken_phone(phone)
    return [f"{words} หมายเลข {said}", f"ขอทวนอีกครั้ง {said}"] if said else []


def line_text(hearing: Hearing, now: dt.datetime) -> str:
    """For LINE groups: what, from when until when, where to press."""
    state = hearing.state(now)
    days = f"{open_days(hearing)} {until_last_minute(hearing)}" if open_days(hearing) else ""
    more = _longer(hearing) if state in STILL_ASKS else ""
    # Of what was called off nobody is asked any more, as most summaries do.
    what = "" if state == HearingState.CANCELLED else hearing.summary
    match state:
        case HearingState.ANNOUNCED:
            head, then = "จะเปิดรับฟังความเห็น", f"{more}ส่งความเห็นได้ {days}" if days else ""
        case HearingState.OPEN:
            head, then = "รับฟังความเห็น", f"{more}ส่งความเห็นได้ {days}" if days else ""
        case HearingState.RESULT_PUBLISHED | HearingState.FOLLOWED_UP:
            head, then = "ประกาศผลการรับฟังแล้ว", "อ่านผลพร้อมเหตุผลได้ที่นี่"
        case HearingState.CANCELLED:
            head, then = "ยกเลิกการรับฟังแล้ว", "อ่านเหตุผลได้ที่นี่"
        case _:
            head, then = "ปิดรับความเห็นแล้ว", _until_result(hearing, now)
    return "\n".join(part for part in (f"{head}: {hearing.title}", what, then, hearing_link(hearing)) if part)


def _until_result(hearing: Hearing, now: dt.datetime) -> str:
    if hearing.result_due is None:
        return "กำลังสรุปความเห็น"
    due = format_day(hearing.result_due, "short", THAI)
    if hearing.is_result_late(now):
        return f"กำลังสรุปความเห็น ผลควรประกาศภายใน {due} ขณะนี้ยังไม่ได้ประกาศ"
    return f"กำลังสรุปความเห็น ประกาศผลไม่เกิน {due}"
