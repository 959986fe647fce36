from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from core.slugs import ascii_slug
from core.thaidate import is_thai


class Topic(TagBase):
    """A subject people look for, shared by news, hearings, lessons and documents (requirements A187, A235).

    taggit's own slug drops Thai vowels, so two words can become one address; ours is romanised instead.
    """

    name_en = models.CharField(_("name in English"), max_length=100, blank=True)

    free_tagging = False  # topics are one agreed list, kept in the admin

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def display_name(self) -> str:
        return self.name if is_thai() else self.name_en or self.name

    def slugify(self, tag: str, i: int | None = None) -> str:
        slug = ascii_slug(tag, "topic")
        return f"{slug}-{i}" if i else slug


class TopicItem(ItemBase):
    """Base of each page type's link table to topics."""

    tag = models.ForeignKey(Topic, related_name="%(app_label)s_%(class)s_items", on_delete=models.CASCADE)

    class Meta:
        abstract = True
