"""The receipt as an A6 slip. The edit code is printed only for the device that has just sent.

What was sent follows on further slips there, and for who opened the receipt with the code.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.translation import override

from core import typeset
from core.thaidate import format_day, format_time
from hearings.documents.words import (
    THAI,
    last_minute,
    office_data,
    phone_of,
    receipt_link,
    site_address,
    without_scheme,
)
from hearings.enums import Channel, Stage
from hearings.forms.places import place_of
from hearings.models import Hearing, Submission
from hearings.notices import office_settings
from hearings.sent_words import answered, comments_of, files_of

TEMPLATE = Path(__file__).with_name("receipt.typ")


def receipt_data(submission: Submission, edit_code: str = "", *, whole: bool = False) -> dict[str, Any]:
    hearing, office = submission.hearing, office_settings()
    url = receipt_link(submission.receipt_no)
    with override(THAI):
        channel = "" if submission.channel == Channel.WEB else submission.get_channel_display()
        said = said_in(submission) if whole else {}
    until = (
        f"{format_day(hearing.closes_on, 'short', THAI)} เวลา {last_minute(hearing)}"
        if hearing.closes_on
        else ""
    )
    return {
        "office": office_data(office),
        "receipt": submission.receipt_no,
        "edit_code": edit_code,
        "edit_until": until,
        "received_at": f"{format_day(submission.submitted_at, 'short', THAI)} "
        f"เวลา {format_time(submission.submitted_at, THAI)}",
        "hearing": hearing.title,
        "channel": channel,
        "next": next_steps(hearing),
        **said,
        "phone": phone_of(hearing, office),
        "short_url": without_scheme(f"{site_address()}/r/"),
        "url": url,
        "qr": typeset.qr_svg(url),
    }


def said_in(submission: Submission) -> dict[str, Any]:
    return {
        "said": [
            {
                "place": str(place_of(comment).label),
                "topic": comment.topic.name if comment.topic else "",
                "mark": comment.mark.label if comment.mark else "",
                "quote": comment.quote,
                "stance": comment.stance,
                "reason": comment.reason,
                "suggestion": comment.suggestion,
                "expected_impact": comment.expected_impact,
            }
            for comment in comments_of(submission)
        ],
        "answered": [{"question": question, "lines": lines} for question, lines in answered(submission)],
        "files": [file.name for file in files_of(submission)],
    }


def next_steps(hearing: Hearing) -> list[dict[str, str]]:
    closes = format_day(hearing.ended_on, "short", THAI) if hearing.ended_on else ""
    due = format_day(hearing.result_due, "short", THAI) if hearing.result_due else ""
    read = {"title": "เจ้าหน้าที่อ่านทุกฉบับ", "body": "ภายใน 24 ชั่วโมง ไม่ลบเพราะเห็นต่าง", "state": "now"}
    if hearing.stage == Stage.CANCELLED:
        kept = "อ่านเหตุผลได้ที่หน้าของเรื่องนี้ ความเห็นของท่านยังอยู่ในบันทึก"
        return [read, {"title": "เรื่องนี้ยกเลิกการรับฟังแล้ว", "body": kept, "state": "next"}]
    return [
        read,
        {"title": "ปิดรับ แล้วจัดเป็นประเด็น", "body": f"หลัง {closes}" if closes else "", "state": "next"},
        {
            "title": "ประกาศผลพร้อมเหตุผล",
            "body": f"ไม่เกิน {due} ดูได้ด้วยเลขใบรับนี้" if due else "ดูได้ด้วยเลขใบรับนี้",
            "state": "next",
        },
    ]


def receipt_pdf(submission: Submission, edit_code: str = "", *, whole: bool = False) -> bytes:
    data = receipt_data(submission, edit_code, whole=whole)
    return typeset.pdf(TEMPLATE, data, made_on=submission.submitted_at)
