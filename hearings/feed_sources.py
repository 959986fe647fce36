"""The feed of hearings: one entry when a hearing is announced, one when its result is out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import chain
from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.feeds import FEED_LENGTH, FeedItem, FeedSource, register
from core.urls_for import page_path
from hearings.models import Hearing
from hearings.querysets import HearingQuerySet

SLUG = "hearings"


def feed_items(province: str | None, topic: str | None) -> Iterable[FeedItem]:
    hearings = Hearing.objects.visible()
    if province:
        hearings = hearings.in_province(province)
    if topic:
        hearings = hearings.filter(topic_items__tag__slug=topic)
    announced = (_announcement(hearing) for hearing in _newest(hearings, "announced_at"))
    results = (_result(hearing) for hearing in _newest(hearings.with_result(), "result_published_at"))
    return sorted(chain(announced, results), key=lambda item: item.date, reverse=True)[:FEED_LENGTH]


def _newest(hearings: HearingQuerySet, field: str) -> HearingQuerySet:
    return hearings.filter(**{f"{field}__isnull": False}).order_by(f"-{field}", "-pk")[:FEED_LENGTH]


def _announcement(hearing: Hearing) -> FeedItem:
    return FeedItem(
        key=f"hearings.hearing:{hearing.pk}",
        title=_("Hearing: %(title)s") % {"title": hearing.display_title},
        url=page_path(hearing),
        date=cast(dt.datetime, hearing.announced_at),
        description=hearing.display_summary,
        updated=hearing.last_published_at,
    )


def _result(hearing: Hearing) -> FeedItem:
    return FeedItem(
        key=f"hearings.hearing:{hearing.pk}:result",
        title=_("Result of the hearing: %(title)s") % {"title": hearing.display_title},
        url=page_path(hearing),
        date=cast(dt.datetime, hearing.result_published_at),
        description=hearing.display_summary,
    )


def register_feeds() -> None:
    register(FeedSource(SLUG, gettext_lazy("Hearings"), feed_items, order=10))
