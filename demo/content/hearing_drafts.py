"""Sections of a draft with keys on their paragraphs, and the second version of the draft of the marsh.

People comment on a paragraph, so its key is written down here: it stays the same in both versions.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re

from accounts.models import User
from demo.content.stable import at, stream
from hearings.models import Hearing
from hearings.services.amend import amend
from hearings.services.publish_draft_version import publish_draft_version

Section = tuple[str, str, str]  # kind, heading, rich text

SECOND_DAY, SECOND_CLOCK = -3, "11:20"
NOTE = (
    "แก้ตามความเห็นในสัปดาห์แรก ข้อ 4 เพิ่มท่อลอดที่สะพานไม้หมู่ 9 เพราะนาปลายคลองยังไม่มีท่อ "
    "ข้อ 5 ปิดทางทีละครึ่งแทนการปิดทั้งฝั่ง เพราะเด็กนักเรียนหมู่ 6 ต้องอ้อมไกล "
    "ข้อ 6 บอกว่าดินที่เหลือไปที่ใด และเพิ่มทางเลือกสองทางของทางเบี่ยงให้ท่านเปรียบเทียบ"
)
# Sections of the second version that differ from the first, by their number.
CHANGED = {
    4: (
        "<p>ทำท่อลอด 6 จุด และประตูน้ำ 2 แห่ง ส่งน้ำเข้านาสามตำบล</p>"
        "<ul><li>ท่อลอด 5 จุดทางเหนือ ขนาดกว้าง 1.5 เมตร</li>"
        "<li>ประตูน้ำ 2 แห่งที่ปากคลองเกยไชยและปากคลองท่าไม้ เปิดปิดด้วยมือได้เมื่อไฟดับ</li>"
        "<li>ท่อลอดจุดที่ 6 ที่สะพานไม้หมู่ 9 สำหรับนาปลายคลอง</li></ul>"
        "<p>ติดเบอร์โทรของผู้เปิดประตูน้ำไว้ที่ประตูทั้งสองแห่ง</p>"
    ),
    5: (
        "<p>ปิดทางเลียบบึงด้านตะวันออกทีละครึ่ง ครึ่งละไม่เกิน 4 เดือน จัดทางเบี่ยงผ่านหมู่ 6</p>"
        "<p>งดขนดินช่วงนักเรียนไปกลับ คือ 06.30–08.00 น. และ 15.00–16.30 น.</p>"
        "<p>คนเดินและรถเข็นยังผ่านได้ตลอด โดยเว้นทางกว้าง 1.2 เมตรพร้อมราวกัน</p>"
    ),
    6: (
        "<p>ดินประมาณ 780,000 ลูกบาศก์เมตร ใช้ทำคันกั้นน้ำก่อน ส่วนที่เหลือเก็บในที่ราชพัสดุ</p>"
        "<p>ดินที่เหลือถมทางเข้านาสาธารณะ 3 สายก่อน แล้วประมูลโดยเปิดเผย เงินที่ได้เข้ากองทุนดูแลบึง</p>"
    ),
}
ALTERNATIVES: list[Section] = [
    (
        "alternative",
        "ทางเลือก ก ทางเบี่ยงผ่านหมู่ 6",
        "<p>ใช้ถนนลูกรังเดิม ลงหินคลุกหนา 20 เซนติเมตร เสร็จใน 1 เดือน ใช้เงิน 2.1 ล้านบาท</p>"
        "<p>ไปโรงเรียนไกลขึ้น 2.8 กิโลเมตร ผ่านหน้าวัดและโค้งที่ต้องติดไฟส่องทาง</p>",
    ),
    (
        "alternative",
        "ทางเลือก ข สะพานชั่วคราวข้ามคลองท่าไม้",
        "<p>ทำสะพานเหล็กชั่วคราว รถเล็กผ่านได้ รถบรรทุกผ่านไม่ได้ เสร็จใน 3 เดือน ใช้เงิน 5.6 ล้านบาท</p>"
        "<p>ไปโรงเรียนไกลขึ้นเพียง 600 เมตร แต่เริ่มขุดช้าลง 2 เดือน</p>",
    ),
]
# A slip in the announcement, corrected in public (R10).
CORRECTED_DAY, CORRECTED_CLOCK = -5, "09:40"
CORRECTED = (
    "how_to_comment",
    "ขอแบบกระดาษและส่งคืนได้ที่ผู้ใหญ่บ้าน ที่ทำการ อบต. ทั้ง 3 แห่ง ที่ว่าการอำเภอชุมแสง และร้านค้าชุมชนหมู่ 9 ตำบลเกยไชย",
    "เพิ่มที่รับแบบกระดาษอีก 1 แห่ง เพราะหมู่ 9 อยู่ไกลจากที่ทำการ อบต. 7 กิโลเมตร",
)


def keyed(body: str) -> str:
    """Paragraphs and items numbered in reading order: p1, p2, …"""
    numbers = itertools.count(1)
    return re.sub(r"<(p|li)>", lambda found: f'<{found[1]} data-block-key="p{next(numbers)}">', body)


def draft_stream(sections: list[Section], slug: str) -> str:
    blocks = [(kind, {"heading": heading, "body": keyed(body)}) for kind, heading, body in sections]
    return stream(blocks, slug, "section")


def first_sections(sections: list[tuple[str, str]]) -> list[Section]:
    return [("section", heading, body) for heading, body in sections]


def second_version_at(now: dt.datetime) -> dt.datetime:
    return at(now, SECOND_DAY, SECOND_CLOCK)


def publish_second_version(
    hearing: Hearing, sections: list[tuple[str, str]], head: User, now: dt.datetime
) -> None:
    """Once: a hearing that has its second version is left as it is."""
    if hearing.draft_versions.count() > 1:
        return
    changed = [
        (kind, heading, CHANGED.get(number, body))
        for number, (kind, heading, body) in enumerate(first_sections(sections), start=1)
    ]
    hearing.draft = draft_stream([*changed, *ALTERNATIVES], hearing.slug)
    hearing.save_revision(clean=False)
    publish_draft_version(hearing=hearing, actor=head, now=second_version_at(now), note=NOTE)


def correct_announcement(hearing: Hearing, head: User, now: dt.datetime) -> None:
    field, after, reason = CORRECTED
    if hearing.amendments.exists():
        return
    when = at(now, CORRECTED_DAY, CORRECTED_CLOCK)
    amend(hearing=hearing, actor=head, now=when, field=field, after=after, reason=reason, is_material=False)
