"""Templates that are rendered once for a shape of things and then filled in for each of them.

Twenty comments that nobody rendered before differ in their words only: a template that is rendered for each decides
the same things and says the same words again. A stencil is what the template made of a stand-in, cut where the values
of the stand-in stood. It holds nothing of a person, so none can show what was taken away. It is cut once, before
anything a person wrote comes in: no words of theirs are ever looked through for marks.

    NUMBER, WORDS = Slot(a_number(), str), Slot(a_word(), linebreaks)
    stencil = cut(render(comment=Comment(pk=NUMBER.stand_in, reason=WORDS.stand_in)), {"pk": NUMBER, "reason": WORDS})
    stencil.fill({"pk": "7", "reason": linebreaks("…")})
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
import secrets
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

LETTERS = 20
SPAN = 20_000
_spans = itertools.count()


@dataclass(frozen=True)
class Slot:
    """A value nobody else has, and what the template does with such a value, escaping included."""

    stand_in: Any
    show: Callable[[Any], str]
    trace: str = ""

    @property
    def remains(self) -> str:
        """What can be seen of the stand-in in whatever way a template shows it."""
        return self.trace or str(self.stand_in)[:10]


class Stencil(NamedTuple):
    """``parts`` are in turns the template's own text and the name of the slot that follows it."""

    parts: list[str]
    names: frozenset[str]

    def fill(self, values: Mapping[str, str]) -> str:
        """``values`` are HTML, as the slots show them."""
        parts = self.parts[:]
        parts[1::2] = [values[name] for name in parts[1::2]]
        return "".join(parts)


def cut(html: str, slots: Mapping[str, Slot]) -> Stencil:
    """``html`` as the template made it of the stand-ins, in the language that is active now."""
    marks = {str(slot.show(slot.stand_in)): name for name, slot in slots.items()}
    parts = re.split(f"({'|'.join(map(re.escape, marks))})", html)
    parts[1::2] = [marks[mark] for mark in parts[1::2]]
    left = [name for name, slot in slots.items() if any(slot.remains in text for text in parts[::2])]
    if left:
        raise ValueError(f"The template shows {', '.join(left)} in a way that its slot does not know.")
    return Stencil(parts, frozenset(parts[1::2]))


def a_word() -> str:
    """Letters only, so that no filter changes or splits it."""
    return "".join(secrets.choice(string.ascii_lowercase) for _ in range(LETTERS))


def a_number() -> int:
    """As long as a key of the database can be; no table has so many rows."""
    return 8 * 10**18 + secrets.randbelow(10**18)


def a_moment() -> dt.datetime:
    """At noon of a day in a far millennium, never twice the same."""
    days = next(_spans) * SPAN + secrets.randbelow(SPAN)
    return dt.datetime(4000, 1, 1, 12, tzinfo=dt.UTC) + dt.timedelta(days=days)
