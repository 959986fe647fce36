"""Comments with what grew around them, for a page: one query for the replies, one for the support of the reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from hearings.enums import Visibility
from hearings.models import Comment, Reply
from hearings.person import Person
from hearings.services.support import supported_by

IN_LIST = 6
ON_PAGE = 300


@dataclass
class Node:
    """A reply with the replies to it. One that is gone keeps its place as long as something stands below it."""

    reply: Reply
    below: list[Reply] = field(default_factory=list)

    @property
    def is_gone(self) -> bool:
        return is_gone(self.reply)


@dataclass
class Thread:
    comment: Comment
    official: list[Reply] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    is_supported: bool = False
    has_more: bool = False


def threads_of(comments: Sequence[Comment], person: Person | None, most: int = IN_LIST) -> dict[int, Thread]:
    """By the comment's pk. The comments must be public; of each, answers of the office and the first replies."""
    threads = {comment.pk: Thread(comment) for comment in comments}
    for pk in supported_by(person, list(threads)):
        threads[pk].is_supported = True
    for reply in _replies(list(threads), most + 1):
        _hang(threads[reply.comment_id], reply, most)
    for thread in threads.values():
        thread.nodes = [node for node in thread.nodes if node.below or not node.is_gone]
    return threads


def is_gone(reply: Reply) -> bool:
    return bool(reply.withdrawn_at) or reply.visibility == Visibility.HIDDEN


def _replies(comment_ids: list[int], most: int) -> list[Reply]:
    place = Window(
        RowNumber(), partition_by="comment_id", order_by=[F("is_official").desc(), "created_at", "pk"]
    )
    found = Reply.objects.filter(comment__in=comment_ids).exclude(visibility=Visibility.PENDING)
    numbered = found.annotate(place=place).filter(place__lte=most)
    return list(numbered.order_by("comment_id", "place")) if comment_ids else []


def _hang(thread: Thread, reply: Reply, most: int) -> None:
    if reply.place > most:
        thread.has_more = True
    elif reply.is_official:
        if not is_gone(reply):
            thread.official.append(reply)
    elif reply.parent_id is None:
        thread.nodes.append(Node(reply))
    elif not is_gone(reply):
        for node in thread.nodes:
            if node.reply.pk == reply.parent_id:
                node.below.append(reply)
