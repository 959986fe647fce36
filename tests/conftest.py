"""Few fixtures: a fixed clock, the home page, people in their roles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.utils import timezone, translation


@pytest.fixture(autouse=True)
def clean_caches() -> Iterator[None]:
    """Site and locale caches leak between tests otherwise; so does the active language."""
    cache.clear()
    translation.activate("th")
    yield
    cache.clear()


@pytest.fixture
def now() -> dt.datetime:
    """24 November 2569, 10.42 in Bangkok: the day of the mock pages."""
    return dt.datetime(2026, 11, 24, 10, 42, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def home(db):
    from home.models import HomePage

    return HomePage.objects.get(slug="home")


@pytest.fixture
def english_home(db):
    from home.models import HomePage

    return HomePage.objects.get(slug="home-en")
