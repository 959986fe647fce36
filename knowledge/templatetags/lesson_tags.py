"""Lessons for the pages of other apps: they use these tags and import nothing of ours. Public lessons only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django import template
from django.utils.translation import get_language

from core.models import Topic
from core.thaidate import BE, EN_MONTHS, SHORT_MONTHS, is_thai
from knowledge.models import LessonPage

register = template.Library()


def _readable():
    return LessonPage.objects.readable(get_language() or "th")


@register.simple_tag
def months(start: dt.date | None, end: dt.date | None) -> str:
    """``ม.ค.–มิ.ย. 2569``: a story has months; single days would claim too much."""
    days = [day for day in (start, end) if day]
    if not days:
        return ""
    names, years = zip(*(_month_and_year(day) for day in days), strict=True)
    if len(days) == 1 or (names, years) == ((names[0],) * 2, (years[0],) * 2):
        return f"{names[0]} {years[0]}"
    if years[0] == years[1]:
        return f"{names[0]}–{names[1]} {years[0]}"
    return f"{names[0]} {years[0]}–{names[1]} {years[1]}"


def _month_and_year(day: dt.date) -> tuple[str, int]:
    if is_thai():
        return SHORT_MONTHS[day.month - 1], day.year + BE
    return EN_MONTHS[day.month - 1][:3], day.year


@register.simple_tag
def latest_lessons(number: int = 2) -> list[LessonPage]:
    return list(_readable().for_lists()[:number])


@register.simple_tag
def lessons_for_topics(topics: Iterable[Topic], number: int = 1) -> list[LessonPage]:
    """The lessons that share most of these topics; an empty list where there are none (mission: push, not search)."""
    keys = [topic.pk for topic in (topics.all() if hasattr(topics, "all") else topics)]
    if not keys:
        return []
    return list(_readable().about(keys).select_related("province", "district", "locale")[:number])
