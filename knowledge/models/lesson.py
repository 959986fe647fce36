"""A lesson: what happened, what was learned, what to do next time (requirements A190-A194, A210-A218)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.models import PageManager

from accounts.roles import is_staff_member
from core.digits import to_arabic
from core.enums import Level, Sector
from core.models import BasePage, Topic, TopicItem
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
from knowledge.forms.pages import LessonPageForm
from knowledge.models.parts import LessonContributor, LessonDocument
from knowledge.querysets import LessonQuerySet

if TYPE_CHECKING:
    from accounts.permissions import Person

ELSEWHERE = 3
STANDOUT_LENGTH = 80
REVIEW_AFTER_MONTHS = 24  # unused lessons clog a library (lessons.md, E2 and E4)


def default_review_day() -> dt.date:
    """Two years from today; a lesson nobody confirms by then is looked at again."""
    today = timezone.localdate()
    return today.replace(year=today.year + REVIEW_AFTER_MONTHS // 12, day=min(today.day, 28))


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def step_parts(line: str) -> tuple[str, str]:
    """``Walk the line: with every owner`` -> both parts; a line without a colon is all plain."""
    head, colon, rest = line.partition(":")
    return (head.strip(), rest.strip()) if colon and len(head) <= STANDOUT_LENGTH else ("", line)


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
        help_text=_("The area that did not do it, and how it did in the same time."),
    )  # fmt: skip

    problem_area = models.CharField(
        _("kind of problem"), max_length=20, choices=ProblemArea.choices, blank=True
    )
    problem_subarea = models.CharField(
        _("problem"), max_length=20, choices=ProblemSubarea.choices, blank=True
    )
    level = models.CharField(_("level"), max_length=20, choices=Level.choices, blank=True)
    strategy_issues = ParentalManyToManyField(
        "core.StrategyIssue", verbose_name=_("strategy issues"), blank=True, related_name="+"
    )
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

    base_form_class = LessonPageForm
    story_panels = [
        *BasePage.content_panels,
        FieldPanel("kind"),
        MultiFieldPanel(
            [
                FieldPanel("goal"),
                FieldPanel("what_happened"),
                FieldPanel("cause"),
                FieldPanel("lesson"),
                FieldPanel("recommendation"),
            ],
            heading=_("The four questions"),
        ),
        MultiFieldPanel([FieldPanel("anonymise"), FieldPanel("names_checked")], heading=_("Names")),
    ]
    library_panels = [
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("problem_area"),
                FieldPanel("problem_subarea"),
                FieldPanel("topics"),
                FieldPanel("level"),
                FieldPanel("strategy_issues", widget=CheckboxSelectMultiple),
            ],
            heading=_("What it is about"),
        ),
        MultiFieldPanel([FieldPanel("context"), FieldPanel("context_limits")], heading=_("Where it works")),
        MultiFieldPanel(
            [FieldPanel("result_evidence"), FieldPanel("evidence_level"), FieldPanel("comparison")],
            heading=_("How sure we are"),
        ),
        InlinePanel("documents", heading=_("Evidence files"), label=_("Evidence file")),
        MultiFieldPanel(
            [FieldPanel("province"), FieldPanel("district"), FieldPanel("subdistrict")], heading=_("Place")
        ),
    ]
    people_panels = [
        InlinePanel("contributors", heading=_("Whose lesson it is"), label=_("Person or team")),
        FieldPanel("recorded_by"),
        MultiFieldPanel(
            [FieldPanel("contact_person"), FieldPanel("contact_phone"), FieldPanel("contact_consent")],
            heading=_("Who to ask"),
        ),
        FieldPanel("visibility"),
    ]
    more_panels = [
        FieldPanel("success_factors"),
        FieldPanel("obstacles"),
        MultiFieldPanel([FieldPanel("period_start"), FieldPanel("period_end")], heading=_("When it was")),
        FieldPanel("budget_used"),
        FieldPanel("source_type"),
        FieldPanel("sectors_involved"),
        FieldPanel("partner_agencies"),
        FieldPanel("review_by"),
        FieldPanel("supersedes"),
    ]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("listing_image"), FieldPanel("social_title")], heading=_("In lists and when shared")
        ),
        *BasePage.promote_panels[1:],
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(story_panels, heading=_("The lesson")),
            ObjectList(library_panels, heading=_("Before publishing")),
            ObjectList(people_panels, heading=_("People")),
            ObjectList(more_panels, heading=_("More")),
            ObjectList(promote_panels, heading=_("In lists and address")),
        ]
    )

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def clean(self) -> None:
        super().clean()
        errors = {**self._problem_errors(), **self._place_errors(), **self._period_errors()}
        if errors:
            raise ValidationError(errors)

    def _problem_errors(self) -> dict:
        subareas = SUBAREAS.get(cast(ProblemArea, self.problem_area), ())
        if self.problem_subarea and self.problem_subarea not in subareas:
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

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """A lesson of the network asks for sign-in; one for the office does not exist for others."""
        if not getattr(request, "is_preview", False) and not self.readable_by(request.user):
            if self.visibility == Visibility.NETWORK:
                return redirect_to_login(request.get_full_path())
            raise Http404
        return super().serve(request, *args, **kwargs)

    def readable_by(self, user: Person) -> bool:
        """The same rule as ``LessonQuerySet.visible_to``, for one lesson already at hand."""
        if self.visibility == Visibility.PUBLIC or is_staff_member(user):
            return True
        return self.visibility == Visibility.NETWORK and user.is_authenticated

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        topics = [topic.pk for topic in self.topic_list]
        readable = LessonPage.objects.readable(get_language() or "th")
        elsewhere = list(
            readable.in_other_provinces(self, topics).select_related("province", "locale")[:ELSEWHERE]
        )
        newer = LessonPage.objects.live().public().visible_to(request.user).filter(supersedes=self.pk)
        return {
            **context,
            "elsewhere": elsewhere,
            "newer": newer.first(),
        }

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list:
        return super().get_sitemap_urls(request) if self.visibility == Visibility.PUBLIC else []

    @cached_property
    def topic_list(self) -> list[Topic]:
        """Read once; tags, similar lessons and search all need them."""
        return [item.tag for item in self.topic_items.select_related("tag")]

    @property
    def steps(self) -> list[tuple[str, str]]:
        """The recommendation as (words that stand out, the rest), one a line."""
        return [step_parts(line) for line in lines(self.recommendation)]

    @property
    def named_contributors(self) -> list[LessonContributor]:
        """Nobody, where names are hidden: no template, feed or search can forget to ask."""
        return [] if self.anonymise else list(self.contributors.all())

    @property
    def evidence_files(self) -> list[LessonDocument]:
        return list(self.documents.select_related("document"))

    @property
    def partners(self) -> list[str]:
        return [] if self.anonymise else lines(self.partner_agencies)

    @property
    def recorder(self) -> str:
        return "" if self.anonymise else self.recorded_by

    @property
    def may_be_called(self) -> bool:
        """The owner agreed and can be named (A210)."""
        return bool(self.contact_consent and self.contact_person and not self.anonymise)

    @property
    def contact_phone_link(self) -> str:
        return "".join(c for c in to_arabic(self.contact_phone) if c.isdigit() or c == "+")

    @property
    def sector_labels(self) -> list[object]:
        return [Sector(value).label for value in self.sectors_involved if value in Sector.values]

    @property
    def budget_text(self) -> str:
        """``150,000``; satang only where there are any."""
        return f"{self.budget_used:,.2f}".removesuffix(".00") if self.budget_used else ""

    @property
    def evidence_rungs(self) -> list[bool]:
        """Five rungs, true up to the one reached."""
        reached = EvidenceLevel(self.evidence_level).rung if self.evidence_level else 0
        return [number < reached for number in range(len(EvidenceLevel))]

    @property
    def rung(self) -> int:
        return sum(self.evidence_rungs)

    @property
    def place_line(self) -> str:
        """``อ.บางมูลนาก จ.พิจิตร`` or ``Bang Mun Nak, Phichit`` for lists, "" where no place is named."""
        separator = " " if (get_language() or "th").startswith("th") else ", "
        return separator.join(area.short_name for area in (self.district, self.province) if area)

    @property
    def is_caution(self) -> bool:
        return self.kind == LessonKind.CAUTION

    @property
    def place(self) -> Area | None:
        """The smallest area named."""
        return self.subdistrict or self.district or self.province
