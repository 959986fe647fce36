"""Checking an edit code. Six digits are few, so wrong tries are counted for each receipt.

The count stands beside the submission and not in the cache, which forgets: a cache that is full drops what it likes,
and one that runs out starts again at nothing. Only the right code sets it back. Each five wrong tries close the
receipt, for a quarter of an hour first and twice as long each further time, up to a day: within the thirty days of a
hearing fewer than 200 of a million codes can be tried.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from hearings import receipts
from hearings.models import Reply, Submission
from hearings.services.errors import TooManyTries, WrongEditCode

TRIES = 5
SHORTEST_BLOCK = dt.timedelta(minutes=15)
LONGEST_BLOCK = dt.timedelta(days=1)
MOST_DOUBLINGS = 7  # 15 minutes doubled seven times is more than a day


def verify_edit_code(submission: Submission, text: str, now: dt.datetime | None = None) -> None:
    """Raise WrongEditCode or TooManyTries. Call it outside a transaction.

    A rollback after a wrong code would otherwise take the count back.
    """
    _verify(submission, submission.receipt_no, text, now or timezone.now())


def verify_reply_code(reply: Reply, text: str, now: dt.datetime) -> None:
    """The same for a reply, which has no receipt: its own key takes the place of the number."""
    _verify(reply, str(reply.idempotency_key), text, now)


def _verify(sealed: Submission | Reply, number: str, text: str, now: dt.datetime) -> None:
    _count_try(type(sealed), sealed.pk, now)
    if not receipts.check_edit_code(number, sealed.edit_code_hash, text):
        raise WrongEditCode
    type(sealed)._default_manager.filter(pk=sealed.pk).update(wrong_codes=0, codes_blocked_until=None)


@transaction.atomic
def _count_try(model: type[Submission | Reply], pk: int, now: dt.datetime) -> None:
    """Counted before it is looked at, one after the other: a hundred tries at once are a hundred tries."""
    rows = model._default_manager.select_for_update().only("wrong_codes", "codes_blocked_until")
    row = rows.get(pk=pk)
    if row.codes_blocked_until and now < row.codes_blocked_until:
        raise TooManyTries(_minutes(row.codes_blocked_until - now))
    row.wrong_codes += 1
    if row.wrong_codes % TRIES == 0:
        row.codes_blocked_until = now + _block(row.wrong_codes // TRIES)
    row.save(update_fields=["wrong_codes", "codes_blocked_until"])


def _block(times: int) -> dt.timedelta:
    return min(SHORTEST_BLOCK * 2 ** min(times - 1, MOST_DOUBLINGS), LONGEST_BLOCK)


def _minutes(wait: dt.timedelta) -> int:
    return max(1, -(-wait // dt.timedelta(minutes=1)))
