"""Strategy documents: plans, orders, circulars, rules, manuals and reports with their official particulars."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.fields import StreamField
from wagtail.models import PageManager

from core.blocks import StoryBlock
from core.models import BasePage, TopicItem
from core.pagination import paginate
from core.thaidate import BE
from news.enums import PLAN_TYPES, DocumentStatus, DocumentType
from news.forms.filters import SHORTCUTS, TYPE_HEADINGS, StrategyFilterForm
from news.forms.pages import StrategyDocumentForm
from news.models.attachments import Attachment
from news.querysets import StrategyDocumentQuerySet

# Years are typed and stored in พ.ศ.; 2475 is the first year an office of today could quote.
YEAR_RANGE = [MinValueValidator(2475), MaxValueValidator(2700)]


class StrategyIndexPage(BasePage):
    """All official documents, newest first, with what holds today told apart from what was replaced."""

    template = "pages/strategy_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.StrategyDocument"]
    max_count_per_parent = 1
    page_description = _("The list of plans and official documents.")
    slug_prefix = "strategy"

    content_panels = [*BasePage.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = _("document list")
        verbose_name_plural = _("document lists")

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        readable = StrategyDocument.objects.readable(get_language() or "th")
        form = StrategyFilterForm(request.GET, documents=readable)
        found = form.apply(readable.with_status())
        return {
            **context,
            "filter_form": form,
            "documents": paginate(request, found.for_lists()),
            "shortcuts": [(value, TYPE_HEADINGS[value]) for value in SHORTCUTS],
        }


class StrategyTopic(TopicItem):
    content_object = ParentalKey(
        "news.StrategyDocument", on_delete=models.CASCADE, related_name="topic_items"
    )


class StrategyAttachment(Attachment):
    page = ParentalKey("news.StrategyDocument", on_delete=models.CASCADE, related_name="attachments")


class StrategyDocument(BasePage):
    """One document with number, date, period and edition, a summary on the web and the file (A021-A024, P88)."""

    doc_type = models.CharField(
        pgettext_lazy("document", "type"), max_length=20, choices=DocumentType.choices
    )
    official_number = models.CharField(_("official number"), max_length=60, blank=True)
    official_date = models.DateField(_("official date"), null=True, blank=True, db_index=True)
    issuing_unit = models.CharField(_("issued by"), max_length=200, blank=True)
    approved_by = models.CharField(
        _("approved by"), max_length=200, blank=True, help_text=_("For example: ก.บ.ก. ครั้งที่ 5/2569")
    )
    # Where the law itself was printed (A110): เล่ม, ตอนที่, หน้า, วันที่.
    gazette_volume = models.PositiveSmallIntegerField(_("Gazette: volume"), null=True, blank=True)
    gazette_part = models.CharField(
        _("Gazette: part"), max_length=40, blank=True, help_text=_("For example: 55 ง, or พิเศษ 55 ง")
    )
    gazette_page = models.PositiveIntegerField(_("Gazette: page"), null=True, blank=True)
    gazette_date = models.DateField(_("Gazette: date"), null=True, blank=True)
    start_year = models.PositiveSmallIntegerField(_("first year (พ.ศ.)"), null=True, blank=True, validators=YEAR_RANGE)  # fmt: skip
    end_year = models.PositiveSmallIntegerField(_("last year (พ.ศ.)"), null=True, blank=True, validators=YEAR_RANGE)  # fmt: skip
    revision_year = models.PositiveSmallIntegerField(
        _("revised edition of (พ.ศ.)"), null=True, blank=True, validators=YEAR_RANGE,
        help_text=_("Left empty for a first edition."),
    )  # fmt: skip
    supersedes = models.ForeignKey(
        "self", verbose_name=_("replaces"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="superseded_by",
        help_text=_("The document that no longer holds because of this one."),
    )  # fmt: skip
    change_note = models.CharField(
        _("what changed"),
        max_length=300,
        blank=True,
        help_text=_("Against the edition before, in one sentence."),
    )
    body = StreamField(StoryBlock(), verbose_name=_("summary on the web"), blank=True)
    document = models.ForeignKey(
        "core.CustomDocument", verbose_name=_("file"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    provinces = ParentalManyToManyField(
        "geography.Province", verbose_name=_("provinces"), blank=True, related_name="+",
        help_text=_("None chosen means the whole cluster."),
    )  # fmt: skip
    strategy_issues = ParentalManyToManyField(
        "core.StrategyIssue", verbose_name=_("strategy issues"), blank=True, related_name="+"
    )
    topics = ClusterTaggableManager(through=StrategyTopic, verbose_name=_("topics"), blank=True)

    objects = PageManager.from_queryset(StrategyDocumentQuerySet)()

    base_form_class = StrategyDocumentForm
    template = "pages/strategy_document.html"
    parent_page_types = ["news.StrategyIndexPage"]
    subpage_types: list[str] = []
    page_description = _("A plan, order, circular, rule, manual or report with its file.")
    slug_prefix = "document"

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("doc_type"),
        FieldPanel("document"),
        FieldPanel("body"),
    ]
    detail_panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("official_number"), FieldPanel("official_date")]),
                FieldPanel("issuing_unit"),
                FieldPanel("approved_by"),
            ],
            heading=_("Official particulars"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("gazette_volume"), FieldPanel("gazette_part")]),
                FieldRowPanel([FieldPanel("gazette_page"), FieldPanel("gazette_date")]),
            ],
            heading=_("Printed in the Royal Gazette"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("start_year"), FieldPanel("end_year"), FieldPanel("revision_year")]
                ),
                PageChooserPanel("supersedes"),
                FieldPanel("change_note"),
            ],
            heading=_("Period and edition"),
        ),
        FieldPanel("provinces"),
        FieldPanel("topics"),
        FieldPanel("strategy_issues"),
        InlinePanel("attachments", heading=_("More files"), label=_("File")),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Text and file")),
            ObjectList(detail_panels, heading=_("Number, period, places")),
            ObjectList(BasePage.promote_panels, heading=_("In lists and address")),
        ]
    )

    class Meta:
        verbose_name = _("strategy document")
        verbose_name_plural = _("strategy documents")
        indexes = [models.Index(fields=["doc_type", "-official_date"], name="strategy_type_date")]
        constraints = [
            models.CheckConstraint(
                name="strategy_period_in_order",
                condition=models.Q(end_year__isnull=True)
                | models.Q(start_year__isnull=True)
                | models.Q(end_year__gte=models.F("start_year")),
            )
        ]

    def clean(self) -> None:
        super().clean()
        if self.end_year and not self.start_year:
            raise ValidationError({"start_year": _("Say the first year, too.")})
        if self.start_year and self.end_year and self.end_year < self.start_year:
            raise ValidationError({"end_year": _("The last year must not be before the first.")})
        self._check_chain()

    def _check_chain(self) -> None:
        """A document must not replace itself, not even by way of others: no reader could tell what holds."""
        older, seen = self.supersedes, set()
        while older and older.pk not in seen:
            if self.pk and older.pk == self.pk:
                raise ValidationError(
                    {"supersedes": _("This document would replace itself. Choose the edition before it.")}
                )
            seen.add(older.pk)
            older = older.supersedes

    @property
    def listed_on(self) -> dt.date | None:
        """When it appeared here: an old rule put online today is new to the reader, its own date is not."""
        return timezone.localdate(self.first_published_at) if self.first_published_at else None

    @property
    def kind_label(self) -> str:
        return self.get_doc_type_display()

    @property
    def is_plan(self) -> bool:
        return self.doc_type in PLAN_TYPES

    @property
    def period_query(self) -> str:
        """The list of everything of the same strategy period (A024)."""
        return f"?period={self.start_year}-{self.end_year}"

    @property
    def is_in_gazette(self) -> bool:
        return bool(self.gazette_volume or self.gazette_part or self.gazette_page or self.gazette_date)

    @property
    def in_force_until(self) -> dt.date | None:
        """The last day of the plan's last fiscal year."""
        return dt.date(self.end_year - BE, 9, 30) if self.is_plan and self.end_year else None

    def status(self, today: dt.date, *, superseded: bool) -> DocumentStatus | None:
        """What a reader must know before relying on it. A report is neither in force nor not."""
        if superseded:
            return DocumentStatus.SUPERSEDED
        if self.doc_type == DocumentType.REPORT:
            return None
        if self.in_force_until and self.in_force_until < today:
            return DocumentStatus.ENDED
        return DocumentStatus.IN_FORCE

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        from news.services.editions import editions_of

        context = super().get_context(request, *args, **kwargs)
        editions = editions_of(self)
        newer = [edition for edition in editions if edition.replaces_key == self.translation_key]
        return {
            **context,
            "editions": editions,
            "superseded_by": newer[0] if newer else None,
            "status": self.status(timezone.localdate(), superseded=bool(newer)),
            "attachments": list(self.attachments.select_related("document")) if self.pk else [],
        }
