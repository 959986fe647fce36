"""The registry of personal data: each app says how what it holds about a person is given out and erased.

An app calls ``register(PersonalData(...))`` in its AppConfig.ready; accounts asks all of them when a person wants a
copy of the own data or deletes the account (PDPA sections 30 and 33), and ``manage.py purge_personal_data`` when the
time is over for which it may be kept (section 37).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class PersonalData:
    key: str  # heading in the export: "account", "hearings"
    export: Callable[[Any], Any]  # user -> something json can hold
    # user -> whatever it reports; runs inside the transaction that deletes the account
    erase: Callable[[Any], object]
    order: int = 50
    # (now, dry run) -> {what: how many}; None: nothing here is kept for a limited time only.
    purge: Callable[[dt.datetime, bool], dict[str, int]] | None = None


_registry: dict[str, PersonalData] = {}


def register(part: PersonalData) -> None:
    _registry[part.key] = part


def parts() -> list[PersonalData]:
    return sorted(_registry.values(), key=lambda part: part.order)
