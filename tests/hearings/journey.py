"""Walking through the comment form as a browser without JavaScript does: every page's fields are sent back."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearings.forms.guards import new_start
from hearings.models import Hearing

PROVINCE, DISTRICT, SUBDISTRICT = "60", "6003", "600301"


def address(hearing: Hearing) -> str:
    return reverse("hearings:comment", args=[hearing.slug])


def answers(**changes: Any) -> dict[str, Any]:
    """A whole dossier as the check page sends it; opened a minute ago. None takes a field out."""
    opened = timezone.now() - dt.timedelta(minutes=1)
    fields = {
        "step": "check",
        "go": "send",
        "key": str(uuid.uuid4()),
        "started": new_start(opened),
        "c0-block": "",
        "c0-stance": "partly",
        "c0-reason": "แนวหมุดด้านเหนือกินที่นา",
        "c0-suggestion": "เดินแนวร่วมกัน",
        "sector": "citizen",
        "capacity": "self",
        "province": PROVINCE,
        "publish_name": "none",
        "consent": "on",
        **changes,
    }
    return {name: value for name, value in fields.items() if value is not None}


def send(client: Client, hearing: Hearing, **changes: Any) -> Any:
    return client.post(address(hearing), answers(**changes))
