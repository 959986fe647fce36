"""Home page and standard pages, questions and answers, tickets, tasks, links, agencies: one subject a file."""

from home.models.directory import Agency, DirectoryLink
from home.models.faq import FaqCategory, FaqEntry
from home.models.pages import HomePage, StandardPage
from home.models.tasks import SharedTask
from home.models.tickets import Ticket, TicketAnswer
from home.models.words import GlossaryWord

__all__ = [
    "Agency",
    "DirectoryLink",
    "FaqCategory",
    "FaqEntry",
    "GlossaryWord",
    "HomePage",
    "SharedTask",
    "StandardPage",
    "Ticket",
    "TicketAnswer",
]
