"""Four tasks on the shared list of the provinces: one late, one this week, one for later, one done."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from core.thaidate import local_day
from demo.content.accounts import email_of
from geography.models import Province
from home.models import SharedTask
from home.services import complete_task, create_task

# title, details, province (empty: the whole cluster), role of the owner, days from today, already done
TASKS: list[tuple[str, str, str, Role | None, int, bool]] = [
    (
        "ส่งรายชื่อศาลากลางบ้านที่ติดป้ายประกาศรับฟังได้",
        "ขออย่างน้อย 2 แห่งต่อตำบล พร้อมชื่อผู้ดูแลและเบอร์โทร ใช้กับประกาศรับฟังรอบหน้า",
        "66", Role.PROVINCE_COORDINATOR, -3, False,
    ),
    (
        "นัดวันประชุมผู้ประสานงานสี่จังหวัดเดือนธันวาคม",
        "เสนอวันที่ว่างมาคนละ 2 วัน ประชุมทางจอ ไม่เกิน 1 ชั่วโมง",
        "", Role.STRATEGY, 4, False,
    ),
    (
        "รวบรวมบทเรียนเก็บผักตบชวาจากลุ่มน้ำสะแกกรัง",
        "อุทัยธานีทำได้ผลตั้งแต่ปีก่อน ขอเล่าเป็นบทเรียนให้พิจิตรและนครสวรรค์อ่าน",
        "61", None, 20, False,
    ),
    (
        "ตรวจชื่อประธานหอการค้าจังหวัดในทำเนียบเครือข่าย",
        "บางจังหวัดเปลี่ยนวาระแล้ว",
        "62", Role.ADMINISTRATION, -7, True,
    ),
]  # fmt: skip


def load() -> None:
    """Safe to repeat: a task that is there is left as staff have it."""
    today = local_day(timezone.now())
    author = _user(Role.OFFICE_HEAD)
    for title, details, province, role, days, done in TASKS:
        if SharedTask.objects.filter(title=title).exists():
            continue
        words: dict[str, Any] = {
            "title": title,
            "details": details,
            "due_on": today + dt.timedelta(days=days),
        }
        task = create_task(
            by=author, **words,
            province=Province.objects.get(pk=province) if province else None,
            owner=_user(role) if role else None,
        )  # fmt: skip
        if done:
            complete_task(task=task, by=_user(role) if role else author)


def _user(role: Role) -> User:
    return User.objects.get(email=email_of(role))
