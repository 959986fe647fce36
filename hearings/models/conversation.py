"""What grows around a published comment: replies, support, reports (peers P47-P53). Layers beside the record."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.enums import Sector
from hearings.enums import ReasonCode, ReportReason, Visibility
from hearings.querysets import ReplyQuerySet, ReportQuerySet


class Reply(models.Model):
    """An answer to a comment, or to a reply to it: two deep and no deeper. Official ones come from staff."""

    hearing = models.ForeignKey("hearings.Hearing", on_delete=models.PROTECT, related_name="replies")
    comment = models.ForeignKey("hearings.Comment", on_delete=models.CASCADE, related_name="replies")
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="replies")
    text = models.TextField(_("text"))
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    is_official = models.BooleanField(_("answer of the office"), default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    idempotency_key = models.UUIDField(unique=True, editable=False)
    edit_code_hash = models.CharField(max_length=64, blank=True, editable=False)
    # Wrong edit codes since the last right one; kept by hearings.services.edit_codes only.
    wrong_codes = models.PositiveIntegerField(default=0, editable=False)
    codes_blocked_until = models.DateTimeField(null=True, editable=False)
    visibility = models.CharField(_("shown"), max_length=10, choices=Visibility.choices)
    created_at = models.DateTimeField(_("sent"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    # Why it is shown or not, once staff decided; the words stay as they were sent.
    reason_code = models.CharField(_("reason"), max_length=20, choices=ReasonCode.choices, blank=True)
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    moderated_at = models.DateTimeField(_("decided"), null=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(fields=["comment", "created_at", "id"], name="reply_of_comment"),
            models.Index(
                fields=["hearing", "created_at"],
                name="reply_waiting",
                condition=Q(visibility=Visibility.PENDING, withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.pk}"


class Support(models.Model):
    """One person stands behind a comment. ``person`` is a keyed hash of the account or the browser, never an address:
    the same person cannot be counted twice and cannot be found from the row."""

    comment = models.ForeignKey("hearings.Comment", on_delete=models.CASCADE, related_name="supports")
    person = models.CharField(max_length=64)
    created_at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("supports")
        constraints = [models.UniqueConstraint(fields=["comment", "person"], name="support_once_per_person")]

    def __str__(self) -> str:
        return f"{self.comment_id}"


class Report(models.Model):
    """Somebody asks staff to look at a comment or at a reply to it."""

    hearing = models.ForeignKey("hearings.Hearing", on_delete=models.CASCADE, related_name="reports")
    comment = models.ForeignKey("hearings.Comment", on_delete=models.CASCADE, related_name="reports")
    reply = models.ForeignKey(Reply, null=True, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(_("reason"), max_length=20, choices=ReportReason.choices)
    text = models.TextField(_("note"), max_length=1000, blank=True)
    person = models.CharField(max_length=64)
    created_at = models.DateTimeField(_("at"))
    settled_at = models.DateTimeField(_("settled"), null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(
                fields=["hearing", "created_at"], name="report_open", condition=Q(settled_at__isnull=True)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "person"], condition=Q(reply__isnull=True), name="report_comment_once"
            ),
            models.UniqueConstraint(
                fields=["reply", "person"], condition=Q(reply__isnull=False), name="report_reply_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.pk}"
