"""What this app offers to the feeds: news with announcements, and strategy documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.feeds import FEED_LENGTH, FeedItem, FeedSource, register
from core.searchable import key_for
from core.urls_for import page_path
from news.models import NewsPage, StrategyDocument


def midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def news_items(province: str | None, topic: str | None) -> Iterator[FeedItem]:
    pages = NewsPage.objects.readable(get_language() or "th").about(province, topic).newest_first()
    for page in pages[:FEED_LENGTH]:
        yield _item(page, midnight(page.published_on))


def strategy_items(province: str | None, topic: str | None) -> Iterator[FeedItem]:
    pages = StrategyDocument.objects.readable(get_language() or "th").about(province, topic)
    for page in pages.order_by("-first_published_at", "-pk")[:FEED_LENGTH]:
        if page.first_published_at:
            yield _item(page, page.first_published_at)


def _item(page: NewsPage | StrategyDocument, date: dt.datetime) -> FeedItem:
    return FeedItem(
        key=key_for(page),
        title=page.title,
        url=page_path(page),
        date=date,
        description=page.listing_summary,
        updated=max(page.last_published_at or date, date),
    )


def register_feeds() -> None:
    register(FeedSource("news", _("News and announcements"), news_items, order=10))
    register(FeedSource("strategy", _("Plans and documents"), strategy_items, order=20))
