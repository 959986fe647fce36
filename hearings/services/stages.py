"""Moving a hearing from stage to stage: the one place that writes ``stage``, and the log of who, when, why."""

from __future__ import annotations

import datetime as dt

from wagtail.signals import page_published

from accounts.models import User
from core.text import clean_text
from hearings.enums import Stage
from hearings.models import Hearing, StageChange
from hearings.services.errors import WrongStage

# From where each stage can be reached. Open and closed are no stages: the clock decides them.
REACHED_FROM = {
    Stage.IN_REVIEW: {Stage.DRAFT},
    Stage.ANNOUNCED: {Stage.DRAFT, Stage.IN_REVIEW},
    Stage.SUMMARISING: {Stage.ANNOUNCED},
    Stage.RESULT_PUBLISHED: {Stage.ANNOUNCED, Stage.SUMMARISING},
    Stage.FOLLOWED_UP: {Stage.RESULT_PUBLISHED},
    Stage.CANCELLED: {Stage.DRAFT, Stage.IN_REVIEW, Stage.ANNOUNCED, Stage.SUMMARISING},
}


def fresh(hearing: Hearing) -> Hearing:
    """The hearing as it is stored now; the caller's copy may be minutes old."""
    return Hearing.objects.get(pk=hearing.pk)


def require_stage(hearing: Hearing, *stages: Stage) -> None:
    if hearing.stage not in stages:
        raise WrongStage(hearing.get_stage_display())


def move(
    hearing: Hearing, to: Stage, *, actor: User, now: dt.datetime, reason: str = "", **values: object
) -> None:
    """Write the new stage (and what belongs to it) past all page revisions, and log the step."""
    require_stage(hearing, *REACHED_FROM[to])
    before = hearing.stage
    write(hearing, stage=to, **values)
    log(hearing, before, to, actor=actor, now=now, reason=reason)


def write(hearing: Hearing, **values: object) -> None:
    Hearing.objects.filter(pk=hearing.pk).update(**values)
    for name, value in values.items():
        setattr(hearing, name, value)


def log(hearing: Hearing, before: str, after: str, *, actor: User, now: dt.datetime, reason: str) -> None:
    StageChange.objects.create(
        hearing_id=hearing.pk, from_stage=before, to_stage=after, actor=actor, at=now, reason=clean_text(reason)
    )  # fmt: skip


def tell_readers(hearing: Hearing, now: dt.datetime) -> None:
    """Steps that publish no revision still change what readers and search find: date the page and send the signal of a
    publish."""
    if hearing.live:
        write(hearing, last_published_at=now)
        page_published.send(sender=Hearing, instance=hearing, revision=hearing.live_revision)
