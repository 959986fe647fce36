"""`python -m tests.prepare [-n WORKERS] [pytest's arguments]`: a fresh test database for each worker, then pytest.

A hundred tables take a minute to migrate. It is done once for each state of the code (migrations call it: grants, areas)
and of the libraries, into a file that gets its name when it is whole; each worker gets a copy. With ``--only`` just that
file is made (`.ci/run`, while the style is checked). Other databases than SQLite are made by Django.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
ROOT = Path(__file__).resolve().parent.parent
CODE = ("hearings", "knowledge", "news", "search", "site", "demo")


def state_of_code() -> str:
    """Whatever a migration may run or read."""
    digest = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def template(test_database: Path) -> Path:
    """The migrated file nobody writes to, made if there is none for this state of the code; older ones go."""
    made = Path(f"{test_database}.{state_of_code()}.template")
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
        for older in made.parent.glob(f"{test_database.name}.*.template"):
            older.unlink(missing_ok=True)
        building.replace(made)
    return made


def workers_of(arguments: list[str]) -> int | None:
    """0 without ``-n``; None when only pytest knows how many ("auto", "-n2")."""
    given = [argument for argument in arguments if argument.startswith(("-n", "--numprocesses"))]
    if not given:
        return 0
    following = arguments[arguments.index("-n") + 1 :] if given == ["-n"] else []
    return int(following[0]) if following and following[0].isdecimal() else None


def copies(test_database: Path, workers: int) -> list[Path]:
    """As pytest-django names them."""
    return [Path(f"{test_database}_gw{number}") for number in range(workers)] or [test_database]


def main(arguments: list[str]) -> None:
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    from config.settings import test as settings

    name = settings.DATABASES["default"].get("TEST", {}).get("NAME")
    workers = workers_of(arguments)
    if name and "--only" in arguments:
        template(Path(name))
        return
    if name and workers is not None:
        migrated = template(Path(name))
        for copy in copies(Path(name), workers):
            for left in (copy, Path(f"{copy}-wal"), Path(f"{copy}-shm")):
                left.unlink(missing_ok=True)
            shutil.copyfile(migrated, copy)
    else:
        arguments = ["--create-db", *arguments]
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *arguments])


if __name__ == "__main__":
    main(sys.argv[1:])
