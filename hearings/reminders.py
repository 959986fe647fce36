"""What staff are reminded of by letter: a day of law that is near, a result that is due, reports nobody reads.

Peers P10, rules R1 and R3. Everything is read from the clock, so a day without a scheduler loses nothing; of several
reminders that would be true at once only the last is written. A letter's key names the day it is about, so it leaves
once, and again only if the day itself was moved. The working day begins at eight: nobody is woken.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Min, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.permissions import TABLE, Action, can_act_in_province, may
from core.thaidate import format_day, local_day
from hearings.enums import Stage
from hearings.models import Hearing, Reply, Report
from hearings.rules import min_notice_days
from notifications.models import OutboxMessage
from notifications.services import outbox

MORNING = dt.timedelta(hours=8)
RESULT_DAYS = (5, 1, -1)  # before the day; -1 is the day after it, when the result is late
ANNOUNCE_DAYS = (7, 2)
# A report that was read within a day needs no letter.
UNREAD = dt.timedelta(days=1)


@dataclass(frozen=True)
class Reminder:
    """One letter to everybody who may do what it asks for."""

    key: str
    action: Action
    hearing: Hearing
    subject: str
    sentence: str


def remind(now: dt.datetime) -> int:
    """Put what is due today into the outbox; returns how many letters. A step of ``manage.py tick``."""
    today = local_day(now - MORNING)
    with translation.override(settings.LANGUAGE_CODE):
        letters = [
            *_about_hearings([*_results(now, today), *_announcements(today)]),
            *_about_reports(now, today),
        ]
        known = OutboxMessage.objects.filter(dedupe_key__in=[letter.dedupe_key for letter in letters])
        written = set(known.values_list("dedupe_key", flat=True))
        new = [letter for letter in letters if letter.dedupe_key not in written]
        outbox.send_all_later(new, now=now)
    return len(new)


def _results(now: dt.datetime, today: dt.date) -> Iterator[Reminder]:
    """R3 (ข้อ 12): the result within fifteen days from the end."""
    for hearing in Hearing.objects.closed(now).prefetch_related("provinces"):
        due = hearing.result_due
        if due is None or (days := _step(RESULT_DAYS, (due - today).days)) is None:
            continue
        sentence = (
            _("The result of this hearing was due on %(day)s (clause 12) and is not published yet.")
            if days < 0
            else _("The result of this hearing is due by %(day)s (clause 12).")
        )
        words = sentence % {"day": format_day(due, "long")}
        subject = _("Result overdue") if days < 0 else _("Result due soon")
        yield Reminder(_key("result", hearing, due, days), Action.DRAFT_RESULT, hearing, subject, words)


def _announcements(today: dt.date) -> Iterator[Reminder]:
    """R1 (ข้อ 11): a hearing that is being prepared must hang out in time, or its opening day has to move."""
    waiting = Hearing.objects.filter(
        Q(stage=Stage.DRAFT) | Q(stage=Stage.IN_REVIEW), opens_at__isnull=False
    ).prefetch_related("provinces")
    for hearing in waiting:
        last = hearing.opens_on - dt.timedelta(days=min_notice_days() + 1)
        left = (last - today).days
        days = _step(ANNOUNCE_DAYS, left)
        if days is None or left < 0:
            continue
        sentence = _("It is planned to open on %(opens)s, so it must be announced by %(day)s (clause 11).")
        words = sentence % {"opens": format_day(hearing.opens_on, "long"), "day": format_day(last, "long")}
        subject = _("Announce soon or move the opening day")
        yield Reminder(_key("announce", hearing, last, days), Action.PREPARE_HEARING, hearing, subject, words)


def _step(steps: Sequence[int], left: int) -> int | None:
    """The last step that is true when so many days are left."""
    return min((days for days in steps if left <= days), default=None)


def _key(name: str, hearing: Hearing, day: dt.date, days: int) -> str:
    return f"reminder:{name}:{hearing.pk}:{day:%Y%m%d}:{days}"


def _about_hearings(reminders: Iterable[Reminder]) -> Iterator[outbox.Letter]:
    people: dict[Action, list[User]] = {}
    for reminder in reminders:
        staff = people.setdefault(reminder.action, _who_may(reminder.action))
        address = _address(reverse("hearings_desk:hearing", args=[reminder.hearing.pk]))
        for user in staff:
            if may(user, reminder.action, reminder.hearing):
                title = reminder.hearing.title
                yield _letter(
                    reminder.key, user, f"{reminder.subject} – {title}", reminder.sentence, title, address
                )


def _about_reports(now: dt.datetime, today: dt.date) -> Iterator[outbox.Letter]:
    """Once a day, for as long as something waits longer than a day: reports, and replies held back until read."""
    old = now - UNREAD
    reports, replies = Report.objects.open(), Reply.objects.waiting()
    if not reports.filter(created_at__lte=old).exists() and not replies.filter(created_at__lte=old).exists():
        return
    address = _address(reverse("hearings_desk:conversations"))
    for user in _who_may(Action.MODERATE_COMMENT):
        own: list[QuerySet] = [reports, replies]
        if not can_act_in_province(user, None):
            home = user.province_id
            own = [reports.in_province(home).distinct(), replies.in_province(home).distinct()]
        oldest = min(
            filter(None, (found.aggregate(at=Min("created_at"))["at"] for found in own)), default=now
        )
        if oldest > old:
            continue
        number = sum(found.count() for found in own)
        sentence = ngettext(
            "%(number)s report or reply waits to be read, the oldest since %(day)s.",
            "%(number)s reports and replies wait to be read, the oldest since %(day)s.",
            number,
        ) % {"number": number, "day": format_day(oldest, "long")}
        subject = _("Reports and replies wait to be read")
        yield _letter(f"reminder:reports:{today:%Y%m%d}", user, subject, sentence, "", address)


def _who_may(action: Action) -> list[User]:
    """Holders of a role that may; where, is asked for each hearing."""
    found = User.objects.filter(is_active=True, groups__name__in=TABLE[action]).exclude(email="")
    return [user for user in found.distinct().prefetch_related("groups").order_by("pk") if may(user, action)]


def _letter(key: str, user: User, subject: str, sentence: str, title: str, address: str) -> outbox.Letter:
    context = {"sentence": sentence, "title": title, "address": address}
    return outbox.Letter(
        dedupe_key=f"{key}:{user.pk}",
        to=user.email,
        subject=subject,
        body=render_to_string("emails/staff_reminder.txt", context),
    )


def _address(path: str) -> str:
    return f"{settings.SITE_ADDRESS}{path}"
