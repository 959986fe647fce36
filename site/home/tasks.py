"""E-mail about tickets. Tasks get primary keys only: nothing personal lies in the queue."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django_tasks import task
from wagtail.models import Site

from core.models import SiteSettings
from core.urls_for import language_path
from home.models import Ticket, TicketAnswer

SUBJECTS = {
    "received": _("We have your message, number %(number)s"),
    "answered": _("Answer to your message, number %(number)s"),
}


@task()
def send_ticket_received(ticket_pk: int) -> None:
    """Tell the asker that we have it, with the number and the private address."""
    if ticket := Ticket.objects.filter(pk=ticket_pk).exclude(email="").first():
        _send(ticket, "received", {})


@task()
def send_ticket_answer(answer_pk: int) -> None:
    answer = TicketAnswer.objects.select_related("ticket").filter(pk=answer_pk).first()
    if answer and answer.ticket.email:
        _send(answer.ticket, "answered", {"answer": answer})


def _send(ticket: Ticket, what: str, context: dict) -> None:
    office = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    with translation.override(ticket.language):
        path = language_path(f"/contact/{ticket.number}/?key={ticket.key}", ticket.language)
        context |= {"ticket": ticket, "office": office, "address": f"{settings.SITE_ADDRESS}{path}"}
        subject = str(SUBJECTS[what]) % {"number": ticket.number}
        body = render_to_string(f"emails/ticket_{what}.txt", context)
    EmailMessage(subject, body, to=[ticket.email]).send()
