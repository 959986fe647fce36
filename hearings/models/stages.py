from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hearings.enums import NoticeKind, Stage
from hearings.models.drafts import DraftVersion
from hearings.models.notices import FORM, Amendment, Notice, disclosed_label


class StageChangeQuerySet(models.QuerySet["StageChange"]):
    def told(self) -> StageChangeQuerySet:
        """With what was done, for steps that leave the stage as it is: the paper, the version or the correction that
        was written at the same moment. The log itself is never rewritten."""
        same, moment = {"hearing": OuterRef("hearing")}, OuterRef("at")
        papers = Notice.objects.filter(**same, issued_at=moment)
        corrections = Amendment.objects.filter(**same, at=moment)
        versions = DraftVersion.objects.filter(**same, published_at=moment)
        return self.annotate(
            paper_kind=Subquery(papers.order_by("pk").values("kind")[:1]),
            corrected=Subquery(corrections.order_by("pk").values("field")[:1]),
            version=Subquery(versions.order_by("pk").values("number")[:1]),
        )

    def cancellation(self) -> StageChange | None:
        """Of one hearing: when and why it was called off."""
        return self.filter(to_stage=Stage.CANCELLED).order_by("-at").first()


class StageChange(models.Model):
    """Who moved a hearing, when and why. Also kept for steps that leave the stage as it is (a new closing time)."""

    hearing = models.ForeignKey("hearings.Hearing", on_delete=models.CASCADE, related_name="stage_changes")
    from_stage = models.CharField(_("from"), max_length=20, choices=Stage.choices)
    to_stage = models.CharField(_("to"), max_length=20, choices=Stage.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("at"))
    reason = models.TextField(_("reason"), max_length=1000, blank=True)

    objects = StageChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of stage")
        verbose_name_plural = _("changes of stage")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.hearing_id} {self.from_stage} > {self.to_stage}"

    paper_kind: str | None
    corrected: str | None
    version: int | None

    @property
    def done(self) -> str:
        """What was done, in words; for rows read with ``told``."""
        if self.from_stage != self.to_stage:
            return f"{self.get_from_stage_display()} → {self.get_to_stage_display()}"
        if self.corrected == FORM:
            return gettext("What was changed in the form")
        if self.version:
            return gettext("New version of the draft: %(number)s") % {"number": self.version}
        if self.paper_kind:
            kind = str(NoticeKind(self.paper_kind).label)
            return f"{kind}: {disclosed_label(self.corrected)}" if self.corrected else kind
        return gettext("Change, still %(stage)s") % {"stage": self.get_to_stage_display()}
