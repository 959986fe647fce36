"""Personal data in the conversation: the name under a reply, the account that wrote it, notes in reports.

Supports and reports hold only keyed hashes (hearings.person). Words of replies belong to the record and stay.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.models import User
from hearings.models import Reply, Report


def export_replies(user: User | None) -> list[dict]:
    """What an account replied; a reply without an account cannot be traced to anybody."""
    found = Reply.objects.filter(author=user).select_related("hearing") if user else Reply.objects.none()
    return [
        {
            "hearing": reply.hearing.title,
            "reply": reply.text,
            "name": reply.name,
            "sector": reply.sector,
            "shown": reply.visibility,
            "sent": reply.created_at.isoformat(),
            "withdrawn": reply.withdrawn_at.isoformat() if reply.withdrawn_at else None,
        }
        for reply in found
    ]


def erase_replies(user: User | None) -> int:
    """Take the person out; the words stay without a name."""
    return Reply.objects.filter(author=user).update(name="", author=None) if user else 0


def purge_talk(hearing_ids: list[int], *, dry_run: bool = False) -> dict[str, int]:
    """The same for all of long finished hearings, and empty the notes of reports."""
    replies, reports = old_replies(hearing_ids), old_reports(hearing_ids)
    counts = {"replies": replies.count(), "reports": reports.count()}
    if not dry_run:
        replies.update(name="", author=None)
        reports.update(text="")
    return counts


def old_replies(hearing_ids: list[int]) -> QuerySet[Reply]:
    """Answers of the office keep who signed them: that is the office's record, not a respondent's."""
    personal = Q(author__isnull=False) | ~Q(name="")
    return Reply.objects.filter(personal, hearing__in=hearing_ids, is_official=False)


def old_reports(hearing_ids: list[int]) -> QuerySet[Report]:
    return Report.objects.filter(hearing__in=hearing_ids).exclude(text="")
