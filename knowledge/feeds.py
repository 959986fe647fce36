"""The feed of the newest lessons (requirement A018); the news app serves it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.feeds import FEED_LENGTH, FeedItem, FeedSource
from core.searchable import key_for
from core.urls_for import page_path
from knowledge.models import LessonPage


def items(province: str | None, topic: str | None) -> Iterator[FeedItem]:
    lessons = LessonPage.objects.readable(get_language() or "th").exclude(first_published_at=None)
    if province:
        lessons = lessons.filter(province=province)
    if topic:
        lessons = lessons.filter(topic_items__tag__slug=topic)
    for lesson in lessons.for_lists()[:FEED_LENGTH]:
        yield FeedItem(
            key=key_for(lesson),
            title=lesson.title,
            url=page_path(lesson),
            date=lesson.first_published_at,
            description=f"{lesson.get_kind_display()}: {lesson.listing_summary}",
            updated=lesson.last_published_at,
        )


LESSONS = FeedSource(slug="lessons", label=_("Lessons"), items=items, order=30)
