"""Pages of comments by the position of their last row, not by counting.

The list of a hearing with 10,000 comments opens as fast on its last page as on its first, and a comment that
arrives meanwhile moves nothing. No OFFSET, no COUNT(*): one query reads one row more than it shows.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import re
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from hearings.models import Comment

PAGE_SIZE = 20
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)
HIGHEST_ID = 2**63 - 1
CURSOR = re.compile(r"[A-Za-z0-9_-]{4,60}")
POSITION = re.compile(r"(-?\d{1,17})\.(\d{1,19})")


@dataclass(frozen=True)
class KeysetPage:
    """``?after=`` leads to older comments, ``?before=`` back to newer ones; a cursor is "" where there is nothing."""

    items: list[Comment]
    after: str
    before: str

    @property
    def has_next(self) -> bool:
        return bool(self.after)

    @property
    def has_previous(self) -> bool:
        return bool(self.before)


def keyset_page(comments: QuerySet[Comment], params: QueryDict, size: int = PAGE_SIZE) -> KeysetPage:
    """One page of ``comments`` (filtered, in any order) at the place the address asks for.

    A cursor that is not one of ours is a 404 with a clear sentence.
    """
    if before := params.get("before"):
        rows = list(comments.filter(_newer(_position(before))).order_by("created_at", "pk")[: size + 1])
        return _page(rows[:size][::-1], has_older=True, has_newer=len(rows) > size)
    after = params.get("after")
    older = comments.filter(_older(_position(after))) if after else comments
    rows = list(older.order_by("-created_at", "-pk")[: size + 1])
    return _page(rows[:size], has_older=len(rows) > size, has_newer=bool(after))


def _page(rows: list[Comment], *, has_older: bool, has_newer: bool) -> KeysetPage:
    return KeysetPage(
        items=rows,
        after=cursor(rows[-1]) if rows and has_older else "",
        before=cursor(rows[0]) if rows and has_newer else "",
    )


def cursor(comment: Comment) -> str:
    position = f"{(comment.created_at - EPOCH) // MICROSECOND}.{comment.pk}"
    return base64.urlsafe_b64encode(position.encode()).decode().rstrip("=")


def _position(text: str) -> tuple[dt.datetime, int]:
    try:
        if not CURSOR.fullmatch(text):
            raise ValueError(text)
        decoded = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii")
        match = POSITION.fullmatch(decoded)
        if not match or int(match[2]) > HIGHEST_ID:
            raise ValueError(decoded)
        return EPOCH + int(match[1]) * MICROSECOND, int(match[2])
    except (ValueError, OverflowError, binascii.Error) as error:
        raise Http404(
            _("This link to a page of the list is broken. Start again from the newest comments.")
        ) from error


def _older(position: tuple[dt.datetime, int]) -> Q:
    at, pk = position
    # The first condition alone bounds the index range; the second settles equal times.
    return Q(created_at__lte=at) & (Q(created_at__lt=at) | Q(pk__lt=pk))


def _newer(position: tuple[dt.datetime, int]) -> Q:
    at, pk = position
    return Q(created_at__gte=at) & (Q(created_at__gt=at) | Q(pk__gt=pk))
