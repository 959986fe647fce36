"""Hearings of the demo, made through the services people use. Safe to repeat: nothing is doubled, no day moves.

A hearing that exists is left alone with all its dates; comments carry stable keys, so sending them again changes
nothing. Times are chosen so that each service is called inside the window it asks for.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from core.models import CustomDocument
from core.thaidate import BE, local_day
from demo.content.accounts import email_of
from demo.content.hearing_comments import COMMENTS
from demo.content.hearing_disclosure import DISCLOSURE, SIGNER
from demo.content.hearing_drafts import (
    ALTERNATIVES,
    correct_announcement,
    draft_stream,
    first_sections,
    publish_second_version,
)
from demo.content.hearing_field import attach_file, bring_field_work, note_boards, show_files
from demo.content.hearing_questions import answers, ask, short_answers
from demo.content.hearing_talk import talk
from demo.content.hearing_texts import HEARINGS, IN_PREPARATION
from demo.content.stable import at, key, stream
from demo.content.strategy import issue
from demo.documents import make
from demo.places import place
from demo.topics import topic, topics
from geography.models import District, Province
from hearings.consent import CONSENT_VERSION
from hearings.enums import Capacity, Channel, PublishName, Stage
from hearings.models import (
    Hearing,
    HearingBenefit,
    HearingContact,
    HearingDocument,
    HearingIndexPage,
    HearingMethod,
    Meeting,
    MeetingAttendance,
)
from hearings.paragraphs import text_of
from hearings.services.announce import announce
from hearings.services.confirm_organisation import confirm_organisation
from hearings.services.data import CommentData, SubmissionData
from hearings.services.publish_result import publish_result
from hearings.services.revise import revise
from hearings.services.submit import submit
from hearings.services.withdraw import withdraw

CLUSTER_PROVINCES = ("60", "61", "62", "66")
WITH_ALTERNATIVES, WITH_SECOND_VERSION = "bueng-sam-phraek", "tha-mai-canal-road"


def load() -> None:
    parent = HearingIndexPage.objects.get(locale__language_code="th")
    head = User.objects.get(email=email_of(Role.OFFICE_HEAD))
    now = timezone.now()
    for data in HEARINGS:
        hearing = Hearing.objects.filter(slug=data["slug"]).first() or _create(parent, data, now)
        if hearing.stage == Stage.DRAFT:
            ask(hearing, head, now)
            hearing = _announce(hearing, data, head)
        _live_through(hearing, head, now)
        if "result" in data and hearing.stage == Stage.ANNOUNCED:
            _publish_result(hearing, data, head)
        if hearing.slug == WITH_SECOND_VERSION:
            hearing.refresh_from_db()
            publish_second_version(hearing, data["sections"], head, now)
    if not Hearing.objects.filter(slug=IN_PREPARATION["slug"]).exists():
        _prepare(parent, IN_PREPARATION, now)


def _live_through(hearing: Hearing, head: User, now: dt.datetime) -> None:
    """Everything that reached it while it was open, in its order."""
    note_boards(hearing, head, now)
    if hearing.slug == WITH_ALTERNATIVES:
        correct_announcement(hearing, head, now)
        hearing.refresh_from_db()
    _send_comments(hearing, head, now)
    show_files(hearing)
    bring_field_work(hearing, now)
    talk(hearing, head, now)


# --- the page ----------------------------------------------------------------------------------------------


def _create(parent: HearingIndexPage, data: dict[str, Any], now: dt.datetime) -> Hearing:
    slug = data["slug"]
    disclosure = DISCLOSURE[slug]
    sections = [*first_sections(data["sections"]), *(ALTERNATIVES if slug == WITH_ALTERNATIVES else [])]
    opens_at = at(now, data["opens"], "08:30")
    hearing = Hearing(
        slug=slug,
        code=_code(data, local_day(now).year + BE),
        kind=data["kind"],
        **{name: data[name] for name in ("title", "title_en", "summary", "summary_en")},
        plain_summary=stream(
            [("fact", {"question": q, "answer": a}) for q, a in data["facts"]], slug, "fact"
        ),
        intro=stream(data["intro"], slug, "intro"),
        draft=draft_stream(sections, slug),
        affected_people=data["affected"],
        impacts=data["impacts"],
        mitigation=data["mitigation"],
        lead_agency=data["agency"],
        notice_number=f"{int(data['number'])}/{local_day(opens_at).year + BE}",
        notice_published_at=local_day(at(now, data["posted"], "09:00")),
        opens_at=opens_at,
        closes_at=at(now, data["closes"], "23:59"),
        **SIGNER,
        **{name: value for name, value in disclosure.items() if name not in ("methods", "benefits")},
    )
    hearing.methods = [
        HearingMethod(sort_order=number, kind=kind, detail=detail)
        for number, (kind, detail) in enumerate(disclosure["methods"])
    ]
    hearing.benefits = [
        HearingBenefit(sort_order=number, sector=sector, text=text)
        for number, (sector, text) in enumerate(disclosure["benefits"])
    ]
    hearing.topics.add(*topics(*data["topics"]))
    hearing.strategy_issues = [issue(number) for number in data["issues"]]
    hearing.contacts = [
        HearingContact(sort_order=number, name=name, role=role, phone=phone, email=email)
        for number, (name, role, phone, email) in enumerate(data["contacts"])
    ]
    hearing.documents = [
        HearingDocument(sort_order=number, title=title, document=_document(data, title))
        for number, title in enumerate(data["documents"])
    ]
    hearing.meetings = [_meeting(meeting, now) for meeting in data["meetings"]]
    hearing.live = False
    return _put_into(parent, hearing, data)


def _put_into(parent: HearingIndexPage, hearing: Hearing, data: dict[str, Any]) -> Hearing:
    parent.add_child(instance=hearing)
    provinces = {"name": data["province"]} if data["province"] else {"pk__in": CLUSTER_PROVINCES}
    hearing.provinces = list(Province.objects.filter(**provinces))
    hearing.districts = [District.objects.get(pk=place(path)["district"].pk) for path in data["districts"]]
    hearing.save()
    hearing.save_revision()
    return hearing


def _prepare(parent: HearingIndexPage, data: dict[str, Any], now: dt.datetime) -> Hearing:
    """Half written, as it lies on the desk: no dates, no cost, nobody to ask."""
    slug = data["slug"]
    hearing = Hearing(
        slug=slug,
        code=_code(data, local_day(now).year + BE),
        kind=data["kind"],
        **{name: data[name] for name in ("title", "title_en", "summary", "summary_en")},
        plain_summary=stream(
            [("fact", {"question": q, "answer": a}) for q, a in data["facts"]], slug, "fact"
        ),
        draft=draft_stream(first_sections(data["sections"]), slug),
        lead_agency=data["agency"],
        live=False,
        **data["disclosure"],
    )
    hearing.topics.add(*topics(*data["topics"]))
    hearing.strategy_issues = [issue(number) for number in data["issues"]]
    return _put_into(parent, hearing, data)


def _code(data: dict[str, Any], year: int) -> str:
    letters = {"นครสวรรค์": "นว", "กำแพงเพชร": "กพ", "พิจิตร": "พจ", "อุทัยธานี": "อน"}.get(data["province"], "กจ")
    return f"{letters}-{year}-{data['number']}"


def _document(data: dict[str, Any], title: str) -> CustomDocument:
    facts = [f"{question}: {answer}" for question, answer in data["facts"]]
    sections = [f"{heading}: {text_of(body)}" for heading, body in data["sections"]]
    return make.document(
        f"hearing-{data['slug']}",
        title,
        {
            "title": title,
            "kind": "เอกสารประกอบการรับฟังความคิดเห็น",
            "office": data["agency"],
            "number": "",
            "date": "ฉบับรับฟังความเห็น",
            "parts": [
                {"heading": "สรุปง่าย ๆ", "text": [], "numbered": facts},
                {"heading": "ร่างทีละข้อ", "text": [], "numbered": sections},
                {"heading": "ผลกระทบและการป้องกัน", "text": [data["impacts"], data["mitigation"]]},
            ],
        },
    )


def _meeting(data: dict[str, Any], now: dt.datetime) -> Meeting:
    meeting = Meeting(
        title=data["title"],
        mode=data.get("mode", "onsite"),
        series=data.get("series", "single"),
        starts_at=at(now, data["day"], data["start"]),
        ends_at=at(now, data["day"], data["end"]),
        place=data["place"],
        online_url=data.get("url", ""),
        seats=data.get("seats"),
        agenda=data.get("agenda", ""),
    )
    if "minutes" in data:
        meeting.minutes = _minutes(data)
    meeting.attendance = [
        MeetingAttendance(sector=sector, people=people) for sector, people in data.get("came", {}).items()
    ]
    return meeting


def _minutes(data: dict[str, Any]) -> CustomDocument:
    title = f"บันทึกการประชุม: {data['title']}"
    return make.document(
        "hearing-minutes-keychai",
        title,
        {
            "title": title,
            "kind": "บันทึกการประชุม",
            "office": data["place"],
            "number": "",
            "date": "",
            "parts": [{"heading": "สรุป", "text": [], "numbered": list(data["minutes"])}],
        },
    )


# --- its stages --------------------------------------------------------------------------------------------


def _announce(hearing: Hearing, data: dict[str, Any], head: User) -> Hearing:
    """On the day the announcement was posted."""
    posted = timezone.make_aware(dt.datetime.combine(hearing.notice_published_at, dt.time(9, 30)))
    hearing = announce(hearing=hearing, actor=head, now=posted)
    Hearing.objects.filter(pk=hearing.pk).update(first_published_at=posted, last_published_at=posted)
    return hearing


def _publish_result(hearing: Hearing, data: dict[str, Any], head: User) -> None:
    """As many days after closing as the story says, whenever the demo was first loaded."""
    when = hearing.closes_at + dt.timedelta(days=data["result"] - data["closes"], hours=-14)
    hearing.result_body = stream(data["result_body"], data["slug"], "result")
    hearing.save_revision(clean=False)
    publish_result(hearing=hearing, actor=head, now=when)
    Hearing.objects.filter(pk=hearing.pk).update(last_published_at=when)


# --- what people sent --------------------------------------------------------------------------------------


def _send_comments(hearing: Hearing, head: User, now: dt.datetime) -> None:
    """In the order they came."""
    sayings = [*COMMENTS.get(hearing.slug, []), *short_answers(hearing.slug)]
    known = set(hearing.submissions.values_list("idempotency_key", flat=True))
    for number, saying in enumerate(sayings):
        if key(hearing.slug, "comment", number) in known:
            continue
        when = _moment(hearing, number, len(sayings), now)
        if not hearing.can_comment(when):
            return
        _send(hearing, number, saying, head, when)


def _moment(hearing: Hearing, number: int, total: int, now: dt.datetime) -> dt.datetime:
    """Spread over the time it was open so far, at the hours people write."""
    end = min(hearing.closes_at, now)
    share = (number + 0.6) / (total + 1)
    moment = hearing.opens_at + (end - hearing.opens_at) * share
    return moment + dt.timedelta(minutes=(number * 37) % 50 - 25)


def _send(hearing: Hearing, number: int, saying: dict[str, Any], head: User, when: dt.datetime) -> None:
    data = _who(saying, head)
    comments = _words(hearing, saying)
    attach_file(hearing, number, when)
    receipt = submit(
        hearing=hearing,
        data=data,
        comments=comments,
        answers=answers(hearing, number, saying),
        idempotency_key=key(hearing.slug, "comment", number),
        now=when,
    )
    sent = {
        "submission": receipt.submission,
        "edit_code": receipt.edit_code,
        "now": when + dt.timedelta(hours=1),
    }
    if saying.get("confirmed"):
        confirm_organisation(submission=receipt.submission, actor=head, confirmed=True)
    if "edit" in saying:
        reason, suggestion = saying["edit"]
        revise(
            **sent,
            data=data,
            comments=_words(hearing, {**saying, "reason": reason, "suggestion": suggestion}),
        )
    if saying.get("withdraw"):
        withdraw(**sent)


def _who(saying: dict[str, Any], head: User) -> SubmissionData:
    shown = saying.get("show", PublishName.NONE)
    channel = saying.get("via", Channel.WEB)
    return SubmissionData(
        stance=saying["stance"],
        sector=saying["sector"],
        consent_version=CONSENT_VERSION,
        capacity=saying.get("capacity", Capacity.SELF),
        organisation=saying.get("organisation", ""),
        **place(saying["place"]),
        village_no=saying.get("village"),
        channel=channel,
        under_20=saying.get("under_20", False),
        publish_name=shown,
        name=saying.get("name", ""),
        entered_by=None if channel == Channel.WEB else head,
    )


def _words(hearing: Hearing, saying: dict[str, Any]) -> list[CommentData]:
    """One comment on the whole, and one for each section or paragraph; section n is the n-th of the draft."""
    whole = CommentData(
        stance=saying["stance"],
        topic=topic(saying["topic"]) if "topic" in saying else None,
        reason=saying["reason"],
        suggestion=saying["suggestion"],
        expected_impact=saying.get("impact", ""),
    )
    sections = [
        CommentData(
            stance=stance,
            block_key=key(hearing.slug, "section", number - 1),
            reason=reason,
            suggestion=suggestion,
        )
        for number, (stance, reason, suggestion) in saying.get("on", {}).items()
    ]
    paragraphs = [
        CommentData(
            stance=stance,
            block_key=key(hearing.slug, "section", number - 1),
            paragraph_key=f"p{paragraph}",
            quote=quote,
            reason=reason,
            suggestion=suggestion,
        )
        for (number, paragraph), (stance, quote, reason, suggestion) in saying.get("at", {}).items()
    ]
    return [whole, *sections, *paragraphs]
