"""The list of hearings: what is open first, then what opens, what waits for its result, and results."""

from __future__ import annotations

import datetime as dt

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Locale

from core.pagination import paginate
from hearings.enums import Stage
from hearings.follow_areas import choices
from hearings.forms.filters import HearingFilter
from hearings.models import Hearing

PER_PAGE = 20
OPEN, UPCOMING, CLOSED, RESULT, CANCELLED = range(5)
GROUPS = {"open": OPEN, "upcoming": UPCOMING, "closed": CLOSED, "result": RESULT}


def listed(now: dt.datetime) -> QuerySet[Hearing]:
    """All public hearings in the order people need them, each with its ``group``."""
    ended = Q(closes_at__lte=now) | Q(force_closed_at__lte=now)
    group = Case(
        When(stage=Stage.CANCELLED, then=Value(CANCELLED)),
        When(stage__in=[Stage.RESULT_PUBLISHED, Stage.FOLLOWED_UP], then=Value(RESULT)),
        When(Q(stage=Stage.SUMMARISING) | ended, then=Value(CLOSED)),
        When(opens_at__gt=now, then=Value(UPCOMING)),
        default=Value(OPEN),
        output_field=IntegerField(),
    )
    # The next thing to happen comes first: closing, opening; of the past, the latest.
    return (
        Hearing.objects.visible()
        .filter(locale=Locale.get_default())
        .annotate(group=group)
        .order_by(
            "group",
            Case(When(group=OPEN, then=F("closes_at")), When(group=UPCOMING, then=F("opens_at"))),
            F("closes_at").desc(nulls_last=True),
            "-pk",
        )
        .prefetch_related("provinces", "districts")
    )


def matching(hearings: QuerySet[Hearing], form: HearingFilter) -> QuerySet[Hearing]:
    """Without a valid form nothing is left out; the form says what it did not understand."""
    if not form.is_valid():
        return hearings
    wanted = form.cleaned_data
    if wanted["state"]:
        hearings = hearings.filter(group=GROUPS[wanted["state"]])
    if wanted["province"]:
        hearings = hearings.filter(provinces=wanted["province"])
    if wanted["kind"]:
        hearings = hearings.filter(kind=wanted["kind"])
    if wanted["topic"]:
        hearings = hearings.filter(topic_items__tag=wanted["topic"])
    return hearings


def index_context(request: HttpRequest) -> dict:
    """List or, with ``?view=area``, the counts above the map; the rest is asked for by the template."""
    now = timezone.now()
    hearings, form = listed(now), HearingFilter(request.GET)
    return {
        "now": now,
        "form": form,
        "is_by_area": request.GET.get("view") == "area",
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "open_count": Hearing.objects.open(now).public().filter(locale=Locale.get_default()).count(),
        "upcoming_count": Hearing.objects.upcoming(now).public().filter(locale=Locale.get_default()).count(),
        "follow_choices": choices,
        "page_obj": paginate(request, matching(hearings, form), PER_PAGE),
    }
