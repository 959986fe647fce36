"""The editing screen of a hearing in tabs, in the order an officer thinks in."""

from __future__ import annotations

from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)

from core.models import BasePage
from hearings.editor import HearingForm, is_announced, is_draft_frozen


class StepsPanel(Panel):
    """Where the hearing stands, and the steps that are possible now: the header hides them behind three dots."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "hearings/admin/steps_panel.html"

        def is_shown(self) -> bool:
            return self.instance.pk is not None

        def get_context_data(self, parent_context: dict | None = None) -> dict:
            from hearings.steps import offered  # steps know the models, which know these panels

            now = timezone.now()
            context = super().get_context_data(parent_context)
            state, steps = self.instance.state(now), offered(self.instance, self.request.user, now)
            return {**context, "state": state, "steps": steps, "now": now}


class FrozenDraftPanel(Panel):
    """In place of the draft while it is frozen: why it cannot be edited, and the frozen text."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "hearings/admin/frozen_draft_panel.html"

        def is_shown(self) -> bool:
            return is_draft_frozen(self.instance)


class FrozenSchedulePanel(Panel):
    """In place of the dates after the announcement."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "hearings/admin/frozen_schedule_panel.html"

        def is_shown(self) -> bool:
            return is_announced(self.instance)


class MeetingPanel(InlinePanel):
    """Meetings with times typed in the Buddhist era."""

    def get_form_options(self) -> dict:
        from hearings.editor import MeetingForm

        options = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = MeetingForm
        return options


SUBJECT = [
    StepsPanel(heading=_("Where it stands")),
    FieldPanel("title", heading=_("Matter")),
    FieldPanel("title_en"),
    FieldRowPanel([FieldPanel("code"), FieldPanel("kind")]),
    FieldPanel("summary"),
    FieldPanel("summary_en"),
    FieldPanel("plain_summary"),
    FieldPanel("intro"),
]
DRAFT = [FrozenDraftPanel(), FieldPanel("draft")]
SCHEDULE = [
    FrozenSchedulePanel(),
    FieldRowPanel([FieldPanel("notice_number"), FieldPanel("notice_published_at")]),
    FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
    FieldPanel("moderation_mode"),
    FieldPanel("legal_basis"),
]
PEOPLE = [
    MultiFieldPanel([FieldPanel("provinces", widget=CheckboxSelectMultiple), FieldPanel("districts", widget=CheckboxSelectMultiple), FieldPanel("topics")], heading=_("Area and topics")),
    FieldPanel("strategy_issues", widget=CheckboxSelectMultiple),
    FieldPanel("lead_agency"),
    MultiFieldPanel(
        [FieldPanel("affected_people"), FieldPanel("impacts"), FieldPanel("mitigation")],
        heading=_("Who is affected and what is done about it"),
    ),
    InlinePanel("contacts", heading=_("Contact persons"), label=_("Contact person")),
]  # fmt: skip
PAPERS = [
    InlinePanel("documents", heading=_("Documents"), label=_("Document")),
    MeetingPanel("meetings", heading=_("Meetings"), label=_("Meeting")),
]
RESULT = [FieldPanel("result_body")]
LISTING = [
    MultiFieldPanel([FieldPanel("listing_image"), FieldPanel("social_title")], heading=_("In lists and when shared")),
    *BasePage.promote_panels[1:],
]  # fmt: skip

HEARING_PANELS = TabbedInterface(
    [
        ObjectList(SUBJECT, heading=_("Matter and summary")),
        ObjectList(DRAFT, heading=_("Draft")),
        ObjectList(SCHEDULE, heading=_("Schedule")),
        ObjectList(PEOPLE, heading=_("Area and people")),
        ObjectList(PAPERS, heading=_("Documents and meetings")),
        ObjectList(RESULT, heading=_("Result")),
        ObjectList(LISTING, heading=_("Lists and address")),
    ],
    base_form_class=HearingForm,
)
