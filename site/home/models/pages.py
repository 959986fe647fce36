"""The home page and pages of words."""

from __future__ import annotations

from functools import cached_property

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from core.blocks import StoryBlock
from core.models import BasePage
from core.preferences import preferred_language

# Root is 1, home 2, a section such as About 3.
SECTION_DEPTH = 3


class HomePage(BasePage):
    """The door: what is being asked now, what is new, what was learned."""

    headline = models.CharField(_("headline"), max_length=120, blank=True)
    lead = models.TextField(_("lead"), max_length=300, blank=True)

    template = "pages/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    max_count_per_parent = 2  # Thai and English
    page_description = _("The first page of the site.")

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("headline"), FieldPanel("lead")], heading=_("Top of the page")),
    ]

    class Meta:
        verbose_name = _("home page")

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        # Whoever chose English gets English at the bare address; every other address says its language itself.
        if request.path == "/" and preferred_language(request) == "en":
            return HttpResponseRedirect("/en/")
        return super().serve(request, *args, **kwargs)


class StandardPage(BasePage):
    """A page of words: history, objective, role, duties, structure, staffing, help, policies."""

    body = StreamField(StoryBlock(), verbose_name=_("body"), blank=True)
    # Shown as "version of" on policies (requirements A031).
    version = models.CharField(_("version"), max_length=40, blank=True)

    template = "pages/standard_page.html"
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    page_description = _("A page of text, pictures and documents.")

    content_panels = [*BasePage.content_panels, FieldPanel("body"), FieldPanel("version")]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")

    @cached_property
    def sub_pages(self) -> list[StandardPage]:
        return list(StandardPage.objects.child_of(self).live().public().order_by("path"))

    @cached_property
    def section(self) -> Page:
        """The page this one belongs to; the last breadcrumb, so no further query."""
        return self.breadcrumbs[-1]

    @cached_property
    def neighbours(self) -> list[StandardPage]:
        """Pages of the same section, this one among them; none for a section page itself."""
        if self.depth <= SECTION_DEPTH or not self.breadcrumbs:
            return []
        return list(
            StandardPage.objects.sibling_of(self, inclusive=True)
            .live()
            .public()
            .defer("body")
            .order_by("path")
        )
