"""Personal data of home: what people write to the office (PDPA sections 23, 30, 33; docs/home.md).

A ticket holds a name, an e-mail and a telephone if the person gave them, and free text. It is needed to answer
and for a year of follow-up questions. After that only number, kind, state and days stay, for the yearly count.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.models import Ticket, TicketAnswer
from home.models.tickets import new_key
from home.querysets import ONE_YEAR, TicketQuerySet

if TYPE_CHECKING:
    from accounts.models import User

PURPOSE = _("To answer what you wrote to the office.")
KEEP_FOR = ONE_YEAR


def export_person(user: User) -> list[dict]:
    """What we hold about somebody with an account, found by the e-mail the person wrote from."""
    return [_as_data(ticket) for ticket in Ticket.objects.of_person(user.email).with_answers()]


def _as_data(ticket: Ticket) -> dict:
    return {
        "number": ticket.number,
        "received": ticket.created_at.isoformat(),
        "kind": ticket.get_kind_display(),
        "state": ticket.get_state_display(),
        "name": ticket.name,
        "email": ticket.email,
        "phone": ticket.phone,
        "message": ticket.message,
        "answers": [{"at": answer.at.isoformat(), "text": answer.text} for answer in ticket.answers.all()],
    }


def erase_person(user: User) -> None:
    """Forget what this person wrote to us."""
    _erase(Ticket.objects.of_person(user.email), timezone.now())


def purge(now: dt.datetime, *, dry_run: bool = False) -> dict[str, int]:
    """Empty the tickets that are older than a year; run daily by purge_personal_data."""
    old = Ticket.objects.kept_too_long(now)
    return {"tickets": old.count() if dry_run else _erase(old, now)}


@transaction.atomic
def _erase(tickets: TicketQuerySet, now: dt.datetime) -> int:
    found = list(tickets.with_personal_data().select_for_update().values_list("pk", flat=True))
    TicketAnswer.objects.filter(ticket__in=found).update(text="")
    for pk in found:
        # A new key: the private address in an old e-mail leads nowhere from now on.
        Ticket.objects.filter(pk=pk).update(
            name="", email="", phone="", message="", once=None, key=new_key(), erased_at=now
        )
    return len(found)
