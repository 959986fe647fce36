"""The quiet steps between the loud ones: to review, to summarising, to follow-up."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts.models import User
from accounts.permissions import Action, require
from hearings.enums import HearingState, Stage
from hearings.models import Hearing
from hearings.services import stages
from hearings.services.errors import WrongStage


@transaction.atomic
def send_to_review(*, hearing: Hearing, actor: User, now: dt.datetime) -> Hearing:
    require(actor, Action.PREPARE_HEARING, hearing)
    page = stages.fresh(hearing)
    stages.move(page, Stage.IN_REVIEW, actor=actor, now=now)
    return page


@transaction.atomic
def start_summarising(*, hearing: Hearing, actor: User, now: dt.datetime) -> Hearing:
    """Only after it closed: while people still write there is nothing to sum up."""
    require(actor, Action.DRAFT_RESULT, hearing)
    page = stages.fresh(hearing)
    if page.state(now) != HearingState.CLOSED:
        raise WrongStage(page.state(now).label)
    stages.move(page, Stage.SUMMARISING, actor=actor, now=now)
    return page


@transaction.atomic
def mark_followed_up(*, hearing: Hearing, actor: User, now: dt.datetime, reason: str = "") -> Hearing:
    require(actor, Action.PUBLISH_RESULT, hearing)
    page = stages.fresh(hearing)
    stages.move(page, Stage.FOLLOWED_UP, actor=actor, now=now, reason=reason)
    return page
