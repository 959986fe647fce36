"""The admin's side of hearings: menu, steps in the page header, and what the editor must not do to a public record."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from accounts.models import User
from core.models import Topic
from hearings.admin_views import StepView, confirm_group
from hearings.models import Comment, Hearing, Submission
from hearings.steps import offered
from hearings.viewsets import HearingsGroup, SubmissionPolicy

register_permission_policy(Submission, SubmissionPolicy(Submission))


@hooks.register("register_admin_viewset")
def register_hearings_group() -> HearingsGroup:
    return HearingsGroup()


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path("hearings/<int:pk>/step/<slug:verb>/", StepView.as_view(), name="hearings_step"),
        path("hearings/submissions/<int:pk>/group/", confirm_group, name="hearings_confirm_group"),
    ]


@hooks.register("register_page_header_buttons")
def steps_of_a_hearing(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    hearing = page.specific if page.specific_class is Hearing else None
    if hearing is None or not hearing.pk:
        return
    for priority, step in enumerate(offered(hearing, user, timezone.now()), start=1):
        url = reverse("hearings_step", args=[hearing.pk, step.verb])
        yield Button(step.label, url=url, icon_name=step.icon, priority=priority)


@hooks.register("construct_page_action_menu")
def a_new_hearing_is_not_published(items: list[ActionMenuItem], request: HttpRequest, context: dict) -> None:
    """A page that does not exist yet has no permissions of its own (hearings.page_permissions) to say so."""
    match = request.resolver_match
    model = match.kwargs.get("content_type_model_name") if match else None
    if context["view"] == "create" and model == "hearing":
        items[:] = [item for item in items if item.name != "action-publish"]


@hooks.register("before_delete_page")
def a_public_record_stays(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Also when the page above it is deleted."""
    if not _holds_a_record([page]):
        return None
    messages.error(
        request, _("A hearing that was announced stays as a record. Cancel it with a reason instead.")
    )
    return HttpResponseRedirect(reverse("wagtailadmin_explore", args=[page.get_parent().pk]))


@hooks.register("before_bulk_action")
def no_record_goes_in_bulk(request: HttpRequest, action_type: str, objects: list, action: object) -> None:
    if action_type == "delete" and _holds_a_record([o for o in objects if isinstance(o, Page)]):
        raise PermissionDenied(_("A hearing that was announced stays as a record."))


def _holds_a_record(pages: list[Page]) -> bool:
    return any(
        Hearing.objects.descendant_of(page, inclusive=True).filter(announced_at__isnull=False).exists()
        for page in pages
    )


@hooks.register("before_delete_snippet")
def a_topic_somebody_chose_stays(request: HttpRequest, topics: list[Model]) -> HttpResponse | None:
    """A comment is a record and keeps its topic; without this the admin would answer with a fault."""
    asked = [topic.pk for topic in topics if isinstance(topic, Topic)]
    if not asked or not Comment.objects.filter(topic__in=asked).exists():
        return None
    sentence = _(
        "Comments name this topic, so it cannot be deleted. Take it off the hearings where it should not be chosen."
    )
    messages.error(request, sentence)
    return HttpResponseRedirect(reverse("wagtailsnippets_core_topic:list"))
