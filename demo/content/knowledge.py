"""Lessons of the demo. Safe to repeat: a lesson that exists is left as editors have it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone
from wagtail.models import Locale

from core.thaidate import parse_day
from demo.content.lessons import LESSONS
from demo.content.strategy import issue
from demo.places import place
from demo.topics import topics
from knowledge.enums import Visibility
from knowledge.models import LessonContributor, LessonPage, LibraryPage

# Fields whose name in the data is the model's.
PLAIN = (
    "title", "kind", "summary", "goal", "what_happened", "cause", "lesson", "recommendation", "context",
    "context_limits", "success_factors", "obstacles", "result_evidence", "evidence_level", "comparison", "level",
)  # fmt: skip


def load() -> None:
    thai = LibraryPage.objects.get(locale__language_code="th")
    now = timezone.now()
    for data in LESSONS:
        if not LessonPage.objects.child_of(thai).filter(slug=data["slug"]).exists():
            lesson = _publish(thai, _lesson(data), now - dt.timedelta(days=data["published"]))
            if "english" in data:
                _translate(lesson, data["english"])


def _lesson(data: dict[str, Any]) -> LessonPage:
    start, end = data["period"]
    area, subarea = data["problem"]
    contact, phone = data.get("contact", ("", ""))
    lesson = LessonPage(
        slug=data["slug"],
        **{name: data[name] for name in PLAIN if name in data},
        **place(data["place"]),
        problem_area=area,
        problem_subarea=subarea,
        period_start=parse_day(start),
        period_end=parse_day(end),
        budget_used=Decimal(data["budget"]) if data.get("budget") else None,
        source_type=data["source"],
        sectors_involved=list(data["sectors"]),
        partner_agencies=data.get("partners", ""),
        recorded_by=data.get("recorded_by", ""),
        contact_person=contact,
        contact_phone=phone,
        contact_consent=bool(contact),
        anonymise=data.get("anonymise", False),
        names_checked=True,
        visibility=data.get("visibility", Visibility.PUBLIC),
    )
    lesson.topics.add(*topics(*data["topics"]))
    lesson.strategy_issues = [issue(number) for number in data["issues"]]
    lesson.contributors = [
        LessonContributor(sort_order=number, kind=kind, name=name, role=role)
        for number, (kind, name, role) in enumerate(data.get("contributors", ()))
    ]
    return lesson


def _publish(parent: LibraryPage, lesson: LessonPage, when: dt.datetime) -> LessonPage:
    parent.add_child(instance=lesson)
    lesson.save_revision().publish()
    LessonPage.objects.filter(pk=lesson.pk).update(first_published_at=when, last_published_at=when)
    return lesson


def _translate(lesson: LessonPage, words: dict[str, str]) -> None:
    english = lesson.copy_for_translation(Locale.objects.get(language_code="en"))
    for name, text in words.items():
        setattr(english, name, text)
    english.live = True
    english.save_revision().publish()
    LessonPage.objects.filter(pk=english.pk).update(
        first_published_at=lesson.first_published_at, last_published_at=lesson.last_published_at
    )
