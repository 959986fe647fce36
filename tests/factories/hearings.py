"""Hearings at every point of their life, relative to a given ``now``, and comments on them.

Nothing here goes round the services: a hearing is announced by ``announce``, a comment sent by ``submit``.
"""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from typing import Any

from wagtail.signal_handlers import disable_reference_index_auto_update

from accounts.models import User
from accounts.roles import Role
from core.enums import Sector
from hearings.enums import Capacity, HearingKind, PublishName, Stance
from hearings.models import Hearing, HearingContact, HearingIndexPage, HearingMethod
from hearings.notices import next_number
from hearings.services.announce import announce
from hearings.services.data import CommentData, SubmissionData
from hearings.services.prepare import start_summarising
from hearings.services.publish_result import publish_result
from hearings.services.submit import Receipt, submit
from tests.factories import copies

numbers = itertools.count(1)
announced_kinds: dict[str, copies.Rows] = {}

SECTIONS = (
    ("ขอบเขตบึงและแนวเขตที่ดิน", "<p>ปักหมุดแนวเขตใหม่ 212 หมุด</p>"),
    ("การขุดลอกและคันกั้นน้ำ", "<p>ขุดลอกลึกเฉลี่ย 2.5 เมตร</p>"),
    ("ทางสัญจรระหว่างก่อสร้าง", "<p>ปิดทางเลียบบึงด้านตะวันออก 7 เดือน</p>"),
)

# The eight items of ข้อ 7 and what else must be said before an announcement.
DISCLOSED = {
    "necessity": "พื้นที่ขาดน้ำทำนาปรัง 6 ปีใน 10 ปี จึงต้องเก็บน้ำเพิ่ม",
    "essence": "ขุดลอกบึง 640 ไร่ ลึกเฉลี่ย 2.5 เมตร ทำคันกั้นน้ำ 4.6 กิโลเมตร",
    "operator": "โครงการชลประทานนครสวรรค์",
    "site": "บึงสามแพรก อำเภอชุมแสง จังหวัดนครสวรรค์",
    "timetable": "ขุดลอก มกราคม ถึง กรกฎาคม 2571",
    "outputs": "เก็บน้ำเพิ่ม 1.2 ล้านลูกบาศก์เมตร",
    "affected_people": "ครัวเรือนริมบึง 85 ครัวเรือน",
    "impacts": "ทางเลียบบึงปิด 7 เดือน",
    "mitigation": "จัดทางเบี่ยง จ่ายค่าชดเชยพืชผล",
    "cost": "96.4 ล้านบาท จากงบประมาณกลุ่มจังหวัด",
    "how_to_comment": "ขอและส่งแบบกระดาษได้ที่ อบต. เกยไชย",
    "lead_agency": "โครงการชลประทานนครสวรรค์",
}
METHODS = (("online_form", ""), ("paper_form", "ขอได้ที่ผู้ใหญ่บ้าน"))


def day(now: dt.datetime, days: float) -> dt.datetime:
    return now + dt.timedelta(days=days)


def office_head() -> User:
    """The person who may announce; one is enough."""
    from django.contrib.auth.models import Group

    head, is_new = User.objects.get_or_create(email="head@example.org", defaults={"is_staff": True})
    if is_new:
        head.groups.add(Group.objects.get_or_create(name=Role.OFFICE_HEAD)[0])
    return head


def thai_index() -> HearingIndexPage:
    return HearingIndexPage.objects.get(locale__language_code="th")


def own_names() -> dict[str, str]:
    number = next(numbers)
    return {
        "title": f"โครงการแก้มลิงบึงสามแพรก {number}",
        "slug": f"hearing-{number}-{uuid.uuid4().hex[:6]}",
        "code": f"ทด-{number}-{uuid.uuid4().hex[:6]}",
    }


class HearingFactory:
    """``HearingFactory.open(now)``; every trait takes fields of Hearing as keywords."""

    @classmethod
    def draft(cls, now: dt.datetime, **fields: Any) -> Hearing:
        """Complete, but not announced: opens in 20 days, for 22 days."""
        provinces, districts = fields.pop("provinces", ["60"]), fields.pop("districts", [])
        issues = fields.pop("issues", [])
        methods = fields.pop("methods", METHODS)
        sections, contacts = fields.pop("sections", SECTIONS), fields.pop("contacts", ["สมศรี ใจดี"])
        values = {
            **own_names(),
            "summary": "อำเภอชุมแสงจะขุดลอกบึง 640 ไร่ เพื่อเก็บน้ำไว้ใช้หน้าแล้ง",
            "kind": HearingKind.PROJECT,
            "notice_published_at": day(now, 0).date(),
            "opens_at": day(now, 20),
            "closes_at": day(now, 42),
            "live": False,
            **DISCLOSED,
            **fields,
        }
        hearing = Hearing(**values)
        hearing.draft = [("section", {"heading": heading, "body": body}) for heading, body in sections]
        hearing.contacts = [HearingContact(name=name, phone="056 000 123") for name in contacts]
        hearing.methods = [HearingMethod(kind=kind, detail=detail) for kind, detail in methods]
        index = thai_index()
        # What refers to what is asked by two tests only, which write it themselves; it is a sixth of the work here.
        with disable_reference_index_auto_update():
            index.add_child(instance=hearing)
            hearing.provinces.set(provinces)
            hearing.districts.set(districts)
            hearing.strategy_issues.set(issues)
            hearing.save()
        return Hearing.objects.get(pk=hearing.pk)

    @classmethod
    def announced(cls, now: dt.datetime, *, opens: float, closes: float, **fields: Any) -> Hearing:
        """Announced 18 days before it opened; ``opens`` and ``closes`` in days from now."""
        notice = day(now, opens - 18)
        own = {
            **own_names(), "opens_at": day(now, opens), "closes_at": day(now, closes), "notice_published_at": notice.date()
        }  # fmt: skip
        kind = copies.kind_of({"opens": opens, "closes": closes, **fields})
        if kind is not None and kind in announced_kinds:
            own["notice_number"] = next_number(notice)
            own = {name: value for name, value in own.items() if name not in fields}
            with disable_reference_index_auto_update():
                return copies.again(
                    announced_kinds[kind], index=thai_index(), actor=office_head(), announced=notice, own=own, given=kind
                )  # fmt: skip
        hearing = cls.draft(now, **{**own, **fields})
        with disable_reference_index_auto_update():
            hearing = announce(hearing=hearing, actor=office_head(), now=notice)
        if kind is not None:
            announced_kinds[kind] = copies.rows_of(hearing)
        return hearing

    @classmethod
    def upcoming(cls, now: dt.datetime, **fields: Any) -> Hearing:
        return cls.announced(now, opens=10, closes=32, **fields)

    @classmethod
    def open(cls, now: dt.datetime, **fields: Any) -> Hearing:
        return cls.announced(now, opens=-7, closes=15, **fields)

    @classmethod
    def closing_soon(cls, now: dt.datetime, **fields: Any) -> Hearing:
        return cls.announced(now, opens=-20, closes=2, **fields)

    @classmethod
    def closed(cls, now: dt.datetime, **fields: Any) -> Hearing:
        return cls.announced(now, opens=-30, closes=-8, **fields)

    @classmethod
    def summarising(cls, now: dt.datetime, **fields: Any) -> Hearing:
        hearing = cls.closed(now, **fields)
        return start_summarising(hearing=hearing, actor=office_head(), now=now)

    @classmethod
    def result(cls, now: dt.datetime, **fields: Any) -> Hearing:
        body = [("paragraph", "<p>รับข้อเสนอเรื่องแนวเขต จะเดินแนวร่วมกับเจ้าของที่ทุกแปลง</p>")]
        fields = {"result_body": body, **fields}
        hearing = cls.announced(now, opens=-60, closes=-38, **fields)
        return publish_result(hearing=hearing, actor=office_head(), now=day(now, -25))


def submission_data(**fields: Any) -> SubmissionData:
    values: dict[str, Any] = {
        "stance": Stance.PARTLY,
        "sector": Sector.CITIZEN,
        "capacity": Capacity.SELF,
        "consent_version": "2569-1",
        "publish_name": PublishName.NONE,
        **fields,
    }
    return SubmissionData(**values)


def comment(
    hearing: Hearing,
    now: dt.datetime,
    *,
    block: int | None = None,
    reason: str = "แนวหมุดกินที่นา",
    suggestion: str = "",
    expected_impact: str = "",
    key: uuid.UUID | None = None,
    comments: list[CommentData] | None = None,
    **fields: Any,
) -> Receipt:
    """Send one submission with one comment; ``block`` is the place of a section (0 is the first), None the whole."""
    data = submission_data(**fields)
    if comments is None:
        block_key = hearing.current_draft.blocks.order_by("order")[block].key if block is not None else None
        words = CommentData(
            block_key=block_key, stance=data.stance, reason=reason, suggestion=suggestion, expected_impact=expected_impact
        )  # fmt: skip
        comments = [words]
    return submit(hearing=hearing, data=data, comments=comments, idempotency_key=key or uuid.uuid4(), now=now)
