"""A lesson: what happened, what was learned, what to do next time (requirements A190-A194, A210-A218)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from wagtail.models import PageManager

from core.enums import Level
from core.models import BasePage, TopicItem
from geography.models import Area
from knowledge.enums import (
    SUBAREAS,
    EvidenceLevel,
    LessonKind,
    ProblemArea,
    ProblemSubarea,
    SourceType,
    Visibility,
)
from knowledge.querysets import LessonQuerySet

REVIEW_AFTER_MONTHS = 24  # unused lessons clog a library (lessons.md, E2 and E4)


def default_review_day() -> dt.date:
    """Two years from today; a lesson nobody confirms by then is looked at again."""
    today = timezone.localdate()
    return today.replace(year=today.year + REVIEW_AFTER_MONTHS // 12, day=min(today.day, 28))


class LessonTopic(TopicItem):
    content_object = ParentalKey("knowledge.LessonPage", on_delete=models.CASCADE, related_name="topic_items")


class LessonPage(BasePage):
    """The four questions of an after-action review, in plain words and without blame (A266).

    Five fields are needed to hand a lesson in; the reviewer completes the others before it is published
    (``knowledge.forms`` says which). Texts are plain: one paragraph, or one step, a line.
    """

    summary = models.TextField(
        _("summary in three lines"), max_length=300, blank=True,
        help_text=_("What happened and what to do, for lists, search and LINE. Up to 300 characters."),
    )  # fmt: skip
    kind = models.CharField(_("kind of lesson"), max_length=20, choices=LessonKind.choices)

    goal = models.TextField(_("what was the goal"), max_length=3000, blank=True)
    what_happened = models.TextField(_("what really happened"), max_length=6000)
    cause = models.TextField(_("why was it different"), max_length=3000, blank=True)
    lesson = models.TextField(_("what was learned"), max_length=3000)
    recommendation = models.TextField(
        _("what to do next time"), max_length=4000,
        help_text=_("One step a line, starting with a verb. Words before a colon stand out: “Walk the line: with every owner”."),
    )  # fmt: skip

    context = models.TextField(_("where it works"), max_length=2000, blank=True)
    context_limits = models.TextField(_("where it may not work"), max_length=2000, blank=True)
    success_factors = models.TextField(_("what helped"), max_length=3000, blank=True)
    obstacles = models.TextField(_("what stood in the way"), max_length=3000, blank=True)

    result_evidence = models.TextField(_("result and proof"), max_length=3000, blank=True)
    evidence_level = models.CharField(
        _("how sure we are"), max_length=20, choices=EvidenceLevel.choices, blank=True
    )
    comparison = models.TextField(
        _("compared with"), max_length=1000, blank=True,
        help_text=_("The area that did not do it, and how it did in the same time (requirement A218)."),
    )  # fmt: skip

    problem_area = models.CharField(
        _("kind of problem"), max_length=20, choices=ProblemArea.choices, blank=True
    )
    problem_subarea = models.CharField(
        _("problem"), max_length=20, choices=ProblemSubarea.choices, blank=True
    )
    level = models.CharField(_("level"), max_length=20, choices=Level.choices, blank=True)
    strategy_issue = models.CharField(_("strategic issue"), max_length=200, blank=True)
    topics = ClusterTaggableManager(through=LessonTopic, verbose_name=_("topics"), blank=True)

    province = models.ForeignKey("geography.Province", verbose_name=_("province"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")  # fmt: skip
    district = models.ForeignKey("geography.District", verbose_name=_("district"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")  # fmt: skip
    subdistrict = models.ForeignKey("geography.Subdistrict", verbose_name=_("sub-district"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")  # fmt: skip
    period_start = models.DateField(_("from"), null=True, blank=True)
    period_end = models.DateField(_("until"), null=True, blank=True)
    budget_used = models.DecimalField(
        _("budget used (baht)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    source_type = models.CharField(
        _("where it came up"), max_length=20, choices=SourceType.choices, blank=True
    )
    sectors_involved = models.JSONField(_("sectors involved"), default=list, blank=True)
    partner_agencies = models.TextField(
        _("partner agencies"), max_length=1000, blank=True, help_text=_("One a line.")
    )

    recorded_by = models.CharField(
        _("written down by"), max_length=150, blank=True,
        help_text=_("If somebody else wrote it down for the owner of the lesson."),
    )  # fmt: skip
    contact_person = models.CharField(_("who to ask"), max_length=150, blank=True)
    contact_phone = models.CharField(_("their telephone"), max_length=40, blank=True)
    contact_consent = models.BooleanField(_("they agreed to be shown"), default=False)
    anonymise = models.BooleanField(
        _("hide all names"), default=False,
        help_text=_("Names of people and teams are not shown anywhere. Leave the place empty to hide it too."),
    )  # fmt: skip
    names_checked = models.BooleanField(
        _("I read the text and took out the names"), default=False,
        help_text=_("Needed for a point of caution: it is told so that nobody stumbles again, not to find who did."),
    )  # fmt: skip

    visibility = models.CharField(_("who may read it"), max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC, db_index=True)  # fmt: skip
    review_by = models.DateField(_("look at it again by"), default=default_review_day)
    supersedes = models.ForeignKey("self", verbose_name=_("takes the place of"), null=True, blank=True, on_delete=models.SET_NULL, related_name="newer")  # fmt: skip

    objects = PageManager.from_queryset(LessonQuerySet)()

    template = "pages/lesson_page.html"
    parent_page_types = ["knowledge.LibraryPage"]
    subpage_types: list[str] = []
    page_description = _("What somebody tried, what came of it and what to do next time.")
    slug_prefix = "lesson"

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def clean(self) -> None:
        super().clean()
        errors = {**self._problem_errors(), **self._place_errors(), **self._period_errors()}
        if errors:
            raise ValidationError(errors)

    def _problem_errors(self) -> dict:
        if self.problem_subarea and self.problem_subarea not in SUBAREAS.get(self.problem_area, ()):
            return {"problem_subarea": _("This problem does not belong to the kind of problem chosen above.")}
        return {}

    def _place_errors(self) -> dict:
        """Codes nest: 660304 lies in 6603 in 66."""
        pairs = [("district", "province", 2), ("subdistrict", "district", 4)]
        for name, outer, digits in pairs:
            code, outer_code = getattr(self, f"{name}_id"), getattr(self, f"{outer}_id")
            if code and code[:digits] != outer_code:
                return {name: _("This place does not lie in the one chosen above.")}
        return {}

    def _period_errors(self) -> dict:
        if self.period_start and self.period_end and self.period_end < self.period_start:
            return {"period_end": _("The end is before the beginning.")}
        return {}

    @property
    def is_caution(self) -> bool:
        return self.kind == LessonKind.CAUTION

    @property
    def place(self) -> Area | None:
        """The smallest area named."""
        return self.subdistrict or self.district or self.province
