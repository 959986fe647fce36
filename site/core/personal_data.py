"""The registry of personal data: each app says how what it holds about a person is given out and erased.

An app calls ``register(PersonalData(...))`` in its AppConfig.ready; accounts asks all of them when a person wants a
copy of the own data or deletes the account (PDPA sections 30 and 33).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class PersonalData:
    key: str  # heading in the export: "account", "hearings"
    export: Callable[[Any], Any]  # user -> something json can hold
    erase: Callable[[Any], None]  # user -> None; runs inside the transaction that deletes the account
    order: int = 50


_registry: dict[str, PersonalData] = {}


def register(part: PersonalData) -> None:
    _registry[part.key] = part


def parts() -> list[PersonalData]:
    return sorted(_registry.values(), key=lambda part: part.order)
