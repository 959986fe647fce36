"""What people ask the office in writing, and what the office answers (requirements A008, A014, A049)."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.enums import TicketKind, TicketState
from home.querysets import TicketQuerySet

NAME_LENGTH, PHONE_LENGTH, MESSAGE_LENGTH, ANSWER_LENGTH = 120, 40, 4000, 6000


def new_key() -> str:
    """What only the asker's address holds; nobody can guess it from the number."""
    return secrets.token_urlsafe(24)


class Ticket(models.Model):
    """One message. What the person wrote is never changed; answers are rows beside it."""

    year = models.PositiveSmallIntegerField(_("year (พ.ศ.)"))
    serial = models.PositiveIntegerField(_("running number"))
    number = models.CharField(_("number"), max_length=12, unique=True)
    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    # Digest of the form's key and content: sending the same form twice stores one ticket.
    once = models.CharField(max_length=64, unique=True, null=True, editable=False)

    kind = models.CharField(_("kind"), max_length=10, choices=TicketKind.choices, default=TicketKind.CONTACT)
    state = models.CharField(_("state"), max_length=10, choices=TicketState.choices, default=TicketState.NEW)
    name = models.CharField(_("name"), max_length=NAME_LENGTH, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=PHONE_LENGTH, blank=True)
    message = models.TextField(_("message"), max_length=MESSAGE_LENGTH, blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="th", editable=False)

    created_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("closed by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    # Set when the personal data was removed; number, state and days stay for the statistics.
    erased_at = models.DateTimeField(_("personal data erased on"), null=True, blank=True, editable=False)
    faq_entry = models.OneToOneField(
        "home.FaqEntry", verbose_name=_("became the question"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="ticket", editable=False,
    )  # fmt: skip

    objects = TicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("message to the office")
        verbose_name_plural = _("messages to the office")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "created_at"], name="ticket_queue")]
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="ticket_number_unique"),
            models.CheckConstraint(
                name="ticket_closed_has_day",
                condition=models.Q(state=TicketState.CLOSED, closed_at__isnull=False)
                | (~models.Q(state=TicketState.CLOSED) & models.Q(closed_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """The asker's own page; its key is in the address."""
        return f"{reverse('home:ticket', args=[self.number])}?key={self.key}"

    @property
    def is_open(self) -> bool:
        return self.state != TicketState.CLOSED


class TicketAnswer(models.Model):
    """One answer as it was sent; a correction is a further row."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField(_("answer"), max_length=ANSWER_LENGTH, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(_("answered on"), default=timezone.now)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.text[:40]}"
