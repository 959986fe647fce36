"""How content people are with the way they were heard (requirements A181)."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

WORST, BEST = 1, 5


class Satisfaction(models.Model):
    """One mark of a receipt, beside the record and never in it. Says nothing about whom: it goes with the submission."""

    submission = models.OneToOneField(
        "hearings.Submission", on_delete=models.CASCADE, related_name="satisfaction"
    )
    score = models.PositiveSmallIntegerField(
        _("mark"), validators=[MinValueValidator(WORST), MaxValueValidator(BEST)]
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("satisfaction")
        verbose_name_plural = _("satisfaction")
        constraints = [
            models.CheckConstraint(
                name="satisfaction_one_to_five", condition=models.Q(score__gte=WORST, score__lte=BEST)
            )
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.score}"
