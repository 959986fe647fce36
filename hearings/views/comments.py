"""What people said: sorted, searched, filtered, in pages that do not shift while new comments come in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import Action, may
from hearings.enums import SubmissionStatus, Visibility
from hearings.forms.filters import WHOLE, CommentFilter
from hearings.keyset import DISCUSSED, NEWEST, OLDEST, SUPPORTED, KeysetPage, keyset_page
from hearings.models import Comment, Hearing, Submission
from hearings.person import person_of
from hearings.querysets import CommentQuerySet
from hearings.tallies import Board
from hearings.threads import Thread, threads_of
from hearings.totals import totals_by_stance_and_sector
from hearings.views.hearing import HearingRoom
from hearings.views.lookup import has_pinned, provinces_of, put_sections, sections_of, visible_hearing

MOST_TOMBSTONES = 20
ORDERS = {"old": OLDEST, "supported": SUPPORTED, "discussed": DISCUSSED}
BY_NUMBER = ("supported", "discussed")


@dataclass(frozen=True)
class Row:
    """A comment with its thread, or the mark of one that its author withdrew."""

    at: dt.datetime
    comment: Comment | None = None
    withdrawn: Submission | None = None
    thread: Thread | None = None


@require_safe
def comments(request: HttpRequest, slug: str) -> HttpResponse:
    hearing = visible_hearing(slug)
    sections = sections_of(hearing)
    form = CommentFilter(request.GET, sections=sections, provinces=provinces_of(hearing))
    wanted = form.cleaned_data if form.is_valid() else {}
    sort = wanted.pop("sort", "")
    wanted = {name: value for name, value in wanted.items() if value}
    found, narrow = chosen(hearing, wanted, sort)
    page = keyset_page(found, request.GET, order=ORDERS.get(sort, NEWEST), narrow=narrow)
    on_top = not (wanted or sort or page.has_previous) and has_pinned(hearing)
    pinned = list(Comment.objects.pinned(hearing)) if on_top else []
    put_sections([*page.items, *pinned], sections)
    threads = threads_of([*page.items, *pinned], person_of(request))
    rows = with_tombstones(hearing, page, threads, wanted, sort)
    context = {
        "hearing": hearing,
        "room": HearingRoom(hearing, timezone.now()),
        "form": form,
        "wanted": wanted,
        "sort": sort or "new",
        "sorts": form.SORTS,
        "chips": [(label, without(request.GET, name)) for name, label in form.chips()],
        "section": form.sections.get(wanted.get("block", "")),
        "board": Board.of(totals_by_stance_and_sector(hearing)),
        "page": page,
        "pinned": [threads[comment.pk] for comment in pinned],
        # What is pinned stands above and not a second time at its place.
        "rows": [row for row in rows if row.comment is None or row.comment not in pinned],
        "is_deep": bool(request.GET),
        "may_answer": may_answer(request, hearing),
    }
    return render(request, "hearings/comments.html", context)


def may_answer(request: HttpRequest, hearing: Hearing) -> bool:
    """Whether the reader is staff who pins or answers here; strangers cost no query."""
    user = request.user
    return user.is_authenticated and (
        may(user, Action.PIN_COMMENT, hearing) or may(user, Action.ANSWER_COMMENT, hearing)
    )


def without(params: QueryDict, name: str) -> str:
    """The address with one filter taken away, from its first page; a paragraph goes with its section."""
    left = params.copy()
    for key in (name, "after", "before", *(["paragraph"] if name == "block" else [])):
        left.pop(key, None)
    return f"?{left.urlencode()}"


BY_INDEX: dict[str, Callable[[CommentQuerySet, str], CommentQuerySet]] = {
    "block": lambda found, key: found.for_block(None if key == WHOLE else key),
    "stance": lambda found, stance: found.with_stance(stance),
}
NARROW: dict[str, Callable[[str], Q]] = {
    "block": lambda key: Q(block_key__isnull=True) if key == WHOLE else Q(block_key=key),
    "stance": lambda stance: Q(stance=stance),
    "sector": lambda sector: Q(submission__sector=sector),
    "province": lambda code: Q(submission__province=code),
    "paragraph": lambda key: Q(paragraph_key=key),
    "answered": lambda answered: Q(answered_at__isnull=answered == "no"),
    "q": lambda text: words_in(text),
}


def chosen(hearing: Hearing, wanted: dict, sort: str) -> tuple[CommentQuerySet, Q | None]:
    """One filter by its index, the others within a window of that order (hearings.keyset)."""
    found, rest = Comment.objects.for_lists(hearing), dict(wanted)
    if sort not in BY_NUMBER:
        if wanted.get("answered") == "yes":
            found = found.filter(answered_at__isnull=False)
            del rest["answered"]
        elif name := next((name for name in BY_INDEX if name in wanted), None):
            found = BY_INDEX[name](found, rest.pop(name))
    narrow = Q()
    for name, value in rest.items():
        narrow &= NARROW[name](value)
    return found, narrow or None


def words_in(text: str) -> Q:
    """Every word somewhere in the reason or the suggestion."""
    found = Q()
    for word in text.split():
        found &= Q(reason__icontains=word) | Q(suggestion__icontains=word)
    return found


def with_tombstones(
    hearing: Hearing, page: KeysetPage, threads: dict[int, Thread], wanted: dict, sort: str
) -> list[Row]:
    """The page's comments and, between them, what was withdrawn in that time: who and when, never the words."""
    rows = [Row(comment.created_at, comment=comment, thread=threads[comment.pk]) for comment in page.items]
    if sort or not rows or wanted.keys() - {"stance", "sector"}:
        return rows
    gone = Submission.objects.filter(hearing=hearing, status=SubmissionStatus.WITHDRAWN)
    gone = gone.filter(visibility=Visibility.PUBLIC, **wanted)
    if page.has_previous:
        gone = gone.filter(submitted_at__lte=rows[0].at)
    if page.has_next:
        gone = gone.filter(submitted_at__gt=rows[-1].at)
    stones = (Row(entry.submitted_at, withdrawn=entry) for entry in gone[:MOST_TOMBSTONES])
    return sorted(chain(rows, stones), key=lambda row: row.at, reverse=True)
