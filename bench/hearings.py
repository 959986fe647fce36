"""Queries, CPU ms per request and growth of the pages of a hearing, beside the plainest Django page of the same run.

python bench/hearings.py [few] [many]      (default 1000 and 100000 comments; needs a database of the demo settings)

Everything is made inside one transaction that is rolled back: nothing stays.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")

import django  # noqa: E402

django.setup()

from django.core.cache import caches  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from demo.volume import Volume  # noqa: E402
from hearings.keyset import cursor  # noqa: E402
from hearings.models import Comment, Hearing  # noqa: E402

ROUNDS = 15
REFERENCE = "healthz"


def cases(hearing: Hearing) -> dict[str, str]:
    base = f"/hearings/{hearing.slug}/"
    public = Comment.objects.public(hearing)
    deep = cursor(public[int(public.count() * 0.9)])
    return {
        REFERENCE: "/healthz",
        "hearing": base,
        "comment form": f"{base}comment/",
        "comments 1": f"{base}comments/",
        "comments deep": f"{base}comments/?after={deep}",
        "comments stance": f"{base}comments/?stance=against",
    }


def measure(client: Client, path: str) -> tuple[int, float]:
    """Queries of a warm process whose totals are fresh, and the median CPU time with nothing of it cached away."""
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        status = client.get(path).status_code
    count = len(queries)
    if status != 200:
        raise SystemExit(f"{path}: {status}")
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        client.get(path)
        times.append(time.process_time() - started)
    return count, sorted(times)[ROUNDS // 2] * 1000


def main() -> None:
    few, many = [int(number) for number in (*sys.argv[1:], "1000", "100000")[:2]]
    client = Client(HTTP_HOST="127.0.0.1")
    found: dict[str, list[tuple[int, float]]] = {}
    with transaction.atomic():
        volume = Volume(seed=time.time_ns(), now=timezone.now(), say=lambda _line: None)
        (hearing,) = volume.fill(hearings=1, comments=few, users=0)
        for more in (0, many - few):
            volume.comment(hearing, more)
            caches["process"].clear()
            for name, path in cases(hearing).items():
                found.setdefault(name, []).append(measure(client, path))
        transaction.set_rollback(True)
    reference = found[REFERENCE][0][1]
    print(
        f"{'page':<17}{'queries':>9}{'CPU ms ' + str(few):>14}{'CPU ms ' + str(many):>16}{'growth':>8}{'x healthz':>11}"
    )
    for name, ((_, before), (count, after)) in found.items():
        print(
            f"{name:<17}{count:>9}{before:>14.1f}{after:>16.1f}{after / before:>8.2f}{after / reference:>11.1f}"
        )


if __name__ == "__main__":
    main()
