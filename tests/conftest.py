"""Few fixtures: a fixed clock, the home page, a database that survives transactional tests."""

from __future__ import annotations

import datetime as dt
import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import TestCase, TransactionTestCase
from django.utils import timezone, translation
from pytest_django.plugin import blocking_manager_key

from core import names

REQUIRE_SERVERS = os.environ.get("REQUIRE_SERVERS") == "1"


def needs_server(reason: str) -> None:
    """Skip on a bare machine; fail where .ci/run promised that the server is there."""
    if REQUIRE_SERVERS:
        pytest.fail(f"REQUIRE_SERVERS=1, but {reason}")
    pytest.skip(reason)


@pytest.fixture(autouse=True)
def clean_caches() -> Iterator[None]:
    """Site and locale caches leak between tests otherwise; so does the active language."""
    for cache in caches.all(initialized_only=True):
        cache.clear()
    translation.activate("th")
    yield
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture(autouse=True)
def no_place_names(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Place names are read from the database once a process: a test that needs them registers their provider."""
    monkeypatch.setattr(names, "_providers", [])
    names.forget_names()
    yield
    names.forget_names()


def pytest_collection_finish() -> None:
    """What is loaded by now lives to the end: looking through all of it for garbage again and again was a seventh of
    the time of the tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 50)


_emptied = False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Keep a copy of the migrated database: pages, places and roles made by migrations are part of it."""
    with django_db_blocker.unblock():
        _keep_copy()
    yield
    if _emptied:
        with django_db_blocker.unblock():
            _put_back()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """A transactional test ends by emptying every table, after every fixture of ours; put back what migrations made.

    After the last test of a session the fixture above does it: here the database may be gone already.
    """
    global _emptied
    _emptied = _is_transactional(item)
    yield
    if _emptied and nextitem is not None:
        with item.config.stash[blocking_manager_key].unblock():
            _put_back()
        _emptied = False


def _is_transactional(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    if (marker and marker.kwargs.get("transaction")) or "transactional_db" in getattr(
        item, "fixturenames", ()
    ):
        return True
    case = getattr(item, "cls", None)
    return bool(case) and issubclass(case, TransactionTestCase) and not issubclass(case, TestCase)


def _copy_name() -> str:
    return f"{connection.settings_dict['NAME']}_copy"


def _keep_copy() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        shutil.copyfile(connection.settings_dict["NAME"], _copy_name())
        return
    _recreate(_copy_name(), template=connection.settings_dict["NAME"])


def _put_back() -> None:
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        connection.close()
        for suffix in ("-wal", "-shm"):
            Path(f"{name}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(_copy_name(), name)
        return
    _recreate(name, template=_copy_name())


def _recreate(name: str, template: str) -> None:
    connection.close()
    connection.close_pool()
    with connection._nodb_cursor() as cursor:
        for database in (name, template):
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
                [database],
            )
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


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
