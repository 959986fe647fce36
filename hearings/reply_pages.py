"""Where a reply stands in the talk below its comment: for its permalink (peers P48)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from hearings.enums import Visibility
from hearings.models import Reply
from hearings.threads import ON_PAGE, is_gone, talk_below


def page_with(reply: Reply) -> int | None:
    """The number of its page; None where readers do not meet it. Two queries, however long the talk is."""
    if reply.is_official:
        return None if is_gone(reply) or reply.visibility == Visibility.PENDING else 1
    talk = talk_below(reply.comment)
    found: Any = talk.filter(pk=reply.pk).first()  # with head and head_at
    if found is None:
        return None
    earlier = Q(head_at__lt=found.head_at) | Q(head_at=found.head_at, head__lt=found.head)
    if found.parent_id is not None:
        said = Q(created_at__lt=found.created_at) | Q(created_at=found.created_at, pk__lt=found.pk)
        earlier |= Q(head=found.head) & (Q(parent__isnull=True) | said)
    return talk.filter(earlier).count() // ON_PAGE + 1
