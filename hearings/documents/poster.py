"""Posters for the notice board and slips to tear off. With a board, the QR carries its code and visits are counted."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from core import typeset
from core.thaidate import format_day
from hearings.documents.words import (
    THAI,
    board_link,
    hearing_link,
    is_extended,
    meeting_times,
    next_meeting,
    office_data,
    open_days,
    phone_of,
    plain_facts,
    short_day,
    until_last_minute,
    where,
    without_scheme,
)
from hearings.models import Hearing, NoticeBoard
from hearings.notices import office_settings

HERE = Path(__file__).parent
A4, A3, SLIPS = HERE / "poster.typ", HERE / "poster-a3.typ", HERE / "slips.typ"
MOST_FACTS = 4
KICKER, EXTENDED = "ก่อนตัดสินใจ ขอฟังเสียงของท่าน", "ขยายเวลาแล้ว ยังบอกความเห็นได้"
PAPER = "ขอแบบกระดาษได้ที่ผู้ใหญ่บ้านหรือสำนักงานของเรา"


def poster_data(hearing: Hearing, now: dt.datetime, board: NoticeBoard | None = None) -> dict[str, Any]:
    office = office_settings()
    url = board_link(board) if board else hearing_link(hearing)
    meeting = next_meeting(hearing, now)
    return {
        "office": office_data(office),
        "kicker": EXTENDED if is_extended(hearing) else KICKER,
        "title": hearing.title,
        "what": hearing.summary,
        "where": where(hearing),
        "open_days": open_days(hearing),
        "until": until_last_minute(hearing),
        "phone": phone_of(hearing, office),
        "phone_hint": " ".join(part for part in (office.hours, "เจ้าหน้าที่จดให้") if part),
        "paper": hearing.how_to_comment or PAPER,
        "meeting": {
            "day": short_day(meeting.begins),
            "time": meeting_times(meeting),
            "place": meeting.place or "ประชุมทางออนไลน์ ดูที่หน้าเว็บไซต์",
        }
        if meeting
        else None,
        "privacy": "ไม่ต้องสมัครสมาชิก ไม่ต้องบอกชื่อ",
        "facts": plain_facts(hearing)[:MOST_FACTS],
        "slip_title": hearing.title,
        "slip_text": f"บอกได้ {days}" if (days := open_days(hearing)) else "",
        "posted": f"ปิดประกาศ {format_day(hearing.notice_published_at, 'short', THAI)}"
        if hearing.notice_published_at
        else "",
        "result": f"ประกาศผลภายใน {format_day(hearing.result_due, 'short', THAI)}"
        if hearing.result_due
        else "",
        "law": f"{hearing.legal_basis} ข้อ 11" if hearing.legal_basis else "",
        "board": f"ป้าย {board.code}" if board else "",
        "reference": hearing.code or "",
        "short_url": without_scheme(url),
        "url": url,
        "qr": typeset.qr_svg(url),
        "slip_qr": typeset.qr_svg(url, border=1),
    }


def poster_pdf(
    hearing: Hearing, now: dt.datetime, *, template: Path = A4, board: NoticeBoard | None = None
) -> bytes:
    return typeset.public_pdf(template, poster_data(hearing, now, board))


def board_qr(board: NoticeBoard) -> str:
    """The QR of one notice board as SVG."""
    return typeset.qr_svg(board_link(board))
