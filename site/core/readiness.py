"""What ``/readyz`` asks. Apps register a check in AppConfig.ready; core imports no app.

A part that is not ``essential`` is named in the answer but does not take the machine out of service: without
search, for example, every other page still works.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Check = Callable[[], bool]


@dataclass(frozen=True)
class Part:
    check: Check
    essential: bool


_parts: dict[str, Part] = {}


def register(name: str, check: Check, *, essential: bool = False) -> None:
    _parts[name] = Part(check, essential)


def answers() -> tuple[dict[str, bool], bool]:
    """The answer of each part, and whether all essential ones are there."""
    found = {name: part.check() for name, part in _parts.items()}
    return found, all(found[name] for name, part in _parts.items() if part.essential)
