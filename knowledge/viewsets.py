"""A flat list of lessons in the admin: what a reviewer looks at, without walking the page tree."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.viewsets.pages import PageListingViewSet

from core.thaidate import format_day
from knowledge.models import LessonPage


def review_day(lesson: LessonPage) -> str:
    """In the officer's era; Django's own formats would print the Christian one."""
    return format_day(lesson.review_by)


class LessonListing(PageListingViewSet):
    model = LessonPage
    name = "lesson_listing"
    icon = "openquote"
    menu_label = _("Lessons")
    menu_order = 130
    add_to_admin_menu = True
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column(
            "problem", label=_("Problem"), accessor="get_problem_subarea_display", sort_key="problem_subarea"
        ),
        Column("province", label=_("Province"), sort_key="province__name"),
        Column("evidence", label=_("How sure we are"), accessor="get_evidence_level_display"),
        Column(
            "visibility", label=_("Who may read it"), accessor="get_visibility_display", sort_key="visibility"
        ),
        Column("review_by", label=_("Look at it again by"), accessor=review_day, sort_key="review_by"),
        PageStatusColumn("status", label=_("Status"), sort_key="live"),
    ]
    list_filter = [
        "kind",
        "problem_subarea",
        "province",
        "evidence_level",
        "level",
        "visibility",
        "live",
        "locale",
    ]
    default_ordering = "-latest_revision_created_at"
