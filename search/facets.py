"""The filters beside the results: one table says how each reads a document's codes in words (A235)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from core import nearby
from core.enums import Sector
from core.models import StrategyIssue, Topic
from core.searchable import kinds, searchables
from core.types import Words
from geography.models import Province
from search.query import Results

MOST_CHOICES = 8
SECONDS = 60  # names of places, topics and issues hardly ever change

Codes = Collection[str]
Named = Mapping[str, Words]


@dataclass(frozen=True)
class Choice:
    """One value of a filter with the number of documents behind it."""

    value: str
    label: Words
    count: int


@dataclass(frozen=True)
class Facet:
    name: str  # of the address's parameter and of search.engines.FACETS
    label: Words
    everything: Words
    words: Callable[
        [Codes, str], Named
    ]  # (codes, chosen kind) -> words; a code without a word is not offered
    newest_first: bool = False  # by value, otherwise the most documents first


@dataclass(frozen=True)
class OfferedFacet:
    facet: Facet
    choices: list[Choice]
    chosen: Choice | None


def _rows(key: str, model: type[Model], code: str, *names: str) -> dict[str, dict[str, Any]]:
    """All rows of a short list by their code, kept in this process for a minute."""
    return nearby.remember(
        f"search:{key}",
        lambda: {str(row[code]): row for row in model._default_manager.values(code, *names)},
        SECONDS,
    )


def topic_words(codes: Codes, kind: str = "") -> Named:
    rows = _rows("topics", Topic, "slug", "name", "name_en")
    return {code: Topic(**rows[code]).display_name for code in codes if code in rows}


def province_words(codes: Codes, kind: str = "") -> Named:
    rows = _rows("provinces", Province, "code", "name", "name_en")
    return {code: Province(**rows[code]).display_name for code in codes if code in rows}


def issue_words(codes: Codes, kind: str = "") -> Named:
    rows = _rows("issues", StrategyIssue, "pk", "number", "title", "title_en")
    return {code: StrategyIssue(**rows[code]).numbered_title for code in codes if code in rows}


def sector_words(codes: Codes, kind: str = "") -> Named:
    return {value: label for value, label in Sector.choices if value in codes}


def year_words(codes: Codes, kind: str = "") -> Named:
    return {code: code for code in codes}


def variety_words(codes: Codes, kind: str) -> Named:
    """Only below a chosen type: two types may use one code for different things."""
    known = {code: word for s in searchables() if s.kind == kind for code, word in s.varieties.items()}
    return {code: known[code] for code in codes if code in known}


FACETS = (
    Facet("variety", _("What it is"), _("All of this type"), variety_words),
    Facet("topic", _("Topic"), _("All topics"), topic_words),
    Facet("province", _("Province"), _("Every province"), province_words),
    # Of a comment who sent it, of a hearing whom it benefits, of a lesson who took part.
    Facet("sector", _("Sector"), _("All sectors"), sector_words),
    Facet("issue", _("Strategy issue"), _("All strategy issues"), issue_words),
    Facet("year", _("Year (B.E.)"), _("All years"), year_words, newest_first=True),
)


def offered(results: Results, chosen: Mapping[str, str]) -> list[OfferedFacet]:
    """Filters that change something: choices that each hold everything found are no choices."""
    found = (_offer(facet, results.of(facet.name), chosen) for facet in FACETS)
    return [facet for facet in found if facet.chosen or any(c.count < results.total for c in facet.choices)]


def _offer(facet: Facet, counts: Mapping[str, int], chosen: Mapping[str, str]) -> OfferedFacet:
    value = chosen.get(facet.name, "")
    words = facet.words({*counts, *filter(None, [value])}, chosen.get("kind", ""))
    choices = [Choice(code, word, counts.get(code, 0)) for code, word in words.items()]
    choices.sort(key=lambda choice: (-choice.count, str(choice.label)))
    mine = next((choice for choice in choices if choice.value == value), None)
    choices = choices[:MOST_CHOICES]
    if mine and mine not in choices:
        choices[-1:] = [mine]
    if facet.newest_first:
        choices.sort(key=lambda choice: choice.value, reverse=True)
    return OfferedFacet(facet, choices, mine)


def tabs(results: Results, chosen: str) -> list[Choice]:
    """The types that something was found of, in the order of the site's menu; the chosen one always, and in front: on a
    telephone the rest of the row lies outside the screen."""
    counts = results.of("kind")
    found = [
        Choice(name, searchable.label, counts.get(name, 0))
        for name, searchable in kinds().items()
        if counts.get(name) or name == chosen
    ]
    return sorted(found, key=lambda tab: tab.value != chosen)
