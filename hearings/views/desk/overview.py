"""The staff's rooms of hearings: the list of all, and the room of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.db.models import Count, OuterRef, Subquery, TextChoices
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.models import Locale

from accounts.models import User
from accounts.permissions import Action, can_act_in_province, may, require, signed_in
from core.pagination import paginate
from hearings.agents import may_here
from hearings.checklist import Level, checklist
from hearings.enums import STILL_ASKS, HearingState, Stage
from hearings.models import Hearing, HearingIndexPage, Submission
from hearings.progress import Progress
from hearings.querysets import HearingQuerySet
from hearings.rules import closing_soon_days
from hearings.services.announce import newest
from hearings.steps import offered
from hearings.views.desk.rooms import hearing_for

PER_PAGE = 30


class Show(TextChoices):
    """The lists of staff: all, or those at one point of their life."""

    ALL = "all", gettext_lazy("All")
    PREPARED = "prepared", gettext_lazy("Being prepared")
    UPCOMING = "upcoming", gettext_lazy("Opens soon")
    OPEN = "open", gettext_lazy("Open for comments")
    CLOSED = "closed", gettext_lazy("Waiting for the result")
    LATE = "late", gettext_lazy("Result is late")
    DONE = "done", gettext_lazy("With result")


def _shown(hearings: HearingQuerySet, show: str, now: dt.datetime) -> HearingQuerySet:
    lists: dict[str, Callable[[], HearingQuerySet]] = {
        Show.PREPARED: hearings.in_preparation,
        Show.UPCOMING: lambda: hearings.upcoming(now),
        Show.OPEN: lambda: hearings.open(now),
        Show.CLOSED: lambda: hearings.closed(now),
        Show.LATE: lambda: hearings.result_late(now),
        Show.DONE: hearings.with_result,
    }
    return lists[show]() if show in lists else hearings.order_by("-latest_revision_created_at", "-pk")


@login_required
@never_cache
@require_safe
def hearing_list(request: HttpRequest) -> HttpResponse:
    """All hearings for the office; for a coordinator those of the own province (A056). ``?show=`` takes one list of
    them; a word it does not know shows all."""
    require(request.user, Action.SEE_DESK)
    user, now = signed_in(request), timezone.now()
    show = request.GET.get("show", "")
    show = show if show in Show.values else Show.ALL
    hearings = Hearing.objects.all()
    if not can_act_in_province(user, None):
        hearings = hearings.in_province(user.province_id)
    people = (
        Submission.objects.counted()
        .filter(hearing=OuterRef("pk"))
        .order_by()
        .values("hearing")
        .annotate(number=Count("pk"))
        .values("number")
    )
    found = _shown(hearings, show, now).annotate(people=Coalesce(Subquery(people), 0))
    page = paginate(request, found, PER_PAGE)
    rows = [
        {"hearing": hearing, "state": hearing.state(now), "days_left": hearing.days_left(now),
         "is_late": not hearing.has_result and hearing.is_result_late(now)}
        for hearing in page
    ]  # fmt: skip
    context = {"page_obj": page, "rows": rows, "show": show, "lists": Show.choices, "new_url": _new_url(user)}
    return render(request, "hearings/desk/list.html", context)


def _new_url(user: User) -> str:
    """The empty form of a hearing in the admin, for who may prepare one."""
    index = HearingIndexPage.objects.filter(locale=Locale.get_default()).first()
    if index is None or not may(user, Action.PREPARE_HEARING):
        return ""
    return reverse("wagtailadmin_pages:add", args=["hearings", "hearing", index.pk])


@login_required
@never_cache
@require_safe
def hearing_desk(request: HttpRequest, pk: int) -> HttpResponse:
    """Before the announcement its checklist; afterwards who has been heard and who has not."""
    hearing, now = hearing_for(request, pk, Action.SEE_DESK), timezone.now()
    user, state = signed_in(request), hearing.state(now)
    context = {
        "hearing": hearing,
        "now": now,
        "state": state,
        "days_left": hearing.days_left(now),
        "steps": offered(hearing, user, now),
        "log": hearing.stage_changes.told().select_related("actor").order_by("-at", "-pk"),
        "may_prepare": may(user, Action.PREPARE_HEARING, hearing),
        "may_amend": may(user, Action.ANNOUNCE_HEARING) and state in STILL_ASKS,
        "may_post": may_here(user, Action.RECORD_POSTING, hearing),
        "may_moderate": may(user, Action.MODERATE_COMMENT, hearing),
        "closes_soon": state == HearingState.OPEN and hearing.days_left(now) <= closing_soon_days(),
    }
    is_draft = hearing.stage in (Stage.DRAFT, Stage.IN_REVIEW)
    context |= _checks(newest(hearing), now) if is_draft else {"progress": Progress(hearing, now)}
    return render(request, "hearings/desk/hearing.html", context)


def _checks(hearing: Hearing, now: dt.datetime) -> dict[str, object]:
    checks = checklist(hearing, now)
    by_level = {level: [check for check in checks if check.level == level] for level in Level}
    return {
        "checks": checks,
        "missing": by_level[Level.BLOCK],
        "better": by_level[Level.WARN],
        "complete": by_level[Level.OK],
        "newest": hearing,
    }
