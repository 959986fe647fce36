"""One page that says what a plan is about, for people who will never read the plan (requirements A178)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from core import typeset
from core.thaidate import format_day
from hearings.documents.words import (
    THAI,
    hearing_link,
    office_data,
    open_days,
    phone_of,
    plain_facts,
    until_last_minute,
    where,
    without_scheme,
)
from hearings.enums import STILL_ASKS, HearingState
from hearings.models import Hearing
from hearings.notices import office_settings
from hearings.paragraphs import paragraphs

TEMPLATE = Path(__file__).with_name("three-minutes.typ")
MOST_SECTIONS = 16  # names of sections on the page; the rest is counted
STANDS = {
    HearingState.ANNOUNCED: "จะเปิดรับฟังความเห็น",
    HearingState.OPEN: "บอกความเห็นได้",
    HearingState.CANCELLED: "ยกเลิกการรับฟังแล้ว",
}


def three_minutes_data(hearing: Hearing, now: dt.datetime) -> dict[str, Any]:
    """What is printed: the plain summary of the editors and the names of the sections people are asked about."""
    office, url, state = office_settings(), hearing_link(hearing), hearing.state(now)
    draft = hearing.current_draft
    sections = [{"number": block.number, "head": block.heading} for block in draft.sections] if draft else []
    return {
        "office": office_data(office),
        "title": hearing.title,
        "what": hearing.summary,
        "where": where(hearing),
        "facts": plain_facts(hearing),
        "paragraphs": [
            piece.text
            for block in hearing.plain_summary
            if block.block_type == "paragraph"
            for piece in paragraphs(block.value.source)
            if piece.text
        ],
        "sections": sections[:MOST_SECTIONS],
        "more": max(len(sections) - MOST_SECTIONS, 0),
        "stands": STANDS.get(state, "รับฟังความเห็นไปแล้ว"),
        "open_days": "" if state == HearingState.CANCELLED else open_days(hearing),
        "until": until_last_minute(hearing) if state in STILL_ASKS else "",
        "result": f"ประกาศผลภายใน {format_day(hearing.result_due, 'short', THAI)}"
        if hearing.result_due and not hearing.has_result
        else "",
        "phone": phone_of(hearing, office),
        "reference": hearing.code or "",
        "short_url": without_scheme(url),
        "url": url,
        "qr": typeset.qr_svg(url),
    }


def three_minutes_pdf(hearing: Hearing, now: dt.datetime) -> bytes:
    return typeset.public_pdf(TEMPLATE, three_minutes_data(hearing, now))
