"""Walking through the comment form as a browser without JavaScript does: every page's fields are sent back."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from bs4 import BeautifulSoup
from django.http import HttpResponse
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


def fields_of(page: HttpResponse) -> dict[str, Any]:
    """What a browser without JavaScript would send from this page, apart from the button that is pressed."""
    form = BeautifulSoup(page.content, "html.parser").select_one("main form[method=post]")
    assert form is not None
    found: dict[str, Any] = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name, kind = field.get("name"), field.get("type", "text")
        if not name or kind in ("file", "submit"):
            continue
        if field.name == "textarea":
            found[name] = field.get_text().removeprefix("\n")
        elif field.name == "select":
            chosen = field.select_one("option[selected]")
            found[name] = chosen["value"] if chosen else ""
        elif kind not in ("radio", "checkbox") or field.has_attr("checked"):
            found[name] = [*found.get(name, []), field.get("value", "on" if kind == "checkbox" else "")]
    return {
        name: value[0] if isinstance(value, list) and len(value) == 1 else value
        for name, value in found.items()
    }
