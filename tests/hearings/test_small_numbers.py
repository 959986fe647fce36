"""Nobody can work out a small number: every published table is compared with all tables that look the same."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable

import pytest

from hearings.small_numbers import SMALL, hidden_of_parts, hidden_of_several

Table = tuple[int, ...]


def seen(counts: Table, hidden: frozenset[int] | None, n: int) -> object:
    """What a reader sees: the total, the numbers shown, and which are missing."""
    if hidden is None:
        return "nothing"
    return n, tuple(None if place in hidden else people for place, people in enumerate(counts))


def tells_no_small_number(looks: dict[object, list[Table]]) -> None:
    for same in looks.values():
        for place in range(len(same[0])):
            values = {counts[place] for counts in same}
            assert len(values) > 1 or not 0 < values.pop() < SMALL, same


@pytest.mark.parametrize(("options", "greatest"), [(2, 16), (3, 12), (4, 8), (5, 6)])
def test_no_part_of_a_total_under_five_follows_from_what_is_shown(options: int, greatest: int) -> None:
    looks: defaultdict[object, list[Table]] = defaultdict(list)
    for counts in itertools.product(range(greatest + 1), repeat=options):
        looks[seen(counts, hidden_of_parts(counts), sum(counts))].append(counts)
    # Tables at the edge of what was tried have neighbours that were not.
    inside = {look: same for look, same in looks.items() if max(map(max, same)) < greatest}
    tells_no_small_number(inside)


@pytest.mark.parametrize("most", [0, 1, 2])
@pytest.mark.parametrize("n", [5, 6, 9, 14])
def test_no_number_of_several_answers_under_five_follows_from_what_is_shown(n: int, most: int) -> None:
    looks: defaultdict[object, list[Table]] = defaultdict(list)
    for counts in possible(n, most, options=3):
        looks[seen(counts, hidden_of_several(counts, n, most), n)].append(counts)
    tells_no_small_number(looks)


def possible(n: int, most: int, options: int) -> Iterable[Table]:
    """How often each option can have been chosen by n people who chose at least one."""
    for counts in itertools.product(range(n + 1), repeat=options):
        if n <= sum(counts) <= (most or options) * n:
            yield counts


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((20, 10, 8), [20, 10, 8]),
        ((20, 10, 3), [20, None, None]),
        ((20, 3, 2), [20, None, None]),
        ((20, 0, 3, 9), [20, 0, None, None]),
        ((2, 1, 0), None),
        ((1, 1, 1, 1, 1), None),
        ((7, 7, 3), [None, None, None]),
    ],
)
def test_what_is_shown(counts: Table, shown: list[int | None] | None) -> None:
    hidden = hidden_of_parts(counts)
    found = None if hidden is None else [None if i in hidden else c for i, c in enumerate(counts)]
    assert found == shown


@pytest.mark.parametrize("rule", [hidden_of_parts, lambda counts: hidden_of_several(counts, sum(counts))])
def test_tables_without_small_numbers_are_shown_whole(rule: Callable[[Table], frozenset[int] | None]) -> None:
    assert rule((5, 9, 0, 40)) == frozenset()
