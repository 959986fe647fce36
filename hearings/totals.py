"""Counting stances. One grouped query each, kept in the cache for a short time and cleared by the services.

Counted is what a person chose (never inferred), one submission one count. Withdrawn and hidden submissions are
never counted; those waiting to be read are, for the stance was given. What was written down in a village grid is a
show of hands: it is counted apart, by ``batch_totals``, and never among the individual submissions.
"""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Q

from hearings.enums import BatchStatus, SubmissionStatus, Visibility
from hearings.models import Comment, Hearing, ProxyBatch, Submission
from hearings.tallies import Cell, Tally

SECONDS = 60

# {sector: {stance: people}}; what nobody chose is missing.
StanceTotals = dict[str, dict[str, int]]


@dataclass(frozen=True)
class SectionTotals:
    """One section, or the whole draft.

    Counted are people: who speaks on three paragraphs of a section is one. Who agrees with one paragraph and not with
    another stands under both stances, because nobody may choose one of them for this person.
    """

    stances: dict[str, int]  # {stance: people}
    readable: int  # comments anyone can read


@dataclass(frozen=True)
class BatchTotals:
    """The shows of hands of a hearing together."""

    batches: int  # villages or meetings
    people: int  # who were there
    stances: dict[str, int]  # {stance: hands}
    sections: dict[str, dict[str, int]] = field(default_factory=dict)  # {key of the section: {stance: hands}}

    @property
    def hands(self) -> int:
        return sum(self.stances.values())

    @property
    def cells(self) -> list[Cell]:
        return Tally.of(self.stances).cells


BlockTotals = dict[uuid.UUID | None, SectionTotals]  # by section key; None for the whole draft


def totals_by_stance_and_sector(hearing: Hearing) -> StanceTotals:
    return _cached(f"{_key(hearing.pk)}:sectors", lambda: _count_submissions(hearing.pk))


def totals_by_block(hearing: Hearing) -> BlockTotals:
    return _cached(f"{_key(hearing.pk)}:blocks", lambda: _count_comments(hearing.pk))


def batch_totals(hearing: Hearing) -> BatchTotals:
    """What was collected in villages and checked by a second person; shown apart."""
    return _cached(f"{_key(hearing.pk)}:villages", lambda: _count_batches(hearing.pk))


def clear_totals(hearing_id: int) -> None:
    cache.delete_many(
        [f"{_key(hearing_id)}:{part}" for part in ("sectors", "blocks", "villages", "paragraphs")]
    )


def _key(hearing_id: int) -> str:
    return f"hearings:totals:{hearing_id}"


def _cached(key: str, count: Callable) -> Any:
    found = cache.get(key)
    if found is None:
        found = count()
        cache.set(key, found, SECONDS)
    return found


def _count_submissions(hearing_id: int) -> StanceTotals:
    rows = (
        Submission.objects.counted()
        .filter(hearing_id=hearing_id, batch__isnull=True)
        .order_by()
        .values_list("sector", "stance")
        .annotate(people=Count("pk"))
    )
    totals: StanceTotals = {}
    for sector, stance, number in rows:
        totals.setdefault(sector, {})[stance] = number
    return totals


def _count_comments(hearing_id: int) -> BlockTotals:
    rows = (
        Comment.objects.current()
        .filter(hearing_id=hearing_id, submission__status=SubmissionStatus.SUBMITTED)
        .exclude(submission__visibility=Visibility.HIDDEN)
        .order_by()
        .values_list("block_key", "stance")
        .annotate(
            people=Count("submission", distinct=True, filter=Q(submission__batch__isnull=True)),
            readable=Count("pk", filter=Q(is_public=True)),
        )
    )
    stances: dict[uuid.UUID | None, dict[str, int]] = {}
    readable: Counter[uuid.UUID | None] = Counter()
    for block_key, stance, people, shown in rows:
        numbers = stances.setdefault(block_key, {})
        if people:
            numbers[stance] = people
        readable[block_key] += shown
    return {key: SectionTotals(counts, readable[key]) for key, counts in stances.items()}


def _count_batches(hearing_id: int) -> BatchTotals:
    """A hearing has tens of batches, not thousands: their heads are added up here."""
    checked = ProxyBatch.objects.filter(hearing_id=hearing_id, status=BatchStatus.CHECKED)
    rows = list(checked.order_by().values_list("people", "heads", "section_heads"))
    stances: Counter[str] = Counter()
    sections: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for _people, heads, section_heads in rows:
        stances.update(heads)
        for key, hands in section_heads.items():
            sections[key].update(hands)
    people = sum(people for people, *_heads in rows)
    return BatchTotals(
        len(rows), people, dict(stances), {key: dict(hands) for key, hands in sections.items()}
    )
