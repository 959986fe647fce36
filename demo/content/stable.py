"""Keys that are the same at every loading, days counted from today, and StreamField content made of them."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from typing import Any

from django.utils import timezone

from core.thaidate import local_day

KEYS = uuid.UUID("6f2c1a54-8f1e-4d0b-9a57-256900000001")  # namespace of every stable key


def key(*parts: object) -> uuid.UUID:
    return uuid.uuid5(KEYS, "/".join(map(str, parts)))


def at(now: dt.datetime, days: int, clock: str) -> dt.datetime:
    """A moment so many days from today, in Bangkok."""
    day = local_day(now) + dt.timedelta(days=days)
    return timezone.make_aware(dt.datetime.combine(day, dt.time.fromisoformat(clock)))


def stream(blocks: list[tuple[str, Any]], *name: str) -> str:
    """StreamField content with stable ids."""
    return json.dumps(
        [
            {"type": kind, "value": value, "id": str(key(*name, number))}
            for number, (kind, value) in enumerate(blocks)
        ]
    )
