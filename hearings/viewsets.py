"""Lists of the admin: hearings with their state, and what was sent, to be read and decided on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters import ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.generic import InspectView
from wagtail.admin.views.generic.models import IndexView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.permissions import Action, can_act_in_province, may
from core.thaidate import format_day, format_time
from hearings.admin_views import InspectContext
from hearings.models import Hearing, Submission
from hearings.models.submissions import COMMENT_WORDS
from hearings.same_words import with_copies

if TYPE_CHECKING:
    from accounts.models import User
    from accounts.permissions import Person


class SubmissionPolicy(ModelPermissionPolicy):
    """Submissions are records: who may moderate may look. Nobody adds, changes or deletes one in the admin.

    A coordinator sees those of hearings in the own province (A056).
    """

    def user_has_permission(self, user: Person, action: str) -> bool:
        return action == "view" and may(user, Action.MODERATE_COMMENT)

    def user_has_any_permission(self, user: Person, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Person, action: str, instance: Model) -> bool:
        return action == "view" and may(user, Action.MODERATE_COMMENT, instance)

    def user_has_any_permission_for_instance(
        self, user: Person, actions: Iterable[str], instance: Model
    ) -> bool:
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> QuerySet:
        if not self.user_has_any_permission(user, actions):
            return Submission.objects.none()
        if can_act_in_province(user, None):
            return Submission.objects.all()
        return Submission.objects.in_province(user.province_id)


class SubmissionFilterSet(WagtailFilterSet):
    hearing = ModelChoiceFilter(
        label=_("Hearing"),
        queryset=Hearing.objects.filter(announced_at__isnull=False).order_by("-announced_at"),
    )

    class Meta:
        model = Submission
        fields = ["hearing", "visibility", "status", "stance", "sector", "channel"]


def moment(field: str) -> Any:
    """Reads a time for a column in the officer's era; Django's own formats would print the Christian one."""

    def text(instance: Model) -> str:
        value = getattr(instance, field)
        return f"{format_day(value)} {format_time(value)}" if value else ""

    return text


def copies_mark(submission: Any) -> str:
    return gettext("also sent by others") if submission.has_copies else ""


class SubmissionIndexView(IndexView):
    any_permission_required = ["view"]

    def get_base_queryset(self) -> QuerySet:
        found = self.permission_policy.instances_user_has_any_permission_for(self.request.user, ["view"])
        return with_copies(found.select_related("hearing"))

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        """By receipt number as it is read out, by group, or by a word of what was said."""
        text = self.search_query
        if not text:
            return queryset
        if numbers := list(Submission.objects.by_receipt(text).values_list("pk", flat=True)):
            return queryset.filter(pk__in=numbers)
        found = Q(organisation__icontains=text)
        for name in COMMENT_WORDS:
            found |= Q(**{f"comments__{name}__icontains": text})
        return queryset.filter(found).distinct()

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("receipt_no", label=_("Receipt"), accessor="grouped_receipt_no", get_url=self.get_inspect_url),
            Column("hearing", label=_("Hearing"), accessor="hearing.title"),
            Column("stance", label=_("Stance"), accessor="get_stance_display"),
            Column("sector", label=_("Sector"), accessor="get_sector_display"),
            Column("visibility", label=_("Shown"), accessor="get_visibility_display", sort_key="visibility"),
            Column("status", label=_("Status"), accessor="get_status_display"),
            Column("copies", label=_("Same words"), accessor=copies_mark),
            Column("submitted_at", label=_("Sent"), accessor=moment("submitted_at"), sort_key="submitted_at"),
        ]  # fmt: skip


class SubmissionInspectView(InspectView):
    any_permission_required = ["view"]
    page_title = _("Submission")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may(request.user, Action.MODERATE_COMMENT, self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_fields(self) -> list[str]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(inspected=InspectContext(self.request, self.object), **kwargs)


class SubmissionViewSet(ModelViewSet):
    model = Submission
    name = "hearings_submission"
    url_prefix = "hearings/submissions"
    icon = "mail"
    menu_label = _("Submissions")
    index_view_class = SubmissionIndexView
    inspect_view_class = SubmissionInspectView
    inspect_view_enabled = True
    inspect_template_name = "hearings/admin/submission.html"
    copy_view_enabled = False
    filterset_class = SubmissionFilterSet
    search_fields = ["receipt_no"]
    ordering = ["-submitted_at", "-pk"]
    # No form: nothing here can be edited, but a viewset wants to know its fields.
    form_fields: list[str] = []


def state_now(hearing: Hearing) -> str:
    return str(hearing.state(timezone.now()).label)


class HearingListing(PageListingViewSet):
    model = Hearing
    name = "hearings_listing"
    icon = "group"
    menu_label = _("Hearings")
    add_to_admin_menu = False
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Matter"), sort_key="title", classname="title"),
        Column("code", label=_("Code"), sort_key="code"),
        Column("state", label=_("State"), accessor=state_now, sort_key="stage"),
        Column("opens_at", label=_("Opens"), accessor=moment("opens_at"), sort_key="opens_at"),
        Column("closes_at", label=_("Closes"), accessor=moment("closes_at"), sort_key="closes_at"),
        PageStatusColumn("status", label=_("Status"), sort_key="live"),
    ]
    list_filter = ["stage", "kind", "provinces"]
    default_ordering = "-opens_at"


class HearingsGroup(ViewSetGroup):
    menu_label = _("Hear opinions")
    menu_icon = "group"
    menu_order = 110
    items = (HearingListing, SubmissionViewSet)
