"""What grew around comments of the demo: replies two deep, supporters, answers of the office, one comment on top.

``TALK``: hearing → number of the comment → what stands around it. Hours are counted from the comment.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from accounts.models import User
from demo.content.stable import key
from hearings.models import Comment, Hearing, Support
from hearings.person import Person
from hearings.services.answer_comment import answer_comment
from hearings.services.pin import pin
from hearings.services.reply import reply
from hearings.services.report import report
from hearings.services.support import support

# (sector, name, words, [replies to it])
Said = tuple[str, str, str, list[Any]]

TALK: dict[str, dict[int, dict[str, Any]]] = {
    "bueng-sam-phraek": {
        0: {
            "supports": 14,
            "official": "เราไปดูสะพานไม้หมู่ 9 กับผู้ใหญ่บ้านแล้ว น้ำเดินถึงได้ถ้าทำท่อเพิ่ม จะใส่ไว้ในข้อ 4 ของร่างฉบับถัดไปหลังปิดรับฟัง ส่วนวันส่งน้ำถึงปลายคลอง กลุ่มผู้ใช้น้ำจะตกลงกันก่อนเริ่มขุด",
            "replies": [
                (
                    "citizen", "", "บ้านอยู่ถัดไปสองแปลง ขอยืนยันว่าท่อจุดเดียวไม่พอในเดือนมีนา",
                    [("citizen", "สมหมาย", "ปีที่แล้วเราลงขันซื้อน้ำมันสูบกันเอง บ้านละสี่ร้อย", [])],
                ),
            ],
        },
        2: {
            "supports": 23,
            "pinned": True,
            "official": "ร่างฉบับถัดไปจะเสนอปิดทีละครึ่ง ส่วนช่วงนักเรียนไปกลับงดขนดินอยู่แล้ว ทางเบี่ยงมีสองทางเลือกอยู่ท้ายร่าง ขอให้ท่านอ่านแล้วบอกว่าทางใดดีกว่า",
            "replies": [
                (
                    "citizen", "ครูอนงค์", "ที่โรงเรียนมีเด็กจากหมู่ 6 จำนวน 31 คน ถ้าปิดทั้งฝั่งต้องออกจากบ้านตั้งแต่หกโมง",
                    [("local_gov", "", "อบต. จัดรถรับส่งให้ได้หนึ่งคันช่วงปิดทาง กำลังขอความเห็นชอบจากสภา", [])],
                ),
                ("private", "", "รถโรงสีก็ใช้ทางนี้ ถ้าปิดทีละครึ่งเราพอสลับเวลาได้", []),
            ],
            "reported": ("personal_data", "มีชื่อเล่นของครูอยู่ในข้อความ ไม่แน่ใจว่าครูรู้หรือยังว่าขึ้นเว็บแล้ว"),
        },
        5: {
            "supports": 11,
            "replies": [
                (
                    "academic", "", "มีข้อมูลนับปลาที่ชายน้ำทางใต้ 3 ปี จะส่งให้เจ้าหน้าที่ที่เวทีโคกหม้อ",
                    [("civil_society", "", "ขอบคุณมาก เครือข่ายเรายินดีพาลงพื้นที่", [])],
                ),
            ],
        },
        9: {
            "supports": 17,
            "official": "ข้อ 6 ของร่างฉบับถัดไปจะเขียนให้ชัดว่าดินที่เหลือถมทางเข้านาสาธารณะก่อน แล้วจึงประมูลโดยเปิดเผย",
            "replies": [("citizen", "", "ขอให้ติดประกาศวันประมูลที่ศาลาด้วย ไม่ใช่ในเว็บอย่างเดียว", [])],
        },
        14: {
            "supports": 6,
            "replies": [("citizen", "", "เคยเห็นหลักหินเดิม อยู่ลึกเข้ามาจากหมุดใหม่จริง", [])],
        },
        21: {"supports": 9, "replies": []},
        22: {
            "supports": 4,
            "replies": [("government", "", "ค่าลอกตะกอนปีที่ห้าอยู่ในเอกสารประกอบหน้า 6 ประมาณ 3.2 ล้านบาท", [])],
        },
    },
    "sakae-krang-market": {
        1: {
            "supports": 8,
            "official": "ทางลาดลอยน้ำสองจุดทำได้ กองช่างกำลังเขียนแบบ และจะส่งหนังสือถึงบ้านแพทางเรือทุกครั้ง",
            "replies": [("citizen", "", "ขอจุดหนึ่งตรงท่าวัด คนแก่ขึ้นลงตรงนั้นมากที่สุด", [])],
        },
        7: {"supports": 19, "pinned": True, "replies": []},
        8: {"supports": 7, "replies": [("private", "", "ร้านเราปิดสามทุ่ม ไฟถึงสองทุ่มครึ่งก็พอ", [])]},
    },
}  # fmt: skip


def talk(hearing: Hearing, head: User, now: dt.datetime) -> None:
    """Once: what staff did with it afterwards stays. Nothing reaches a hearing after it closed."""
    if hearing.replies.exists():
        return
    for number, around in TALK.get(hearing.slug, {}).items():
        comment = Comment.objects.filter(
            submission__idempotency_key=key(hearing.slug, "comment", number), block_key=None, is_public=True
        ).first()
        if comment is None:
            continue
        _support(comment, around["supports"], now)
        for place, said in enumerate(around["replies"]):
            _reply(comment, said, now, str(place))
        if "official" in around:
            _answer(comment, around["official"], head, now)
        if "reported" in around:
            _report(comment, *around["reported"], now)
        if around.get("pinned"):
            pin(comment=comment, actor=head, now=_later(comment, 30, now))


def _support(comment: Comment, count: int, now: dt.datetime) -> None:
    """The crowd in one statement, the last one through the service, which counts them all."""
    if not comment.hearing.can_comment(now):
        return
    people = [Person(f"demo:{comment.pk}:{number}") for number in range(count)]
    Support.objects.bulk_create(
        Support(comment=comment, person=person.mark(comment.pk), created_at=_later(comment, 3, now))
        for person in people[1:]
    )
    support(comment=comment, person=people[0], now=_later(comment, 3, now))


def _reply(comment: Comment, said: Said, now: dt.datetime, place: str, parent: Any = None) -> None:
    sector, name, text, below = said
    form = key(comment.submission.idempotency_key, "reply", place)
    when = _later(comment, 5 + 4 * len(place), now)
    if not comment.hearing.can_comment(when):
        return
    stored = reply(
        comment=comment, parent=parent, text=text, sector=sector, name=name, idempotency_key=form, now=when
    ).reply
    for number, nested in enumerate(below):
        _reply(comment, nested, now, f"{place}.{number}", parent=stored)


def _answer(comment: Comment, text: str, head: User, now: dt.datetime) -> None:
    form = key(comment.submission.idempotency_key, "official")
    answer_comment(comment=comment, actor=head, text=text, idempotency_key=form, now=_later(comment, 26, now))


def _report(comment: Comment, reason: str, text: str, now: dt.datetime) -> None:
    """About the first reply."""
    first = comment.replies.filter(is_official=False, parent=None).first()
    person = Person(f"demo:{comment.pk}:report")
    report(
        comment=comment, reply=first, person=person, reason=reason, text=text, now=_later(comment, 30, now)
    )


def _later(comment: Comment, hours: int, now: dt.datetime) -> dt.datetime:
    return min(comment.created_at + dt.timedelta(hours=hours), now)
