"""Choices of tickets, links and agencies."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TicketState(TextChoices):
    """A ticket is new until somebody answers; closed is the end."""

    NEW = "new", _("Waiting for an answer")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


class TicketKind(TextChoices):
    """Where a ticket came from: the contact form (A014) or "ask a new question" under the FAQ (A008)."""

    CONTACT = "contact", _("Message to the office")
    QUESTION = "question", _("Question for the FAQ")


class TaskState(TextChoices):
    """Piles of the shared task list; late ones are open ones whose day has passed."""

    OPEN = "open", _("Open")
    LATE = "late", _("Late")
    DONE = "done", _("Done")


class LinkCategory(TextChoices):
    """Shelves of the links page. STAFF is shown to signed-in staff only (A033 webmail, A044 welfare)."""

    SERVICES = "services", _("Services of the state")
    LAWS = "laws", _("Laws and regulations")
    DATA = "data", _("Open data")
    PARTNERS = "partners", _("Provinces and partners")
    CHANNELS = "channels", _("Our other channels")
    QUALITY = "quality", _("Quality of administration (PMQA)")
    STAFF = "staff", _("For staff")


class AgencyKind(TextChoices):
    """Levels and kinds of the agency directory (A040, A071-A074, A081)."""

    MINISTRY = "ministry", _("Ministry")
    DEPARTMENT = "department", _("Department or equal office")
    REGIONAL = "regional", _("Regional or provincial office")
    PROVINCE = "province", _("Province")
    LOCAL_GOV = "local_gov", _("Local government")
    PRIVATE_BODY = "private_body", _("Private-sector body")
    ACADEMIC = "academic", _("University or institute")
    CIVIL_SOCIETY = "civil_society", _("Civil society")
    COMMITTEE = "committee", _("Committee")
