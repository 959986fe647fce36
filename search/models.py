"""What people looked for and did not find: the office's list of what to write next."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from search.querysets import SearchQueryQuerySet

LONGEST_LOGGED = 100


class SearchQuery(models.Model):
    """A question without an answer, counted by day. Nothing about who asked is kept (docs/search.md)."""

    text = models.CharField(_("words"), max_length=LONGEST_LOGGED)
    day = models.DateField(_("day"))
    hits = models.PositiveIntegerField(_("results"), default=0)
    count = models.PositiveIntegerField(_("times"), default=1)

    objects = SearchQueryQuerySet.as_manager()

    class Meta:
        verbose_name = _("search without result")
        verbose_name_plural = _("searched but not found")
        ordering = ["-day", "-count", "text"]
        constraints = [models.UniqueConstraint(fields=["day", "text"], name="search_query_once_a_day")]

    def __str__(self) -> str:
        return self.text
