"""What search finds of a hearing: its own words, the headings of its draft and the words of its files.

The text of each section is a document of its own (hearings.search_pieces): in one long body the words of sixty sections
would weigh too little to be found, and a search would lead to the top of the page.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.blocks import StreamValue

from core.file_text import sources_now, sources_of, texts_of_files
from core.searchable import Searchable, SearchDocument, key_for, register
from core.urls_for import page_path
from hearings.enums import HearingKind
from hearings.models import DraftBlock, Hearing, HearingDocument
from hearings.querysets import HearingQuerySet
from hearings.search_pieces import LANGUAGE, issues_of, register_pieces, topics_of

# The eight items of the announcement, as far as they are words about the matter.
DISCLOSED = (
    "necessity", "essence", "operator", "site", "timetable", "outputs", "affected_people", "impacts", "mitigation",
)  # fmt: skip
BESIDE = ("provinces", "topics", "strategy_issues", "benefits", "documents__document")


def public_hearings() -> HearingQuerySet:
    # Headings only: the texts of all versions of hundreds of hearings are megabytes.
    headings = Prefetch(
        "draft_versions__blocks", queryset=DraftBlock.objects.only("version", "order", "heading")
    )
    return Hearing.objects.visible().select_related("locale").prefetch_related(*BESIDE, headings)


def hearing_document(hearing: Hearing) -> SearchDocument:
    with override(LANGUAGE):
        detail = " · ".join(part for part in (str(hearing.get_kind_display()), hearing.code) if part)
    body = [
        hearing.summary,
        words_of(hearing.plain_summary),
        words_of(hearing.intro),
        *(getattr(hearing, name) for name in DISCLOSED),
        hearing.lead_agency,
        *(benefit.text for benefit in hearing.benefits.all()),
        *headings_of_draft(hearing),
        words_of(hearing.result_body) if hearing.has_result else "",
        *(item.title for item in hearing.documents.all()),
        texts_of_files(item.document for item in hearing.documents.all()),
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
        topics=topics_of(hearing),
        sectors=tuple(dict.fromkeys(benefit.sector for benefit in hearing.benefits.all())),
        issues=issues_of(hearing),
        variety=hearing.kind,
        detail=detail,
        sources=sources_of(item.document for item in hearing.documents.all()),
    )


def sources_of_hearings(pks: Collection[int]) -> dict[int, str]:
    return sources_now((HearingDocument.objects.filter(hearing__in=pks), "hearing", "document"))


def words_of(body: StreamValue) -> str:
    """All words of a StreamField, without markup."""
    return "\n".join(body.stream_block.get_searchable_content(body))


def headings_of_draft(hearing: Hearing) -> list[str]:
    """Of the newest frozen draft; what is still being edited is nobody's business yet."""
    versions = sorted(hearing.draft_versions.all(), key=lambda version: version.number)
    return [block.heading for block in versions[-1].blocks.all()] if versions else []


def register_searchables() -> None:
    register(
        Searchable(
            "hearing", _("Hearings"), Hearing, public_hearings, hearing_document, icon="say", order=10,
            varieties=dict(HearingKind.choices), sources=sources_of_hearings,
        )
    )  # fmt: skip
    register_pieces()
