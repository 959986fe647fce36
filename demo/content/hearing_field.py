"""What came from the field in the demo: notice boards, two villages' sheets, a paper form, files of a comment."""

from __future__ import annotations

import datetime as dt
import io
import random
from pathlib import Path

import fontpkg_sarabun
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from accounts.models import User
from accounts.roles import Role
from core.thaidate import local_day
from demo.content.accounts import email_of
from demo.content.stable import at, key
from demo.pictures import draw, picture
from demo.places import place
from hearings.enums import BoardKind, Channel, Visibility
from hearings.models import Attachment, Hearing, NoticeBoard
from hearings.services.attach import attach
from hearings.services.batch_data import BatchData, RowData
from hearings.services.batches import save_batch, send_batch
from hearings.services.check_batch import check_batch
from hearings.services.record_posting import record_posting
from hearings.services.scans import add_scans

SLUG = "bueng-sam-phraek"
HAND = Path(fontpkg_sarabun.__file__).parent / "files" / "Sarabun-LightItalic.ttf"
INK, PAPER, RULE = "#2b3a8f", "#fbfaf4", "#c9cfd6"

# kind, place, district, village, days after the announcement, picture
BOARDS = (
    (BoardKind.OFFICE, "บอร์ดหน้าสำนักงานบริหารยุทธศาสตร์กลุ่มจังหวัด ศาลากลางจังหวัดนครสวรรค์", "นครสวรรค์/เมืองนครสวรรค์", None, 0, "board-office"),
    (BoardKind.SITE, "ปากทางเลียบบึงสามแพรก หน้าวัดเกยไชยเหนือ", "นครสวรรค์/ชุมแสง", 4, 1, "board-site"),
    (BoardKind.VILLAGE, "ศาลากลางบ้านหมู่ 6 ตำบลโคกหม้อ", "นครสวรรค์/ชุมแสง", 6, 1, "board-village"),
    (BoardKind.VILLAGE, "ร้านค้าชุมชนหมู่ 9 ตำบลเกยไชย", "นครสวรรค์/ชุมแสง", 9, None, ""),
)  # fmt: skip

# sub-district, village, day, people, hands, hands on sections, rows (stance, section, people, reason, suggestion, name, name shown)
VILLAGES = (
    (
        "นครสวรรค์/ชุมแสง/เกยไชย", 4, -3, 41, {"agree": 26, "partly": 9, "against": 4, "other": 2},
        {5: {"agree": 11, "partly": 18, "against": 9}, 7: {"agree": 24, "partly": 6, "against": 3, "other": 1}},
        (
            ("agree", 2, 6, "นาดอนได้น้ำเพิ่ม ทำถั่วหลังนาได้อีกรอบ", "", "", False),
            ("partly", 5, 4, "ทางเบี่ยงโค้งวัดมืดและแคบ รถสวนกันไม่ได้", "ติดไฟและทำที่หลบรถสองจุด", "", False),
            ("against", 7, 2, "บ้านที่อยู่บนที่ราชพัสดุไม่มีเอกสาร กลัวไม่ได้ค่าชดเชย", "ให้ผู้ใหญ่บ้านรับรองแทนเอกสาร", "", False),
            ("other", None, 1, "ขอให้ปลูกต้นไม้คืนริมคันกั้นน้ำ", "ใช้ต้นจามจุรีกับมะขาม ลูกหลานดูแลได้", "ประนอม เกยไชย", True),
        ),
        "ขอบคุณ ตรวจกับรูปใบจดแล้ว ตรงกันทุกข้อ",
    ),
    (
        "นครสวรรค์/ชุมแสง/ท่าไม้", 7, -1, 33, {"agree": 19, "partly": 10, "against": 3, "other": 1},
        {7: {"agree": 14, "partly": 12, "against": 5, "other": 2}},
        (
            ("agree", 4, 8, "ประตูน้ำท่าไม้ช่วยกันน้ำเข้าหมู่บ้าน", "", "", False),
            ("partly", 7, 5, "จ่ายค่าชดเชยหลังเข้าพื้นที่ไม่ได้ ต้องจ่ายก่อน", "จ่ายภายใน 30 วันหลังตรวจแปลง", "", False),
            ("against", 3, 1, "คันดินทับทางลงท่าเรือ", "เว้นช่องท่าเรือสองแห่ง", "", False),
        ),
        "",
    ),
)  # fmt: skip


def note_boards(hearing: Hearing, head: User, now: dt.datetime) -> None:
    """Evidence for ข้อ 11: where the notice hangs, since when, with a photo."""
    if hearing.slug != SLUG or hearing.boards.exists():
        return
    for kind, where, district, village, days, name in BOARDS:
        posted = hearing.notice_published_at + dt.timedelta(days=days) if days is not None else None
        hung = min(at(now, (posted - local_day(now)).days, "10:30"), now) if posted else now
        board = record_posting(
            hearing=hearing, actor=head, now=hung, kind=kind, place=where, village_no=village,
            district=place(district)["district"], posted_on=posted,
        )  # fmt: skip
        if name:
            photo = picture(name, f"ป้ายประกาศ {where}", "board")
            NoticeBoard.objects.filter(pk=board.pk).update(photo=photo, photo_since=hung)


def bring_field_work(hearing: Hearing, now: dt.datetime) -> None:
    """One village counted, one waiting for the second person, one paper form waiting to be typed."""
    if hearing.slug != SLUG or not hearing.can_comment(now):
        return
    agent = User.objects.get(email=email_of(Role.CHANGE_AGENT))
    officer = User.objects.get(email=email_of(Role.STRATEGY))
    for number, village in enumerate(VILLAGES):
        _village(hearing, number, village, agent, officer, now)
    if not hearing.paper_forms.exists():
        add_scans(
            hearing=hearing, uploads=[_upload("form.jpg", _written_form())], channel=Channel.PAPER,
            received_on=local_day(at(now, -1, "10:00")), by=officer, now=min(at(now, -1, "10:15"), now),
        )  # fmt: skip


def _village(
    hearing: Hearing, number: int, village: tuple, agent: User, officer: User, now: dt.datetime
) -> None:
    path, village_no, days, people, heads, on_sections, said, verdict = village
    form = key(hearing.slug, "batch", number)
    if hearing.batches.filter(idempotency_key=form).exists():
        return
    evening = min(at(now, days, "20:10"), now)
    rows = [
        RowData(
            stance=stance, block_key=key(hearing.slug, "section", section - 1) if section else None, people=heads_,
            reason=reason, suggestion=suggestion, name=name, agreed=True, agreed_name=shown,
        )
        for stance, section, heads_, reason, suggestion, name, shown in said
    ]  # fmt: skip
    section_heads = {key(hearing.slug, "section", section - 1): on for section, on in on_sections.items()}
    data = BatchData(
        held_on=local_day(evening), people=people, heads=heads, section_heads=section_heads, village_no=village_no,
        **place(path),
    )  # fmt: skip
    sheet = _upload("sheet.jpg", _written_sheet(path.rsplit("/", 1)[1], village_no, people, heads))
    batch = save_batch(
        hearing=hearing, data=data, rows=rows, idempotency_key=form, by=agent, now=evening, source=sheet
    )
    batch = send_batch(batch=batch, by=agent, now=evening)
    if verdict:
        check_batch(batch=batch, by=officer, now=min(at(now, days + 1, "09:05"), now), note=verdict)


# --- files that came with comments --------------------------------------------------------------------------

# number of the comment → (name of the file, kind of picture, looked at and shown)
FILES = {
    0: ("ปลายคลองหมู่ 9.jpg", "fields", True),
    2: ("ทางเบี่ยงหมู่ 6 หน้าฝน.jpg", "road", False),
}


def attach_file(hearing: Hearing, number: int, when: dt.datetime) -> None:
    """Before the comment is sent, as the form does it."""
    if hearing.slug != SLUG or number not in FILES:
        return
    name, kind, _shown = FILES[number]
    content = draw(f"attachment-{number}", kind)
    form = key(hearing.slug, "comment", number)
    attach(hearing=hearing, form_key=form, upload=_upload(name, content), now=when)


def show_files(hearing: Hearing) -> None:
    """Staff looked at one photo: nobody can be recognised in it."""
    if hearing.slug != SLUG:
        return
    shown = [key(SLUG, "comment", number) for number, (_name, _kind, public) in FILES.items() if public]
    Attachment.objects.filter(form_key__in=shown, visibility=Visibility.PENDING).update(
        visibility=Visibility.PUBLIC
    )


# --- sheets that somebody wrote on --------------------------------------------------------------------------


def _upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def _written_sheet(subdistrict: str, village_no: int, people: int, heads: dict[str, int]) -> bytes:
    words = {"agree": "เห็นด้วย", "partly": "เห็นด้วยบางส่วน", "against": "ไม่เห็นด้วย", "other": "ข้อเสนออื่น"}
    return _sheet(
        [
            f"หมู่ {village_no} ตำบล{subdistrict}",
            f"มา {people} คน",
            *(f"{words[stance]}   {count} มือ" for stance, count in heads.items()),
        ]
    )


def _written_form() -> bytes:
    return _sheet(
        [
            "เรื่อง แก้มลิงบึงสามแพรก",
            "เห็นด้วยบางส่วน",
            "เหตุผล  ขุดบึงดี แต่บ้านอยู่ติดทางเบี่ยง ฝุ่นเข้าบ้านทั้งวัน",
            "อยากให้แก้ข้อ 5  รดน้ำวันละสี่ครั้ง และลดความเร็วรถ",
            "ประชาชน  หมู่ 6 ตำบลโคกหม้อ  อำเภอชุมแสง",
            "ไม่ต้องลงชื่อในเว็บ",
        ]
    )


def _sheet(lines: list[str]) -> bytes:
    """A ruled sheet, written by hand and photographed a little askew."""
    sheet = Image.new("RGB", (1240, 1754), PAPER)
    pen, hand = ImageDraw.Draw(sheet), ImageFont.truetype(str(HAND), 46)
    for y in range(220, 1700, 84):
        pen.line((90, y, 1150, y), fill=RULE, width=2)
    rng = random.Random("".join(lines))
    for number, line in enumerate(lines):
        pen.text((110 + rng.randint(0, 14), 158 + number * 168), line, font=hand, fill=INK)
    photo = sheet.rotate(rng.uniform(-1.6, 1.6), fillcolor="#8a8478", resample=Image.Resampling.BICUBIC)
    content = io.BytesIO()
    photo.save(content, "JPEG", quality=80)
    return content.getvalue()
