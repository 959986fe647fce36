"""How standard pages, FAQ entries and explained words are found (core.searchable)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.searchable import Searchable, SearchDocument, key_for, register
from core.urls_for import page_path
from home.models import FaqEntry, GlossaryWord, StandardPage

# An answer to exactly this question is what the reader wants first (A007).
FAQ_BOOST = 3.0
# Who types nothing but the word wants to know what it means; who types more looks for what uses it.
WORD_BOOST = 1.6


def _public_pages() -> QuerySet:
    return StandardPage.objects.live().public().select_related("locale")


def _page_document(page: StandardPage) -> SearchDocument:
    language = page.locale.language_code
    words = [page.summary, *page.body.stream_block.get_searchable_content(page.body)]
    return SearchDocument(
        key=key_for(page),
        kind="page",
        title=page.title,
        url=page_path(page, language=language),
        body="\n".join(str(part) for part in words if part),
        language=language,
        date=page.last_published_at,
        same_as=str(page.translation_key),
    )


def _faq_document(entry: FaqEntry) -> SearchDocument:
    both = [entry.answer, entry.question_en, entry.answer_en]
    return SearchDocument(
        key=key_for(entry),
        kind="faq",
        title=entry.question,
        url=f"/faq/#{entry.anchor}",
        body="\n".join(part for part in both if part),
        date=entry.updated_at,
        detail=entry.category.name,
        boost=FAQ_BOOST,
    )


def _word_document(word: GlossaryWord) -> SearchDocument:
    with override("th"):
        address = f"{reverse('home:words')}#{word.anchor}"
    both = [word.meaning, word.meaning_en]
    return SearchDocument(
        key=key_for(word),
        kind="word",
        title=word.word,
        url=address,
        body="\n".join(part for part in both if part),
        detail=" · ".join(part for part in (word.also, word.word_en) if part),
        boost=WORD_BOOST,
    )


def register_all() -> None:
    register(
        Searchable(
            kind="faq", label=_("Questions and answers"), model=FaqEntry,
            public=FaqEntry.objects.published, document=_faq_document, icon="say", order=10,
        )
    )  # fmt: skip
    register(
        Searchable(
            kind="page", label=_("Pages about the office and help"), model=StandardPage,
            public=_public_pages, document=_page_document, icon="doc", order=80,
        )
    )  # fmt: skip
    register(
        Searchable(
            kind="word", label=_("Words explained"), model=GlossaryWord,
            public=GlossaryWord.objects.all, document=_word_document, icon="book", order=75,
        )
    )  # fmt: skip
