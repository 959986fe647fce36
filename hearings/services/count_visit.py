"""Counting how often the QR of a notice board is opened: one number a day, nothing about who."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import F

from core.thaidate import local_day
from hearings.models import BoardVisit, NoticeBoard


def count_visit(*, board: NoticeBoard, now: dt.datetime) -> None:
    """Two at once both count: the row is raised in the database, and made by whoever is first."""
    row = BoardVisit.objects.filter(board=board, day=local_day(now))
    if row.update(visits=F("visits") + 1):
        return
    try:
        with transaction.atomic():
            BoardVisit.objects.create(board=board, day=local_day(now), visits=1)
    except IntegrityError:
        row.update(visits=F("visits") + 1)
