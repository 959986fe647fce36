"""The paper form, made from the same sections and questions as the form on the website.

Every page carries ``PK1.<hearing>.<version of the draft>.<page>.<edition>`` as a QR, so that loose and scanned pages
find each other. The edition stands for everything that decides where a box stands on the paper: another wording or
another template is another edition. Large print is for weak eyes.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import override

from core import typeset
from core.enums import Sector
from core.models import Topic
from hearings.consent import CONSENT_VERSION
from hearings.documents.words import (
    THAI,
    hearing_link,
    office_data,
    open_days,
    phone_of,
    short_day,
    without_scheme,
)
from hearings.enums import QuestionKind
from hearings.form_places import Box, FormPlaces
from hearings.forms.sheet import SECTION
from hearings.models import DraftBlock, Hearing, Question, QuestionRevision
from hearings.notices import PRIVACY, office_settings
from hearings.topics import topics_to_choose

TEMPLATE = Path(__file__).with_name("form.typ")
INTRO = "ท่านไม่ต้องตอบทุกข้อ ข้อไหนไม่แน่ใจเว้นไว้ได้ ถ้าไม่ถนัดเขียน ให้คนที่ท่านไว้ใจเขียนแทน หรือโทรให้เจ้าหน้าที่จดให้"
RETURN_TO = ["ผู้ใหญ่บ้านของท่าน หรือสำนักงานที่แจกแบบนี้", "ไปรษณีย์ ตามที่อยู่ท้ายแบบ"]
# The kinds of questions as form.typ draws them.
DRAWN = {
    QuestionKind.SHORT_TEXT: "short",
    QuestionKind.LONG_TEXT: "long",
}
EDITION_LENGTH = 6
# Upper left corners in millimetres, with what the template says about each thing.
PLACES = """{
  let at(label) = query(label).map(e => { let p = e.location().position(); (p.page, p.x / 1mm, p.y / 1mm, e.value) })
  (boxes: at(<tick-box>), codes: at(<page-code>), corners: at(<corner-mark>))
}"""
LONGEST_SECTION_TEXT = 110
MOST_DIGITS = 9


def form_data(hearing: Hearing, *, large: bool = False) -> dict[str, Any]:
    office = office_settings()
    draft = hearing.current_draft
    sections = list(draft.blocks.all()) if draft else []
    asked, topics = questions_of(hearing), topics_to_choose(hearing)
    url = hearing_link(hearing)
    sheet = f"PK1.{hearing.pk}.{draft.number if draft else 0}"
    with override(THAI):
        sectors = [str(label) for label in Sector.labels]
    data: dict[str, Any] = {
        "office": office_data(office),
        "variant": "large" if large else "normal",
        "title": hearing.title,
        "intro": INTRO,
        "open_days": open_days(hearing),
        "until": short_day(hearing.closes_on) if hearing.closes_on else "",
        "return_to": [hearing.how_to_comment] if hearing.how_to_comment else RETURN_TO,
        "phone": phone_of(hearing, office),
        "form_code": hearing.code or sheet,
        "sections": [section_data(block) for block in sections],
        "questions": [reason_question(topics), *question_list(asked)],
        "sectors": sectors,
        "sector_values": list(Sector.values),
        "consent_version": CONSENT_VERSION,
        "privacy": PRIVACY,
        "address": " ".join(part for part in (office.office_name, " ".join(office.address.split())) if part),
        "short_url": without_scheme(url),
        "url": url,
        "qr": typeset.qr_svg(url),
    }
    data["sheet"] = edition_of(data)
    data["page_qr"] = [
        typeset.qr_svg(f"{sheet}.{page}.{data['sheet']}", border=1)
        for page in range(1, most_pages(sections, asked, topics) + 1)
    ]
    return data


def edition_of(data: dict[str, Any]) -> str:
    """A few letters and digits for what is printed and how; capitals keep the code small."""
    content = json.dumps(data, ensure_ascii=False, sort_keys=True).encode()
    digest = hashlib.blake2b(content + typeset.source_of(TEMPLATE)).digest()
    return base64.b32encode(digest).decode()[:EDITION_LENGTH]


def form_places(data: dict[str, Any]) -> FormPlaces:
    """Where the boxes of this edition stand, from the laid-out document itself."""
    found = typeset.ask(TEMPLATE, data, PLACES)
    [(_page, x, y, size), *_others] = found["codes"]
    return FormPlaces(
        code=(x, y, float(size)),
        corners=[(x + size / 2, y + size / 2) for page, x, y, size in found["corners"] if page == 1],
        corner_size=float(found["corners"][0][3]),
        boxes=[
            Box(page=page, field=field, value=value, is_round=is_round, x=x, y=y, size=size)
            for page, x, y, (field, value, is_round, size) in found["boxes"]
        ],
    )


def section_field(key: uuid.UUID) -> str:
    return f"{SECTION}{key}"


def question_field(revision: int) -> str:
    return f"q-r{revision}"


def form_pdf(data: dict[str, Any]) -> bytes:
    return typeset.public_pdf(TEMPLATE, data)


def most_pages(
    sections: Sequence[DraftBlock], asked: Sequence[QuestionRevision], topics: Sequence[Topic]
) -> int:
    """More codes than pages do no harm; a page without a code would be lost."""
    return 6 + len(sections) // 4 + 2 * len(asked) + len(topics) // 8


def section_data(block: DraftBlock) -> dict[str, str]:
    text = " ".join(html.unescape(strip_tags(block.body.replace("<", " <"))).split())
    if len(text) > LONGEST_SECTION_TEXT:
        text = f"{text[:LONGEST_SECTION_TEXT].rsplit(' ', 1)[0]} …"
    return {"no": block.number, "title": block.heading, "text": text, "field": section_field(block.key)}


def reason_question(topics: Sequence[Topic]) -> dict[str, Any]:
    """What the steps of the website ask beside the stance; topics where the hearing has some to choose from."""
    return {
        "type": "long",
        "no": "2",
        "title": "เพราะอะไร และท่านอยากให้แก้ข้อไหน อย่างไร",
        "help": "ใส่เลขข้อไว้ข้างหน้า บอกผลที่คาดว่าจะเกิดด้วยได้ เขียนต่อด้านหลังได้",
        "lines": 6,
        "topics": [topic.name for topic in topics],
        "topic_values": [str(topic.pk) for topic in topics],
    }


def questions_of(hearing: Hearing) -> list[QuestionRevision]:
    """As they are asked now, in their order."""
    asked = Question.objects.filter(hearing=hearing, removed_at__isnull=True).prefetch_related("revisions")
    return [revisions[-1] for question in asked if (revisions := list(question.revisions.all()))]


def question_list(asked: list[QuestionRevision]) -> list[dict[str, Any]]:
    numbers = {str(revision.question.key): number for number, revision in enumerate(asked, start=3)}
    by_key = {str(revision.question.key): revision for revision in asked}
    return [
        question_data(revision, number, condition(revision, numbers, by_key))
        for number, revision in enumerate(asked, start=3)
    ]


def question_data(revision: QuestionRevision, number: int, only_if: str = "") -> dict[str, Any]:
    limits, labels = revision.limits, [option["label"] for option in revision.options]
    keys, field = [option["key"] for option in revision.options], question_field(revision.pk)
    drawn: dict[str, Any] = {
        "type": DRAWN.get(QuestionKind(revision.kind), revision.kind),
        "no": str(number),
        "title": revision.text,
        "help": " ".join(part for part in (only_if, revision.help) if part),
    }
    match revision.kind:
        case QuestionKind.RANKING:
            drawn["options"] = labels
        case QuestionKind.SINGLE:
            drawn |= {"options": labels, "values": keys, "field": field}
        case QuestionKind.MULTIPLE:
            drawn |= {"options": labels, "max": limits.get("most"), "values": keys, "field": field}
        case QuestionKind.SCALE:
            drawn |= {"field": field, "from": int(limits.get("min") or 1), "to": int(limits.get("max") or 5)}
            drawn |= {"low": limits.get("min_label", ""), "high": limits.get("max_label", "")}
        case QuestionKind.NUMBER:
            highest = str(limits.get("max") or "9999").partition(".")[0]
            drawn |= {"digits": min(MOST_DIGITS, len(highest)), "unit": limits.get("unit", "")}
        case QuestionKind.MATRIX:
            drawn |= {"columns": labels, "rows": [row["label"] for row in revision.rows], "values": keys}
            drawn["fields"] = [f"{field}-{row['key']}" for row in revision.rows]
    return drawn


def condition(
    revision: QuestionRevision, numbers: dict[str, int], by_key: dict[str, QuestionRevision]
) -> str:
    """Show-if, said in words: paper cannot hide a question."""
    key = str(revision.show_if.get("question", ""))
    if key not in by_key:
        return ""
    wanted = set(revision.show_if.get("options", []))
    labels = [option["label"] for option in by_key[key].options if option["key"] in wanted]
    return f"ตอบข้อนี้ถ้าข้อ {numbers[key]} ท่านตอบว่า {' หรือ '.join(f'“{label}”' for label in labels)}"
