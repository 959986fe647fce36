"""Keep a half-written form, to go on with another device (peers P43).

The code is derived from the form's key, so saving again keeps the code its author wrote down; the database has only
its hash. Letters and digits that are taken for one another are not in it, and the last one checks the others: every
single wrong one and every swap of two neighbours is found before anything is looked up.
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
GROUP = 4
LONGEST = 120_000
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "go", "code", "homepage"})


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
    stored = {"hearing_id": hearing.pk, "code_hash": hash_code(code), "data": text, "saved_at": now}
    SavedForm.objects.update_or_create(form_key=form_key, defaults=stored)
    return group_code(code)


def saved_form(*, hearing: Hearing, code: str, now: dt.datetime) -> SavedForm | None:
    """What was kept under this code, or None. It stays until it is sent or its time is over."""
    hashes = hashes_of(normalise_code(code))
    kept = SavedForm.objects.filter(hearing=hearing, code_hash__in=hashes)
    found = kept.order_by("-saved_at").first()
    return found if found and now < kept_until(found.saved_at) else None


def typed(kept: SavedForm) -> QueryDict:
    return QueryDict(kept.data, mutable=True)


def kept_until(saved_at: dt.datetime) -> dt.datetime:
    return saved_at + dt.timedelta(days=saved_form_days())


def forget_form(form_key: uuid.UUID) -> None:
    SavedForm.objects.filter(form_key=form_key).delete()


def make_code(form_key: uuid.UUID) -> str:
    number = int.from_bytes(_hmac(settings.SECRET_KEY, f"hearings.saved_form:{form_key}").digest())
    letters = ""
    for _place in range(LENGTH - 1):
        number, rest = divmod(number, len(LETTERS))
        letters += LETTERS[rest]
    return letters + check_letter(letters)


def check_letter(letters: str) -> str:
    """Weights 2 and 1 in turn: neither they nor their difference share a factor with 27 letters."""
    total = sum(LETTERS.index(letter) * (2 - place % 2) for place, letter in enumerate(letters))
    return LETTERS[-total % len(LETTERS)]


def is_code(text: str) -> bool:
    """Whether it can be one of ours at all; a slip of the finger is found here."""
    code = normalise_code(text)
    well_formed = len(code) == LENGTH and set(code) <= set(LETTERS)
    return well_formed and check_letter(code[:-1]) == code[-1]


def group_code(code: str) -> str:
    return " ".join(code[i : i + GROUP] for i in range(0, LENGTH, GROUP))


def normalise_code(text: str) -> str:
    """As people type it: small letters, spaces, hyphens, Thai digits."""
    return re.sub(r"[\s\-.]+", "", to_arabic(text[:60])).upper()


def hash_code(code: str) -> str:
    return _hmac(settings.SECRET_KEY, f"hearings.saved_form_hash:{code}").hexdigest()


def hashes_of(code: str) -> list[str]:
    """Under older keys, too: a code on paper outlives a change of SECRET_KEY."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [_hmac(str(key), f"hearings.saved_form_hash:{code}").hexdigest() for key in keys]


def _hmac(secret: str, message: str) -> hmac.HMAC:
    return hmac.new(secret.encode(), message.encode(), hashlib.sha256)
