"""Queries, CPU ms per request and growth of a hearing's pages, beside the plainest Django that does the same work.

python bench/hearings.py [few] [many]      (default 1000 and 100000 comments; needs a database of the demo settings)

Everything is made inside one transaction that is rolled back: nothing stays. CPU times of a busy machine are too
high by one factor for all, so what counts is the multiple of the floor (bench/floor.py), measured between ours in
the same minutes, and the growth. "new" is a page nobody asked for before: every comment on it is rendered.
"""

from __future__ import annotations

import os
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site"), str(ROOT / "bench")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")

import django  # noqa: E402

django.setup()

import floor  # noqa: E402
from django.core.cache import caches  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from demo.volume import Volume  # noqa: E402
from hearings.keyset import cursor  # noqa: E402
from hearings.models import Comment, Hearing  # noqa: E402
from hearings.services.data import CommentData, SubmissionData  # noqa: E402
from hearings.services.submit import submit  # noqa: E402

ROUNDS = 15
HELLO, PAGE, POST = "hello", "floor page", "floor POST"
# Of performance.md: queries, and CPU as a multiple of the floor in that machine's quiet state (3.4 and 0.89 ms).
TARGETS = {"hearing": (10, 2.4), "draft": (10, 2.4), "comments": (6, 1.5), "submit": (8, 3.9)}

Found = dict[str, tuple[int, float]]


def measure(act: Callable[[], object]) -> tuple[int, float]:
    """Queries of a warm process, and the median CPU time."""
    act()
    with CaptureQueriesContext(connection) as queries:
        act()
    count, times = len(queries.captured_queries), []
    for _ in range(ROUNDS):
        started = time.process_time()
        act()
        times.append(time.process_time() - started)
    return count, median(times) * 1000


def read(client: Client, path: str) -> Callable[[], None]:
    def act() -> None:
        status = client.get(path).status_code
        if status != 200:
            raise SystemExit(f"{path}: {status}")

    return act


def measure_floor(hearing: Hearing) -> Found:
    with override_settings(MIDDLEWARE=floor.MIDDLEWARE, ROOT_URLCONF="floor"):
        client = Client(HTTP_HOST="127.0.0.1", enforce_csrf_checks=True)
        found = {
            HELLO: measure(read(client, "/hello")),
            PAGE: measure(read(client, f"/page/{hearing.pk}")),
        }
        token = client.cookies["csrftoken"].value
        form = {"stance": "agree", "reason": "เห็นด้วย เพราะน้ำไม่พอ", "csrfmiddlewaretoken": token}

        def say() -> None:
            status = client.post("/say", form).status_code
            if status != 303:
                raise SystemExit(f"floor POST: {status}")

        found[POST] = measure(say)
    return found


def measure_ours(hearing: Hearing, client: Client) -> Found:
    base = f"/hearings/{hearing.slug}/"
    public = Comment.objects.public(hearing)
    middle = cursor(public[int(public.count() * 0.5)])
    unread = iter(public[100 : 100 + 20 * (ROUNDS + 3) : 20])
    found = {
        name: measure(read(client, path))
        for name, path in {
            "hearing": base,
            "draft": f"{base}draft/",
            "comments": f"{base}comments/",
            "comments deep": f"{base}comments/?after={middle}",
            "comments stance": f"{base}comments/?stance=against",
            "comments sector": f"{base}comments/?sector=private",
            "comments words": f"{base}comments/?q=ฝุ่น",
            "comments supported": f"{base}comments/?sort=supported",
            "comment form": f"{base}comment/",
        }.items()
    }
    found["comments new"] = measure(lambda: read(client, f"{base}comments/?after={cursor(next(unread))}")())
    found["submit"] = measure(lambda: send(hearing))
    return found


def send(hearing: Hearing) -> None:
    """The service behind the form: dossier, version, comment, receipt, duplicate check."""
    data = SubmissionData(stance="agree", sector="citizen", consent_version="2569-1")
    words = CommentData(block_key=None, stance="agree", reason=f"เห็นด้วย {uuid.uuid4()}", suggestion="")
    submit(hearing=hearing, data=data, comments=[words], idempotency_key=uuid.uuid4(), now=timezone.now())


def main() -> None:
    few, many = [int(number) for number in (*sys.argv[1:], "1000", "100000")[:2]]
    client = Client(HTTP_HOST="127.0.0.1")
    ours: list[Found] = []
    floors: list[Found] = []
    with transaction.atomic():
        floor.make_table()
        volume = Volume(seed=time.time_ns(), now=timezone.now(), say=lambda _line: None)
        (hearing,) = volume.fill(hearings=1, comments=few, users=0)
        for more in (0, many - few):
            started = time.monotonic()
            volume.comment(hearing, more)
            print(f"{more} comments in {time.monotonic() - started:.0f} s")
            caches["process"].clear()
            floors.append(measure_floor(hearing))
            ours.append(measure_ours(hearing, client))
        transaction.set_rollback(True)
    report(few, many, floors, ours)


def report(few: int, many: int, floors: list[Found], ours: list[Found]) -> None:
    heads = ("queries", f"CPU ms {few}", f"CPU ms {many}", "growth", "x floor", "target")
    print(f"{'':<19}" + "".join(f"{head:>15}" for head in heads))
    for name in (HELLO, PAGE, POST):
        (count, before), (_, after) = floors[0][name], floors[1][name]
        print(f"{name:<19}{count:>15}{before:>15.2f}{after:>15.2f}{after / before:>15.2f}")
    for name, (_, before) in ours[0].items():
        count, after = ours[1][name]
        least = floors[1][POST if name == "submit" else PAGE][1]
        queries, times = TARGETS.get(name, TARGETS["comments"] if name.startswith("comments") else (0, 0))
        target = f"{queries} / {times}" if queries else ""
        print(
            f"{name:<19}{count:>15}{before:>15.2f}{after:>15.2f}{after / before:>15.2f}"
            f"{after / least:>15.2f}{target:>15}"
        )
    pages = ours[1]["comments deep"][1] / ours[1]["comments"][1]
    print(f"deep page / first page: {pages:.2f} (target 1.05)")


if __name__ == "__main__":
    main()
