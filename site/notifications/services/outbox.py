"""Letters that leave exactly once for each key, even if a process dies in between.

``send_later`` writes the row in the caller's transaction: saved together with what it tells about, or not at all.
``deliver`` first claims a row (one conditional UPDATE, which only one worker wins, and which already names the time
of the next try), then mails, then notes that it was sent. A process that dies after the claim leaves a row that is
due again. The one moment nobody can close, dying after the mail server took it and before the note, gives the same
letter with the same Message-ID, which mail programs show once.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from smtplib import SMTPException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from notifications.models import OutboxMessage

logger = logging.getLogger(__name__)

# After how many minutes the next try comes; after the last one it is a dead letter for a person to look at.
# The first is also how long another worker leaves a claimed row alone: far longer than EMAIL_TIMEOUT.
WAITS = (2, 5, 15, 60, 240, 720, 1440)
BATCH = 200


@dataclass(frozen=True)
class Letter:
    dedupe_key: str  # no personal data in it: it stays for good
    to: str
    subject: str
    body: str
    headers: dict[str, str] = field(default_factory=dict)


def send_later(
    *,
    dedupe_key: str,
    to: str,
    subject: str,
    body: str,
    headers: dict[str, str] | None = None,
    now: dt.datetime | None = None,
) -> None:
    """Send this letter once after the transaction; a second one with the same key is not written at all."""
    send_all_later([Letter(dedupe_key, to, subject, body, headers or {})], now=now)


def send_all_later(letters: Iterable[Letter], *, now: dt.datetime | None = None) -> None:
    """The same for many, in few statements."""
    moment = now or timezone.now()
    rows = [
        OutboxMessage(
            dedupe_key=letter.dedupe_key,
            to=letter.to,
            subject=_one_line(letter.subject),
            body=letter.body,
            headers=letter.headers,
            created_at=moment,
            next_try_at=moment,
        )
        for letter in letters
    ]
    if not rows:
        return
    OutboxMessage.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    transaction.on_commit(_wake_a_worker)


def written(dedupe_keys: Iterable[str]) -> list[OutboxMessage]:
    """The letters of these keys that were ever written, also those that left or were taken back."""
    return list(OutboxMessage.objects.filter(dedupe_key__in=list(dedupe_keys)).order_by("pk"))


def rewrite(letter: Letter, *, now: dt.datetime | None = None) -> None:
    """Put this in the place of the waiting letter of the same key; without an address nothing leaves any more.

    To another address the tries begin anew: those before say nothing about it.
    """
    if not letter.to:
        take_back([letter.dedupe_key])
        return
    words = {"subject": _one_line(letter.subject), "body": letter.body, "headers": letter.headers}
    row = OutboxMessage.objects.filter(dedupe_key=letter.dedupe_key, sent_at=None).exclude(to="")
    anew = {"tries": 0, "next_try_at": now or timezone.now(), "last_error": ""}
    if row.exclude(to=letter.to).update(to=letter.to, **words, **anew):
        transaction.on_commit(_wake_a_worker)
    else:
        row.update(**words)


def take_back(dedupe_keys: Iterable[str]) -> None:
    """Nothing of these letters stays but the keys, and they never leave."""
    rows = OutboxMessage.objects.filter(dedupe_key__in=list(dedupe_keys))
    rows.update(to="", subject="", body="", headers={}, last_error="", next_try_at=None)


def _one_line(subject: str) -> str:
    """A line break in a subject would be a second header."""
    return " ".join(subject.split())[:300]


def _wake_a_worker() -> None:
    from notifications.tasks import deliver_due

    deliver_due.enqueue()


def deliver(now: dt.datetime) -> int:
    """Send what is due; returns how many left. Safe to run in several processes at once."""
    sent = 0
    due = list(OutboxMessage.objects.due(now)[:BATCH])
    for message in due:
        if _claim(message, now):
            sent += _send(message, now)
    return sent


def _claim(message: OutboxMessage, now: dt.datetime) -> bool:
    """True for one worker only: the row must still be as it was read, words and address, too (``rewrite``)."""
    next_try = now + dt.timedelta(minutes=WAITS[min(message.tries, len(WAITS) - 1)])
    return bool(
        OutboxMessage.objects.filter(
            pk=message.pk,
            tries=message.tries,
            next_try_at=message.next_try_at,
            sent_at__isnull=True,
            to=message.to,
            body=message.body,
        ).update(tries=F("tries") + 1, next_try_at=next_try)  # fmt: skip
    )


def _send(message: OutboxMessage, now: dt.datetime) -> int:
    headers = {"Message-ID": message_id(message.dedupe_key), "Auto-Submitted": "auto-generated"}
    mail = EmailMessage(
        message.subject,
        message.body,
        to=[message.to],
        headers=headers | message.headers,
    )
    # Given another address meanwhile, it still has to leave to that one (``rewrite``).
    row = OutboxMessage.objects.filter(pk=message.pk, to=message.to)
    try:
        mail.send()
    except (SMTPException, OSError, ValueError) as error:
        logger.warning("outbox %s: try %s failed: %s", message.pk, message.tries + 1, type(error).__name__)
        given_up = {"next_try_at": None} if message.tries + 1 >= len(WAITS) else {}
        row.update(last_error=_words(error, message.to), **given_up)
        return 0
    # The text may hold private addresses; nobody needs it any longer.
    row.update(sent_at=now, next_try_at=None, body="", headers={}, last_error="")
    return 1


def _words(error: Exception, address: str) -> str:
    """What the server said, without the address in it."""
    return f"{type(error).__name__}: {error}".replace(address, "…")[:300]


def message_id(dedupe_key: str) -> str:
    digest = hashlib.sha256(dedupe_key.encode()).hexdigest()[:40]
    return f"<{digest}@{urlsplit(settings.SITE_ADDRESS).hostname}>"


def try_again(*, message: OutboxMessage, now: dt.datetime) -> bool:
    """Put a dead letter back; False if it is none any longer."""
    found = OutboxMessage.objects.given_up().filter(pk=message.pk).exclude(body="")
    return bool(found.update(tries=0, next_try_at=now))
