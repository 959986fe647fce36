"""What search may find of this app: news items, and strategy documents with the words in their files."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue

from core.searchable import Searchable, SearchDocument, key_for, register
from core.thaidate import format_day
from core.urls_for import page_path
from news.feed_sources import midnight
from news.models import NewsPage, StrategyDocument
from news.querysets import ReadableQuerySet
from news.services.file_text import MAX_CHARS, text_of_file


def words_of(body: StreamValue) -> str:
    """All words of a StreamField, without markup."""
    return "\n".join(body.stream_block.get_searchable_content(body))


def public_news() -> ReadableQuerySet:
    return NewsPage.objects.live().public().select_related("category", "locale")


def public_documents() -> ReadableQuerySet:
    return StrategyDocument.objects.live().public().select_related("document", "locale")


def _places_and_topics(page: NewsPage | StrategyDocument) -> dict[str, Any]:
    return {
        "provinces": tuple(province.code for province in page.provinces.all()),
        "topics": tuple(topic.slug for topic in page.topics.all()),
    }


def news_document(page: NewsPage) -> SearchDocument:
    language = page.locale.language_code
    with translation.override(language):
        detail = " · ".join(
            filter(None, [page.kind_label, page.category.display_name if page.category else ""])
        )
    return SearchDocument(
        key=key_for(page), kind="news", title=page.title, url=page_path(page, language=language),
        body="\n".join(filter(None, [page.summary, page.event_place, words_of(page.body)]))[:MAX_CHARS],
        language=language, date=midnight(page.published_on), detail=detail, **_places_and_topics(page),
    )  # fmt: skip


def strategy_document(page: StrategyDocument) -> SearchDocument:
    language = page.locale.language_code
    with translation.override(language):
        day = format_day(page.official_date) if page.official_date else ""
        detail = " · ".join(filter(None, [page.kind_label, page.official_number, day]))
    body = [
        page.summary,
        page.official_number,
        page.issuing_unit,
        words_of(page.body),
        text_of_file(page.document),
    ]
    return SearchDocument(
        key=key_for(page), kind="document", title=page.title, url=page_path(page, language=language),
        body="\n".join(filter(None, body))[:MAX_CHARS], language=language,
        date=midnight(page.official_date) if page.official_date else page.first_published_at,
        detail=detail, **_places_and_topics(page),
    )  # fmt: skip


def register_searchables() -> None:
    register(Searchable("news", _("News"), NewsPage, public_news, news_document, icon="news", order=30))
    register(
        Searchable("document", _("Documents"), StrategyDocument, public_documents, strategy_document, icon="doc", order=40)
    )  # fmt: skip
