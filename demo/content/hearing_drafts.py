"""Sections of a draft with keys on their paragraphs, and the second version of the draft of the canal road, which came
with its result.

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

SECOND_DAY, SECOND_CLOCK = -36, "11:20"
NOTE = (
    "แก้ตามผลการรับฟัง ข้อ 2 ย้ายแนวช่วงต้นจามจุรีและเพิ่มท่อระบายจาก 17 เป็น 31 จุด เพราะน้ำไหลเข้าบ้านฝั่งต่ำ "
    "ข้อ 3 ทำไหล่ทางคอนกรีตช่วงโค้งและหน้าโรงเรียน ข้อ 4 เพิ่มทางข้ามหน้าโรงเรียน "
    "และเลื่อนเริ่มงานเป็นเดือนมกราคม เพื่อให้เกี่ยวข้าวเสร็จก่อน"
)
# Sections of the second version that differ from the first, by their number.
CHANGED = {
    2: (
        "<p>ขยายฝั่งตะวันตก ยกเว้นช่วง กม. 1+100 ถึง 1+600 ที่ย้ายไปฝั่งตะวันออก ต้นจามจุรี 9 ต้นอยู่ครบ</p>"
        "<p>ทำท่อระบายทุก 50 เมตรช่วงที่มีบ้าน รวม 31 จุด</p>"
    ),
    3: (
        "<p>ไหล่ทางคอนกรีต 1.2 กิโลเมตรช่วงโค้งและหน้าโรงเรียน ตีเส้นให้จักรยานฝั่งคลอง รับรถบรรทุกไม่เกิน 15 ตัน</p>"
        "<p>ส่วนที่เหลือเป็นไหล่ทางลูกรังข้างละครึ่งเมตร รองบปีถัดไป</p>"
    ),
    4: (
        "<p>ป้ายเตือน 12 จุด ก่อสร้าง 6 เดือน เริ่มมกราคมหลังเกี่ยวข้าว เสร็จก่อนเปิดเทอม</p>"
        "<p>ทางข้ามยกสูงและไฟกะพริบหน้าโรงเรียน 2 จุด</p>"
    ),
}
# Two ways round the marsh, to be compared.
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
    """Once: a hearing that has its second version is left as it is, with the day it was published last."""
    if hearing.draft_versions.count() > 1:
        return
    when = second_version_at(now)
    changed = [
        (kind, heading, CHANGED.get(number, body))
        for number, (kind, heading, body) in enumerate(first_sections(sections), start=1)
    ]
    hearing.draft = draft_stream(changed, hearing.slug)
    hearing.save_revision(clean=False)
    publish_draft_version(hearing=hearing, actor=head, now=when, note=NOTE)
    Hearing.objects.filter(pk=hearing.pk).update(last_published_at=when)


def correct_announcement(hearing: Hearing, head: User, now: dt.datetime) -> None:
    field, after, reason = CORRECTED
    when = at(now, CORRECTED_DAY, CORRECTED_CLOCK)
    if hearing.amendments.exists() or not hearing.can_comment(when):
        return
    amend(hearing=hearing, actor=head, now=when, field=field, after=after, reason=reason, is_material=False)
