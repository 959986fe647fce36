"""Receipt numbers and edit codes.

A number is twelve digits, the last a check digit (Damm: it finds every single wrong digit and every swap of two
neighbours, the mistakes people make on the telephone). The edit code is six digits derived from the form's
idempotency key, so a form sent twice gives the same receipt and the same code without storing the code.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import uuid

from django.conf import settings
from django.utils.crypto import constant_time_compare

from core.digits import to_arabic

LENGTH = 12
DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
SEPARATORS = re.compile(r"[\s\-\u2010-\u2015.]+")


def check_digit(digits: str) -> str:
    interim = 0
    for digit in digits:
        interim = int(DAMM[interim][int(digit)])
    return str(interim)


def make_receipt_no() -> str:
    """A number nobody can guess; the caller's unique constraint catches the one collision in 10^11."""
    digits = f"{secrets.randbelow(10 ** (LENGTH - 1)):0{LENGTH - 1}d}"
    return digits + check_digit(digits)


def normalise(text: str) -> str | None:
    """The twelve digits somebody meant, or None if the check digit says it was mistyped."""
    digits = SEPARATORS.sub("", to_arabic(text[:60]))
    if not re.fullmatch(r"[0-9]{12}", digits):
        return None
    return digits if check_digit(digits[:-1]) == digits[-1] else None


def is_valid_receipt_no(text: str) -> bool:
    return normalise(text) is not None


def group(receipt_no: str) -> str:
    """``4829 3051 7264``"""
    return " ".join(receipt_no[i : i + 4] for i in range(0, len(receipt_no), 4))


def make_edit_code(idempotency_key: uuid.UUID) -> str:
    """The six digits that belong to a form, the same however often it is sent."""
    return _digits(settings.SECRET_KEY, idempotency_key)


def group_edit_code(code: str) -> str:
    """``628 194``"""
    return f"{code[:3]} {code[3:]}"


def hash_edit_code(receipt_no: str, code: str) -> str:
    """What the database keeps: without SECRET_KEY six digits cannot be tried against it."""
    return _hash(settings.SECRET_KEY, receipt_no, code)


def check_edit_code(receipt_no: str, stored_hash: str, text: str) -> bool:
    """Compare in constant time; an older SECRET_KEY still opens what it sealed."""
    code = SEPARATORS.sub("", to_arabic(text[:20]))
    found = False
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        found |= constant_time_compare(_hash(str(key), receipt_no, code), stored_hash)
    return found


def _digits(secret: str, idempotency_key: uuid.UUID) -> str:
    digest = _hmac(secret, f"hearings.edit_code:{idempotency_key}").digest()
    return f"{int.from_bytes(digest[:8]) % 1_000_000:06d}"


def _hash(secret: str, receipt_no: str, code: str) -> str:
    return _hmac(secret, f"hearings.edit_code_hash:{receipt_no}:{code}").hexdigest()


def _hmac(secret: str, message: str) -> hmac.HMAC:
    return hmac.new(secret.encode(), message.encode(), hashlib.sha256)
