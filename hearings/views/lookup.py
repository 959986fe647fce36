"""Finding the hearing an address means, and small things every view needs."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db.models import CharField
from django.http import Http404
from django.utils.translation import gettext as _

from core.nearby import remember
from core.prepared import Prepared
from geography.models import Province
from hearings.models import Comment, DraftBlock, Hearing
from hearings.services.drafts import unfrozen_blocks
from hearings.services.pin import pinned_key

BY_SLUG = Prepared(
    lambda slug: Hearing.objects.visible().filter(slug=slug, locale__language_code=settings.LANGUAGE_CODE),
    slug=CharField(),
)


def visible_hearing(slug: str) -> Hearing:
    """The hearing anyone may read. Its record is the Thai page; English readers get it in English frames."""
    found = BY_SLUG(slug=slug).first()
    if found is None:
        raise Http404(_("There is no such hearing."))
    return found


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
    known = {section.pk: section for section in sections}
    wanted = {comment.block_id for comment in comments if comment.block_id}
    if missing := wanted - known.keys():
        known |= DraftBlock.objects.in_bulk(missing)
    for comment in comments:
        comment.block = known[comment.block_id] if comment.block_id else None
