"""Personal data in the conversation: the name under a reply, the account that wrote it, notes in reports.

Words of replies belong to the record and stay. Supports and reports hold only keyed hashes (hearings.person): those of
an account are found by trying its hash at each comment, and get a random one when the account goes, so that they still
count once and lead nowhere.
"""

from __future__ import annotations

import secrets

from django.db.models import Q, QuerySet

from accounts.models import User
from hearings.models import Reply, Report, Support
from hearings.person import Person


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


def export_presses(user: User | None) -> list[dict]:
    """What an account supports and what it reported."""
    if user is None:
        return []
    supports = Support.objects.filter(pk__in=pressed_by(user, Support)).select_related("comment__hearing")
    reports = Report.objects.filter(pk__in=pressed_by(user, Report)).select_related("hearing")
    return [
        *(
            {
                "hearing": row.comment.hearing.title,
                "supports": row.comment_id,
                "sent": row.created_at.isoformat(),
            }
            for row in supports
        ),
        *(
            {
                "hearing": row.hearing.title,
                "reports": row.comment_id,
                "reason": row.reason,
                "note": row.text,
                "sent": row.created_at.isoformat(),
            }
            for row in reports
        ),
    ]


def pressed_by(user: User, model: type[Support] | type[Report]) -> list[int]:
    """Rows of this account: the hash is another one at every comment, so each row is tried (10 µs)."""
    person = Person.of_account(user)
    rows = model._default_manager.values_list("pk", "comment_id", "person").order_by().iterator(2000)
    return [pk for pk, comment_id, mark in rows if mark in person.marks(comment_id)]


def erase_talk(user: User | None) -> None:
    """Take the person out: words stay without a name, presses without a way back, notes of reports go."""
    if user is None:
        return
    Reply.objects.filter(author=user).update(name="", author=None)
    for pk in pressed_by(user, Support):
        Support.objects.filter(pk=pk).update(person=secrets.token_hex(32))
    for pk in pressed_by(user, Report):
        Report.objects.filter(pk=pk).update(person=secrets.token_hex(32), text="")


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
