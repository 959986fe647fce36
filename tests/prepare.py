"""`python -m tests.prepare [-n WORKERS] [pytest's arguments]`: a fresh test database for each worker, then pytest.

A hundred tables take a minute to migrate. It is done once for each state of the migrations, into a file that gets its
name when it is whole, and each worker gets a copy. With ``--only`` just that file is made (`.ci/run`, while the style
is checked). Other databases than SQLite are made by Django.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
ROOT = Path(__file__).resolve().parent.parent


def template(test_database: Path) -> Path:
    """The migrated file nobody writes to, made if there is none for these migrations."""
    made = Path(f"{test_database}.template")
    if not made.exists():
        import django
        from django.conf import settings
        from django.core.management import call_command
        from django.db import connection

        building = Path(f"{made}.{os.getpid()}")
        settings.DATABASES["default"]["NAME"] = str(building)
        django.setup()
        call_command("migrate", verbosity=0)
        connection.close()  # writes what still stands in the log of the database
        building.replace(made)
    return made


def copies(test_database: Path, workers: int) -> list[Path]:
    """As pytest-django names them."""
    return [Path(f"{test_database}_gw{number}") for number in range(workers)] or [test_database]


def main(arguments: list[str]) -> None:
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    from config.settings import test as settings

    name = settings.DATABASES["default"].get("TEST", {}).get("NAME")
    if name is None:
        arguments = ["--create-db", *arguments]
    else:
        migrated = template(Path(name))
        if "--only" in arguments:
            return
        workers = int(arguments[arguments.index("-n") + 1]) if "-n" in arguments else 0
        for copy in copies(Path(name), workers):
            for left in (copy, Path(f"{copy}-wal"), Path(f"{copy}-shm")):
                left.unlink(missing_ok=True)
            shutil.copyfile(migrated, copy)
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *arguments])


if __name__ == "__main__":
    main(sys.argv[1:])
