"""The base of every page type."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.url_routing import RouteResult

from core.forms.pages import BasePageForm
from core.prepared import Prepared


def _line_of(paths: list[Any]) -> QuerySet[Page]:
    restricted = PageViewRestriction.objects.filter(page=OuterRef("pk"))
    line = Page.objects.filter(path__in=paths).select_related("alias_of").order_by("path")
    return line.annotate(is_restricted=Exists(restricted))


# Every page asks for the pages above it.
_LINE = Prepared(_line_of, paths=models.CharField())


class BasePage(Page):
    """What every page has: listing and social fields, responsible units, dates in the reader's era, breadcrumbs."""

    summary = models.TextField(
        _("summary"),
        max_length=400,
        blank=True,
        help_text=_(
            "Two or three plain sentences. Shown in lists, in search and when the page is shared in LINE."
        ),
    )
    listing_image = models.ForeignKey(
        "core.CustomImage", verbose_name=_("picture for lists and sharing"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    social_title = models.CharField(
        _("title when shared"),
        max_length=100,
        blank=True,
        help_text=_("Left empty, the page's title is used."),
    )
    responsible_units = ParentalManyToManyField(
        "core.ResponsibleUnit", verbose_name=_("responsible units"), blank=True, related_name="+"
    )
    responsible_person = models.CharField(_("responsible person"), max_length=120, blank=True)

    base_form_class = BasePageForm
    # What an address starts with when a Thai title leaves nothing readable.
    slug_prefix = "page"

    promote_panels = [
        MultiFieldPanel([FieldPanel("summary"), FieldPanel("listing_image"), FieldPanel("social_title")], heading=_("In lists and when shared")),
        MultiFieldPanel([FieldPanel("responsible_units"), FieldPanel("responsible_person")], heading=_("Who answers for this page")),
        MultiFieldPanel([FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description"), FieldPanel("show_in_menus")], heading=_("Address and search engines")),
    ]  # fmt: skip

    class Meta:
        abstract = True

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Serve the Thai page where there is no translation: an address under /en/ never leads nowhere (A004, A010)."""
        try:
            return super().route(request, path_components)
        except Http404:
            source = self._thai_source()
            if not path_components or source is None:
                raise
            return source.specific.route(request, path_components)

    def _thai_source(self) -> Page | None:
        default = Locale.get_default()
        return None if self.locale_id == default.pk else self.get_translation_or_none(default)

    @cached_property
    def breadcrumbs(self) -> list[Page]:
        """Live ancestors from the home page down, without this page."""
        return [page for page in self._line if page.depth > 1 and page.live and page.pk != self.pk]

    @cached_property
    def _line(self) -> list[Page]:
        """From the root down to this page: for breadcrumbs and for the check who may read, with one query for both."""
        return list(
            _LINE(paths=[self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)])
        )

    def get_view_restrictions(self) -> QuerySet:
        """As Wagtail's: of this page and all above; an alias has those of its source."""
        if not any(page.is_restricted or page.alias_of_id for page in self._line):
            return PageViewRestriction.objects.none()
        found: set[int] = set()
        for page in self._line:
            while page.alias_of:
                page = page.alias_of
            found.add(page.pk)
        return PageViewRestriction.objects.filter(page__in=found)

    @property
    def listing_summary(self) -> str:
        return self.summary or self.search_description

    @property
    def meta_description(self) -> str:
        return self.search_description or Truncator(self.summary).chars(155)

    @property
    def share_title(self) -> str:
        return self.social_title or self.title
