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
from collections.abc import Callable
from itertools import accumulate

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.enums import Sector
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


class Volume:
    """One run; ``say`` gets a line about each part that is done."""

    def __init__(self, *, seed: int = 2569, now: dt.datetime, say: Callable[[str], object]) -> None:
        self.random, self.now, self.say = random.Random(seed), now, say
        self.areas = list(
            Subdistrict.objects.order_by("pk").values_list("pk", "district_id", "district__province_id")
        )
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
        version = DraftVersion.objects.create(hearing=hearing, number=1, published_at=opens)
        body = "<p>" + " ".join(f"{self._words(WHO)}{self._words(WHAT)}" for _ in range(4)) + "</p>"
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
        submissions = Submission.objects.bulk_create([self._submission(hearing) for _ in range(number)])
        comments = [self._comment(submission, blocks) for submission in submissions]
        SubmissionVersion.objects.bulk_create(
            SubmissionVersion(
                submission=submission,
                number=1,
                created_at=submission.submitted_at,
                data={"stance": submission.stance, "sector": submission.sector, "comments": [
                    {"block": str(comment.block_key or ""), "reason": comment.reason, "suggestion": comment.suggestion}
                ]},
            )
            for submission, comment in zip(submissions, comments, strict=True)
        )  # fmt: skip
        supports = [
            Support(
                comment=comment, person=f"{self.random.getrandbits(128):064x}", created_at=comment.created_at
            )
            for comment in Comment.objects.bulk_create(comments)
            for _ in range(comment.supports_counted)
        ]
        Support.objects.bulk_create(supports, batch_size=BATCH)

    def _submission(self, hearing: Hearing) -> Submission:
        digits = f"{self.random.randrange(10**11):011d}"
        area = (
            self.random.choices(self.areas, cum_weights=self.area_weights)[0] if self.areas else (None,) * 3
        )
        return Submission(
            hearing=hearing,
            receipt_no=digits + check_digit(digits),
            edit_code_hash=f"{self.random.getrandbits(256):064x}",
            idempotency_key=self._uuid(),
            status=SubmissionStatus.SUBMITTED,
            visibility=Visibility.PUBLIC,
            stance=self.random.choices(list(STANCES), weights=list(STANCES.values()))[0],
            sector=self.random.choices(Sector.values, weights=[60, *[8] * (len(Sector.values) - 1)])[0],
            subdistrict_id=area[0],
            district_id=area[1],
            province_id=area[2],
            village_no=self.random.randint(1, 14),
            consent_version=CONSENT,
            author_id=self.random.choice(self.people) if self.people and self.random.random() < 0.1 else None,
            submitted_at=self._moment(hearing),
        )

    def _comment(self, submission: Submission, blocks: list[DraftBlock]) -> Comment:
        # A third is about the whole; of the sections the first ones are read most.
        place = min(int(self.random.expovariate(0.35)), len(blocks) - 1)
        block = blocks[place] if blocks and self.random.random() > 0.33 else None
        supports = int(self.random.paretovariate(1.3)) - 1 if self.random.random() < 0.15 else 0
        return Comment(
            hearing_id=submission.hearing_id,
            submission=submission,
            block=block,
            block_key=block.key if block else None,
            stance=submission.stance,
            reason=f"{self._words(WHO)}{self._words(WHAT)} {self._words(WHY)}",
            suggestion=self._words(ASK),
            created_at=submission.submitted_at,
            is_public=True,
            supports_counted=min(supports, 300),
        )

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
