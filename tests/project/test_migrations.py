"""No model change without its migration, and no migration with a name that says nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)


def test_migrations_say_what_they_do() -> None:
    names = [
        p.stem for pattern in ("*/migrations/0*.py", "site/*/migrations/0*.py") for p in ROOT.glob(pattern)
    ]
    assert names
    assert not [name for name in names if re.search(r"_auto_|^\d{4}_alter_.*_and_more$", name)]
