"""The editing screen of a hearing in tabs, in the order an officer thinks in."""

from __future__ import annotations

from typing import Any

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


class ChecklistPanel(Panel):
    """What is still missing before the announcement, with the clause and the tab where it is mended (A174)."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "hearings/admin/checklist_panel.html"

        def is_shown(self) -> bool:
            return self.instance.pk is not None and not is_announced(self.instance)

        def get_context_data(self, parent_context: dict | None = None) -> dict:
            from hearings.checklist import (
                Level,
                checklist,
            )  # the checklist knows the models, which know these panels

            checks = checklist(self.instance, timezone.now())
            missing = [check for check in checks if check.level == Level.BLOCK]
            better = [check for check in checks if check.level == Level.WARN]
            return {**super().get_context_data(parent_context), "missing": missing, "better": better}


class FrozenDisclosurePanel(Panel):
    """In place of what was announced: corrections are dated (R10)."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "hearings/admin/frozen_disclosure_panel.html"

        def is_shown(self) -> bool:
            return is_announced(self.instance)


class Tab(ObjectList):
    """A tab with an anchor that no translation changes: the checklist links to it."""

    def __init__(self, *args: Any, key: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.key = key

    @property
    def clean_name(self) -> str:
        return self.key

    def clone_kwargs(self) -> dict:
        return {**super().clone_kwargs(), "key": self.key}


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


class FrozenRowsPanel(Panel):
    """Rows that were announced, to read: in place of their editor (R10)."""

    def __init__(self, *args: Any, relation: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.relation = relation

    def clone_kwargs(self) -> dict:
        return {**super().clone_kwargs(), "relation": self.relation}

    class BoundPanel(Panel.BoundPanel):
        template_name = "hearings/admin/frozen_rows_panel.html"

        def get_context_data(self, parent_context: dict | None = None) -> dict:
            rows = getattr(self.instance, self.panel.relation).all()
            return {**super().get_context_data(parent_context), "rows": rows}


class DisclosedRowsPanel(InlinePanel):
    """Rows of their own until the announcement; then the form has no such rows any more."""

    def get_bound_panel(
        self, instance: Any = None, request: Any = None, form: Any = None, prefix: str = "panel"
    ) -> Panel.BoundPanel:
        if form is None or self.relation_name in form.formsets:
            return super().get_bound_panel(instance=instance, request=request, form=form, prefix=prefix)
        frozen = FrozenRowsPanel(heading=self.heading, relation=self.relation_name).bind_to_model(self.model)
        return frozen.get_bound_panel(instance=instance, request=request, form=form, prefix=prefix)


class MeetingPanel(DisclosedRowsPanel):
    """Meetings with times typed in the Buddhist era."""

    def get_form_options(self) -> dict:
        from hearings.editor import MeetingForm

        options = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = MeetingForm
        return options


SUBJECT = [
    StepsPanel(heading=_("Where it stands")),
    ChecklistPanel(heading=_("Before the announcement")),
    FrozenDisclosurePanel(),
    FieldPanel("title", heading=_("Matter")),
    FieldPanel("title_en"),
    FieldRowPanel([FieldPanel("code"), FieldPanel("kind")]),
    FieldPanel("summary"),
    FieldPanel("summary_en"),
    FieldPanel("plain_summary"),
    FieldPanel("intro"),
]
# The eight items of ข้อ 7, in the order of the clause (R4).
DISCLOSURE = [
    FrozenDisclosurePanel(),
    FieldPanel("necessity", heading=_("(1) Reasons and objective")),
    FieldPanel("essence", heading=_("(2) Substance of the matter")),
    FieldPanel("operator", heading=_("(3) Who carries it out")),
    FieldPanel("site", heading=_("(4) Where it is done")),
    FieldPanel("timetable", heading=_("(5) Steps and duration")),
    FieldPanel("outputs", heading=_("(6) Outputs and outcomes")),
    MultiFieldPanel(
        [FieldPanel("affected_people"), FieldPanel("impacts"), FieldPanel("mitigation")],
        heading=_("(7) Impacts on people, prevention and remedy"),
    ),
    FieldPanel("cost", heading=_("(8) Estimated cost and source of the money")),
    InlinePanel("benefits", heading=_("What it means for each sector"), label=_("Meaning for a sector")),
]
DRAFT = [FrozenDraftPanel(), FieldPanel("draft")]
SCHEDULE = [
    FrozenSchedulePanel(),
    FieldRowPanel([FieldPanel("notice_number"), FieldPanel("notice_published_at")]),
    FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
    FieldRowPanel([FieldPanel("signer_name"), FieldPanel("signer_position")]),
    FieldPanel("no_posting_reason"),
    FieldPanel("moderation_mode"),
    MultiFieldPanel(
        [FieldPanel("who_may_comment"), FieldPanel("who_may_support")],
        heading=_("Who may take part on the website"),
        help_text=_("Paper, the telephone and the counter of the office stay open to everyone."),
    ),
    FieldPanel("legal_basis"),
]
PEOPLE = [
    MultiFieldPanel([FieldPanel("provinces", widget=CheckboxSelectMultiple), FieldPanel("districts", widget=CheckboxSelectMultiple), FieldPanel("topics")], heading=_("Area and topics")),
    FieldPanel("strategy_issues", widget=CheckboxSelectMultiple),
    FieldPanel("lead_agency"),
    DisclosedRowsPanel("contacts", heading=_("Contact persons"), label=_("Contact person")),
]  # fmt: skip
PAPERS = [
    DisclosedRowsPanel("methods", heading=_("Ways of hearing people"), label=_("Way of hearing people")),
    FieldPanel("how_to_comment"),
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
        Tab(SUBJECT, heading=_("Matter and summary"), key="subject"),
        Tab(DISCLOSURE, heading=_("Disclosure"), key="disclosure"),
        Tab(DRAFT, heading=_("Draft"), key="draft"),
        Tab(SCHEDULE, heading=_("Schedule"), key="schedule"),
        Tab(PEOPLE, heading=_("Area and people"), key="people"),
        Tab(PAPERS, heading=_("Ways, documents and meetings"), key="papers"),
        Tab(RESULT, heading=_("Result"), key="result"),
        Tab(LISTING, heading=_("Lists and address"), key="listing"),
    ],
    base_form_class=HearingForm,
)
