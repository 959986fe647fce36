"""Who wants to hear of something by e-mail, and the letters that wait to be sent (peers P10, P106)."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.querysets import FollowQuerySet, OutboxQuerySet


def new_token() -> str:
    return secrets.token_urlsafe(24)


class Follow(models.Model):
    """One address that wants to hear of one thing. Nothing is sent before the owner of the address confirmed it.

    ``kind`` and ``key`` name the thing without knowing its model: this app stands below those that use it.
    """

    kind = models.CharField(_("kind"), max_length=20)
    key = models.CharField(_("what"), max_length=40)
    email = models.EmailField(_("e-mail"), max_length=254)
    language = models.CharField(_("language"), max_length=5, default="th")
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    created_at = models.DateTimeField(_("asked"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        constraints = [models.UniqueConstraint(fields=["kind", "key", "email"], name="follow_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class FollowEvent(models.Model):
    """An event whose followers have their letters in the outbox: written together with them, so never twice."""

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key", "name"], name="follow_event_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.name}"


class OutboxMessage(models.Model):
    """One letter, written in the transaction of what it tells about, sent afterwards.

    ``next_try_at`` is empty once it is sent or given up. The key holds no personal data: it stays, so that the
    same letter is never written again, when address and text are long gone.
    """

    dedupe_key = models.CharField(_("key"), max_length=200, unique=True)
    to = models.EmailField(_("to"), max_length=254, blank=True)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    body = models.TextField(_("text"), blank=True)
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    created_at = models.DateTimeField(_("written"))
    sent_at = models.DateTimeField(_("sent"), null=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try"), null=True)
    last_error = models.CharField(_("error"), max_length=300, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail to send")
        verbose_name_plural = _("e-mails to send")
        ordering = ["-created_at", "-pk"]
        indexes = [
            # Almost every row is sent: the worker must never read through them.
            models.Index(
                fields=["next_try_at", "id"],
                name="outbox_due",
                condition=models.Q(next_try_at__isnull=False),
            ),
            models.Index(fields=["-created_at", "-id"], name="outbox_newest"),
        ]

    def __str__(self) -> str:
        return self.subject or self.dedupe_key

    @property
    def may_leave(self) -> bool:
        """Now, at a further try, or when a person puts it back."""
        return self.sent_at is None and bool(self.to)
