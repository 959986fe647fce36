"""The hearing and the list of hearings."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.models import Locale, Page
from wagtail.search import index

from core.blocks import StoryBlock
from core.models import BasePage, TopicItem
from core.thaidate import is_thai, local_day
from hearings import rules
from hearings.blocks import DraftBlock as DraftStreamBlock
from hearings.blocks import PlainSummaryBlock
from hearings.editor import ANNOUNCED_ROWS, FROZEN_FIELDS, HearingForm, is_announced
from hearings.enums import HearingKind, HearingState, ModerationMode, Stage, WhoMay
from hearings.models.drafts import NEWEST_SECTIONS, DraftVersion
from hearings.page_permissions import HearingPermissionTester
from hearings.panels import HEARING_PANELS
from hearings.querysets import PUBLIC_STAGES, RESULT_STAGES, HearingManager

if TYPE_CHECKING:
    from accounts.models import User

# Moved by services only. An old revision in the editor must never bring an old stage back.
SERVICE_FIELDS = (
    "stage",
    "announced_at",
    "force_closed_at",
    "force_closed_reason",
    "result_published_at",
    "short_notice_reason",
    "short_notice_approver",
    "preview_key",
)


class HearingTopic(TopicItem):
    content_object = ParentalKey("hearings.Hearing", on_delete=models.CASCADE, related_name="topic_items")


class HearingIndexPage(BasePage):
    """All hearings: open, opening soon, closed, with their results."""

    template = "pages/hearing_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["hearings.Hearing"]
    max_count_per_parent = 1
    page_description = _("The list of public hearings.")
    slug_prefix = "hearings"

    class Meta:
        verbose_name = _("list of hearings")


class Hearing(BasePage):
    """One public hearing.

    ``stage`` is how far staff moved it; what readers meet is ``state(now)``, which follows the clock, so that
    nothing opens late because a scheduler slept (design.md, decision 2). The draft that people comment on is the
    frozen DraftVersion, never the ``draft`` field itself (decision 3).
    """

    code = models.CharField(
        _("code"), max_length=40, unique=True, null=True, blank=True, help_text=_("For example นว-2569-014.")
    )
    kind = models.CharField(
        _("kind"), max_length=10, choices=HearingKind.choices, default=HearingKind.PROJECT
    )
    stage = models.CharField(
        _("stage"), max_length=20, choices=Stage.choices, default=Stage.DRAFT, editable=False
    )
    announced_at = models.DateTimeField(_("announced at"), null=True, editable=False)

    title_en = models.CharField(_("title in English"), max_length=255, blank=True)
    summary_en = models.TextField(_("summary in English"), max_length=400, blank=True)
    plain_summary = StreamField(
        PlainSummaryBlock(),
        verbose_name=_("plain summary"),
        blank=True,
        help_text=_("What is done, who gains, who suffers, what it costs, who does it: in everyday words."),
    )
    intro = StreamField(StoryBlock(), verbose_name=_("introduction"), blank=True)
    affected_people = models.TextField(_("people affected"), max_length=2000, blank=True)
    impacts = models.TextField(_("impacts"), max_length=4000, blank=True)
    mitigation = models.TextField(_("prevention and remedy"), max_length=4000, blank=True)
    # The eight items of ข้อ 7 (R4); item 7 is affected_people, impacts and mitigation above. Frozen when announced.
    necessity = models.TextField(_("reasons and objective"), max_length=4000, blank=True)
    essence = models.TextField(_("substance of the matter"), max_length=4000, blank=True)
    operator = models.TextField(_("who carries it out"), max_length=1000, blank=True)
    site = models.TextField(_("place"), max_length=2000, blank=True)
    timetable = models.TextField(_("steps and duration"), max_length=4000, blank=True)
    outputs = models.TextField(_("outputs and outcomes"), max_length=4000, blank=True)
    cost = models.TextField(_("estimated cost and source of the money"), max_length=2000, blank=True)
    how_to_comment = models.TextField(_("how to get and return a paper form"), max_length=1000, blank=True)
    signer_name = models.CharField(_("who signs the announcement"), max_length=160, blank=True)
    signer_position = models.CharField(_("position of the signer"), max_length=200, blank=True)
    no_posting_reason = models.TextField(_("why there is no posting at the site"), max_length=500, blank=True)
    short_notice_reason = models.TextField(
        _("why the notice is short"), max_length=1000, blank=True, editable=False
    )
    short_notice_approver = models.CharField(
        _("who approved the short notice"), max_length=200, blank=True, editable=False
    )
    preview_key = models.UUIDField(_("key of the secret preview"), null=True, editable=False)
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True, default=rules.LEGAL_BASIS)
    lead_agency = models.CharField(_("lead agency"), max_length=200, blank=True)
    notice_number = models.CharField(_("number of the announcement"), max_length=60, blank=True)
    notice_published_at = models.DateField(
        _("announcement posted on"),
        null=True,
        blank=True,
        help_text=_("The day the announcement was put up. Left empty, it is the day you announce here."),
    )

    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    force_closed_at = models.DateTimeField(_("closed early at"), null=True, editable=False)
    force_closed_reason = models.TextField(
        _("why it was closed early"), max_length=500, blank=True, editable=False
    )
    moderation_mode = models.CharField(
        _("moderation"), max_length=10, choices=ModerationMode.choices, default=ModerationMode.POST
    )

    # On the website only: paper, the telephone and the counter stay open to everyone (hearings.services.taking_part).
    who_may_comment = models.CharField(
        _("who may comment on the website"), max_length=10, choices=WhoMay.choices, default=WhoMay.EVERYONE
    )
    who_may_support = models.CharField(
        _("who may support comments"), max_length=10, choices=WhoMay.choices, default=WhoMay.EVERYONE
    )

    provinces = ParentalManyToManyField(
        "geography.Province", verbose_name=_("provinces"), blank=True, related_name="hearings"
    )
    districts = ParentalManyToManyField(
        "geography.District", verbose_name=_("districts"), blank=True, related_name="hearings"
    )
    strategy_issues = ParentalManyToManyField(
        "core.StrategyIssue", verbose_name=_("strategy issues"), blank=True, related_name="+"
    )
    topics = ClusterTaggableManager(through=HearingTopic, verbose_name=_("topics"), blank=True)

    draft = StreamField(
        DraftStreamBlock(),
        verbose_name=_("sections of the draft"),
        blank=True,
        help_text=_("One block for each point. The text is frozen when the hearing is announced."),
    )
    result_body = StreamField(StoryBlock(), verbose_name=_("result"), blank=True)
    result_published_at = models.DateTimeField(_("result published at"), null=True, editable=False)

    objects = HearingManager()

    template = "pages/hearing_page.html"
    parent_page_types = ["hearings.HearingIndexPage"]
    subpage_types: list[str] = []
    page_description = _("A matter people are asked about: draft, dates, meetings, result.")
    slug_prefix = "hearing"
    exclude_fields_in_copy = ["code", *SERVICE_FIELDS]

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("code"),
        index.FilterField("stage"),
        index.FilterField("kind"),
    ]
    base_form_class = HearingForm
    edit_handler = HEARING_PANELS

    class Meta:
        verbose_name = _("hearing")
        verbose_name_plural = _("hearings")
        indexes = [models.Index(fields=["stage", "closes_at"], name="hearing_stage_closes")]
        constraints = [
            models.CheckConstraint(
                name="hearing_closes_after_it_opens",
                condition=models.Q(closes_at__isnull=True)
                | models.Q(opens_at__isnull=True)
                | models.Q(closes_at__gt=models.F("opens_at")),
            )
        ]

    def permissions_for_user(self, user: User) -> HearingPermissionTester:
        return HearingPermissionTester(user, self)

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """A hearing is one record in both languages: it lives in the Thai list and carries its English title."""
        return super().can_create_at(parent) and parent.locale_id == Locale.get_default().pk

    def with_content_json(self, content: dict) -> Hearing:
        """What was announced is only changed by services; an old revision never brings it back (R10).

        Read from the database: ``self`` may be the object somebody has just changed.
        """
        page = super().with_content_json(content)
        stored = Hearing.objects.filter(pk=self.pk).first() or self
        frozen = is_announced(stored)
        for field in (*SERVICE_FIELDS, *(FROZEN_FIELDS if frozen else ())):
            setattr(page, field, getattr(stored, field))
        for relation in ANNOUNCED_ROWS if frozen else ():
            setattr(page, relation, list(getattr(stored, relation).all()))
        return page

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Nobody reads a hearing that was never announced, even if an editor pressed Publish."""
        if not self.is_public_record:
            raise Http404
        return super().serve(request, *args, **kwargs)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict]:
        return super().get_sitemap_urls(request) if self.is_public_record else []

    # --- state -------------------------------------------------------------------------------------------

    def state(self, now: dt.datetime) -> HearingState:
        if self.stage != Stage.ANNOUNCED:
            return HearingState(self.stage)
        if self.is_force_closed(now) or self.closes_at is None or now >= self.closes_at:
            return HearingState.CLOSED
        if self.opens_at is None or now < self.opens_at:
            return HearingState.ANNOUNCED
        return HearingState.OPEN

    def can_comment(self, now: dt.datetime) -> bool:
        """The one question every way of writing asks (peers.md: replies stayed possible elsewhere)."""
        return self.state(now) == HearingState.OPEN

    def is_force_closed(self, now: dt.datetime) -> bool:
        return self.force_closed_at is not None and self.force_closed_at <= now

    @property
    def ended_unopened(self) -> bool:
        """Closed early, before its first day."""
        ended = self.force_closed_at
        return bool(ended and self.opens_at and ended <= self.opens_at)

    def acting_provinces(self) -> list[str]:
        """Whose coordinator may work on it (accounts.permissions)."""
        return [province.pk for province in self.provinces.all()]

    def readable_by(self, user: object) -> bool:
        """Its papers are open when the hearing is (core.documents)."""
        return self.is_public_record

    @property
    def is_public_record(self) -> bool:
        """Announced once: from then on it stays readable for good."""
        return self.stage in PUBLIC_STAGES or (
            self.stage == Stage.CANCELLED and self.announced_at is not None
        )

    @property
    def has_result(self) -> bool:
        return self.stage in RESULT_STAGES

    # --- days --------------------------------------------------------------------------------------------

    @property
    def opens_on(self) -> dt.date | None:
        return local_day(self.opens_at) if self.opens_at else None

    @property
    def closes_on(self) -> dt.date | None:
        """The last day on which something can be sent: closing at midnight belongs to the day before."""
        return local_day(self.closes_at - dt.timedelta(microseconds=1)) if self.closes_at else None

    @property
    def last_moment(self) -> dt.datetime | None:
        """The closing as people are told it: who reads "9 January, 0.00" believes to be a day too late."""
        if self.closes_at is None or local_day(self.closes_at) == self.closes_on:
            return self.closes_at
        return self.closes_at - dt.timedelta(minutes=1)

    @property
    def ended_on(self) -> dt.date | None:
        """The day the hearing really ended or will end."""
        if self.force_closed_at and (self.closes_at is None or self.force_closed_at < self.closes_at):
            return local_day(self.force_closed_at)
        return self.closes_on

    def days_left(self, now: dt.datetime) -> int:
        """Whole days in Bangkok until the last day; 0 on the last day and whenever it is not open."""
        if not self.can_comment(now) or self.closes_on is None:
            return 0
        return (self.closes_on - local_day(now)).days

    def days_until_open(self, now: dt.datetime) -> int:
        """0 on the day it opens and after."""
        return max(0, (self.opens_on - local_day(now)).days) if self.opens_on else 0

    @property
    def open_days(self) -> int | None:
        if self.opens_on is None or self.ended_on is None:
            return None
        return max(0, (self.ended_on - self.opens_on).days)

    @property
    def result_due(self) -> dt.date | None:
        """The last day for announcing the result (ข้อ 12); None where there will be none."""
        is_off = self.stage == Stage.CANCELLED
        return rules.result_due(self.ended_on) if self.ended_on and not is_off else None

    def is_result_late(self, now: dt.datetime) -> bool:
        """Past the due day without a result, or the result came after it."""
        if self.result_due is None:
            return False
        return local_day(self.result_published_at or now) > self.result_due

    @cached_property
    def has_questions(self) -> bool:
        """Whether any was ever asked, removed ones too."""
        return self.questions.exists()

    # --- words -------------------------------------------------------------------------------------------

    @cached_property
    def current_draft(self) -> DraftVersion | None:
        """The newest frozen draft with its sections; None before the announcement."""
        sections = NEWEST_SECTIONS(hearing=self.pk)
        version = sections[0].version if sections else self.draft_versions.order_by("-number").first()
        if version is not None:
            version.sections = sections
        return version

    @property
    def display_title(self) -> str:
        return self.title if is_thai() else self.title_en or self.title

    @property
    def display_summary(self) -> str:
        return self.summary if is_thai() else self.summary_en or self.summary

    @property
    def listing_summary(self) -> str:
        return self.display_summary or self.search_description
