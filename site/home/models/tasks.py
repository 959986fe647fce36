"""What the provinces of a cluster and the office do together (requirement A258)."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.querysets import SharedTaskQuerySet

TITLE_LENGTH, DETAILS_LENGTH = 200, 2000


class SharedTask(models.Model):
    """One thing to do until one day. Open or late follows the clock; done is a moment, and can be taken back."""

    title = models.CharField(_("task"), max_length=TITLE_LENGTH)
    details = models.TextField(_("details"), max_length=DETAILS_LENGTH, blank=True)
    # Empty: the whole cluster.
    province = models.ForeignKey(
        "geography.Province", verbose_name=_("province"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who does it"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="shared_tasks",
    )  # fmt: skip
    due_on = models.DateField(_("due on"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("done by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    created_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("added by"), null=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    # Digest of the form's key and content: a second press adds nothing.
    once = models.CharField(max_length=64, unique=True, null=True, editable=False)

    objects = SharedTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("shared task")
        verbose_name_plural = _("shared tasks")
        ordering = [models.F("due_on").asc(nulls_last=True), "pk"]
        indexes = [models.Index(fields=["done_at", "due_on"], name="shared_task_open_due")]
        constraints = [
            models.CheckConstraint(
                name="shared_task_done_by_needs_done_at",
                condition=models.Q(done_at__isnull=False) | models.Q(done_by__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    def is_late(self, today: dt.date) -> bool:
        """The due day itself is still in time."""
        return not self.is_done and self.due_on is not None and self.due_on < today
