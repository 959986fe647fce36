from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.thaidate import is_thai


class NewsCategory(models.Model):
    """What a piece of news is about in the office's own words: meetings, training, grants (A042, A087)."""

    name = models.CharField(_("name in Thai"), max_length=80, unique=True)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    slug = models.SlugField(_("code"), max_length=60, unique=True, help_text=_("Latin letters; used in the address of the filter."))  # fmt: skip

    class Meta:
        verbose_name = _("news category")
        verbose_name_plural = _("news categories")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def display_name(self) -> str:
        return self.name if is_thai() else self.name_en or self.name
