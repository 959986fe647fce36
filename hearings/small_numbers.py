"""Which numbers of a table must be left out so that nobody can be recognised, also not by subtracting.

A number under five is not shown. If it were the only one missing, everyone could compute it from the total: then the
next greater number is left out, too, until what is missing together is not small and can be split in several ways.
Zeros are shown: nobody is behind them. None stands for "show nothing of this table, not even its total".
"""

from __future__ import annotations

from collections.abc import Sequence

SMALL = 5


def hidden_of_parts(counts: Sequence[int]) -> frozenset[int] | None:
    """Places to leave out where everyone chose exactly one, so that the numbers add up to a total everybody sees."""
    if sum(counts) < SMALL:
        return None
    hidden = {place for place, people in enumerate(counts) if 0 < people < SMALL}
    others = sorted((people, place) for place, people in enumerate(counts) if people >= SMALL)
    while hidden and not _is_blurred([counts[place] for place in hidden]):
        if not others:
            return None
        hidden.add(others.pop(0)[1])
    # Of equal numbers all or none: which of them was taken would tell more than their size.
    last = max((counts[place] for place in hidden), default=0)
    if last >= SMALL:
        hidden |= {place for people, place in others if people == last}
    return frozenset(hidden)


def _is_blurred(missing: list[int]) -> bool:
    """At least two, together not few, and neither all of them one single person nor all just below the limit."""
    together, count = sum(missing), len(missing)
    if count < 2 or together < SMALL or together == count:
        return False
    return max(missing) >= SMALL or together < count * (SMALL - 1)


def hidden_of_several(counts: Sequence[int], n: int, most: int = 0) -> frozenset[int] | None:
    """The same where ``n`` people chose one or more (``most`` of them at most; 0 is without limit).

    Nothing adds up, but everyone chose something: what the shown numbers leave over must allow more than one answer,
    from all missing ones being a single person upwards.
    """
    if n < SMALL:
        return None
    if most == 1:
        return hidden_of_parts(counts)
    hidden = frozenset(place for place, people in enumerate(counts) if 0 < people < SMALL)
    shown = sum(people for place, people in enumerate(counts) if place not in hidden)
    fewest, greatest = n - shown, (most or len(counts)) * n - shown
    if hidden and (fewest > len(hidden) or greatest <= len(hidden)):
        return None
    return hidden
