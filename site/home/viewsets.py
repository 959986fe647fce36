"""What editors keep in Wagtail's admin: FAQ, links, agencies; messages are listed there and answered at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from accounts.permissions import Action, may
from home.models import Agency, DirectoryLink, FaqCategory, FaqEntry, GlossaryWord, Ticket

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.permissions import Person


class FaqEntryViewSet(SnippetViewSet):
    model = FaqEntry
    icon = "help"
    menu_label = _("Questions and answers")
    list_display = ["question", "category", BooleanColumn("is_published", label=_("Published")), "updated_at"]
    list_filter = ["category", "is_published"]
    search_fields = ["question", "answer", "question_en", "answer_en"]
    panels = [
        MultiFieldPanel([FieldPanel("question"), FieldPanel("answer")], heading=_("Thai")),
        MultiFieldPanel([FieldPanel("question_en"), FieldPanel("answer_en")], heading=_("English")),
        FieldRowPanel([FieldPanel("category"), FieldPanel("order"), FieldPanel("is_published")]),
    ]


class FaqCategoryViewSet(SnippetViewSet):
    model = FaqCategory
    icon = "folder-open-inverse"
    menu_label = _("Categories of questions")
    list_display = ["name", "name_en", "order"]
    panels = [FieldPanel("name"), FieldPanel("name_en"), FieldPanel("order")]


class GlossaryWordViewSet(SnippetViewSet):
    model = GlossaryWord
    icon = "glossary"
    menu_label = _("Explained words")
    list_display = ["word", "also", "word_en"]
    search_fields = ["word", "also", "word_en", "meaning"]
    panels = [
        MultiFieldPanel([FieldPanel("word"), FieldPanel("also"), FieldPanel("meaning")], heading=_("Thai")),
        MultiFieldPanel([FieldPanel("word_en"), FieldPanel("meaning_en")], heading=_("English")),
    ]


class DirectoryLinkViewSet(SnippetViewSet):
    model = DirectoryLink
    icon = "link"
    menu_label = _("Links")
    list_display = [
        "title",
        "category",
        "url",
        BooleanColumn("is_ok", label=_("Works")),
        "last_checked_at",
        "problem",
    ]
    list_filter = ["category", "is_ok"]
    search_fields = ["title", "title_en", "url"]
    panels = [
        FieldPanel("url"),
        FieldRowPanel([FieldPanel("category"), FieldPanel("order")]),
        MultiFieldPanel([FieldPanel("title"), FieldPanel("note")], heading=_("Thai")),
        MultiFieldPanel([FieldPanel("title_en"), FieldPanel("note_en")], heading=_("English")),
    ]


class AgencyViewSet(SnippetViewSet):
    model = Agency
    icon = "group"
    menu_label = _("Agencies")
    list_display = ["name", "abbreviation", "kind", "province", "url"]
    list_filter = ["kind", "province"]
    search_fields = ["name", "name_en", "abbreviation"]
    panels = [
        FieldPanel("name"),
        FieldPanel("name_en"),
        FieldRowPanel([FieldPanel("abbreviation"), FieldPanel("kind"), FieldPanel("province")]),
        FieldPanel("url"),
    ]


class TicketPolicy(ModelPermissionPolicy):
    """Messages are records: whoever may answer may look, nobody adds, changes or deletes one in the admin."""

    def user_has_permission(self, user: Person, action: str) -> bool:
        return action == "view" and may(user, Action.ANSWER_TICKET)

    def user_has_any_permission(self, user: Person, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Person, action: str, instance: Ticket) -> bool:
        return self.user_has_permission(user, action)

    def user_has_any_permission_for_instance(
        self, user: Person, actions: Iterable[str], instance: Ticket
    ) -> bool:
        return self.user_has_any_permission(user, actions)


class TicketIndexView(IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn(
                "number",
                label=_("Number"),
                get_url=lambda ticket: reverse("home:ticket_desk", args=[ticket.number]),
            ),
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            Column("state", label=_("State"), accessor="get_state_display"),
            Column("created_at", label=_("Received"), sort_key="created_at"),
            Column("closed_at", label=_("Closed")),
        ]


class TicketViewSet(SnippetViewSet):
    model = Ticket
    icon = "mail"
    menu_label = _("Messages to the office")
    index_view_class = TicketIndexView
    list_filter = ["state", "kind"]
    search_fields = ["number"]
    copy_view_enabled = False
    panels: list = []


class HomeGroup(SnippetViewSetGroup):
    items = (
        FaqEntryViewSet,
        FaqCategoryViewSet,
        GlossaryWordViewSet,
        DirectoryLinkViewSet,
        AgencyViewSet,
        TicketViewSet,
    )
    menu_label = _("Help and contact")
    menu_icon = "help"
    menu_order = 300
