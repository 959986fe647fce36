"""A published lesson with the five required answers; tests say what matters to them."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable

from core.models import StrategyIssue, Topic
from knowledge.models import LessonPage, LibraryPage

_numbers = itertools.count(1)


def library(language: str = "th") -> LibraryPage:
    return LibraryPage.objects.get(locale__language_code=language)


def topic(slug: str, name: str = "") -> Topic:
    return Topic.objects.get_or_create(slug=slug, defaults={"name": name or slug})[0]


def issue(number: int, title: str = "", **fields: object) -> StrategyIssue:
    fields = {"title": title or f"ประเด็น {number}", "period_end": 2570, **fields}
    return StrategyIssue.objects.get_or_create(period_start=2566, number=number, defaults=fields)[0]


def lesson(
    *, topics: Iterable[Topic] = (), issues: Iterable[StrategyIssue] = (), parent: LibraryPage | None = None,
    first_published_at: dt.datetime | None = None, **fields: object,
) -> LessonPage:  # fmt: skip
    number = next(_numbers)
    page = LessonPage(
        **{
            "title": f"บทเรียนที่ {number}",
            "slug": f"lesson-{number}",
            "kind": "good_practice",
            "what_happened": "รอบแรกประชุม 5 เดือนไม่จบ",
            "lesson": "คนรู้ทางน้ำเก่าดีกว่าแผนที่",
            "recommendation": "เริ่มด้วยผ้าใบเปล่า: ช่างยังไม่ต้องพูด\nเดินแนวจริง",
            **fields,
        }
    )
    page.topics.add(*topics)
    page.strategy_issues = list(issues)
    (parent or library()).add_child(instance=page)
    if first_published_at:
        LessonPage.objects.filter(pk=page.pk).update(first_published_at=first_published_at)
        page.refresh_from_db()
    return page
