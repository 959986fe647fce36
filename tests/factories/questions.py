"""Questions of every kind on a hearing, put straight into the tables: the services have their own tests."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hearings.models import Hearing, Question, QuestionRevision

OPTIONS = [
    {"key": "a1", "label": "ใช้น้ำจากบึง"},
    {"key": "a2", "label": "ใช้น้ำบาดาล"},
    {"key": "a3", "label": "ไม่ได้ใช้"},
]
ROWS = [{"key": "r1", "label": "หน้าแล้ง"}, {"key": "r2", "label": "หน้าฝน"}]
EXTRAS: dict[str, dict[str, Any]] = {
    "single": {"options": OPTIONS},
    "multiple": {"options": OPTIONS, "limits": {"most": 2}},
    "scale": {
        "limits": {
            "min": 1,
            "max": 5,
            "min_label": "ไม่พอเลย",
            "min_label_en": "not enough",
            "max_label": "พอมาก",
            "max_label_en": "quite enough",
        }
    },
    "ranking": {"options": OPTIONS},
    "matrix": {"options": OPTIONS, "rows": ROWS},
    "number": {"limits": {"min": 0, "max": 500, "unit": "ไร่", "unit_en": "rai"}},
    "short_text": {},
    "long_text": {"limits": {"longest": 300}},
    "place": {},
}


def question(hearing: Hearing, kind: str, now: dt.datetime, **fields: Any) -> QuestionRevision:
    order = hearing.questions.count() + 1
    asked = Question.objects.create(hearing=hearing, order=order)
    return revision(asked, kind, now, **fields)


def revision(asked: Question, kind: str, now: dt.datetime, **fields: Any) -> QuestionRevision:
    values = {"text": f"คำถาม {kind}", **EXTRAS[kind], **fields}
    number = asked.revisions.count() + 1
    return QuestionRevision.objects.create(question=asked, number=number, kind=kind, created_at=now, **values)
