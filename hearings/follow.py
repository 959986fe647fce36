"""What followers of a hearing are told (peers P106): opened, closes soon, closed, extended, corrected, cancelled, result.

Who follows its province or topic is told less (hearings.follow_areas): announced, extended, cancelled, result.
Everything is read from the clock and from what services wrote, so that no step can forget to tell. The name of an
event holds the time it belongs to: an extended hearing closes soon a second time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core.thaidate import format_day
from core.urls_for import page_path
from hearings.enums import STILL_ASKS, HearingState, NoticeKind, Stage
from hearings.follow_areas import PRIMARY_KEY, places_and_topics
from hearings.models import Amendment, Hearing, Notice, StageChange
from hearings.models.notices import FORM
from notifications.sources import Event, Letter, Source, nothing, register

KIND = "hearing"
CLOSING_DAYS = (7, 1)
TOLD_WIDELY = ("announced", "extended", "cancelled", "result")
# A hearing that closes within these days may have something to tell already.
DAYS_AROUND = dt.timedelta(days=max(CLOSING_DAYS))


def register_follow() -> None:
    register(Source(KIND, title=_title, path=_path, events=events, existing=_existing))


def _existing(keys: set[str]) -> Iterable[int]:
    return Hearing.objects.filter(pk__in=filter(PRIMARY_KEY.fullmatch, keys)).values_list("pk", flat=True)


def _hearing(key: str) -> Hearing | None:
    return Hearing.objects.visible().filter(pk=int(key)).first() if PRIMARY_KEY.fullmatch(key) else None


def _title(key: str) -> str | None:
    hearing = _hearing(key)
    return hearing.display_title if hearing else None


def _path(key: str) -> str | None:
    hearing = _hearing(key)
    return page_path(hearing) if hearing else None


def events(since: dt.datetime, until: dt.datetime) -> Iterable[Event]:
    """What happened after ``since``, as far as it is still true at ``until``."""
    recent = (since, until + DAYS_AROUND)
    near = (
        Q(announced_at__range=(since, until))
        | Q(opens_at__range=recent)
        | Q(closes_at__range=recent)
        | Q(force_closed_at__range=recent)
        | Q(result_published_at__range=recent)
    )
    for hearing in Hearing.objects.visible().filter(near).order_by("pk"):
        yield from (event for event in _by_the_clock(hearing, until) if since < event.at <= until)
    span = {"gt": since, "lte": until}
    yield from _extensions({f"issued_at__{name}": value for name, value in span.items()}, until)
    at = {f"at__{name}": value for name, value in span.items()}
    yield from _corrections(at)
    yield from _cancellations(at)


def _by_the_clock(hearing: Hearing, now: dt.datetime) -> Iterable[Event]:
    is_open = hearing.state(now) == HearingState.OPEN
    if hearing.announced_at and hearing.state(now) in STILL_ASKS:
        yield _event(hearing, "announced", hearing.announced_at)
    if is_open and hearing.opens_at:
        yield _event(hearing, "opened", hearing.opens_at)
    if is_open and hearing.closes_at:
        for days in CLOSING_DAYS:
            at = hearing.closes_at - dt.timedelta(days=days)
            # Only the last one that is true: whoever slept is not told "in 7 days" and "tomorrow" at once.
            if not any(now >= hearing.closes_at - dt.timedelta(days=d) for d in CLOSING_DAYS if d < days):
                yield _event(hearing, f"closing-{days}", at, stamp=hearing.closes_at)
    if not is_open and hearing.stage not in (Stage.CANCELLED, Stage.DRAFT, Stage.IN_REVIEW):
        ends = [moment for moment in (hearing.force_closed_at, hearing.closes_at) if moment]
        if ends and min(ends) <= now:
            yield _event(hearing, "closed", min(ends), reason=hearing.force_closed_reason)
    if hearing.has_result and hearing.result_published_at:
        yield _event(hearing, "result", hearing.result_published_at)


def _extensions(span: dict, now: dt.datetime) -> Iterable[Event]:
    """Each with its reason, unless the hearing ended meanwhile."""
    found = Notice.objects.filter(
        hearing__in=Hearing.objects.visible(), kind=NoticeKind.EXTENSION, **span
    ).select_related("hearing")
    for notice in found.order_by("issued_at"):
        if notice.hearing.state(now) in STILL_ASKS:
            yield _event(notice.hearing, "extended", notice.issued_at, reason=notice.data.get("reason", ""))


def _corrections(span: dict) -> Iterable[Event]:
    """Each with its reason; of a meeting which one, because people keep its day (R10). Changes of the form stand on
    the page of the hearing: whoever comments meets them there."""
    found = Amendment.objects.filter(hearing__in=Hearing.objects.visible(), **span).exclude(field=FORM)
    for amendment in found.select_related("hearing", "meeting").order_by("at", "pk"):
        unique = f"corrected-{amendment.pk}"
        letter = partial(_letter_of_correction, amendment)
        yield Event(str(amendment.hearing_id), unique, amendment.at, letter)


def _cancellations(span: dict) -> Iterable[Event]:
    found = StageChange.objects.filter(
        hearing__in=Hearing.objects.visible(), to_stage=Stage.CANCELLED, **span
    ).select_related("hearing")
    for change in found.order_by("at"):
        yield _event(change.hearing, "cancelled", change.at, reason=change.reason)


def _event(
    hearing: Hearing, name: str, at: dt.datetime, *, reason: str = "", stamp: dt.datetime | None = None
) -> Event:  # fmt: skip
    unique = f"{name}:{(stamp or at).astimezone(dt.UTC):%Y%m%dT%H%M%S}"
    also = partial(places_and_topics, hearing) if name in TOLD_WIDELY else nothing
    return Event(str(hearing.pk), unique, at, partial(_letter, hearing, name, reason), also)


def _letter(hearing: Hearing, name: str, reason: str) -> Letter:
    """In the active language."""
    return _written(hearing, _sentence(hearing, name), reason)


def _letter_of_correction(amendment: Amendment) -> Letter:
    meeting = amendment.meeting
    if meeting is None:
        sentence = _("The announcement was corrected: %(what)s") % {"what": amendment.field_label}
    elif meeting.cancelled_at == amendment.at:
        sentence = _("A meeting was cancelled: %(meeting)s") % {"meeting": meeting.title}
    elif amendment.before:
        sentence = _("A meeting was changed: %(meeting)s") % {"meeting": meeting.title}
    else:
        sentence = _("There is a new meeting: %(meeting)s") % {"meeting": meeting.title}
    return _written(amendment.hearing, sentence, amendment.reason)


def _written(hearing: Hearing, sentence: str, reason: str) -> Letter:
    context = {
        "sentence": sentence,
        "title": hearing.display_title,
        "reason": reason,
        "address": f"{settings.SITE_ADDRESS}{page_path(hearing)}",
    }
    return Letter(
        f"{sentence} – {hearing.display_title}", render_to_string("emails/hearing_event.txt", context)
    )


def _sentence(hearing: Hearing, name: str) -> str:
    last = format_day(hearing.closes_at - dt.timedelta(microseconds=1), "long") if hearing.closes_at else ""
    first = format_day(hearing.opens_at, "long") if hearing.opens_at else ""
    return {
        "announced": _("A new hearing: you can give your opinion from %(first)s to %(day)s"),
        "opened": _("The hearing is open: you can give your opinion until %(day)s"),
        "closing-7": _("A week is left: you can give your opinion until %(day)s"),
        "closing-1": _("One day is left: you can give your opinion until %(day)s"),
        "closed": _("The hearing is closed"),
        "extended": _("There is more time: you can give your opinion until %(day)s"),
        "cancelled": _("The hearing was cancelled"),
        "result": _("The result of the hearing is out"),
    }[name] % {"first": first, "day": last}
