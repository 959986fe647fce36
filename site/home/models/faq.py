"""Questions people ask, in both languages (requirements A007, A008)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.thaidate import is_thai
from home.querysets import FaqEntryQuerySet


class FaqCategory(models.Model):
    name = models.CharField(_("name in Thai"), max_length=100, unique=True)
    name_en = models.CharField(_("name in English"), max_length=100, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("category of questions")
        verbose_name_plural = _("categories of questions")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def display_name(self) -> str:
        return self.name if is_thai() else self.name_en or self.name


class FaqEntry(models.Model):
    category = models.ForeignKey(
        FaqCategory, verbose_name=_("category"), on_delete=models.PROTECT, related_name="entries"
    )
    question = models.CharField(_("question in Thai"), max_length=250)
    answer = models.TextField(_("answer in Thai"), max_length=4000)
    question_en = models.CharField(_("question in English"), max_length=250, blank=True)
    answer_en = models.TextField(_("answer in English"), max_length=4000, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_published = models.BooleanField(_("published"), default=False)
    updated_at = models.DateTimeField(_("last updated"), auto_now=True)

    objects = FaqEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("question and answer")
        verbose_name_plural = _("questions and answers")
        ordering = ["category__order", "order", "pk"]

    def __str__(self) -> str:
        return self.question

    @property
    def in_thai(self) -> bool:
        """Whether the reader gets the Thai text: it is complete or it is not shown as English."""
        return is_thai() or not (self.question_en and self.answer_en)

    @property
    def display_question(self) -> str:
        return self.question if self.in_thai else self.question_en

    @property
    def display_answer(self) -> str:
        return self.answer if self.in_thai else self.answer_en

    @property
    def anchor(self) -> str:
        return f"faq-{self.pk}"
