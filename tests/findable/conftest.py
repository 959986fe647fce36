"""The site's real sources in an index of their own; what waits for a commit runs when a block of ``committed`` ends."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from search.engines import Engine, get_engine


@pytest.fixture(autouse=True)
def own_index(settings, tmp_path) -> None:
    settings.SEARCH_URL = []
    settings.SEARCH_INDEX_DIR = tmp_path / "index"


@pytest.fixture
def engine() -> Engine:
    made = get_engine()
    made.rebuild([])
    return made


@pytest.fixture
def committed(django_capture_on_commit_callbacks) -> Callable[[], AbstractContextManager]:
    return lambda: django_capture_on_commit_callbacks(execute=True)
