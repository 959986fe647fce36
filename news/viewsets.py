"""Flat lists of news and documents in the admin, so that an officer need not walk the page tree (A243)."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from core.thaidate import format_day
from news.models import NewsCategory, NewsPage, StrategyDocument


def day_of(field: str) -> Callable[[NewsPage | StrategyDocument], str]:
    """Reads a date for a column in the officer's era; Django's own formats would print the Christian one."""

    def text(page: NewsPage | StrategyDocument) -> str:
        value = getattr(page, field)
        return format_day(value) if value else ""

    return text


class NewsIndexView(IndexView):
    default_ordering = "-published_on"


class StrategyIndexView(IndexView):
    default_ordering = "-official_date"


class NewsListing(PageListingViewSet):
    model = NewsPage
    name = "news_listing"
    icon = "doc-full"
    menu_label = _("News")
    add_to_admin_menu = False
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("category", label=_("Category"), sort_key="category__name"),
        Column("published_on", label=_("Date"), accessor=day_of("published_on"), sort_key="published_on"),
        PageStatusColumn("status", label=_("Status"), sort_key="live"),
    ]
    list_filter = ["kind", "category", "provinces", "live", "locale"]
    index_view_class = NewsIndexView


class StrategyListing(PageListingViewSet):
    model = StrategyDocument
    name = "strategy_listing"
    icon = "folder-open-inverse"
    menu_label = _("Documents")
    add_to_admin_menu = False
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        Column(
            "doc_type",
            label=pgettext_lazy("document", "Type"),
            accessor="get_doc_type_display",
            sort_key="doc_type",
        ),
        Column("official_number", label=_("Official number"), sort_key="official_number"),
        Column("official_date", label=_("Date"), accessor=day_of("official_date"), sort_key="official_date"),
        PageStatusColumn("status", label=_("Status"), sort_key="live"),
    ]
    list_filter = ["doc_type", "start_year", "provinces", "live", "locale"]
    index_view_class = StrategyIndexView


class NewsCategories(SnippetViewSet):
    model = NewsCategory
    icon = "tag"
    menu_label = _("News categories")
    list_display = ["name", "name_en", "slug"]
    search_fields = ["name", "name_en"]


class NewsGroup(ViewSetGroup):
    menu_label = _("News and documents")
    menu_icon = "doc-full"
    menu_order = 120
    items = (NewsListing, StrategyListing, NewsCategories)
