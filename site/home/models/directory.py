"""Links to other offices and the agency directory (requirements A019, A029, A040, A041)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.sorting import thai_key
from core.thaidate import is_thai
from home.enums import AgencyKind, LinkCategory
from home.querysets import AgencyQuerySet, DirectoryLinkQuerySet


class DirectoryLink(models.Model):
    title = models.CharField(_("title in Thai"), max_length=150)
    title_en = models.CharField(_("title in English"), max_length=150, blank=True)
    note = models.CharField(_("what is there, in Thai"), max_length=250, blank=True)
    note_en = models.CharField(_("what is there, in English"), max_length=250, blank=True)
    url = models.URLField(_("address"), unique=True)
    category = models.CharField(_("category"), max_length=12, choices=LinkCategory.choices)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    # Written by the command check_links, read by editors.
    last_checked_at = models.DateTimeField(_("last checked"), null=True, blank=True, editable=False)
    is_ok = models.BooleanField(_("works"), null=True, editable=False)
    problem = models.CharField(_("problem"), max_length=200, blank=True, editable=False)

    objects = DirectoryLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["category", "order", "title"]

    def __str__(self) -> str:
        return self.title

    @property
    def display_title(self) -> str:
        return self.title if is_thai() else self.title_en or self.title

    @property
    def display_note(self) -> str:
        return self.note if is_thai() else self.note_en or self.note


class Agency(models.Model):
    """An office, a local government or a body that takes part."""

    name = models.CharField(_("name in Thai"), max_length=200, unique=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=15, choices=AgencyKind.choices)
    province = models.ForeignKey(
        "geography.Province", verbose_name=_("province"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    url = models.URLField(_("address"), blank=True)
    sort_key = models.CharField(max_length=250, editable=False, db_index=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        # The database sorts by code point, which puts every leading vowel behind ฮ.
        self.sort_key = thai_key(self.name)[0][:250]
        super().save(*args, **kwargs)

    @property
    def display_name(self) -> str:
        return self.name if is_thai() else self.name_en or self.name
