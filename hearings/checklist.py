"""What the law and we ask for before a hearing is announced, said one by one with the clause beside it (R1-R10).

``checklist`` only reads. ``announce`` refuses as long as a check blocks; the desk and the editor show all of them.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.thaidate import format_day, local_day
from core.types import Words
from hearings.enums import BoardKind, Stage
from hearings.models import Hearing, NoticeBoard
from hearings.naming import is_named_as_copy
from hearings.notice_days import NoticeDays
from hearings.rules import (
    Verdict,
    has_enough_notice,
    min_notice_days,
    min_open_days,
    most_open_days,
    notice_verdict,
    result_due,
    safe_opening,
)

OURS = gettext_lazy("our own practice")
# What people write where nothing was thought of: it says nothing without a reason.
BARE_NOTHING = frozenset({"", "ไม่มี", "ไม่", "none", "no", "na", "nil", "ยังไม่มี", "ไม่ระบุ", "ไม่มีข้อมูล"})

# Tabs of the editor (hearings.panels); their anchors.
SUBJECT, DISCLOSURE, DRAFT, SCHEDULE, PEOPLE, PAPERS = (
    "subject", "disclosure", "draft", "schedule", "people", "papers",
)  # fmt: skip

# Number in ข้อ 7, its name, the fields that say it.
ITEMS: tuple[tuple[int, Words, tuple[str, ...]], ...] = (
    (1, gettext_lazy("Reasons and objective"), ("necessity",)),
    (2, gettext_lazy("Substance of the matter"), ("essence",)),
    (3, gettext_lazy("Who carries it out"), ("operator",)),
    (4, gettext_lazy("Where it is done"), ("site",)),
    (5, gettext_lazy("Steps and duration"), ("timetable",)),
    (6, gettext_lazy("Outputs and outcomes"), ("outputs",)),
    (7, gettext_lazy("Impacts, prevention and remedy"), ("affected_people", "impacts", "mitigation")),
    (8, gettext_lazy("Estimated cost and source of the money"), ("cost",)),
)


class Level(TextChoices):
    OK = "ok", gettext_lazy("complete")
    WARN = "warn", gettext_lazy("better to mend")
    BLOCK = "block", gettext_lazy("missing")
    INFO = "info", gettext_lazy("to know")


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing that was looked at. ``tab`` names where in the editor it is mended; ``where`` is another address."""

    rule: str
    clause: Words
    level: Level
    label: Words
    sentence: Words = ""
    tab: str = SUBJECT
    where: str = ""
    url: str = ""


def checklist(hearing: Hearing, now: dt.datetime, *, reason: str = "", approver: str = "") -> list[Check]:
    """``reason`` and ``approver`` are the ones about to be given for a short notice (R1)."""
    boards = boards_of(hearing)
    found = [
        *_basics(hearing),
        *_disclosure(hearing),
        *_notice_time(hearing, now, boards, reason, approver),
        *_open_time(hearing, now),
        *_how_to_take_part(hearing),
        *_postings(hearing, boards),
        *_whom_it_concerns(hearing),
        *_coverage(hearing),
        *_frozen(hearing),
    ]
    return [dataclasses.replace(check, url=check.where or tab_url(hearing, check.tab)) for check in found]


def boards_of(hearing: Hearing) -> list[NoticeBoard]:
    return list(NoticeBoard.objects.filter(hearing_id=hearing.pk)) if hearing.pk else []


def blocking(checks: list[Check]) -> list[Check]:
    return [check for check in checks if check.level == Level.BLOCK]


def tab_url(hearing: Hearing, tab: str) -> str:
    """The editor at one tab; a tab's anchor is made of its English name (hearings.panels.TAB_IDS)."""
    if not hearing.pk:
        return ""
    return f"{reverse('wagtailadmin_pages:edit', args=[hearing.pk])}#tab-{tab}"


def says_nothing(text: str) -> bool:
    """Empty, a dash, or a bare "none" without the reason that the rule asks for (R4)."""
    return "".join(c for c in text.casefold() if c.isalnum() or "\u0e30" <= c <= "\u0e4e") in BARE_NOTHING


# --- one rule each ---------------------------------------------------------------------------------------------


def _level(is_missing: bool, otherwise: Level = Level.BLOCK) -> Level:
    return otherwise if is_missing else Level.OK


def _basics(hearing: Hearing) -> Iterator[Check]:
    """Requirement A174: code, title, summary, draft; and the plain words a village loudspeaker reads out."""
    rows = (
        (not hearing.code, Level.BLOCK, _("Code"), _("Give the hearing a code."), SUBJECT),
        (not hearing.title.strip() or is_named_as_copy(hearing.title), Level.BLOCK, _("Title"),
         _("It still has the name of a copy. Write a title of its own.") if hearing.title.strip()
         else _("Write a title."), SUBJECT),
        (not hearing.summary.strip(), Level.BLOCK, _("Summary"),
         _("Write a summary in two or three plain sentences."), SUBJECT),
        (not hearing.plain_summary, Level.WARN, _("Plain words"),
         _("There are no plain words yet. Village heads read them out over the loudspeaker."), SUBJECT),
        (not hearing.draft, Level.BLOCK, _("Draft"), _("Put at least one section into the draft."), DRAFT),
        (not hearing.signer_name.strip(), Level.WARN, _("Signer"),
         _("Nobody is named who signs the announcement."), SCHEDULE),
    )  # fmt: skip
    for is_missing, level, label, sentence, tab in rows:
        yield Check(
            rule="", clause=OURS, level=_level(is_missing, level), label=label,
            sentence=sentence if is_missing else "", tab=tab,
        )  # fmt: skip


def _disclosure(hearing: Hearing) -> Iterator[Check]:
    """R4: the eight items of ข้อ 7."""
    for number, label, fields in ITEMS:
        texts = [getattr(hearing, field) for field in fields]
        sentence = ""
        if not all(text.strip() for text in texts):
            sentence = _("%(item)s: something is empty. If there is nothing, write so with the reason.")
        elif any(says_nothing(text) for text in texts):
            sentence = _("%(item)s: “none” needs the reason why there is none.")
        yield Check(
            rule="R4", clause=_("clause 7 (%(number)s)") % {"number": number}, level=_level(bool(sentence)),
            label=label, sentence=sentence % {"item": label} if sentence else "", tab=DISCLOSURE,
        )  # fmt: skip


def _notice_time(
    hearing: Hearing, now: dt.datetime, boards: list[NoticeBoard], reason: str, approver: str
) -> Iterator[Check]:
    """R1. Without an opening day there is nothing to count; R5 asks for that day."""
    said, today = hearing.notice_published_at, local_day(now)
    if said and said > today and hearing.announced_at is None:
        yield Check(
            rule="R1", clause=_("clause 11"), level=Level.BLOCK, tab=SCHEDULE, label=_("Announcement posted on"),
            sentence=_("The announcement is dated %(day)s, which has not come yet. Announce on that day, or leave "
                       "the day empty.") % {"day": format_day(said)},
        )  # fmt: skip
        return
    if not hearing.opens_at:
        return
    notice, opens = NoticeDays.of(hearing, now, boards), local_day(hearing.opens_at)
    posted = notice.counted
    words: dict[str, object] = {
        "days": (opens - posted).days,
        "least": min_notice_days(),
        "safe": format_day(safe_opening(posted)),
    }
    sentence, level = "", Level.OK
    if not has_enough_notice(posted, opens):  # of every kind: what is said to everyone is asked for
        reason, approver = reason or hearing.short_notice_reason, approver or hearing.short_notice_approver
        approved = bool(reason.strip() and approver.strip())
        level = Level.WARN if approved else Level.BLOCK
        sentence = (
            _("The notice is only %(days)s days, the reason and who approved it are shown to everyone.")
            if approved
            else _("It must be announced at least %(least)s days before it opens, here it is %(days)s. "
                   "Open on %(safe)s or later, or give the reason for the haste and who approved it.")
        )  # fmt: skip
    elif notice_verdict(posted, opens, hearing.kind) == Verdict.WARN:
        level = Level.WARN
        sentence = _(
            "The notice is %(days)s days. To be safe with every reading of the clause, open on %(safe)s or later."
        )
    yield Check(
        rule="R1", clause=_("clause 11"), level=level, tab=SCHEDULE,
        sentence=f"{sentence % words if sentence else ''} {notice.why()}".strip(),
        label=_("Announced %(days)s days before it opens (at least %(least)s)") % words,
    )  # fmt: skip


def _open_time(hearing: Hearing, now: dt.datetime) -> Iterator[Check]:
    """R2, and times that cannot be."""
    if not hearing.opens_at or not hearing.closes_at:
        return
    impossible = ""
    if hearing.closes_at <= hearing.opens_at:
        impossible = _("It must close after it opens.")
    elif hearing.closes_at <= now and hearing.stage in (Stage.DRAFT, Stage.IN_REVIEW):
        impossible = _("The closing time is already over.")
    elif max(hearing.open_days or 0, hearing.days_until_open(now)) > most_open_days():
        impossible = _("That is more than %(days)s days. Check the year.") % {"days": most_open_days()}
    if impossible:
        yield Check(
            rule="R2", clause=OURS, level=Level.BLOCK, label=_("Open time"), sentence=impossible, tab=SCHEDULE
        )
        return
    words = {"days": hearing.open_days, "least": min_open_days()}
    short = (hearing.open_days or 0) < min_open_days()
    yield Check(
        rule="R2", clause=OURS, level=_level(short, Level.WARN), tab=SCHEDULE,
        label=_("Open for %(days)s days (at least %(least)s)") % words,
        sentence=_("It is open for %(days)s days only. People need at least %(least)s.") % words if short else "",
    )  # fmt: skip
    if hearing.closes_on:
        yield Check(
            rule="R3", clause=_("clause 12"), level=Level.INFO, tab=SCHEDULE,
            label=_("The result is due on %(day)s") % {"day": format_day(result_due(hearing.closes_on))},
        )  # fmt: skip


def _how_to_take_part(hearing: Hearing) -> Iterator[Check]:
    """R5: ways, period, place, contact, paper copy."""
    methods, meetings = list(hearing.methods.all()), list(hearing.meetings.all())
    has_place = any(method.is_online or method.detail.strip() for method in methods) or any(
        meeting.place or meeting.online_url for meeting in meetings
    )
    rows = (
        (not methods and not meetings, _("Ways of hearing people"), _("Say in which ways people are heard."), PAPERS),
        (bool(methods or meetings) and not has_place, _("Place"),
         _("Say where: a place or an address on the internet for at least one of the ways."), PAPERS),
        (not hearing.opens_at, _("Opening"), _("Say when it opens."), SCHEDULE),
        (not hearing.closes_at, _("Closing"), _("Say when it closes."), SCHEDULE),
        (any(meeting.starts_at is None for meeting in meetings), _("Days of the meetings"),
         _("Say when each meeting starts."), PAPERS),
        (not hearing.contacts.all(), _("Contact"), _("Name at least one contact person."), PEOPLE),
        (says_nothing(hearing.how_to_comment), _("Paper form"),
         _("Say where people without internet get a paper form and where they return it."), PAPERS),
    )  # fmt: skip
    for is_missing, label, sentence, tab in rows:
        yield Check(
            rule="R5", clause=_("clause 11"), level=_level(is_missing), label=label,
            sentence=sentence if is_missing else "", tab=tab,
        )  # fmt: skip


def _postings(hearing: Hearing, boards: list[NoticeBoard]) -> Iterator[Check]:
    """R6: evidence that it hangs at the office and at the site; a reason instead of the site is enough."""
    shown = {board.kind for board in boards if board.posted_on or board.photo_id}
    rows = [
        (
            BoardKind.OFFICE,
            _("Posted at the office"),
            _("There is no photo or day of the posting at the office yet."),
        )
    ]
    if not hearing.no_posting_reason.strip():
        rows.append(
            (BoardKind.SITE, _("Posted at the site"),
             _("There is no photo or day of the posting at the site yet. Add it, or give the reason."))
        )  # fmt: skip
    where = reverse("hearings_desk:postings", args=[hearing.pk]) if hearing.pk else ""
    for kind, label, sentence in rows:
        is_missing = kind not in shown
        yield Check(
            rule="R6", clause=_("clause 11"), level=_level(is_missing, Level.WARN), label=label,
            sentence=sentence if is_missing else "", where=where,
        )  # fmt: skip


def _whom_it_concerns(hearing: Hearing) -> Iterator[Check]:
    """R7."""
    parts = (
        (not hearing.provinces.all(), _("province")),
        (not hearing.affected_people.strip(), _("people affected")),
        (not hearing.lead_agency.strip(), _("lead agency")),
    )
    missing = [name for is_missing, name in parts if is_missing]
    yield Check(
        rule="R7", clause=OURS, level=_level(bool(missing)), tab=PEOPLE,
        label=_("Area, people affected and lead agency"),
        sentence=_("Name: %(missing)s.") % {"missing": ", ".join(missing)} if missing else "",
    )  # fmt: skip


def _coverage(hearing: Hearing) -> Iterator[Check]:
    """R8: somebody without a telephone and somebody far away can both be heard."""
    methods = [method.is_online for method in hearing.methods.all()]
    online = any(methods) or any(meeting.mode != "onsite" for meeting in hearing.meetings.all())
    offline = not all(methods) or any(meeting.mode != "online" for meeting in hearing.meetings.all())
    sentence = ""
    if not online:
        sentence = _("There is no way to take part online.")
    elif not offline:
        sentence = _("There is no way to take part without internet.")
    yield Check(
        rule="R8", clause=_("clause 9"), level=_level(bool(sentence), Level.WARN), tab=PAPERS,
        label=_("Online and on site"), sentence=sentence,
    )  # fmt: skip


def _frozen(hearing: Hearing) -> Iterator[Check]:
    """R10: what was announced changes by a dated correction only."""
    announced = hearing.stage not in (Stage.DRAFT, Stage.IN_REVIEW)
    label = (
        _("What was announced is frozen; corrections are dated and shown to everyone")
        if announced
        else _("After the announcement the eight items and the draft are frozen; corrections are dated")
    )
    yield Check(rule="R10", clause=_("clause 11"), level=Level.INFO, label=label, tab=DISCLOSURE)
