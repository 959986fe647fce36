"""Finding words inside the lists of other apps, by the site's search. Core imports no app: search registers itself here.

A list of comments or lessons asks which of its rows hold the words, and goes on with its own filters and its own order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Model, Value, When

MOST = 500  # rows that a list goes on with; whoever finds more is asked for one more word


class FinderDownError(Exception):
    """Search does not answer now; the list says so and shows what it has."""


@dataclass(frozen=True)
class Wanted:
    """Words within one model, and what search can filter by itself ("" for any)."""

    model: type[Model]
    text: str
    part_of: str = ""
    variety: str = ""
    sector: str = ""
    province: str = ""
    newest: bool = False  # the newest of all that hold the words, not the closest
    most: int = MOST  # fewer where the newest few fill the page
    exact: bool = False  # a word that nobody wrote is not corrected
    language: str = ""  # of what says the same in several languages, this one where it holds the words
    visitor: str = ""  # who asks (core.ratelimit.visitor): exact words cost much and are limited


@dataclass(frozen=True)
class Inside:
    """Which rows hold the words, in the order that was asked for; which the list asks for once more by itself."""

    pks: tuple[int, ...] = ()
    total: int = 0
    holds_every_word: bool = True  # else none does, and these hold some
    # Where fewer were asked for than the list could go on with: everything later than this is among them.
    until: dt.datetime | None = None
    did_you_mean: str = ""  # what was looked for instead of what was typed
    looked_through: int = 0  # texts whose letters were compared, where there are more of them

    @property
    def place(self) -> Case:
        """To order a queryset of these rows by."""
        whens = (When(pk=pk, then=Value(place)) for place, pk in enumerate(self.pks))
        return Case(*whens, default=Value(len(self.pks)), output_field=IntegerField())

    @property
    def is_cut(self) -> bool:
        return self.total > (MOST if self.until else len(self.pks))

    @property
    def looked_at(self) -> int:
        """How many the list goes on with, on all its pages together."""
        return min(self.total, MOST) if self.until else len(self.pks)


Finder = Callable[[Wanted], Inside]
_finders: list[Finder] = []


def register(finder: Finder) -> None:
    _finders[:] = [finder]


def find_inside(wanted: Wanted) -> Inside:
    """Raises FinderDownError, and TooManyRequestsError where exact words were asked for too often."""
    if not _finders:
        raise FinderDownError
    return _finders[0](wanted)
