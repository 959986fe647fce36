"""News and announcements."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import PageManager

from core.blocks import StoryBlock
from core.models import BasePage, TopicItem
from core.pagination import paginate
from news.enums import NewsKind
from news.forms.filters import NewsFilterForm
from news.forms.pages import NewsPageForm
from news.models.attachments import Attachment
from news.querysets import NewsQuerySet

RELATED = 4


def today() -> dt.date:
    return timezone.localdate()


class NewsIndexPage(BasePage):
    """All news and announcements, newest first, with filters (A037, A042)."""

    template = "pages/news_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsPage"]
    max_count_per_parent = 1
    page_description = _("The list of news and announcements.")
    slug_prefix = "news"

    content_panels = [*BasePage.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = _("news list")
        verbose_name_plural = _("news lists")

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        readable = NewsPage.objects.readable(get_language() or "th")
        form = NewsFilterForm(request.GET, news=readable)
        found = form.apply(readable)
        return {**context, "filter_form": form, "news": paginate(request, found.for_lists())}


class NewsTopic(TopicItem):
    content_object = ParentalKey("news.NewsPage", on_delete=models.CASCADE, related_name="topic_items")


class NewsAttachment(Attachment):
    page = ParentalKey("news.NewsPage", on_delete=models.CASCADE, related_name="attachments")


class NewsPage(BasePage):
    """A piece of news, an announcement or an invitation. Title, kind and text are enough to publish (A243)."""

    kind = models.CharField(_("kind"), max_length=20, choices=NewsKind.choices, default=NewsKind.NEWS)
    category = models.ForeignKey(
        "news.NewsCategory", verbose_name=_("category"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    published_on = models.DateField(_("date of the news"), default=today, db_index=True)
    body = StreamField(StoryBlock(), verbose_name=_("text"), blank=True)
    provinces = ParentalManyToManyField(
        "geography.Province", verbose_name=_("provinces"), blank=True, related_name="+",
        help_text=_("None chosen means the whole cluster."),
    )  # fmt: skip
    strategy_issues = ParentalManyToManyField(
        "core.StrategyIssue", verbose_name=_("strategy issues"), blank=True, related_name="+"
    )
    topics = ClusterTaggableManager(through=NewsTopic, verbose_name=_("topics"), blank=True)
    event_starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    event_ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    event_place = models.CharField(_("place"), max_length=200, blank=True)
    event_travel = models.CharField(_("how to get there"), max_length=300, blank=True)
    event_contact = models.CharField(
        _("telephone for questions"), max_length=60, blank=True,
        help_text=_("Left empty, the office's number is shown."),
    )  # fmt: skip

    objects = PageManager.from_queryset(NewsQuerySet)()

    base_form_class = NewsPageForm
    template = "pages/news_page.html"
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types: list[str] = []
    page_description = _("News, an announcement or an invitation.")
    slug_prefix = "news"

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("kind"),
        FieldPanel("category"),
        FieldPanel("body"),
    ]
    detail_panels = [
        FieldPanel("published_on"),
        FieldPanel("provinces"),
        FieldPanel("topics"),
        FieldPanel("strategy_issues"),
        InlinePanel("attachments", heading=_("Files"), label=_("File")),
    ]
    event_panels = [
        MultiFieldPanel(
            [
                FieldPanel("event_starts_at"),
                FieldPanel("event_ends_at"),
                FieldPanel("event_place"),
                FieldPanel("event_travel"),
                FieldPanel("event_contact"),
            ],
            heading=_("If people are invited"),
        )
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Text")),
            ObjectList(detail_panels, heading=_("Date, places, files")),
            ObjectList(event_panels, heading=_("Event")),
            ObjectList(BasePage.promote_panels, heading=_("In lists and address")),
        ]
    )

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")
        indexes = [models.Index(fields=["kind", "-published_on"], name="news_kind_date")]

    def clean(self) -> None:
        super().clean()
        starts, ends = self.event_starts_at, self.event_ends_at
        if ends and not starts:
            raise ValidationError({"event_starts_at": _("Say when it starts, too.")})
        if starts and ends and ends <= starts:
            raise ValidationError({"event_ends_at": _("The end must be after the start.")})

    @property
    def listed_on(self) -> dt.date:
        return self.published_on

    @property
    def kind_label(self) -> str:
        return self.get_kind_display()

    @property
    def ends_same_day(self) -> bool:
        starts, ends = self.event_starts_at, self.event_ends_at
        return bool(starts and ends and timezone.localdate(starts) == timezone.localdate(ends))

    def related(self, language: str) -> list[NewsPage]:
        """Public news with a topic of this one, newest first; the newest of all where topics give too few."""
        others = (
            NewsPage.objects.readable(language)
            .exclude(translation_key=self.translation_key)
            .select_related("category", "locale")
        )
        topics = [topic.pk for topic in self.topics.all()]
        found = list(others.with_same_topics(topics).newest_first()[:RELATED]) if topics else []
        if len(found) < RELATED:
            taken = [page.pk for page in found]
            found += list(others.exclude(pk__in=taken).newest_first()[: RELATED - len(found)])
        return found

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "related": self.related(get_language() or "th"),
            "attachments": list(self.attachments.select_related("document")) if self.pk else [],
        }
