"""The columns of an import: who speaks and what is said, and one or more for each question of the hearing."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.digits import to_arabic
from core.enums import Sector
from core.types import Words
from hearings.enums import Channel, QuestionKind, Stance
from hearings.models import Hearing, Question, QuestionRevision


class Column(TextChoices):
    """Columns of the template in their order; Thai and English headings are both understood."""

    STANCE = "stance", _("Stance")
    SECTION = "section", _("Section")
    REASON = "reason", _("Reason")
    SUGGESTION = "suggestion", _("Suggestion")
    SECTOR = "sector", _("Sector")
    PROVINCE = "province", _("Province")
    DISTRICT = "district", _("District")
    SUBDISTRICT = "subdistrict", _("Sub-district")
    VILLAGE_NO = "village_no", _("Village number")
    CHANNEL = "channel", _("Came by")
    CONSENT = "consent", _("Consent")
    NAME = "name", _("Name to be shown")
    RECEIVED_ON = "received_on", _("Received on")
    UNDER_20 = "under_20", _("Under 20")
    ORGANISATION = "organisation", _("Group they speak for")
    EXPECTED_IMPACT = "expected_impact", _("Expected impact")
    TOPIC = "topic", _("Topic this is about")
    ROW = "row", _("Whole row")


# The template is Thai whoever downloads it: it goes to villages. ROW is no column of the file.
HEADINGS = {
    Column.STANCE: "จุดยืน", Column.SECTION: "ข้อในร่าง", Column.REASON: "เหตุผล", Column.SUGGESTION: "ข้อเสนอ",
    Column.SECTOR: "ภาคส่วน", Column.PROVINCE: "จังหวัด", Column.DISTRICT: "อำเภอ", Column.SUBDISTRICT: "ตำบล",
    Column.VILLAGE_NO: "หมู่ที่", Column.CHANNEL: "ช่องทาง", Column.CONSENT: "ยินยอม",
    Column.NAME: "ชื่อที่ให้แสดง", Column.RECEIVED_ON: "วันที่รับ", Column.UNDER_20: "อายุไม่ถึง 20 ปี",
    Column.ORGANISATION: "พูดแทนกลุ่ม", Column.EXPECTED_IMPACT: "ผลที่คาดว่าจะเกิด", Column.TOPIC: "เรื่องที่เกี่ยวข้อง",
}  # fmt: skip
NEEDED = (Column.STANCE, Column.SECTOR, Column.CONSENT)
AREAS = (Column.PROVINCE, Column.DISTRICT, Column.SUBDISTRICT)

STANCE_WORDS = {
    Stance.AGREE: ("เห็นด้วย", "agree", "1"),
    Stance.PARTLY: ("เห็นด้วยบางส่วน", "บางส่วน", "partly agree", "partly", "2"),
    Stance.AGAINST: ("ไม่เห็นด้วย", "disagree", "against", "3"),
    Stance.OTHER: ("มีข้อเสนออื่น", "ข้อเสนออื่น", "other proposal", "other", "4"),
}
SECTOR_WORDS = {
    Sector.CITIZEN: ("ประชาชน", "citizens", "1"),
    Sector.PRIVATE: ("เอกชน", "ภาคเอกชน", "private sector", "2"),
    Sector.LOCAL_GOV: ("อปท.", "อปท", "องค์กรปกครองส่วนท้องถิ่น", "local government", "3"),
    Sector.CIVIL_SOCIETY: ("ประชาสังคม", "ภาคประชาสังคม", "กลุ่มหรือเครือข่าย", "civil society", "4"),
    Sector.ACADEMIC: ("สถาบันการศึกษา", "การศึกษา", "academic", "5"),
    Sector.GOVERNMENT: ("หน่วยงานรัฐ", "ราชการ", "government", "6"),
}
CHANNEL_WORDS = {
    Channel.PAPER: ("กระดาษ", "แบบกระดาษ", "paper"),
    Channel.MEETING: ("เวที", "ประชุม", "meeting"),
    Channel.PHONE: ("โทรศัพท์", "โทร", "phone", "telephone"),
    Channel.LINE: ("ไลน์", "line"),
    Channel.LETTER: ("จดหมาย", "หนังสือ", "letter"),
}
YES = {"ยินยอม", "ใช่", "มี", "yes", "y", "x", "1", "true", "✓"}
NO_TOPIC = {"", "-", "ไม่ระบุ", "none"}
NO = {"", "ไม่", "ไม่ใช่", "no", "n", "0", "false", "-"}
WHOLE = {"", "0", "-", "ทั้งโครงการ", "ทั้งเรื่อง", "ทั้งฉบับ", "whole"}


class Trouble(TextChoices):
    """What can be wrong with a cell, and (ADVICE) what to do. Codes are stored, so that either language can show them."""

    UNKNOWN_STANCE = "unknown_stance", _("not one of the four stances")
    UNKNOWN_SECTION = "unknown_section", _("not a section of the draft")
    UNKNOWN_TOPIC = "unknown_topic", _("not a topic of this hearing")
    UNKNOWN_SECTOR = "unknown_sector", _("not one of the six sectors")
    UNKNOWN_CHANNEL = "unknown_channel", _("not a way we know")
    UNKNOWN_AREA = "unknown_area", _("this place is not found")
    VILLAGE_NO = "village_no", _("not a village number from 1 to 99")
    NO_CONSENT = "no_consent", _("no consent")
    NO_WORDS = "no_words", _("neither reason nor suggestion")
    TOO_LONG = "too_long", _("too long")
    CITIZEN_NUMBER = "citizen_number", _("holds a citizen identification number")
    FORMULA = "formula", _("is a formula")
    MERGED = "merged", _("cells are merged")
    HIDDEN = "hidden", _("the row is hidden")
    NO_DAY = "no_day", _("not a day we know")
    OUT_OF_TIME = "out_of_time", _("not within the time of the hearing")
    YES_OR_NO = "yes_or_no", _("neither yes nor no")
    ANSWER = "answer", _("not an answer to this question")


ADVICE = {
    Trouble.UNKNOWN_STANCE: _("Choose from the list in the cell, or type 1 to 4."),
    Trouble.UNKNOWN_SECTION: _("Type the number of the section, or leave it empty for the whole matter."),
    Trouble.UNKNOWN_TOPIC: _("Choose from the list in the cell, or leave it empty."),
    Trouble.UNKNOWN_SECTOR: _("Choose from the list in the cell, or type 1 to 6."),
    Trouble.UNKNOWN_CHANNEL: _("Choose from the list in the cell."),
    Trouble.UNKNOWN_AREA: _("Check the spelling, or leave the cell empty."),
    Trouble.VILLAGE_NO: _("Type only the number, or leave the cell empty."),
    Trouble.NO_CONSENT: _("Import it only if the person agreed; then type “ยินยอม”."),
    Trouble.NO_WORDS: _("Whoever does not simply agree gives a reason or a suggestion."),
    Trouble.TOO_LONG: _("Shorten it; the limit is 4,000 characters, 120 for a name."),
    Trouble.CITIZEN_NUMBER: _("Take the number out. We never need it."),
    Trouble.FORMULA: _("Copy the cell and paste it as a value."),
    Trouble.MERGED: _("Undo the merging and write the value into each cell."),
    Trouble.HIDDEN: _("Show the row and look at it, or delete it. Nothing unseen is imported."),
    Trouble.NO_DAY: _("Type the day like 22/11/2569, or leave the cell empty for today."),
    Trouble.OUT_OF_TIME: _("Type the day on which it reached the office. What came too early or late is not counted."),
    Trouble.YES_OR_NO: _("Type “ใช่”, or leave the cell empty."),
    Trouble.ANSWER: _("Type the answer as it is printed, or its number; several with ; between them."),
}  # fmt: skip


@dataclass(frozen=True)
class QuestionColumn:
    """One column of one question: the whole answer, or of a ranking, table or place one part of it."""

    key: str
    heading: str
    revision: QuestionRevision
    part: str = ""


def question_columns(hearing: Hearing) -> list[QuestionColumn]:
    """As they are asked now, in the order of the form; the number is the one on the form."""
    return [
        column
        for number, revision in enumerate(Question.objects.asked(hearing), start=1)
        for column in _columns_of(number, revision)
    ]


def _columns_of(number: int, revision: QuestionRevision) -> list[QuestionColumn]:
    # An empty cell is no answer here, as it is on paper (services.answers.checked_answers).
    revision.is_required = False
    key, heading = f"q{revision.pk}", f"{number}. {revision.text}"
    parts = {
        QuestionKind.RANKING: {line["key"]: line["label"] for line in revision.options},
        QuestionKind.MATRIX: {line["key"]: line["label"] for line in revision.rows},
        QuestionKind.PLACE: {str(column): HEADINGS[column] for column in AREAS},
    }.get(QuestionKind(revision.kind))
    if parts is None:
        return [QuestionColumn(key, heading, revision)]
    return [
        QuestionColumn(f"{key}-{part}", f"{heading}: {label}", revision, part)
        for part, label in parts.items()
    ]


def all_columns(questions: list[QuestionColumn]) -> dict[str, Words]:
    """{key: how it is called}, in the order of the template."""
    known = {str(column): column.label for column in HEADINGS}
    return known | {column.key: column.heading for column in questions}


def word(text: str) -> str:
    """To compare what was typed with what we know: digits, case and spaces do not matter."""
    return " ".join(to_arabic(text).lower().split())


def words_of(table: dict) -> dict[str, str]:
    found = {typed: str(value) for value, words in table.items() for typed in words}
    return {**{word(str(value.label)): str(value) for value in table}, **found}


def places_of(headings: list[str], questions: list[QuestionColumn]) -> dict[str, int]:
    """Where each column stands, by the words of the first row; the first of two with the same words."""
    names = {word(heading): str(column) for column, heading in HEADINGS.items()}
    names |= {word(str(column.label)): str(column) for column in HEADINGS} | {
        str(c): str(c) for c in HEADINGS
    }
    names |= {word(column.heading): column.key for column in questions}
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        column = names.get(word(heading).rstrip(" *"))
        if column is not None:
            found.setdefault(column, place)
    return found
