"""What hangs on a lesson: who it belongs to and the files that prove it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from knowledge.enums import ContributorKind


class LessonContributor(Orderable):
    """Whose lesson it is. A team is named as one, so nobody has to be the hero or the culprit (A213, A266)."""

    lesson = ParentalKey("knowledge.LessonPage", on_delete=models.CASCADE, related_name="contributors")
    kind = models.CharField(_("person or team"), max_length=10, choices=ContributorKind.choices, default=ContributorKind.PERSON)  # fmt: skip
    name = models.CharField(_("name"), max_length=150)
    role = models.CharField(_("part they played"), max_length=150, blank=True)

    panels = [FieldPanel("kind"), FieldPanel("name"), FieldPanel("role")]

    class Meta(Orderable.Meta):
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")

    def __str__(self) -> str:
        return self.name

    @property
    def icon(self) -> str:
        return "people" if self.kind == ContributorKind.TEAM else "hand"


class LessonDocument(Orderable):
    """A file that backs the result: minutes, measurements, photos in a PDF."""

    lesson = ParentalKey("knowledge.LessonPage", on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(_("what it is"), max_length=150)
    document = models.ForeignKey(
        "core.CustomDocument", verbose_name=_("file"), on_delete=models.PROTECT, related_name="+"
    )

    panels = [FieldPanel("title"), FieldPanel("document")]

    class Meta(Orderable.Meta):
        verbose_name = _("evidence file")
        verbose_name_plural = _("evidence files")

    def __str__(self) -> str:
        return self.title
