from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.thaidate import is_thai


class StrategyIssue(models.Model):
    """A numbered development issue of the cluster's plan (ประเด็นการพัฒนา); pages of every kind point at it (A117)."""

    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title in Thai"), max_length=250)
    title_en = models.CharField(_("title in English"), max_length=250, blank=True)
    period_start = models.PositiveSmallIntegerField(_("first year (พ.ศ.)"))
    period_end = models.PositiveSmallIntegerField(_("last year (พ.ศ.)"))

    class Meta:
        verbose_name = _("strategy issue")
        verbose_name_plural = _("strategy issues")
        ordering = ["-period_start", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["period_start", "number"], name="strategy_issue_number_once_a_period"
            ),
            models.CheckConstraint(
                name="strategy_issue_period_in_order",
                condition=models.Q(period_end__gte=models.F("period_start")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def display_title(self) -> str:
        return self.title if is_thai() else self.title_en or self.title

    @property
    def numbered_title(self) -> str:
        """``1. บริหารจัดการน้ำ`` in the reader's language, as the plan itself counts."""
        return f"{self.number}. {self.display_title}"
