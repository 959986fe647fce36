"""Published news and documents; tests say what matters to them."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable
from typing import TypeVar

from django.core.files.base import ContentFile

from core.models import CustomDocument, Topic
from geography.models import Province
from news.models import NewsIndexPage, NewsPage, StrategyDocument, StrategyIndexPage

Page = TypeVar("Page", NewsPage, StrategyDocument)
_numbers = itertools.count(1)


def news_index(language: str = "th") -> NewsIndexPage:
    return NewsIndexPage.objects.get(locale__language_code=language)


def strategy_index(language: str = "th") -> StrategyIndexPage:
    return StrategyIndexPage.objects.get(locale__language_code=language)


def topic(slug: str, name: str = "") -> Topic:
    return Topic.objects.get_or_create(slug=slug, defaults={"name": name or slug})[0]


def news(*, provinces: Iterable[str] = (), topics: Iterable[Topic] = (), **fields: object) -> NewsPage:
    """``provinces`` are DOPA codes."""
    number = next(_numbers)
    page = NewsPage(
        **{
            "title": f"ข่าวที่ {number}",
            "slug": f"news-{number}",
            "published_on": dt.date(2026, 11, 1),
            "body": [("paragraph", "<p>ประชุมที่ศาลาประชาคม</p>")],
            **fields,
        }
    )
    page.topics.add(*topics)
    news_index().add_child(instance=page)
    return _placed(page, provinces)


def paper(
    *, provinces: Iterable[str] = (), topics: Iterable[Topic] = (), **fields: object
) -> StrategyDocument:
    number = next(_numbers)
    page = StrategyDocument(
        **{
            "title": f"เอกสารที่ {number}",
            "slug": f"paper-{number}",
            "doc_type": "plan",
            "official_date": dt.date(2026, 11, 1),
            "first_published_at": dt.datetime(2026, 11, 1, tzinfo=dt.UTC),
            **fields,
        }
    )
    page.topics.add(*topics)
    strategy_index().add_child(instance=page)
    return _placed(page, provinces)


def _placed(page: Page, provinces: Iterable[str]) -> Page:
    if codes := list(provinces):  # places can only be linked to a page that is stored
        page.provinces = Province.objects.filter(code__in=codes)
        page.save()
    return page


def file(
    name: str = "plan.pdf", content: bytes = b"%PDF-1.7 not really", title: str = "แผน"
) -> CustomDocument:
    document = CustomDocument(title=title, file_size=len(content))
    document.file.save(name, ContentFile(content), save=True)
    return document
