"""The admin in the site's letters, with a word about what is done where."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet

from core.viewsets import SharedListsGroup

register_snippet(SharedListsGroup)


class WelcomePanel(Component):
    """Two workplaces, one sign-in: publishing here, casework at the desk."""

    name = "welcome"
    order = 10
    template_name = "wagtailadmin/welcome_panel.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {"user": parent_context["request"].user}


@hooks.register("construct_homepage_panels")
def add_welcome(request: HttpRequest, panels: list[Component]) -> None:
    panels.insert(0, WelcomePanel())


@hooks.register("insert_global_admin_css")
def thai_letters() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))
