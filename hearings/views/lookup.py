"""Finding the hearing an address means, and small things every view needs."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _

from hearings.models import DraftBlock, Hearing
from hearings.services.drafts import unfrozen_blocks


def visible_hearing(slug: str) -> Hearing:
    """The hearing anyone may read. Its record is the Thai page; English readers get it in English frames."""
    found = Hearing.objects.visible().filter(slug=slug, locale__language_code=settings.LANGUAGE_CODE).first()
    if found is None:
        raise Http404(_("There is no such hearing."))
    return found


def sections_of(hearing: Hearing) -> list[DraftBlock]:
    """The frozen sections people comment on, in order; in a preview, which has none yet, those of the editor."""
    if hearing.current_draft:
        return list(hearing.current_draft.blocks.all())
    return [] if hearing.is_public_record else unfrozen_blocks(hearing)
