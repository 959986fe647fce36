"""The admin in the site's letters, with a word about what is done where."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet

from core.documents import may_read
from core.models import CustomDocument
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


@hooks.register("before_serve_document")
def only_to_its_readers(document: CustomDocument, request: HttpRequest) -> None:
    """Not found rather than forbidden: that there is such a paper is part of the secret."""
    if not may_read(document, request):
        raise Http404
