"""The agreed lists that pages of every kind point at, kept in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from core.models import ResponsibleUnit, StrategyIssue, Topic


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    list_display = ["name", "name_en", "slug"]
    search_fields = ["name", "name_en"]
    panels = [FieldPanel("name"), FieldPanel("name_en")]


class StrategyIssueViewSet(SnippetViewSet):
    model = StrategyIssue
    icon = "order"
    menu_label = _("Strategy issues")
    list_display = ["number", "title", "period_start", "period_end"]
    list_filter = ["period_start"]
    search_fields = ["title", "title_en"]
    panels = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("period_start"), FieldPanel("period_end")]),
        FieldPanel("title"),
        FieldPanel("title_en"),
    ]


class ResponsibleUnitViewSet(SnippetViewSet):
    model = ResponsibleUnit
    icon = "group"
    menu_label = _("Responsible units")
    list_display = ["name", "name_en", "phone"]
    search_fields = ["name", "name_en"]
    panels = [
        FieldPanel("name"),
        FieldPanel("name_en"),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
    ]


class SharedListsGroup(SnippetViewSetGroup):
    menu_label = _("Shared lists")
    menu_icon = "list-ul"
    menu_order = 700
    items = (TopicViewSet, StrategyIssueViewSet, ResponsibleUnitViewSet)
