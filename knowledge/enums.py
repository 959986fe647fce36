"""Choices of the lessons library. The labels are the everyday words of ถอดบทเรียน and AAR (requirements A190-A193)."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LessonKind(TextChoices):
    """Every lesson is one of the two (requirements A191)."""

    GOOD_PRACTICE = "good_practice", _("Good practice")
    CAUTION = "caution", _("Point of caution")


class ProblemArea(TextChoices):
    """The two classes of problems the executives' course named (requirements A192)."""

    DEVELOPMENT = "development", _("Development problems")
    MANAGEMENT = "management", _("Management problems")


class ProblemSubarea(TextChoices):
    """Sub-classes of the two areas (requirements A193, A212)."""

    DIRECTION = "direction", _("Direction")
    VALUE_CHAIN = "value_chain", _("From growing to selling")
    PROACTIVE = "proactive", _("Planning ahead")
    INTEGRATION = "integration", _("Sectors working together")
    BUDGET = "budget", _("Budget")
    DATA = "data", _("Shared data")
    COMMUNICATION = "communication", _("Communication")
    LEAD_HOST = "lead_host", _("Who is in charge")
    LAW_STRUCTURE = "law_structure", _("Law and organisation")
    TEAM_CULTURE = "team_culture", _("Team and culture")


SUBAREAS = {
    ProblemArea.DEVELOPMENT: (
        ProblemSubarea.DIRECTION,
        ProblemSubarea.VALUE_CHAIN,
        ProblemSubarea.PROACTIVE,
        ProblemSubarea.INTEGRATION,
    ),
    ProblemArea.MANAGEMENT: (
        ProblemSubarea.BUDGET,
        ProblemSubarea.DATA,
        ProblemSubarea.COMMUNICATION,
        ProblemSubarea.LEAD_HOST,
        ProblemSubarea.LAW_STRUCTURE,
        ProblemSubarea.TEAM_CULTURE,
    ),
}


class EvidenceLevel(TextChoices):
    """How sure we are, in five rungs, weakest first (requirements A217)."""

    TOLD = "told", _("Told from experience")
    DOCUMENTED = "documented", _("Documented")
    MEASURED = "measured", _("Measured in numbers")
    COMPARED = "compared", _("Compared with another area")
    REPEATED = "repeated", _("Repeated in several places")

    @property
    def rung(self) -> int:
        return list(EvidenceLevel).index(self) + 1


class LessonOrder(TextChoices):
    """Of the library. How often a lesson was used is not recorded yet."""

    CLOSEST = "closest", _("The closest first")  # to the words, where some were typed
    NEWEST = "newest", _("The newest first")
    BEST_PROVEN = "proven", _("The best proven first")


class SourceType(TextChoices):
    """Where the lesson came up."""

    AAR = "aar", _("After-action review")
    HEARING = "hearing", pgettext_lazy("source of a lesson", "Hearing")
    PROJECT = "project", pgettext_lazy("source of a lesson", "Project")
    MEETING = "meeting", pgettext_lazy("source of a lesson", "Meeting")
    COURSE = "course", _("Course or study visit")
    EVALUATION = "evaluation", _("Evaluation")
    INTERVIEW = "interview", _("Interview")


class Visibility(TextChoices):
    PUBLIC = "public", _("Everyone")
    NETWORK = "network", _("Signed-in network members")
    STAFF = "staff", _("Office staff only")


class ContributorKind(TextChoices):
    """Credit goes to teams as well as to people (requirements A213)."""

    PERSON = "person", _("Person")
    TEAM = "team", _("Team")
