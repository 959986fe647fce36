"""Pages of comments by the position of their last row, not by counting.

The list of a hearing with 10,000 comments opens as fast on its last page as on its first, and a comment that
arrives meanwhile moves nothing. No OFFSET over the list, no COUNT(*): one query reads one row more than it shows.

What no index answers (words, province, sector, two filters at once) is looked for in a window of the order: at most
``WINDOW`` rows are read for a page, however long the list is. A page may then be short, or even empty, and still lead
on; it says how far it looked.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Model, Q, QuerySet
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from hearings.models import Comment

PAGE_SIZE = 20
WINDOW = 2000
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)
HIGHEST_ID = 2**63 - 1
CURSOR = re.compile(r"[A-Za-z0-9_-]{4,60}")
POSITION = re.compile(r"([sdq]?)(-?\d{1,17})\.(\d{1,19})")
Position = tuple[Any, int]


@dataclass(frozen=True)
class Order:
    """One way to sort, each with its index (Meta.indexes of the model)."""

    field: str
    descending: bool
    mark: str  # first letter of its cursors, so that one of another order is refused
    number: Callable[[Any], int]
    value: Callable[[int], Any]

    def cursor(self, row: Model | Position) -> str:
        value, pk = row if isinstance(row, tuple) else (getattr(row, self.field), row.pk)
        position = f"{self.mark}{self.number(value)}.{pk}"
        return base64.urlsafe_b64encode(position.encode()).decode().rstrip("=")


def _microseconds(moment: dt.datetime) -> int:
    return (moment - EPOCH) // MICROSECOND


def _moment(microseconds: int) -> dt.datetime:
    return EPOCH + microseconds * MICROSECOND


NEWEST = Order("created_at", True, "", _microseconds, _moment)
OLDEST = Order("created_at", False, "", _microseconds, _moment)
# Support and replies come while people read, so a comment may move across a page of these two; the others stand still.
SUPPORTED = Order("supports_counted", True, "s", int, int)
DISCUSSED = Order("replies_counted", True, "d", int, int)
# What staff read (hearings.views.desk.moderation): who waited longest on top, or what was sent last.
WAITED_LONGEST = Order("submitted_at", False, "q", _microseconds, _moment)
SENT_LAST = Order("submitted_at", True, "q", _microseconds, _moment)


@dataclass(frozen=True)
class KeysetPage:
    """``?after=`` leads on, ``?before=`` back towards the start; a cursor is "" where there is nothing."""

    items: Sequence[Any]
    after: str
    before: str
    looked_until: Position | None = None  # where a search in a window stopped before the page was full

    @property
    def has_next(self) -> bool:
        return bool(self.after)

    @property
    def has_previous(self) -> bool:
        return bool(self.before)


class Ask(Protocol):
    """Reads ``count`` rows of a list at a place of it, and says where a window of them ended before the list did."""

    def __call__(
        self, order: Order, position: Position | None, count: int, *, descending: bool
    ) -> tuple[Sequence[Comment], Position | None]: ...


def keyset_page(
    comments: QuerySet[Any] | Ask,
    params: QueryDict,
    size: int = PAGE_SIZE,
    *,
    order: Order = NEWEST,
    narrow: Q | None = None,
    window: int = WINDOW,
) -> KeysetPage:
    """One page of ``comments`` (filtered by what an index answers) at the place the address asks for.

    ``narrow`` is the rest of the filter of a queryset. A cursor that is not one of ours is a 404 with a clear sentence.
    """
    back, text = params.get("before"), params.get("before") or params.get("after")
    descending = order.descending != bool(back)
    position = _position(order, text) if text else None
    rows: Sequence[Any]
    if isinstance(comments, QuerySet):
        rows, stopped = _read(comments, order, position, size + 1, narrow, window, descending=descending)
    else:
        rows, stopped = comments(order, position, size + 1, descending=descending)
    more = len(rows) > size
    rows = rows[:size]
    if more:
        stopped = None
    last: Model | Position | None = rows[-1] if more else stopped
    onward = order.cursor(last) if last else ""
    backward = order.cursor(rows[0]) if text and rows else (text if text and stopped else "")
    if back:
        return KeysetPage(rows[::-1], after=backward, before=onward, looked_until=stopped)
    return KeysetPage(rows, after=onward, before=backward, looked_until=stopped)


def _read(
    comments: QuerySet[Any],
    order: Order,
    position: Position | None,
    count: int,
    narrow: Q | None,
    window: int,
    *,
    descending: bool,
) -> tuple[list[Any], Position | None]:
    """The rows, and where the search for them stopped if its window ended first."""
    if position is not None:
        comments = comments.filter(beyond(order, position, descending=descending))
    sign = "-" if descending else ""
    comments = comments.order_by(f"{sign}{order.field}", f"{sign}pk")
    if narrow is None:
        return list(comments[:count]), None
    # The end of the window, if the list goes on behind it. As a bound of the range, not as a list of rows:
    # PostgreSQL would filter the whole hearing first and only then look which rows are in the window.
    stopped = comments.values_list(order.field, "pk")[window - 1 : window].first()
    within = until(order, stopped, descending=descending) if stopped else Q()
    return list(comments.filter(within).filter(narrow)[:count]), stopped


def cursor(comment: Comment) -> str:
    return NEWEST.cursor(comment)


def _position(order: Order, text: str) -> Position:
    try:
        if not CURSOR.fullmatch(text):
            raise ValueError(text)
        decoded = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii")
        match = POSITION.fullmatch(decoded)
        if not match or match[1] != order.mark or int(match[3]) > HIGHEST_ID:
            raise ValueError(decoded)
        return order.value(int(match[2])), int(match[3])
    except (ValueError, OverflowError, binascii.Error) as error:
        raise Http404(
            _("This link to a page of the list is broken. Start again from the newest comments.")
        ) from error


def beyond(order: Order, position: Position, *, descending: bool) -> Q:
    """Rows after this place of the order."""
    value, pk = position
    sign = "lt" if descending else "gt"
    # The first condition alone bounds the index range; the second settles equal values.
    return Q(**{f"{order.field}__{sign}e": value}) & (
        Q(**{f"{order.field}__{sign}": value}) | Q(**{f"pk__{sign}": pk})
    )


def until(order: Order, position: Position, *, descending: bool) -> Q:
    """Rows up to this place of the order."""
    value, pk = position
    sign = "gt" if descending else "lt"
    return Q(**{f"{order.field}__{sign}e": value}) & (
        Q(**{f"{order.field}__{sign}": value}) | Q(**{f"pk__{sign}e": pk})
    )
