"""Publish a changed draft as the next version; comments keep their sections by key."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Action, require
from hearings.enums import Stage
from hearings.models import DraftVersion, Hearing
from hearings.services import stages
from hearings.services.announce import newest, publish
from hearings.services.drafts import freeze, is_changed, name_paragraphs
from hearings.services.errors import NotReady


@transaction.atomic
def publish_draft_version(*, hearing: Hearing, actor: User, now: dt.datetime, note: str) -> DraftVersion:
    """``note`` tells readers what changed and why (peers P19); earlier versions stay readable.

    Not while people are asked: what was announced stays as it was read (R10), and everyone comments on one text.
    """
    require(actor, Action.ANNOUNCE_HEARING, hearing)
    page = newest(hearing)
    stages.require_stage(page, Stage.SUMMARISING, Stage.RESULT_PUBLISHED)
    checks = [
        (not page.draft, _("Put at least one section into the draft.")),
        (not note.strip(), _("Say what changed and why.")),
        (not is_changed(page), _("The draft has not changed since its last version.")),
    ]
    if missing := [sentence for is_missing, sentence in checks if is_missing]:
        raise NotReady(missing)
    name_paragraphs(page)
    publish(page, actor)
    version = freeze(page, now=now, note=note)
    stages.log(page, page.stage, page.stage, actor=actor, now=now, reason=note)
    return version
