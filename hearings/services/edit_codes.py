"""Checking an edit code. Six digits are few, so wrong tries are counted for each receipt."""

from __future__ import annotations

from django.core.cache import cache

from hearings import receipts
from hearings.models import Submission
from hearings.services.errors import TooManyTries, WrongEditCode

TRIES = 5
BLOCK_MINUTES = 15


def verify_edit_code(submission: Submission, text: str) -> None:
    """Raise WrongEditCode or TooManyTries. Call it outside a transaction.

    The counter may live in the same database; a rollback after a wrong code would otherwise take it back.
    """
    key = f"hearings:edit_code:{submission.pk}"
    tried = cache.get(key, 0)
    if tried >= TRIES:
        raise TooManyTries(BLOCK_MINUTES)
    if receipts.check_edit_code(submission.receipt_no, submission.edit_code_hash, text):
        if tried:
            cache.delete(key)
        return
    _count(key)
    raise WrongEditCode


def _count(key: str) -> None:
    if cache.add(key, 1, timeout=BLOCK_MINUTES * 60):
        return
    try:
        cache.incr(key)
    except ValueError:  # it ran out between the two lines
        cache.set(key, 1, timeout=BLOCK_MINUTES * 60)
