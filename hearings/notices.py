"""What an official paper of a hearing says, as plain data in Thai: its page and its PDF print this and nothing else.

Frozen in ``Notice.data`` when it is issued. The texts follow the form of announcements of the civil service
(regulation on secretarial work); they are Thai in every language of the site, because the paper is.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from wagtail.models import Site

from core.models import SiteSettings
from core.thaidate import format_day, format_time, local_day, year_be
from core.urls_for import page_path
from hearings.models import Hearing, Notice
from hearings.rules import LEGAL_BASIS, result_due

THAI = "th"
# Name of the item in ข้อ 7, and where its words are. The order is the order of the clause.
DISCLOSURE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("เหตุผลความจำเป็นและวัตถุประสงค์", ("necessity",)),
    ("สาระสำคัญของโครงการ", ("essence",)),
    ("ผู้ดำเนินการ", ("operator",)),
    ("สถานที่ที่จะดำเนินการ", ("site",)),
    ("ขั้นตอนและระยะเวลาดำเนินการ", ("timetable",)),
    ("ผลผลิตและผลลัพธ์", ("outputs",)),
    ("ผลกระทบต่อประชาชน และมาตรการป้องกัน แก้ไข และเยียวยา", ("affected_people", "impacts", "mitigation")),
    ("ประมาณการค่าใช้จ่ายและที่มาของเงิน", ("cost",)),
)
METHOD_WORDS = {
    "online_form": "รับความคิดเห็นทางเว็บไซต์",
    "meeting": "ประชุมปรึกษาหารือกับประชาชน",
    "public_hearing": "ประชาพิจารณ์",
    "workshop": "ประชุมเชิงปฏิบัติการ",
    "small_group": "สนทนากลุ่มย่อย",
    "interview": "สัมภาษณ์รายบุคคล",
    "open_house": "รับความคิดเห็น ณ ที่ทำการ",
    "paper_form": "รับแบบความคิดเห็นกระดาษ",
    "phone": "รับความคิดเห็นทางโทรศัพท์",
    "post": "รับความคิดเห็นทางไปรษณีย์",
    "other": "",
}
PRIVACY = (
    "สำนักงานใช้ข้อมูลของผู้ให้ความคิดเห็นเพื่อการรับฟังเรื่องนี้เท่านั้น ไม่ขอเลขประจำตัวประชาชน "
    "และไม่เปิดเผยชื่อ เว้นแต่ผู้ให้ความคิดเห็นเลือกให้เปิดเผย"
)


def notice_data(hearing: Hearing, now: dt.datetime) -> dict[str, Any]:
    """The announcement: keys as in the sample of the designed paper. Empty dates give empty words, so that a draft
    can be looked at before everything is there."""
    office = office_settings()
    authority = office.office_name or hearing.lead_agency
    url = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    short_url = f"{url}/h/{hearing.pk}"
    return {
        "digits": office.print_digits,
        "number": hearing.notice_number,
        "authority": authority,
        "title": f"การรับฟังความคิดเห็นของประชาชน {hearing.title}",
        "reference": hearing.code or "",
        "preamble": f"ด้วย{authority} จะดำเนินการเรื่อง {hearing.title} {hearing.summary} "
        "จึงต้องรับฟังความคิดเห็นของประชาชนก่อนตัดสินใจ",
        "legal_basis": f"อาศัยอำนาจตามข้อ 7 ข้อ 9 และข้อ 11 ของ{hearing.legal_basis or LEGAL_BASIS} "
        "จึงประกาศข้อมูล วิธีการ ระยะเวลา และสถานที่รับฟังความคิดเห็น ดังต่อไปนี้",
        "disclosure_intro": "ข้อมูลที่ต้องเปิดเผย",
        "disclosure": [{"head": head, "text": disclosed(hearing, fields)} for head, fields in DISCLOSURE],
        "methods": _methods(hearing),
        "period": period(hearing),
        "places": _places(hearing, office),
        "result_due": _result_due(hearing),
        "short_notice": _short_notice(hearing),
        "privacy": PRIVACY,
        "contact": _contact(hearing, office),
        "date": format_day(hearing.notice_published_at or local_day(now), "legal", THAI),
        "signer": {"name": hearing.signer_name, "position": hearing.signer_position, "for": ""},
        "short_url": short_url.split("://")[-1],
        "url": f"{url}{page_path(hearing, language=THAI)}",
    }


def event_notice_data(
    hearing: Hearing, now: dt.datetime, *, number: str, heading: str, text: str, reason: str
) -> dict[str, Any]:
    """A paper about a later step: extension, early closing, cancellation, correction. Same frame, one paragraph."""
    data = notice_data(hearing, now)
    kept = ("digits", "authority", "reference", "contact", "signer", "short_url", "url")
    return {
        **{key: data[key] for key in kept},
        "number": number,
        "title": f"{heading} {hearing.title}",
        "text": text,
        "reason": reason,
        "refers_to": f"ประกาศเลขที่ {hearing.notice_number}" if hearing.notice_number else "",
        "date": format_day(local_day(now), "legal", THAI),
    }


def office_settings() -> SiteSettings:
    return SiteSettings.for_site(Site.objects.filter(is_default_site=True).first())


def next_number(now: dt.datetime) -> str:
    """``15/2569``: one row of numbers a year for all papers of hearings, also those written by hand before."""
    year = year_be(local_day(now))
    written = [
        *Notice.objects.filter(number__endswith=f"/{year}").values_list("number", flat=True),
        *Hearing.objects.filter(notice_number__endswith=f"/{year}").values_list("notice_number", flat=True),
    ]
    used = [int(number.split("/")[0]) for number in written if number.split("/")[0].isdecimal()]
    return f"{max(used, default=0) + 1}/{year}"


def disclosed(hearing: Hearing, fields: tuple[str, ...]) -> str:
    return "\n".join(text for field in fields if (text := getattr(hearing, field).strip()))


def period(hearing: Hearing) -> str:
    if not hearing.opens_at or not hearing.last_moment:
        return ""
    return (
        f"ตั้งแต่วัน{format_day(hearing.opens_at, 'full', THAI)} เวลา {format_time(hearing.opens_at, THAI)} "
        f"ถึงวัน{format_day(hearing.last_moment, 'full', THAI)} เวลา {format_time(hearing.last_moment, THAI)}"
    )


def _methods(hearing: Hearing) -> list[str]:
    said = [
        " ".join(part for part in (METHOD_WORDS[method.kind], method.detail) if part)
        for method in hearing.methods.all()
    ]
    meetings = [
        f"{meeting.title} วัน{format_day(meeting.starts_at, 'full', THAI)} "
        f"เวลา {format_time(meeting.starts_at, THAI)} ณ {meeting.place or meeting.online_url}"
        for meeting in hearing.meetings.all()
        if meeting.starts_at and not meeting.cancelled_at
    ]
    paper = [hearing.how_to_comment.strip()] if hearing.how_to_comment.strip() else []
    return said + meetings + paper


def _places(hearing: Hearing, office: SiteSettings) -> list[str]:
    """Where it hangs: the boards on record, and the website."""
    boards = [board.place for board in hearing.boards.all()] if hearing.pk else []
    return boards or [
        place for place in (office.office_name or hearing.lead_agency, hearing.site.strip()) if place
    ]


def _result_due(hearing: Hearing) -> str:
    if hearing.closes_on is None:
        return ""
    return (
        "สำนักงานจะสรุปผลและประกาศผลการรับฟังความคิดเห็น พร้อมคำชี้แจงทุกประเด็น "
        f"ภายในวันที่ {format_day(result_due(hearing.closes_on), 'long', THAI)} ตามข้อ 12 ของระเบียบดังกล่าว "
        "โดยปิดประกาศไว้ ณ สถานที่ปิดประกาศนี้ และเผยแพร่ทางเว็บไซต์"
    )


def _short_notice(hearing: Hearing) -> str:
    if not hearing.short_notice_reason:
        return ""
    by = f" ผู้อนุมัติ {hearing.short_notice_approver}" if hearing.short_notice_approver else ""
    return f"{hearing.short_notice_reason}{by}"


def _contact(hearing: Hearing, office: SiteSettings) -> str:
    people = [
        " ".join(
            part for part in (contact.name, contact.role, contact.phone and f"โทร {contact.phone}") if part
        )
        for contact in hearing.contacts.all()
    ]
    at = " ".join(part for part in (office.office_name, office.address.replace("\n", " ")) if part)
    where = f"ที่{at} " if at else "ที่ "
    return f"สอบถามรายละเอียดหรือขอเอกสารเป็นกระดาษได้{where}{' หรือ '.join(people)}".strip()
