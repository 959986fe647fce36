"""The secret address under which a hearing can be read before it is announced."""

from __future__ import annotations

import uuid

from django.db import transaction

from accounts.models import User
from accounts.permissions import Action, require
from hearings.enums import Stage
from hearings.models import Hearing
from hearings.services import stages


@transaction.atomic
def make_preview(*, hearing: Hearing, actor: User) -> Hearing:
    """A new key each time: an address that was passed on too far stops working."""
    require(actor, Action.PREPARE_HEARING, hearing)
    page = stages.fresh(hearing)
    stages.require_stage(page, Stage.DRAFT, Stage.IN_REVIEW)
    stages.write(page, preview_key=uuid.uuid4())
    return page


@transaction.atomic
def revoke_preview(*, hearing: Hearing, actor: User) -> Hearing:
    require(actor, Action.PREPARE_HEARING, hearing)
    page = stages.fresh(hearing)
    stages.write(page, preview_key=None)
    return page
