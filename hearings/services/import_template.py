"""The empty spreadsheet that staff hand out: headings, lists to choose from, three lines of help."""

from __future__ import annotations

import io

import openpyxl
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

from hearings.enums import QuestionKind
from hearings.models import DraftBlock, Hearing
from hearings.services.import_columns import (
    CHANNEL_WORDS,
    HEADINGS,
    SECTOR_WORDS,
    STANCE_WORDS,
    Column,
    QuestionColumn,
    question_columns,
)
from hearings.services.open_sheet import MOST_ROWS
from hearings.topics import topics_to_choose

WIDTHS: dict[str, int] = {
    Column.REASON: 60, Column.SUGGESTION: 50, Column.EXPECTED_IMPACT: 50, Column.SECTION: 40,
}  # fmt: skip
CHOSEN = (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.MATRIX)
HELP = (
    "กรอกแผ่นงาน “คำตอบ” แถวละ 1 คน แถวแรกคือหัวตาราง อย่าเปลี่ยนชื่อ",
    "จุดยืน ภาคส่วน ช่องทาง และข้อในร่าง เลือกจากรายการในช่อง หรือพิมพ์เลขก็ได้ เลขไทยก็อ่านได้",
    "คำถามที่ตอบได้หลายข้อ พิมพ์คำตอบหรือเลขของคำตอบ คั่นด้วย ; เช่น 1; 3",
    "ช่อง “วันที่รับ” คือวันที่เอกสารหรือสายโทรศัพท์มาถึงสำนักงาน เช่น 22/11/2569 ถ้าเว้นว่าง คือวันที่นำไฟล์เข้า",
    "ช่อง “ยินยอม” พิมพ์คำว่า ยินยอม เฉพาะคนที่ตกลงแล้ว แถวที่ไม่ยินยอมระบบจะไม่นำเข้า",
    "อย่าผสานเซลล์ อย่าใส่สูตร และอย่าใส่เลขประจำตัวประชาชน",
)


def template_file(hearing: Hearing) -> bytes:
    book = openpyxl.Workbook()
    sheet, lists, advice = book.active, book.create_sheet("รายการ"), book.create_sheet("วิธีกรอก")
    sheet.title = "คำตอบ"
    sections = [
        "ทั้งโครงการ",
        *(
            f"{block.number}. {block.heading}"
            for block in DraftBlock.objects.filter(version=hearing.current_draft).order_by("order")
        ),
    ]
    choices: dict[str, list[str]] = {
        Column.STANCE: [words[0] for words in STANCE_WORDS.values()],
        Column.SECTION: sections,
        Column.SECTOR: [words[0] for words in SECTOR_WORDS.values()],
        Column.CHANNEL: [words[0] for words in CHANNEL_WORDS.values()],
        Column.CONSENT: ["ยินยอม"],
        Column.UNDER_20: ["ใช่"],
    }
    headings = {str(column): heading for column, heading in HEADINGS.items()}
    if topics := topics_to_choose(hearing):
        choices[Column.TOPIC] = [topic.name for topic in topics]
    else:
        del headings[Column.TOPIC]
    for asked in question_columns(hearing):
        headings[asked.key] = asked.heading
        if listed := _listed(asked):
            choices[asked.key] = listed
    for place, (column, heading) in enumerate(headings.items(), start=1):
        cell = sheet.cell(1, place, heading)
        cell.data_type = "s"
        cell.font = Font(bold=True)
        letter = cell.column_letter
        sheet.column_dimensions[letter].width = WIDTHS.get(column, 18)
        for order, value in enumerate(choices.get(column, ()), start=1):
            # A heading of the draft that begins like a formula stays text.
            lists.cell(order, place, value).data_type = "s"
        if column in choices:
            rule = DataValidation("list", formula1=f"รายการ!${letter}$1:${letter}${len(choices[column])}")
            rule.showErrorMessage = False  # numbers and other words are read as well
            rule.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
            sheet.add_data_validation(rule)
    for order, line in enumerate(HELP, start=1):
        advice.cell(order, 1, line)
    advice.column_dimensions["A"].width = 110
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _listed(asked: QuestionColumn) -> list[str]:
    """What can be chosen in the cells of a question."""
    revision = asked.revision
    if revision.kind in CHOSEN:
        return [line["label"] for line in revision.options]
    if revision.kind == QuestionKind.RANKING:
        return [str(place) for place in range(1, len(revision.options) + 1)]
    return []
