"""Verbs of home: one function each, atomic, permission and state checked first."""

from home.services.faq import promote_ticket
from home.services.shared_tasks import complete_task, create_task, may_finish, reopen_task
from home.services.tickets import answer_ticket, close_ticket, open_ticket

__all__ = [
    "answer_ticket",
    "close_ticket",
    "complete_task",
    "create_task",
    "may_finish",
    "open_ticket",
    "promote_ticket",
    "reopen_task",
]
