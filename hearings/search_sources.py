"""What search may find of hearings: their own words. Never a comment and never the name of who sent one."""

from __future__ import annotations

import re

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.blocks import StreamValue

from core.searchable import Searchable, SearchDocument, key_for, register
from core.urls_for import page_path
from hearings.models import Hearing
from hearings.querysets import HearingQuerySet

LANGUAGE = "th"
BLOCK_END = re.compile(r"</(?:p|li|h[2-6])>|<br\s*/?>")


def public_hearings() -> HearingQuerySet:
    return (
        Hearing.objects.visible()
        .select_related("locale")
        .prefetch_related("provinces", "topics", "draft_versions__blocks")
    )


def hearing_document(hearing: Hearing) -> SearchDocument:
    with override(LANGUAGE):
        detail = " · ".join(part for part in (str(hearing.get_kind_display()), hearing.code) if part)
    body = [
        hearing.summary,
        words_of(hearing.plain_summary),
        words_of(hearing.intro),
        hearing.affected_people,
        hearing.impacts,
        hearing.mitigation,
        hearing.lead_agency,
        *frozen_words(hearing),
        words_of(hearing.result_body) if hearing.has_result else "",
        # Last, so that the excerpt of a Thai search shows Thai words.
        hearing.title_en,
        hearing.summary_en,
    ]
    return SearchDocument(
        key=key_for(hearing),
        kind="hearing",
        title=hearing.title,
        url=page_path(hearing, language=LANGUAGE),
        body="\n".join(text for text in body if text),
        language=LANGUAGE,
        date=hearing.result_published_at or hearing.announced_at,
        provinces=tuple(hearing.acting_provinces()),
        topics=tuple(topic.slug for topic in hearing.topics.all()),
        detail=detail,
    )


def words_of(body: StreamValue) -> str:
    """All words of a StreamField, without markup."""
    return "\n".join(body.stream_block.get_searchable_content(body))


def frozen_words(hearing: Hearing) -> list[str]:
    """The newest frozen draft; what is still being edited is nobody's business yet."""
    versions = sorted(hearing.draft_versions.all(), key=lambda version: version.number)
    blocks = versions[-1].blocks.all() if versions else []
    return [f"{block.heading}\n{strip_tags(BLOCK_END.sub(' ', block.body))}" for block in blocks]


def register_searchables() -> None:
    register(
        Searchable("hearing", _("Hearings"), Hearing, public_hearings, hearing_document, icon="say", order=10)
    )
