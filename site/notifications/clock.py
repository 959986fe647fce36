"""The registry of what the clock brings. An app calls ``register`` in its AppConfig.ready; ``manage.py tick`` runs all.

A step finds by itself what is due at ``now`` and what a sleeping scheduler missed; it must be safe to repeat.
Letters go last, so that what the steps write leaves in the same minute.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from notifications.services import outbox

Step = Callable[[dt.datetime], int]
_steps: dict[str, Step] = {}


def register(name: str, step: Step) -> None:
    _steps[name] = step


def tick(now: dt.datetime) -> dict[str, int]:
    """How much each step did."""
    done = {name: step(now) for name, step in _steps.items()}
    done["letters"] = outbox.deliver(now)
    return done
