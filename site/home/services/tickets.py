"""Open, answer and close a ticket."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import Action, require
from core.thaidate import year_be
from home import tasks
from home.enums import TicketKind, TicketState
from home.models import Ticket, TicketAnswer

if TYPE_CHECKING:
    from accounts.models import User

# Two people may reach for the same number; the loser takes the next one.
NUMBER_ATTEMPTS = 20


@transaction.atomic
def open_ticket(
    *,
    message: str,
    name: str = "",
    email: str = "",
    phone: str = "",
    kind: str = TicketKind.CONTACT,
    language: str = "th",
    once: str = "",
    now: dt.datetime | None = None,
) -> Ticket:
    """Store what somebody wrote under the next number of the year and thank by e-mail if there is an address.

    ``once`` is the key hidden in the form. The same key with the same content is the same message, sent twice by
    an impatient finger or a weak signal; with other content it is a new message.
    """
    if not message.strip():
        raise ValidationError(_("Write what you want to tell or ask us."), code="required")
    digest = _digest(once, message, name, email, phone) if once else None
    if digest and (known := Ticket.objects.filter(once=digest).first()):
        return known
    fields = {
        "kind": kind, "name": name, "email": email, "phone": phone, "message": message,
        "language": language, "once": digest,
    }  # fmt: skip
    ticket = _store(fields, now or timezone.now())
    if email:
        tasks.send_ticket_received.enqueue(ticket.pk)
    return ticket


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _store(fields: dict, now: dt.datetime) -> Ticket:
    year = year_be(now)
    for _attempt in range(NUMBER_ATTEMPTS):
        last = Ticket.objects.filter(year=year).aggregate(last=Max("serial"))["last"] or 0
        serial = last + 1
        try:
            with transaction.atomic():
                return Ticket.objects.create(
                    year=year, serial=serial, number=f"{year}-{serial:05d}", created_at=now, **fields
                )
        except IntegrityError:
            # Either the number was taken in this moment, or the same form arrived twice at once.
            if fields["once"] and (known := Ticket.objects.filter(once=fields["once"]).first()):
                return known
    raise ValidationError(_("Too many people are writing to us at this moment. Send it again."), code="busy")


@transaction.atomic
def answer_ticket(*, ticket: Ticket, by: User, text: str, now: dt.datetime | None = None) -> TicketAnswer:
    """Write an answer. A second one is a correction or an addition; the first stays as it was sent."""
    require(by, Action.ANSWER_TICKET, ticket)
    ticket = Ticket.objects.select_for_update().get(pk=ticket.pk)
    _must_be_open(ticket)
    if not text.strip():
        raise ValidationError(_("Write the answer first."), code="required")
    answer = TicketAnswer.objects.create(ticket=ticket, text=text, by=by, at=now or timezone.now())
    ticket.state = TicketState.ANSWERED
    ticket.save(update_fields=["state"])
    if ticket.email:
        tasks.send_ticket_answer.enqueue(answer.pk)
    return answer


@transaction.atomic
def close_ticket(*, ticket: Ticket, by: User, now: dt.datetime | None = None) -> Ticket:
    """End a ticket: answered and settled, or nothing that can be answered (advertising)."""
    require(by, Action.ANSWER_TICKET, ticket)
    ticket = Ticket.objects.select_for_update().get(pk=ticket.pk)
    _must_be_open(ticket)
    ticket.state = TicketState.CLOSED
    ticket.closed_at = now or timezone.now()
    ticket.closed_by = by
    ticket.save(update_fields=["state", "closed_at", "closed_by"])
    return ticket


def _must_be_open(ticket: Ticket) -> None:
    if not ticket.is_open:
        raise ValidationError(_("This message is closed already."), code="closed")
