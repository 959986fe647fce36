"""A question as it stands in the record of changes: everything that decides what may be answered, and by whom.

In Thai in every language of the site, because the record is; English beside it where the form has some. Two revisions
that ask differently never read the same here, or a change of the form would be silent (R10).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import override

from hearings.enums import QuestionKind
from hearings.models import QuestionRevision


def in_record(revision: QuestionRevision) -> str:
    return "\n".join(part for part in _lines(revision) if part)


def _lines(revision: QuestionRevision) -> Iterator[str]:
    yield _both(revision.text, revision.text_en)
    yield _both(revision.help, revision.help_en)
    for line in (*revision.rows, *revision.options):
        yield f"- {_both(line['label'], line.get('label_en', ''))}"
    with override("th"):
        yield f"แบบคำตอบ: {QuestionKind(revision.kind).label}"
    yield from _limits(revision)
    yield "ต้องตอบ" if revision.is_required else "ไม่ตอบก็ได้"
    if revision.show_if:
        yield _asked_only_if(revision.show_if)


def _limits(revision: QuestionRevision) -> Iterator[str]:
    limits = revision.limits
    low, high = limits.get("min"), limits.get("max")
    if revision.kind == QuestionKind.SCALE:
        yield f"ตั้งแต่ {low}{_meaning(limits, 'min_label')} ถึง {high}{_meaning(limits, 'max_label')}"
    else:
        yield f"ค่าต่ำสุด {low}" if low is not None else ""
        yield f"ค่าสูงสุด {high}" if high is not None else ""
    if unit := _both(limits.get("unit", ""), limits.get("unit_en", "")):
        yield f"หน่วย {unit}"
    if most := limits.get("most"):
        yield f"เลือกได้ไม่เกิน {most} ข้อ"
    if longest := limits.get("longest"):
        yield f"ยาวไม่เกิน {longest} ตัวอักษร"


def _meaning(limits: dict[str, Any], name: str) -> str:
    words = _both(limits.get(name, ""), limits.get(f"{name}_en", ""))
    return f" ({words})" if words else ""


def _asked_only_if(rule: dict[str, Any]) -> str:
    revisions = list(QuestionRevision.objects.filter(question__key=rule["question"]).order_by("number"))
    # The newest words of each answer; one that was taken out since keeps its last.
    labels = {line["key"]: line["label"] for revision in revisions for line in revision.options}
    wanted = " หรือ ".join(f"“{labels.get(key, key)}”" for key in rule["options"])
    return f"ถามเฉพาะผู้ที่ตอบ {wanted} ในคำถาม “{revisions[-1].text}”"


def _both(thai: str, english: str) -> str:
    """As the form of the desk writes them."""
    return f"{thai} | {english}" if english else thai
