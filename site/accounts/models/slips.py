from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.querysets import AccessSlipQuerySet


class AccessSlip(models.Model):
    """A printed one-time code with which a person sets a password (A003). Only the code's digest is stored."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="access_slips")
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    allowed_tries = models.PositiveSmallIntegerField(default=5)

    objects = AccessSlipQuerySet.as_manager()

    class Meta:
        verbose_name = _("one-time slip")
        verbose_name_plural = _("one-time slips")

    def __str__(self) -> str:
        return f"{self.user_id} {self.made_at:%Y-%m-%d}"
