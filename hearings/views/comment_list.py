"""One page of a hearing's comments. The database is asked everything each time; forms, tables and models are made only
where its answers together (``CommentList.shown``) are not known as a piece yet (core.fragments)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import BigIntegerField, CharField, DateTimeField, QuerySet
from django.http import HttpRequest, QueryDict

from core.finding import MOST, Inside
from core.fragments import digest
from core.prepared import Answer, Prepared, row_of, rows_for_key
from core.ratelimit import TooManyRequestsError, visitor
from hearings.comment_lists import among, ask_among, rows_of
from hearings.comment_words import CLOSEST, FIRST, NEWEST_FIRST, closest_page, words_found
from hearings.enums import SubmissionStatus, Visibility
from hearings.forms.filters import CommentFilter
from hearings.keyset import DISCUSSED, NEWEST, OLDEST, SUPPORTED, KeysetPage, keyset_page
from hearings.models import Comment, DraftBlock, Hearing, Submission
from hearings.person import person_of
from hearings.said import Row, said_by
from hearings.services.support import supported_by
from hearings.shown_files import files_of
from hearings.tallies import Board
from hearings.threads import replies_to, threads_around
from hearings.topics import topics_to_choose
from hearings.totals import totals_by_stance_and_sector
from hearings.views.hearing import HearingRoom
from hearings.views.lookup import has_pinned, provinces_of, put_sections, sections_of

MOST_TOMBSTONES = 20
OF_SEARCH = {"q", "stance", "sector", "province"}  # what search filters by itself
ORDERS = {"old": OLDEST, "supported": SUPPORTED, "discussed": DISCUSSED}


class CommentList:
    def __init__(self, request: HttpRequest, hearing: Hearing, now: dt.datetime) -> None:
        self.request, self.hearing = request, hearing
        self.room = HearingRoom(hearing, now)
        self.sections, self.provinces = sections_of(hearing), provinces_of(hearing)
        self.topics = topics_to_choose(hearing)
        wanted = dict(self._chosen())
        self.sort = wanted.pop("sort", "")
        self.is_exact = request.GET.get("exact") == "1"  # words as typed, without a correction
        self.wanted = {name: value for name, value in wanted.items() if value}
        self.inside: Inside | None = None
        self.too_many: TooManyRequestsError | None = None  # searches for exact words
        self.page = self._page_with_words() if "q" in self.wanted else self._page()
        on_top = not (self.wanted or self.sort or self.page.has_previous) and has_pinned(hearing)
        self.pinned = list(Comment.objects.pinned(hearing)) if on_top else []
        self.comments: Sequence[Comment] = (
            [*self.page.items, *self.pinned] if self.pinned else self.page.items
        )
        keys = primary_keys(self.comments)
        self.files = files_of(self.comments)
        self.supported = supported_by(person_of(request), keys)
        self.replies = replies_to(keys)
        self.tombstones = tombstones(hearing, self.page, self.wanted) if self._tells_of_withdrawn else []
        self.totals = totals_by_stance_and_sector(hearing)

    def _page_with_words(self) -> KeysetPage:
        """Reading hundreds of texts out of the index costs more than the page: its first few are asked for first."""
        params = self.request.GET
        is_first = (
            self.wanted.keys() <= OF_SEARCH
            and self.sort in NEWEST_FIRST
            and not (params.get("before") or params.get("after"))
        )
        self.inside = self._words_found(FIRST if is_first else MOST)
        page = self._page()
        until = self.inside.until if self.inside else None
        # Search knows the second only, and what came in one second (an import) in no order.
        if until and not (page.has_next and page.items[-1].created_at >= until + dt.timedelta(seconds=1)):
            self.inside = self._words_found(MOST)
            page = self._page()
        return page

    def _words_found(self, most: int) -> Inside | None:
        try:
            return words_found(
                self.hearing, self.wanted, self.sort, most, visitor(self.request), self.is_exact
            )
        except TooManyRequestsError as error:
            self.too_many = error
            return None

    def _page(self) -> KeysetPage:
        """While search is down or exact words were asked for too often, words narrow nothing and the page says so."""
        wanted = {name: value for name, value in self.wanted.items() if name != "q"}
        if self.sort == CLOSEST and not self.inside:
            self.sort = ""
        order = ORDERS.get(self.sort, NEWEST)
        if self.inside is None:
            found, narrow = rows_of(self.hearing, wanted, self.sort)
            return keyset_page(found, self.request.GET, order=order, narrow=narrow)
        if self.sort != CLOSEST and not wanted and self.inside.pks:
            return keyset_page(ask_among(self.hearing, self.inside.pks), self.request.GET, order=order)
        comments = among(self.hearing, self.inside.pks, wanted)
        if self.sort == CLOSEST:
            return closest_page(comments, self.inside, self.request.GET)
        return keyset_page(comments, self.request.GET, order=order)

    @property
    def is_down(self) -> bool:
        return self.inside is None and "q" in self.wanted and self.too_many is None

    @cached_property
    def form(self) -> CommentFilter:
        return CommentFilter(
            self.request.GET, sections=self.sections, provinces=self.provinces, topics=self.topics
        )

    def _chosen(self) -> dict[str, str]:
        """Most readers choose nothing; then there is no form to check."""
        if self.request.GET.keys().isdisjoint(CommentFilter.base_fields):
            return {}
        return self.form.cleaned_data if self.form.is_valid() else {}

    @property
    def _tells_of_withdrawn(self) -> bool:
        return not self.sort and bool(self.page.items) and not self.wanted.keys() - {"stance", "sector"}

    @cached_property
    def choice(self) -> str:
        """Digest of all that the page shows of the hearing and of what was chosen, wherever in the list it is."""
        params = self.request.GET
        chosen = [(name, *params.getlist(name)) for name in params if name not in ("after", "before")]
        return digest(
            self.request.path,
            chosen,
            row_of(self.hearing),
            str(self.room.state),
            *rows_for_key(self.sections),
            *(value for province in self.provinces for value in (province.pk, province.display_name)),
            *(value for topic in self.topics for value in (topic.pk, topic.display_name)),
            self.is_down,
            self.too_many.minutes if self.too_many else 0,
            *self._of_search,
        )

    @property
    def _of_search(self) -> tuple:
        if self.inside is None:
            return ()
        inside = self.inside
        told = inside.holds_every_word, inside.total, inside.looked_at, inside.did_you_mean
        return *told, inside.looked_through, self.number_found

    @property
    def number_found(self) -> int | None:
        """With the words; None where filters that search does not know narrow the list further. What fits on one page
        is counted there: search may still count what was taken away a moment ago."""
        if self.inside is None or self.wanted.keys() - OF_SEARCH:
            return None
        is_all = not (self.page.has_next or self.page.has_previous)
        return len(self.page.items) if is_all else self.inside.total

    def beside_words(self) -> list[tuple[str, str]]:
        """What the form of the words carries along."""
        kept = [(name, value) for name, value in self.wanted.items() if name != "q"]
        return [*kept, ("sort", self.sort)] if self.sort else kept

    @property
    def shown(self) -> tuple:
        """Everything the piece shows, as the database gave it: one redacted word makes another piece."""
        return (
            self.request.get_full_path(),
            self.choice,
            *rows_for_key(self.page.items),
            self.page.after,
            self.page.before,
            repr(self.page.looked_until),
            *rows_for_key(self.pinned),
            *rows_for_key(self.replies),
            *sorted(self.supported),
            *rows_for_key([file for files in self.files.values() for file in files]),
            *rows_for_key(self.tombstones),
            self.totals,
        )

    @cached_property
    def _rows(self) -> list[Row]:
        """The page's comments, then the pinned ones. Models are made only of those with something around them."""
        said = said_by(self.comments, self.sections)
        talked_of = {reply.comment_id for reply in self.replies} | self.files.keys()
        places = [n for n, of in enumerate(said) if of.pk in talked_of or of.on_page is not None]
        models = {said[place].pk: self.comments[place] for place in places}
        put_sections(list(models.values()), self.sections)
        threads = threads_around(list(models.values()), self.files, self.supported, self.replies)
        return [
            Row(of.created_at, of, of.pk in self.supported, models.get(of.pk), threads.get(of.pk))
            for of in said
        ]

    def rows(self) -> list[Row]:
        """In the order of the page, each withdrawn one at its time."""
        on_page, pinned = self._rows[: len(self.page.items)], {comment.pk for comment in self.pinned}
        # What is pinned stands above and not a second time at its place.
        found = [row for row in on_page if row.said and row.said.pk not in pinned]
        gone = [Row(entry.submitted_at, withdrawn=entry) for entry in self.tombstones]
        return sorted([*found, *gone], key=lambda row: row.at, reverse=True) if gone else found

    def pinned_rows(self) -> list[Row]:
        return self._rows[len(self.page.items) :]

    def board(self) -> Board:
        return Board.of(self.totals)

    def sorts(self) -> list[tuple[str, Any]]:
        return [*([CommentFilter.BY_WORDS] if self.inside else []), *CommentFilter.SORTS]

    def chips(self) -> list[tuple[str, str]]:
        return [(label, without(self.request.GET, name)) for name, label in self.form.chips()]

    def section(self) -> DraftBlock | None:
        """The chosen one."""
        return self.form.sections.get(self.wanted.get("block", ""))


def primary_keys(found: Sequence[Any]) -> list[int]:
    return found.keys if isinstance(found, Answer) else [row.pk for row in found]


def without(params: QueryDict, name: str) -> str:
    """The address with one filter taken away, from its first page; a paragraph goes with its section."""
    left = params.copy()
    for key in (name, "after", "before", *(["paragraph"] if name == "block" else [])):
        left.pop(key, None)
    return f"?{left.urlencode()}"


def _withdrawn(hearing: Any, **bounds: Any) -> QuerySet[Submission]:
    gone = Submission.objects.filter(hearing=hearing, status=SubmissionStatus.WITHDRAWN)
    # The time names the index: SQLite does not know its condition behind a placeholder.
    gone = gone.filter(withdrawn_at__isnull=False, visibility=Visibility.PUBLIC, **bounds)
    return gone.order_by("-submitted_at", "-pk")[:MOST_TOMBSTONES]


_WITHDRAWN = Prepared(
    _withdrawn,
    hearing=BigIntegerField(),
    stance=CharField(),
    sector=CharField(),
    submitted_at__lte=DateTimeField(),
    submitted_at__gt=DateTimeField(),
)


def tombstones(hearing: Hearing, page: KeysetPage, wanted: dict[str, str]) -> Answer:
    """What was withdrawn between the page's comments: who and when, never the words."""
    bounds: dict[str, Any] = dict(wanted)
    if page.has_previous:
        bounds["submitted_at__lte"] = page.items[0].created_at
    if page.has_next:
        bounds["submitted_at__gt"] = page.items[-1].created_at
    return _WITHDRAWN(hearing=hearing.pk, **bounds)
