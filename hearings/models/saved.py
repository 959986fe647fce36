"""A half-written form kept for its author, to go on with another device (peers P43)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedForm(models.Model):
    """Found by a code only its author has; swept away after hearings.rules.saved_form_days()."""

    hearing = models.ForeignKey("hearings.Hearing", on_delete=models.CASCADE, related_name="saved_forms")
    code_hash = models.CharField(max_length=64, unique=True)
    form_key = models.UUIDField(_("key of the form"), unique=True)
    data = models.TextField(_("what was typed"))  # the posted fields, url-encoded
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("saved form")
        verbose_name_plural = _("saved forms")
        ordering = ["saved_at"]

    def __str__(self) -> str:
        return f"{self.hearing_id} {self.saved_at:%Y-%m-%d}"
