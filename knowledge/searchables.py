"""What search finds of a lesson. Names that are hidden on the page are not in the index either."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.enums import Sector
from core.file_text import MAX_CHARS, sources_now, sources_of, texts_of_files
from core.searchable import Searchable, SearchDocument, key_for
from core.urls_for import page_path
from knowledge.enums import LessonKind
from knowledge.models import LessonDocument, LessonPage
from knowledge.querysets import LessonQuerySet

TEXTS = (
    "summary",
    "recommendation",
    "lesson",
    "goal",
    "what_happened",
    "cause",
    "context",
    "context_limits",
    "success_factors",
    "obstacles",
    "result_evidence",
    "comparison",
)
NAMES_HIDDEN = "hidden"  # neither names nor files are in the index


def public_lessons() -> LessonQuerySet:
    lessons = LessonPage.objects.live().public().visible_to(None)
    return lessons.select_related("province", "district", "subdistrict", "locale").prefetch_related(
        "topic_items__tag", "contributors", "strategy_issues", "documents__document"
    )


def lesson_document(lesson: LessonPage) -> SearchDocument:
    language = lesson.locale.language_code
    topics = [item.tag for item in lesson.topic_items.all()]
    # Minutes and reports name everybody who was there.
    files = [] if lesson.anonymise else list(lesson.documents.all())
    with override(language):
        places = [area.full_name for area in (lesson.subdistrict, lesson.district, lesson.province) if area]
        words = [
            *(getattr(lesson, name) for name in TEXTS),
            *(topic.display_name for topic in topics),
            *(issue.display_title for issue in lesson.strategy_issues.all()),
            *(contributor.name for contributor in lesson.named_contributors),
            *lesson.partners,
            *places,
            lesson.get_problem_subarea_display(),
            *(item.title for item in files),
            texts_of_files(item.document for item in files),
        ]
        detail = " · ".join(str(part) for part in (lesson.get_kind_display(), lesson.place_line) if part)
        return SearchDocument(
            key=key_for(lesson),
            kind="lesson",
            title=lesson.title,
            url=page_path(lesson, language=language),
            body="\n".join(str(word) for word in words if word)[:MAX_CHARS],
            language=language,
            date=lesson.first_published_at,
            provinces=(lesson.province_id,) if lesson.province_id else (),
            topics=tuple(topic.slug for topic in topics),
            sectors=tuple(sector for sector in lesson.sectors_involved if sector in Sector.values),
            issues=tuple(str(issue.pk) for issue in lesson.strategy_issues.all()),
            variety=lesson.kind,
            detail=detail,
            sources=NAMES_HIDDEN if lesson.anonymise else sources_of(item.document for item in files),
            same_as=str(lesson.translation_key),
        )


def sources_of_lessons(pks: Collection[int]) -> dict[int, str]:
    hidden = LessonPage.objects.filter(pk__in=pks, anonymise=True).values_list("pk", flat=True)
    files = sources_now((LessonDocument.objects.filter(lesson__in=pks), "lesson", "document"))
    return files | dict.fromkeys(hidden, NAMES_HIDDEN)


LESSONS = Searchable(
    kind="lesson",
    label=_("Lessons"),
    model=LessonPage,
    public=public_lessons,
    document=lesson_document,
    icon="book",
    order=20,
    varieties=dict(LessonKind.choices),
    sources=sources_of_lessons,
)
