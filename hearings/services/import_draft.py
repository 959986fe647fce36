"""Put sections that were read from Word or pasted into the draft in the editor."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Action, require
from core.text import clean_text
from hearings.editor import is_draft_frozen
from hearings.models import Hearing
from hearings.services import stages
from hearings.services.announce import newest
from hearings.services.errors import WrongStage
from hearings.services.read_draft import LONGEST_HEADING, MOST_SECTIONS, ReadSection, clean_body


@transaction.atomic
def import_draft(*, hearing: Hearing, actor: User, sections: list[ReadSection]) -> Hearing:
    """Saves a revision; nothing is published. A section with the heading of an old one keeps its key."""
    require(actor, Action.PREPARE_HEARING, hearing)
    page = newest(hearing)
    if is_draft_frozen(stages.fresh(hearing)):
        raise WrongStage(page.get_stage_display())
    if not sections:
        raise ValidationError(_("There is no section to save."), code="empty")
    if len(sections) > MOST_SECTIONS:
        raise ValidationError(_("These are more than 60 sections. Join some of them."), code="too_many")
    keys = {child.value["heading"]: child.id for child in page.draft}
    raw = []
    for section in sections:
        heading, body = clean_text(section.heading)[:LONGEST_HEADING], clean_body(section.body)
        if not heading or not body:
            raise ValidationError(_("Each section needs a heading and a text."), code="blank")
        block = {"type": "section", "value": {"heading": heading, "body": body}}
        raw.append({**block, "id": key} if (key := keys.pop(heading, None)) else block)
    page.draft = page._meta.get_field("draft").stream_block.to_python(raw)
    page.save_revision(user=actor, clean=False)
    return page
