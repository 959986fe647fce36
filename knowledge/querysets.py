"""Questions about lessons."""

from __future__ import annotations

from wagtail.query import PageQuerySet


class LessonQuerySet(PageQuerySet):
    pass
