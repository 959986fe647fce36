"""Comments with what grew around them, for a page: one query for the replies, one for the support of the reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page
from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import Coalesce, RowNumber
from django.http import HttpRequest

from core.pagination import paginate
from core.prepared import Prepared
from hearings.enums import Visibility
from hearings.models import Attachment, Comment, Reply
from hearings.person import Person
from hearings.services.support import supported_by
from hearings.shown_files import files_of

IN_LIST = 6
ON_PAGE = 100


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
    files: list[Attachment] = field(default_factory=list)


def threads_of(comments: Sequence[Comment], person: Person | None) -> dict[int, Thread]:
    """By the comment's pk. The comments must be public; of each, answers of the office and the first replies."""
    keys = [comment.pk for comment in comments]
    return threads_around(comments, files_of(comments), supported_by(person, keys), replies_to(keys))


def threads_around(
    comments: Sequence[Comment],
    files: dict[int, list[Attachment]],
    supported: set[int],
    replies: Sequence[Any],
) -> dict[int, Thread]:
    """The same of what was asked for already."""
    threads = {
        comment.pk: Thread(comment, is_supported=comment.pk in supported, files=files.get(comment.pk, []))
        for comment in comments
    }
    for reply in replies:
        if reply.place > IN_LIST:
            threads[reply.comment_id].has_more = True
        else:
            _hang(threads[reply.comment_id], reply)
    for thread in threads.values():
        thread.nodes = [node for node in thread.nodes if node.below or not node.is_gone]
    return threads


def is_gone(reply: Reply) -> bool:
    return bool(reply.withdrawn_at) or reply.visibility == Visibility.HIDDEN


def thread_page(comment: Comment, person: Person | None, request: HttpRequest) -> tuple[Thread, Page]:
    """One comment with a page of the talk below it (``?page=2``): however many reply, every word can be read.

    Replies stand in the order of the talk, each with what was said to it right after. Where a page begins in the
    middle of such a group, the reply it belongs to is shown once more.
    """
    thread = Thread(comment, is_supported=comment.pk in supported_by(person, [comment.pk]))
    thread.files = files_of([comment]).get(comment.pk, [])
    thread.official = list(Reply.objects.public().filter(comment=comment, is_official=True))
    page = paginate(request, talk_below(comment), ON_PAGE)
    replies = list(page)
    missing = {reply.parent_id for reply in replies if reply.parent_id} - {reply.pk for reply in replies}
    heads = list(Reply.objects.filter(pk__in=missing)) if missing else []
    for reply in [*heads, *replies]:
        _hang(thread, reply)
    return thread, page


def talk_below(comment: Comment) -> QuerySet[Reply]:
    """What readers said to it. Something taken away keeps its place only while public words stand below it."""
    words_below = Reply.objects.public().filter(parent=OuterRef("pk"))
    shown = Q(visibility=Visibility.PUBLIC, withdrawn_at__isnull=True)
    return (
        Reply.objects.filter(comment=comment, is_official=False)
        .exclude(visibility=Visibility.PENDING)
        .filter(shown | Q(parent__isnull=True) & Exists(words_below))
        .annotate(head=Coalesce("parent_id", "pk"), head_at=Coalesce("parent__created_at", "created_at"))
        .order_by("head_at", "head", F("parent_id").asc(nulls_first=True), "created_at", "pk")
    )


def _first_replies(comments: list[Any]) -> QuerySet[Reply]:
    """With ``place``: the how-manieth of its comment each is."""
    place = Window(
        RowNumber(), partition_by="comment_id", order_by=[F("is_official").desc(), "created_at", "pk"]
    )
    found = Reply.objects.filter(comment__pk__in=comments).exclude(visibility=Visibility.PENDING)
    return found.annotate(place=place).filter(place__lte=IN_LIST + 1).order_by("comment_id", "place")


_REPLIES = Prepared(_first_replies, comments=BigIntegerField())


def replies_to(comment_ids: list[int]) -> Sequence[Any]:
    """Answers of the office and the first replies to these comments, one more of each than a list shows."""
    return _REPLIES(comments=comment_ids) if comment_ids else []


def _hang(thread: Thread, reply: Reply) -> None:
    if reply.is_official:
        if not is_gone(reply):
            thread.official.append(reply)
    elif reply.parent_id is None:
        thread.nodes.append(Node(reply))
    elif not is_gone(reply):
        for node in thread.nodes:
            if node.reply.pk == reply.parent_id:
                node.below.append(reply)
