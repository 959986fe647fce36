"""Publishing's side: users without user names, change agents and network members in the admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup
from wagtail.users.views.users import CreateView, EditView, IndexView
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from accounts.admin_forms import ChangeAgentForm, UserCreationForm, UserEditForm
from accounts.models import ChangeAgent, NetworkMember, User
from accounts.permissions import Action, may, may_manage


class PersonIndexView(IndexView):
    def get_list_more_buttons(self, instance: User) -> list[Button]:
        buttons = super().get_list_more_buttons(instance)
        if may(self.request.user, Action.RESET_ACCESS) and may_manage(self.request.user, instance):
            buttons.append(
                Button(
                    _("Print a one-time slip"),
                    url=reverse("accounts_slip", args=[instance.pk]),
                    icon_name="key",
                    priority=40,
                )
            )
        return buttons


class KnowsEditor:
    """Hands the person at work to the form, which decides what may be changed."""

    request: HttpRequest

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "editor": self.request.user}  # type: ignore[misc]


class PersonCreateView(KnowsEditor, CreateView):
    template_name = "accounts/admin/user_create.html"


class PersonEditView(KnowsEditor, EditView):
    template_name = "accounts/admin/user_edit.html"


class UserViewSet(WagtailUserViewSet):
    index_view_class = PersonIndexView
    add_view_class = PersonCreateView
    edit_view_class = PersonEditView
    create_template_name = "accounts/admin/user_create.html"
    edit_template_name = "accounts/admin/user_edit.html"

    def get_form_class(self, for_update: bool = False) -> type:
        return UserEditForm if for_update else UserCreationForm


class ChangeAgentViewSet(SnippetViewSet):
    model = ChangeAgent
    icon = "group"
    menu_label = _("Change agents")
    list_display = ["display_name", "kind", "province", BooleanColumn("consent_to_publish")]
    list_filter = ["kind", "province", "consent_to_publish"]
    search_fields = ["display_name", "bio"]
    list_select_related = ["province"]
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("display_name"),
                    FieldPanel("kind"),
                    FieldPanel("bio"),
                    FieldPanel("topics"),
                    FieldPanel("user"),
                ],
                heading=_("Who"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("province"),
                    FieldPanel("district"),
                    FieldPanel("subdistrict"),
                    FieldPanel("village_no"),
                ],
                heading=_("Where"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("phone"),
                    FieldPanel("consent_to_publish"),
                    FieldPanel("publish_phone"),
                    FieldRowPanel([FieldPanel("consent_version"), FieldPanel("consented_on")]),
                ],
                heading=_("Consent"),
            ),
        ],
        base_form_class=ChangeAgentForm,
    )


class NetworkMemberViewSet(SnippetViewSet):
    model = NetworkMember
    icon = "site"
    menu_label = _("Organisations")
    list_display = ["name", "sector", Column("province", label=_("province")), BooleanColumn("is_public")]
    list_filter = ["sector", "province", "is_public"]
    search_fields = ["name", "name_en"]
    panels = [
        FieldPanel(name) for name in ("name", "name_en", "sector", "province", "url", "phone", "is_public")
    ]


class NetworkGroup(SnippetViewSetGroup):
    items = (ChangeAgentViewSet, NetworkMemberViewSet)
    menu_icon = "group"
    menu_label = _("Network")
    menu_order = 500
    add_to_admin_menu = True
