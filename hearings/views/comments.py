"""What people said, newest first, in pages that do not shift while new comments come in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import chain

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from hearings.enums import SubmissionStatus, Visibility
from hearings.forms.filters import WHOLE, CommentFilter
from hearings.keyset import KeysetPage, keyset_page
from hearings.models import Comment, Hearing, Submission
from hearings.tallies import Board
from hearings.totals import totals_by_stance_and_sector
from hearings.views.hearing import HearingRoom
from hearings.views.lookup import sections_of, visible_hearing

MOST_TOMBSTONES = 20


@dataclass(frozen=True)
class Row:
    """A comment, or the mark of one that its author withdrew."""

    at: dt.datetime
    comment: Comment | None = None
    withdrawn: Submission | None = None


@require_safe
def comments(request: HttpRequest, slug: str) -> HttpResponse:
    hearing = visible_hearing(slug)
    sections = sections_of(hearing)
    form = CommentFilter(request.GET, sections=sections)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = keyset_page(chosen(hearing, wanted), request.GET)
    context = {
        "hearing": hearing,
        "room": HearingRoom(hearing, timezone.now()),
        "form": form,
        "wanted": {name: value for name, value in wanted.items() if value},
        "section": form.sections.get(wanted.get("block", "")),
        "board": Board.of(totals_by_stance_and_sector(hearing)),
        "page": page,
        "rows": with_tombstones(hearing, page, wanted),
        "is_deep": bool(request.GET),
    }
    return render(request, "hearings/comments.html", context)


def chosen(hearing: Hearing, wanted: dict) -> QuerySet[Comment]:
    found = Comment.objects.public(hearing)
    if wanted.get("block"):
        found = found.for_block(None if wanted["block"] == WHOLE else wanted["block"])
    if wanted.get("stance"):
        found = found.with_stance(wanted["stance"])
    if wanted.get("sector"):
        found = found.by_sector(wanted["sector"])
    return found


def with_tombstones(hearing: Hearing, page: KeysetPage, wanted: dict) -> list[Row]:
    """The page's comments and, between them, what was withdrawn in that time: who and when, never the words."""
    rows = [Row(comment.created_at, comment=comment) for comment in page.items]
    if wanted.get("block") or not rows:
        return rows
    gone = Submission.objects.filter(hearing=hearing, status=SubmissionStatus.WITHDRAWN)
    gone = gone.filter(visibility=Visibility.PUBLIC)
    for name in ("stance", "sector"):
        if wanted.get(name):
            gone = gone.filter(**{name: wanted[name]})
    if page.has_previous:
        gone = gone.filter(submitted_at__lte=rows[0].at)
    if page.has_next:
        gone = gone.filter(submitted_at__gt=rows[-1].at)
    stones = (Row(entry.submitted_at, withdrawn=entry) for entry in gone[:MOST_TOMBSTONES])
    return sorted(chain(rows, stones), key=lambda row: row.at, reverse=True)
