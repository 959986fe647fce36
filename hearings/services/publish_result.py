"""Publish the result of a hearing (ข้อ 12: within 15 days after it ended)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Action, require
from hearings.enums import HearingState, Stage
from hearings.models import Hearing
from hearings.services import stages
from hearings.services.announce import newest, publish
from hearings.services.errors import NotReady, WrongStage


@transaction.atomic
def publish_result(*, hearing: Hearing, actor: User, now: dt.datetime) -> Hearing:
    """A late result is published all the same; the page shows that it is late."""
    require(actor, Action.PUBLISH_RESULT, hearing)
    page = newest(hearing)
    if page.state(now) not in (HearingState.CLOSED, HearingState.SUMMARISING):
        raise WrongStage(page.state(now).label)
    if not page.result_body:
        raise NotReady([_("Write the result before you publish it.")])
    stages.move(page, Stage.RESULT_PUBLISHED, actor=actor, now=now, result_published_at=now)
    publish(page, actor)
    return stages.fresh(page)
