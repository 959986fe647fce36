"""Comments of one hearing that hold some words: the site's search finds them, the database filters and sorts them.

However many comments there are, search gives at most ``core.finding.MOST``: of the newest order the newest, else the
closest. The page says so where there are more.
"""

from __future__ import annotations

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from core.finding import MOST, FinderDownError, Inside, Wanted, find_inside
from core.searchable import key_for
from hearings.keyset import PAGE_SIZE, KeysetPage
from hearings.models import Comment, Hearing
from hearings.querysets import CommentQuerySet

CLOSEST = "close"
# Enough for a first page of the newest, with some that were taken away since search read them.
FIRST = 64
NEWEST_FIRST = ("", "new")


def words_found(
    hearing: Hearing, wanted: dict[str, str], sort: str, most: int, visitor: str, exact: bool = False
) -> Inside | None:
    """None while search is down. Raises TooManyRequestsError where exact words were asked for too often."""
    asked = Wanted(
        Comment,
        wanted["q"],
        part_of=key_for(hearing),
        variety=wanted.get("stance", ""),
        sector=wanted.get("sector", ""),
        province=wanted.get("province", ""),
        newest=sort in NEWEST_FIRST,
        most=most,
        exact=exact,
        visitor=visitor,
    )
    try:
        return find_inside(asked)
    except FinderDownError:
        return None


def closest_page(comments: CommentQuerySet, inside: Inside, params: QueryDict) -> KeysetPage:
    """A page in the order of search. A cursor here is a place in that order."""
    start = _place(params.get("before") or params.get("after") or "0")
    held = set(comments.values_list("pk", flat=True))
    ordered = [pk for pk in inside.pks if pk in held]
    rows = {comment.pk: comment for comment in comments.filter(pk__in=ordered[start : start + PAGE_SIZE])}
    return KeysetPage(
        [rows[pk] for pk in ordered[start : start + PAGE_SIZE] if pk in rows],
        after=str(start + PAGE_SIZE) if len(ordered) > start + PAGE_SIZE else "",
        before=str(max(start - PAGE_SIZE, 0)) if start else "",
    )


def _place(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 4 and int(text) < MOST:
        return int(text)
    raise Http404(_("This link to a page of the list is broken. Start again from the newest comments."))
