"""The catalogue of problems and what helped (requirements A194, A195)."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from core.urls_for import DEFAULT_LANGUAGE
from knowledge.enums import SUBAREAS, ProblemArea, ProblemSubarea
from knowledge.models import LessonPage, LibraryPage
from knowledge.querysets import LessonQuerySet

PER_PROBLEM = 5


@dataclass(frozen=True)
class Problem:
    subarea: ProblemSubarea
    count: int
    lessons: list[LessonPage]


@dataclass(frozen=True)
class ProblemGroup:
    area: ProblemArea
    count: int
    problems: list[Problem]


def problem_groups(lessons: LessonQuerySet) -> list[ProblemGroup]:
    """Every problem of both areas with the best-proven lessons about it; two queries."""
    counts = lessons.count_by("problem_subarea")
    found: dict[str, list[LessonPage]] = {}
    for lesson in lessons.solutions(PER_PROBLEM):
        found.setdefault(lesson.problem_subarea, []).append(lesson)
    return [
        ProblemGroup(
            area,
            sum(counts.get(subarea, 0) for subarea in subareas),
            [Problem(subarea, counts.get(subarea, 0), found.get(subarea, [])) for subarea in subareas],
        )
        for area, subareas in SUBAREAS.items()
    ]


def problems(request: HttpRequest) -> HttpResponse:
    language = get_language() or DEFAULT_LANGUAGE
    library = LibraryPage.objects.live().filter(locale__language_code=language).first()
    groups = problem_groups(LessonPage.objects.readable(language, request.user))
    return render(request, "knowledge/problems.html", {"library": library, "groups": groups})
