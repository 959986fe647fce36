"""Keep a half-written form, to go on with another device (peers P43).

The code is derived from the form's key, so saving again keeps the code its author wrote down; the database has only
its hash. Letters and digits that are taken for one another are not in it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import re
import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.digits import to_arabic
from hearings.models import Hearing, SavedForm, Submission
from hearings.rules import saved_form_days
from hearings.services import records

LETTERS = "ABCDEFGHJKMNPQRTUVWXY346789"
LENGTH = 12
LONGEST = 120_000
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "go", "step", "code", "homepage"})


def save_form(*, hearing: Hearing, form_key: uuid.UUID, data: QueryDict, now: dt.datetime) -> str:
    """Store what was typed so far, right or wrong; returns the code, ``ABCD EFGH JKLM``."""
    records.require_open(hearing, now)
    if Submission.objects.filter(idempotency_key=form_key).exists():
        raise ValidationError(
            _("This comment was sent already. Open your receipt to change it."), code="sent"
        )
    kept = QueryDict(mutable=True)
    for name, values in data.lists():
        if name not in NOT_KEPT:
            kept.setlist(name, values)
    text = kept.urlencode()
    if len(text) > LONGEST:
        raise ValidationError(_("This is too long to be kept. Shorten it, or send it now."), code="too_long")
    code = make_code(form_key)
    values = {"hearing_id": hearing.pk, "code_hash": hash_code(code), "data": text, "saved_at": now}
    SavedForm.objects.update_or_create(form_key=form_key, defaults=values)
    return group_code(code)


def saved_form(*, hearing: Hearing, code: str, now: dt.datetime) -> QueryDict | None:
    """What was typed under this code, or None. It stays until it is sent or its time is over."""
    oldest = now - dt.timedelta(days=saved_form_days())
    found = SavedForm.objects.filter(
        hearing=hearing, code_hash=hash_code(normalise_code(code)), saved_at__gt=oldest
    ).first()
    return QueryDict(found.data, mutable=True) if found else None


def forget_form(form_key: uuid.UUID) -> None:
    SavedForm.objects.filter(form_key=form_key).delete()


def make_code(form_key: uuid.UUID) -> str:
    number = int.from_bytes(_hmac(f"hearings.saved_form:{form_key}").digest())
    letters = []
    for _place in range(LENGTH):
        number, rest = divmod(number, len(LETTERS))
        letters.append(LETTERS[rest])
    return "".join(letters)


def group_code(code: str) -> str:
    return " ".join(code[i : i + 4] for i in range(0, LENGTH, 4))


def normalise_code(text: str) -> str:
    """As people type it: small letters, spaces, hyphens, Thai digits."""
    return re.sub(r"[\s\-.]+", "", to_arabic(text[:60])).upper()


def hash_code(code: str) -> str:
    return _hmac(f"hearings.saved_form_hash:{code}").hexdigest()


def _hmac(message: str) -> hmac.HMAC:
    return hmac.new(settings.SECRET_KEY.encode(), message.encode(), hashlib.sha256)
