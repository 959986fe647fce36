"""What search may find of this app: news items and strategy documents, with the words in their files."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue

from core.file_text import MAX_CHARS, sources_now, sources_of, texts_of_files
from core.models import CustomDocument
from core.searchable import Searchable, SearchDocument, key_for, register
from core.thaidate import format_day
from core.urls_for import page_path
from news.enums import DocumentType, NewsKind
from news.feed_sources import midnight
from news.models import NewsAttachment, NewsPage, StrategyAttachment, StrategyDocument
from news.querysets import ReadableQuerySet

BESIDE = ("provinces", "topic_items__tag", "strategy_issues", "attachments__document")


def words_of(body: StreamValue) -> str:
    """All words of a StreamField, without markup."""
    return "\n".join(body.stream_block.get_searchable_content(body))


def public_news() -> ReadableQuerySet:
    return NewsPage.objects.live().public().select_related("category", "locale").prefetch_related(*BESIDE)


def public_documents() -> ReadableQuerySet:
    found = StrategyDocument.objects.live().public().select_related("document", "locale")
    return found.prefetch_related(*BESIDE)


def files_of(page: NewsPage | StrategyDocument) -> list[CustomDocument]:
    return [attachment.document for attachment in page.attachments.all()]


def sources_of_news(pks: Collection[int]) -> dict[int, str]:
    return sources_now((NewsAttachment.objects.filter(page__in=pks), "page", "document"))


def sources_of_documents(pks: Collection[int]) -> dict[int, str]:
    return sources_now(
        (StrategyDocument.objects.filter(pk__in=pks), "pk", "document"),
        (StrategyAttachment.objects.filter(page__in=pks), "page", "document"),
    )


def _what_it_is_about(page: NewsPage | StrategyDocument) -> dict[str, Any]:
    return {
        "provinces": tuple(province.code for province in page.provinces.all()),
        "topics": tuple(item.tag.slug for item in page.topic_items.all()),
        "issues": tuple(str(issue.pk) for issue in page.strategy_issues.all()),
    }


def news_document(page: NewsPage) -> SearchDocument:
    language = page.locale.language_code
    with translation.override(language):
        detail = " · ".join(
            filter(None, [page.kind_label, page.category.display_name if page.category else ""])
        )
    body = [page.summary, page.event_place, words_of(page.body), texts_of_files(files_of(page))]
    return SearchDocument(
        key=key_for(page), kind="news", title=page.title, url=page_path(page, language=language),
        body="\n".join(filter(None, body))[:MAX_CHARS],
        language=language, date=midnight(page.published_on), detail=detail, variety=page.kind,
        sources=sources_of(files_of(page)), same_as=str(page.translation_key), **_what_it_is_about(page),
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
        texts_of_files([page.document]),
        texts_of_files(files_of(page)),
    ]
    return SearchDocument(
        key=key_for(page), kind="document", title=page.title, url=page_path(page, language=language),
        body="\n".join(filter(None, body))[:MAX_CHARS], language=language,
        date=midnight(page.official_date) if page.official_date else page.first_published_at,
        detail=detail, variety=page.doc_type, sources=sources_of([page.document, *files_of(page)]),
        same_as=str(page.translation_key), **_what_it_is_about(page),
    )  # fmt: skip


def register_searchables() -> None:
    register(
        Searchable(
            "news", _("News"), NewsPage, public_news, news_document, icon="news", order=30,
            varieties=dict(NewsKind.choices), sources=sources_of_news,
        )
    )  # fmt: skip
    register(
        Searchable(
            "document", _("Documents"), StrategyDocument, public_documents, strategy_document, icon="doc", order=40,
            varieties=dict(DocumentType.choices), sources=sources_of_documents,
        )
    )  # fmt: skip
