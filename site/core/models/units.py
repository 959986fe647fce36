from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.thaidate import is_thai


class ResponsibleUnit(models.Model):
    """A unit that answers for a page (requirements A023, A085: a page may have several)."""

    name = models.CharField(_("name in Thai"), max_length=200, unique=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    class Meta:
        verbose_name = _("responsible unit")
        verbose_name_plural = _("responsible units")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def display_name(self) -> str:
        return self.name if is_thai() else self.name_en or self.name
