"""Believable volume in bulk: to see and measure what a hearing with 100,000 comments does (docs/performance.md).

The same seed gives the same words, places and times. Nothing goes through the services, whose checks would cost
hours; rows look as the services write them. Hearings, places, days and supports are skewed as in life: one hearing
gets most, the first and the last days are busy, most comments have no supporter and a few have hundreds.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import uuid
from collections.abc import Callable, Iterable
from functools import partial
from itertools import accumulate
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max, Model
from django.utils import timezone

from accounts.models import User
from core.enums import Sector
from geography.maps import cluster_provinces
from geography.models import Subdistrict
from hearings.enums import HearingKind, Stage, Stance, SubmissionStatus, Visibility
from hearings.models import (
    Comment,
    DraftBlock,
    DraftVersion,
    Hearing,
    HearingIndexPage,
    Submission,
    SubmissionVersion,
    Support,
)
from hearings.receipts import check_digit
from hearings.totals import clear_totals

BATCH = 2000
SECTIONS = 10
OPEN_DAYS = 30
CONSENT = "2569-1"
SUBJECTS = (
    "แก้มลิงหนองบัว", "ถนนเลี่ยงเมืองสายใต้", "ประตูระบายน้ำคลองใหญ่", "ตลาดริมน้ำชุมชนเก่า", "โรงไฟฟ้าชีวมวล",
    "ผังเมืองรวมชุมชน", "บ่อขยะรวมของตำบล", "เขื่อนป้องกันตลิ่ง", "สวนสาธารณะริมบึง", "ประปาหมู่บ้าน",
)  # fmt: skip
HEADINGS = (
    "ขอบเขตและแนวเขตที่ดิน", "การก่อสร้าง", "ทางสัญจรระหว่างก่อสร้าง", "น้ำและการระบายน้ำ", "ฝุ่นและเสียง",
    "การชดเชย", "การจ้างงานคนในพื้นที่", "การดูแลหลังสร้างเสร็จ", "งบประมาณ", "การติดตามผล",
)  # fmt: skip
WHO = ("ชาวบ้านหมู่ {n}", "คนทำนา", "ร้านค้าริมทาง", "ผู้ปกครองนักเรียน", "คนเลี้ยงปลา", "บ้านที่อยู่ริมคลอง", "ผู้สูงอายุในหมู่ {n}")
WHAT = (
    "กลัวน้ำจะท่วมนาเหมือนปี {y}", "อยากให้เว้นทางเข้าสวนไว้", "เห็นว่าควรทำมานานแล้ว", "ไม่รู้ว่าจะได้ค่าชดเชยเท่าไร",
    "เดือดร้อนเรื่องฝุ่นทุกวัน", "ได้ใช้น้ำหน้าแล้งเพิ่มขึ้น", "ห่วงเด็กที่เดินไปโรงเรียน", "ยังไม่เห็นแผนที่แนวเขต",
)  # fmt: skip
WHY = (
    "เพราะทางเดิมแคบ",
    "เพราะที่ต่ำกว่าถนน {n} เซนติเมตร",
    "เพราะเคยทำแล้วไม่มีใครดูแล",
    "เพราะต้องขนข้าวผ่านทุกปี",
    "เพราะอยู่ห่างเพียง {n} เมตร",
)
ASK = (
    "",
    "",
    "ขอให้ประชุมที่หมู่ {n} อีกครั้ง",
    "ขอให้ติดป้ายบอกวันก่อสร้าง",
    "ขอให้มีคนในหมู่บ้านร่วมตรวจงาน",
    "ขอให้ทำท่อลอดเพิ่มอีก {n} จุด",
)
STANCES = {Stance.AGREE: 45, Stance.PARTLY: 25, Stance.AGAINST: 22, Stance.OTHER: 8}
STANCE_VALUES, STANCE_WEIGHTS = [stance.value for stance in STANCES], list(STANCES.values())
SECTORS = list(Sector.values)
SECTOR_WEIGHTS = [60, *[8] * (len(SECTORS) - 1)]


class Table:
    """Rows of one table by the database's own means: a prepared INSERT, values converted only where they differ.

    ``bulk_create`` spends most of its time on writing 50 columns of SQL for each row.
    """

    def __init__(self, model: type[Model], varies: tuple[str, ...], **same: Any) -> None:
        fields = {field.attname: field for field in model._meta.concrete_fields if not field.primary_key}
        if "id" in varies:
            fields["id"] = model._meta.pk
        self.varies = varies
        self.convert = [partial(fields[name].get_db_prep_save, connection=connection) for name in varies]
        rest = {name: field for name, field in fields.items() if name not in varies}
        self.same = [
            field.get_db_prep_save(same.get(name, field.get_default()), connection)
            for name, field in rest.items()
        ]
        quote = connection.ops.quote_name
        columns = ", ".join(quote(fields[name].column) for name in (*varies, *rest))
        marks = ", ".join(["%s"] * len(fields))
        self.sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"

    def add(self, rows: Iterable[dict]) -> None:
        values = [
            [
                *(convert(row[name]) for name, convert in zip(self.varies, self.convert, strict=True)),
                *self.same,
            ]
            for row in rows
        ]
        with connection.cursor() as cursor:
            cursor.executemany(self.sql, values)


def _tables() -> dict[type[Model], Table]:
    shown = {
        "status": SubmissionStatus.SUBMITTED,
        "visibility": Visibility.PUBLIC,
        "consent_version": CONSENT,
    }
    who = ("stance", "sector", "subdistrict_id", "district_id", "province_id", "village_no", "author_id")
    keys = ("receipt_no", "edit_code_hash", "idempotency_key")
    place = ("submission_id", "block_id", "block_key")
    words = ("stance", "reason", "suggestion", "created_at", "supports_counted")
    return {
        Submission: Table(Submission, ("id", "hearing_id", *keys, *who, "submitted_at"), **shown),
        Comment: Table(Comment, ("id", "hearing_id", *place, *words), is_public=True),
        SubmissionVersion: Table(SubmissionVersion, ("submission_id", "created_at", "data"), number=1),
        Support: Table(Support, ("comment_id", "person", "created_at")),
    }


def _next_pk(model: type[Model]) -> int:
    return (model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1


def _count_on() -> None:
    """The next number of a real row comes after ours (PostgreSQL counts apart from the rows)."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Submission, Comment]):
            cursor.execute(statement)


def _as_sent(sent: dict, comment: dict) -> dict:
    words = {name: comment[name] for name in ("reason", "suggestion")}
    return {
        "stance": sent["stance"],
        "sector": sent["sector"],
        "comments": [{"block": str(comment["block_key"] or ""), **words}],
    }


class Volume:
    """One run; ``say`` gets a line about each part that is done."""

    def __init__(self, *, seed: int = 2569, now: dt.datetime, say: Callable[[str], object]) -> None:
        self.random, self.now, self.say = random.Random(seed), now, say
        self.tables = _tables()
        self.provinces = [province.pk for province in cluster_provinces()]
        near = Subdistrict.objects.filter(district__province__in=self.provinces).order_by("pk")
        self.areas = list(near.values_list("pk", "district_id", "district__province_id"))
        self.area_weights = list(accumulate(1 / (place + 1) for place in range(len(self.areas))))

    def fill(self, *, hearings: int, comments: int, users: int) -> list[Hearing]:
        self.people = self._users(users)
        made = [self._hearing(number) for number in range(hearings)]
        weights = [1 / (place + 1) ** 1.5 for place in range(hearings)]
        shares = [int(comments * weight / sum(weights)) for weight in weights]
        if shares:
            shares[0] += comments - sum(shares)
        for hearing, share in zip(made, shares, strict=True):
            self.comment(hearing, share)
        return made

    def comment(self, hearing: Hearing, number: int) -> None:
        """``number`` more comments on this hearing."""
        blocks = list(DraftBlock.objects.filter(version__hearing=hearing).order_by("order"))
        for start in range(0, number, BATCH):
            self._batch(hearing, blocks, min(BATCH, number - start))
        _count_on()
        clear_totals(hearing.pk)
        self.say(f"{hearing.slug}: {number}")

    def _users(self, number: int) -> list[int]:
        users = [
            User(email=f"volume-{self.random.getrandbits(40):x}@example.org", password="!")
            for _ in range(number)
        ]
        User.objects.bulk_create(users, batch_size=BATCH, ignore_conflicts=True)
        emails = [user.email for user in users]
        found: list[int] = []
        for start in range(0, number, 500):
            found += User.objects.filter(email__in=emails[start : start + 500]).values_list("pk", flat=True)
        return found

    @transaction.atomic
    def _hearing(self, number: int) -> Hearing:
        opens = self.now - dt.timedelta(days=OPEN_DAYS - 10)
        title = f"โครงการ{self.random.choice(SUBJECTS)} ระยะที่ {number + 1}"
        hearing = Hearing(
            title=title,
            slug=f"volume-{self.random.getrandbits(40):x}",
            kind=HearingKind.PROJECT,
            summary="ขอความเห็นก่อนตัดสินใจ เรื่องนี้กระทบทางน้ำ ทางสัญจร และที่ทำกินของหลายตำบล",
            stage=Stage.ANNOUNCED,
            announced_at=opens - dt.timedelta(days=18),
            notice_published_at=timezone.localdate(opens - dt.timedelta(days=18)),
            opens_at=opens,
            closes_at=opens + dt.timedelta(days=OPEN_DAYS),
        )
        HearingIndexPage.objects.get(locale__language_code="th").add_child(instance=hearing)
        hearing.provinces.set(self.provinces)
        hearing.save()
        version = DraftVersion.objects.create(hearing=hearing, number=1, published_at=opens)
        body = "<p>" + " ".join(f"{self._words(WHO)} {self._words(WHAT)}" for _ in range(4)) + "</p>"
        DraftBlock.objects.bulk_create(
            DraftBlock(
                version=version,
                key=self._uuid(),
                order=order,
                number=str(order + 1),
                heading=HEADINGS[order],
                body=body,
                body_hash=hashlib.sha256(body.encode()).hexdigest(),
            )
            for order in range(SECTIONS)
        )
        return hearing

    @transaction.atomic
    def _batch(self, hearing: Hearing, blocks: list[DraftBlock], number: int) -> None:
        first = _next_pk(Submission)
        submissions = [self._submission(first + place, hearing) for place in range(number)]
        first = _next_pk(Comment)
        comments = [
            self._comment(first + place, submission, blocks) for place, submission in enumerate(submissions)
        ]
        self.tables[Submission].add(submissions)
        self.tables[Comment].add(comments)
        self.tables[SubmissionVersion].add(
            {"submission_id": sent["id"], "created_at": sent["submitted_at"], "data": _as_sent(sent, comment)}
            for sent, comment in zip(submissions, comments, strict=True)
        )
        self.tables[Support].add(
            {
                "comment_id": comment["id"],
                "person": f"{self.random.getrandbits(128):064x}",
                "created_at": comment["created_at"],
            }
            for comment in comments
            for _ in range(comment["supports_counted"])
        )

    def _submission(self, pk: int, hearing: Hearing) -> dict:
        digits = f"{self.random.randrange(10**11):011d}"
        area = (
            self.random.choices(self.areas, cum_weights=self.area_weights)[0] if self.areas else (None,) * 3
        )
        return {
            "id": pk,
            "hearing_id": hearing.pk,
            "receipt_no": digits + check_digit(digits),
            "edit_code_hash": f"{self.random.getrandbits(256):064x}",
            "idempotency_key": self._uuid(),
            "stance": self.random.choices(STANCE_VALUES, weights=STANCE_WEIGHTS)[0],
            "sector": self.random.choices(SECTORS, weights=SECTOR_WEIGHTS)[0],
            "subdistrict_id": area[0],
            "district_id": area[1],
            "province_id": area[2],
            "village_no": self.random.randint(1, 14),
            "author_id": self.random.choice(self.people)
            if self.people and self.random.random() < 0.1
            else None,
            "submitted_at": self._moment(hearing),
        }

    def _comment(self, pk: int, submission: dict, blocks: list[DraftBlock]) -> dict:
        # A third is about the whole; of the sections the first ones are read most.
        place = min(int(self.random.expovariate(0.35)), len(blocks) - 1)
        block = blocks[place] if blocks and self.random.random() > 0.33 else None
        supports = int(self.random.paretovariate(1.3)) - 1 if self.random.random() < 0.15 else 0
        return {
            "id": pk,
            "hearing_id": submission["hearing_id"],
            "submission_id": submission["id"],
            "block_id": block.pk if block else None,
            "block_key": block.key if block else None,
            "stance": submission["stance"],
            "reason": f"{self._words(WHO)} {self._words(WHAT)} {self._words(WHY)}",
            "suggestion": self._words(ASK),
            "created_at": submission["submitted_at"],
            "supports_counted": min(supports, 300),
        }

    def _moment(self, hearing: Hearing) -> dt.datetime:
        """Busy on the first days, quiet later."""
        span = min(self.now, hearing.closes_at) - hearing.opens_at
        return hearing.opens_at + span * self.random.betavariate(0.6, 1.1)

    def _words(self, choices: tuple[str, ...]) -> str:
        return self.random.choice(choices).format(
            n=self.random.randint(1, 14), y=self.random.randint(2538, 2568)
        )

    def _uuid(self) -> uuid.UUID:
        return uuid.UUID(int=self.random.getrandbits(128), version=4)
