"""Questions asked inside the comment form, and what people answered (peers P25-P27, P124).

A question that has been answered is never rewritten: a change makes the next QuestionRevision, and every answer
stays with the revision its author read. What a revision may hold is checked in hearings.services.questions.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.thaidate import is_thai
from hearings.enums import QuestionKind

if TYPE_CHECKING:
    from hearings.models.pages import Hearing


class QuestionQuerySet(models.QuerySet):
    def asked(self, hearing: Hearing) -> list[QuestionRevision]:
        """What the form asks now: the newest revision of each question that was not taken out. One query."""
        newest: dict[int, QuestionRevision] = {}
        revisions = QuestionRevision.objects.filter(
            question__hearing=hearing, question__removed_at__isnull=True
        ).select_related("question")
        for revision in revisions.order_by("question__order", "question_id", "number"):
            newest[revision.question_id] = revision
        return list(newest.values())


class Question(models.Model):
    """One question of a hearing through all its revisions. ``key`` is what forms and show-if rules name it by."""

    hearing = models.ForeignKey("hearings.Hearing", on_delete=models.CASCADE, related_name="questions")
    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    removed_at = models.DateTimeField(_("taken out"), null=True, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["hearing", "order", "pk"]

    def __str__(self) -> str:
        return str(self.key)


class QuestionRevision(models.Model):
    """How a question was put from a moment on.

    ``options`` and ``rows`` are lists of {"key": "a1", "label": "...", "label_en": "..."}; a key stays when its label
    is corrected. ``limits`` holds what the kind needs: min, max, most, longest, and the words min_label, max_label and
    unit, each also as ``..._en``.
    ``show_if`` is {} or {"question": "<key>", "options": ["a1", ...]}.
    """

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField(_("revision"))
    kind = models.CharField(_("kind"), max_length=12, choices=QuestionKind.choices)
    text = models.CharField(_("question"), max_length=300)
    text_en = models.CharField(_("question in English"), max_length=300, blank=True)
    help = models.CharField(_("help"), max_length=300, blank=True)
    help_en = models.CharField(_("help in English"), max_length=300, blank=True)
    is_required = models.BooleanField(_("must be answered"), default=False)
    options = models.JSONField(_("answers to choose from"), default=list, blank=True)
    rows = models.JSONField(_("rows"), default=list, blank=True)
    limits = models.JSONField(_("limits"), default=dict, blank=True)
    show_if = models.JSONField(_("asked only if"), default=dict, blank=True)
    created_at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("revision of a question")
        verbose_name_plural = _("revisions of questions")
        ordering = ["question", "number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="question_revision_number")
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def shown_text(self) -> str:
        """In the reader's language, Thai where there is no English."""
        return self.text if is_thai() else self.text_en or self.text

    @property
    def shown_help(self) -> str:
        return self.help if is_thai() else self.help_en or self.help

    def option_labels(self) -> dict[str, str]:
        return _labels(self.options)

    def row_labels(self) -> dict[str, str]:
        return _labels(self.rows)

    def limit_words(self, name: str) -> str:
        """Of min_label, max_label or unit, in the reader's language."""
        thai = self.limits.get(name) or ""
        return thai if is_thai() else self.limits.get(f"{name}_en") or thai

    def limit(self, name: str, default: int) -> int:
        return int(self.limits.get(name, default))


def _labels(lines: list[dict[str, str]]) -> dict[str, str]:
    thai = is_thai()
    return {line["key"]: line["label"] if thai else line.get("label_en") or line["label"] for line in lines}


class Answer(models.Model):
    """What one submission answers to one question. ``value`` is the whole answer; choices are also rows, to count."""

    submission = models.ForeignKey("hearings.Submission", on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    revision = models.ForeignKey(QuestionRevision, on_delete=models.PROTECT, related_name="answers")
    value = models.JSONField(_("answer"))
    created_at = models.DateTimeField(_("sent"))
    superseded_at = models.DateTimeField(_("replaced"), null=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "question"],
                condition=Q(superseded_at__isnull=True),
                name="answer_once_per_question",
            )
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.question_id}"


class AnswerChoice(models.Model):
    """One chosen option: of a matrix for one row, of a ranking with its place (1 = first)."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="choices")
    option_key = models.CharField(max_length=12)
    row_key = models.CharField(max_length=12, blank=True)
    place = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name = _("chosen answer")
        verbose_name_plural = _("chosen answers")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.answer_id} {self.row_key} {self.option_key}"
