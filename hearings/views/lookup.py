"""Finding the hearing an address means, and small things every view needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from core.nearby import remember
from core.prepared import Answer, Prepared
from geography.models import Province
from hearings.models import Comment, DraftBlock, Hearing, Question
from hearings.services.drafts import unfrozen_blocks
from hearings.services.pin import pinned_key

# What the form for comments shows and asks of its hearing: the texts of the announcement are most of its row.
OF_FORM = (
    "slug", "url_path", "live", "title", "title_en", "stage", "announced_at", "opens_at", "closes_at",
    "force_closed_at", "force_closed_reason", "who_may_comment", "who_may_support", "result_published_at",
)  # fmt: skip


def _by_slug(slug: Any) -> QuerySet[Hearing]:
    return Hearing.objects.visible().filter(slug=slug, locale__language_code=settings.LANGUAGE_CODE)


def _for_form(slug: Any) -> QuerySet[Hearing]:
    asks = Exists(Question.objects.filter(hearing=OuterRef("pk")))
    return _by_slug(slug).only(*OF_FORM).annotate(has_questions=asks)


BY_SLUG = Prepared(_by_slug, slug=CharField())
_FOR_FORM = Prepared(_for_form, slug=CharField())


def visible_hearing(slug: str) -> Hearing:
    """The hearing anyone may read. Its record is the Thai page; English readers get it in English frames."""
    return _found(BY_SLUG(slug=slug))


def hearing_of_form(slug: str) -> Hearing:
    """The same for who comments on it: whatever else is asked of it is read then."""
    return _found(_FOR_FORM(slug=slug))


def _found(answer: Answer) -> Hearing:
    if not answer:
        raise Http404(_("There is no such hearing."))
    return answer[0]


def sections_of(hearing: Hearing) -> Sequence[DraftBlock]:
    """The frozen sections people comment on, in order; in a preview, which has none yet, those of the editor."""
    if hearing.current_draft:
        return hearing.current_draft.sections
    return [] if hearing.is_public_record else unfrozen_blocks(hearing)


def provinces_of(hearing: Hearing) -> list[Province]:
    """To choose from in filters; an editor's change reaches every process within seconds."""
    return remember(f"hearings:provinces:{hearing.pk}", lambda: list(hearing.provinces.all()))


def has_pinned(hearing: Hearing) -> bool:
    """Most hearings have nothing pinned; what is pinned is read from the database, so taking it off works at once."""
    found = Comment.objects.filter(hearing=hearing, pinned_at__isnull=False)
    return remember(pinned_key(hearing.pk), found.exists)


def put_sections(comments: Sequence[Comment], sections: Sequence[DraftBlock]) -> None:
    """Give comments the section they were written on: those of today are known, older ones take one query."""
    if not comments:
        return
    known = {section.pk: section for section in sections}
    wanted = {comment.block_id for comment in comments if comment.block_id}
    if missing := wanted - known.keys():
        known |= DraftBlock.objects.in_bulk(missing)
    for comment in comments:
        comment.block = known[comment.block_id] if comment.block_id else None
