"""What is said instead of read: 30 seconds for the loudspeaker of a village, a text for LINE."""

from __future__ import annotations

import datetime as dt

from core.thaidate import WEEKDAYS, format_day, format_time, local_day
from hearings.documents.words import (
    THAI,
    hearing_link,
    last_minute,
    next_meeting,
    phone_of,
    short_day,
    spoken_phone,
    where,
)
from hearings.models import Hearing
from hearings.notices import office_settings


def loudspeaker(hearing: Hearing, now: dt.datetime) -> list[str]:
    """One line a breath; about 75 words. The telephone number is spelt out and said twice."""
    phone = phone_of(hearing, office_settings())
    lines = ["พ่อแม่พี่น้องโปรดทราบ", f"ขณะนี้เปิดรับฟังความคิดเห็น เรื่อง {hearing.title}"]
    if place := where(hearing):
        lines.append(f"ในพื้นที่ {place.replace('อ.', 'อำเภอ').replace('จ.', 'จังหวัด')}")
    if hearing.closes_on:
        lines.append(f"ท่านบอกความเห็นได้ถึงวัน{format_day(hearing.closes_on, 'full', THAI)}")
    if meeting := next_meeting(hearing, now):
        day = local_day(meeting.begins)
        lines.append(
            f"มีประชุมวัน{WEEKDAYS[day.weekday()]}ที่ {format_day(day, 'long', THAI)} "
            f"เวลา {format_time(meeting.begins, THAI).removesuffix(' น.')} นาฬิกา"
            + (f" ที่{meeting.place}" if meeting.place else "")
        )
    lines.append("ขอแบบกระดาษได้ที่ผู้ใหญ่บ้าน หรือสแกนรหัสที่ป้ายประกาศ")
    if phone:
        said = spoken_phone(phone)
        lines.append(f"ไม่ถนัดเขียน โทรเล่าให้เจ้าหน้าที่จดได้ หมายเลข {said}")
        lines.append(f"ขอทวนอีกครั้ง {said}")
    return [*lines, "ทุกความเห็นมีใบรับ และมีคำตอบ"]


def line_text(hearing: Hearing) -> str:
    """For LINE groups: what, until when, where to press."""
    until = (
        f"ส่งความเห็นได้ถึง {short_day(hearing.closes_on)} {last_minute(hearing)}" if hearing.closes_on else ""
    )
    parts = [f"รับฟังความเห็น: {hearing.title}", hearing.summary, until, hearing_link(hearing)]
    return "\n".join(part for part in parts if part)
