"""Turn an answered question into an entry of the FAQ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.permissions import Action, require
from home.enums import TicketState
from home.models import FaqCategory, FaqEntry, Ticket

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def promote_ticket(
    *, ticket: Ticket, by: User, category: FaqCategory, question: str, answer: str
) -> FaqEntry:
    """Make an unpublished entry in the office's words; a question once answered helps the next asker (A008).

    The asker's own words are never published: staff type the question anew, without names, and publish it in
    the admin after reading it once more.
    """
    require(by, Action.ANSWER_TICKET, ticket)
    ticket = Ticket.objects.select_for_update().get(pk=ticket.pk)
    if ticket.state == TicketState.NEW:
        raise ValidationError(_("Answer the asker first."), code="unanswered")
    if ticket.faq_entry_id:
        raise ValidationError(_("This question is in the FAQ already."), code="promoted")
    if not question.strip() or not answer.strip():
        raise ValidationError(_("Write both the question and the answer."), code="required")
    ticket.faq_entry = FaqEntry.objects.create(category=category, question=question, answer=answer)
    ticket.save(update_fields=["faq_entry"])
    return ticket.faq_entry
