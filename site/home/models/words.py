"""Words of plans and offices in plain language (requirements A178: local government does not follow the terms)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import nearby
from core.thaidate import is_thai

NEARBY_KEY = "glossary"
DIGEST_KEY = "glossary-digest"


class GlossaryWord(models.Model):
    word = models.CharField(
        _("word in Thai"), max_length=80, unique=True,
        help_text=_("Write it whole, as it stands in plans: short pieces are found inside other words."),
    )  # fmt: skip
    also = models.CharField(
        _("also written"), max_length=200, blank=True, help_text=_("Other forms, with commas between them.")
    )
    word_en = models.CharField(_("word in English"), max_length=80, blank=True)
    meaning = models.TextField(_("meaning in plain Thai"), max_length=400)
    meaning_en = models.TextField(_("meaning in plain English"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("explained word")
        verbose_name_plural = _("explained words")
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        _forget()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **kwargs)
        _forget()
        return deleted

    @property
    def forms(self) -> list[str]:
        """All ways it is written."""
        return [form.strip() for form in (self.word, *self.also.split(",")) if form.strip()]

    @property
    def in_thai(self) -> bool:
        return is_thai() or not self.meaning_en

    @property
    def display_meaning(self) -> str:
        return self.meaning if self.in_thai else self.meaning_en

    @property
    def anchor(self) -> str:
        return f"word-{self.pk}"


def _forget() -> None:
    nearby.forget(NEARBY_KEY)
    nearby.forget(DIGEST_KEY)
