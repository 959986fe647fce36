"""The form behind the editing screen of a hearing. After the announcement it loses what is frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from accounts.permissions import can_act_in_province
from core.forms.fields import ThaiDateField, ThaiDateTimeField
from core.forms.pages import BasePageForm
from geography.models import District, Province
from hearings.enums import Stage

if TYPE_CHECKING:
    from hearings.models import Hearing

FREE_STAGES = (Stage.DRAFT, Stage.IN_REVIEW)
# The eight items of ข้อ 7 and how to take part.
ITEM_FIELDS = (
    "necessity",
    "essence",
    "operator",
    "site",
    "timetable",
    "outputs",
    "affected_people",
    "impacts",
    "mitigation",
    "cost",
    "how_to_comment",
    "lead_agency",
)
# What people were told must not change silently (R10): a correction is dated. The closing time is moved by a service.
DISCLOSED_FIELDS = (
    "title",
    "title_en",
    "summary",
    "summary_en",
    *ITEM_FIELDS,
    "legal_basis",
    "signer_name",
    "signer_position",
)
# Rows that were announced with it: ways of hearing people, and whom to ask.
DISCLOSED_ROWS = ("methods", "contacts")
# And meetings, which are told, changed and cancelled one by one (hearings.services.amend_meeting).
ANNOUNCED_ROWS = (*DISCLOSED_ROWS, "meetings")
SCHEDULE_FIELDS = ("opens_at", "closes_at", "notice_published_at", "notice_number", "code", "kind")
# Who may take part is announced with the rest: changed later it would shut out people who were told they may.
RULE_FIELDS = ("who_may_comment", "who_may_support")
FROZEN_FIELDS = (*SCHEDULE_FIELDS, *RULE_FIELDS, *DISCLOSED_FIELDS)


def is_announced(hearing: Hearing) -> bool:
    return hearing.stage not in FREE_STAGES


def is_draft_frozen(hearing: Hearing) -> bool:
    """While people read and comment nobody edits the draft; afterwards a second version may be prepared."""
    return hearing.stage in (Stage.ANNOUNCED, Stage.CANCELLED)


class HearingForm(BasePageForm):
    notice_published_at = ThaiDateField(
        label=_("Announcement posted on"),
        required=False,
        help_text=_("For example 30/10/2569. Left empty, it is the day you announce here."),
    )
    opens_at = ThaiDateTimeField(
        label=_("Opens"), required=False, help_text=_("Day and time, for example 17/11/2569 08.30.")
    )
    closes_at = ThaiDateTimeField(
        label=_("Closes"), required=False, help_text=_("Day and time, for example 9/12/2569 23.59.")
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        frozen = [*FROZEN_FIELDS] if is_announced(self.instance) else []
        if is_draft_frozen(self.instance):
            frozen.append("draft")
        for name in frozen:
            self.fields.pop(name, None)
        for relation in ANNOUNCED_ROWS if is_announced(self.instance) else ():
            self.formsets.pop(relation, None)
        self._limit_areas()

    def _limit_areas(self) -> None:
        """The cluster's own areas; a coordinator prepares hearings of the own province only (A056)."""
        provinces = Province.objects.all().of_this_site()
        if not provinces.exists():  # a site whose cluster nobody has chosen yet
            provinces = Province.objects.all()
        if self.for_user and not can_act_in_province(self.for_user, None):
            provinces = provinces.filter(pk=self.for_user.province_id)
        ours = provinces.in_dictionary_order()
        if "provinces" in self.fields:
            self.fields["provinces"].queryset = Province.objects.filter(pk__in=[p.pk for p in ours])
            self.fields["provinces"].choices = [(province.pk, province.full_name) for province in ours]
        if "districts" in self.fields:
            districts = District.objects.filter(province__in=ours)
            self.fields["districts"].queryset = districts
            ordered = districts.in_dictionary_order()
            self.fields["districts"].choices = [
                (province.full_name, [(d.pk, d.full_name) for d in ordered if d.province_id == province.pk])
                for province in ours
            ]

    def clean(self) -> dict:
        cleaned = super().clean()
        opens_at, closes_at = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", ValidationError(_("It must close after it opens."), code="order"))
        return cleaned


class MeetingForm(WagtailAdminModelForm):
    starts_at = ThaiDateTimeField(
        label=_("Starts"),
        required=False,
        help_text=_("For example 28/11/2569 09.30. Needed before the announcement."),
    )
    ends_at = ThaiDateTimeField(label=_("Ends"), required=False)

    def clean(self) -> dict:
        cleaned = super().clean()
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", ValidationError(_("It must end after it starts."), code="order"))
        return cleaned
