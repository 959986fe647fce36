"""Queries, CPU ms per request and growth of a hearing's pages, beside the plainest Django that does the same work.

python bench/hearings.py [few] [many]      (default 1000 and 100000 comments; needs a database of the demo settings)

Everything is made inside one transaction that is rolled back: nothing stays. CPU times of a busy machine are too
high by one factor for all, so what counts is the multiple of the floor (bench/floor.py), measured in turns with ours,
and the growth. "changed" is a page on which one comment is another than at the last request, "new"
one nobody asked for before: every comment on it is rendered. "POST" is the whole request of the last step of the form,
from the browser's cookie to the redirect, "submit" the service within it.
"""

from __future__ import annotations

import datetime as dt
import os
import string
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site"), str(ROOT / "bench")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")

import django  # noqa: E402

django.setup()

import floor  # noqa: E402
from django.core.cache import caches  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.utils.crypto import get_random_string  # noqa: E402

from demo.volume import Volume  # noqa: E402
from hearings.forms.guards import new_key, new_start  # noqa: E402
from hearings.forms.step_forms import CHECK  # noqa: E402
from hearings.keyset import cursor  # noqa: E402
from hearings.models import Comment, Hearing  # noqa: E402
from hearings.services.data import CommentData, SubmissionData  # noqa: E402
from hearings.services.submit import submit  # noqa: E402
from hearings.views.lookup import sections_of  # noqa: E402

ROUNDS = 15
# A villager took some minutes over the form: nothing here runs into the buckets of hasty senders.
OPENED = dt.timedelta(minutes=5)
URLENCODED = "application/x-www-form-urlencoded"  # as a browser sends a form without files
HELLO, PAGE, POST = "hello", "floor page", "floor POST"
# Of performance.md: queries, and CPU as a multiple of the floor in that machine's quiet state (3.4 and 0.89 ms).
TARGETS = {
    "hearing": (10, 2.4),
    "draft": (10, 2.4),
    "comments": (6, 1.5),
    "POST": (8, 3.9),
    "submit": (8, 3.9),
}

Act = Callable[..., object]


@dataclass(frozen=True)
class Cost:
    """Queries and CPU ms of one thing, and CPU ms of the floor in the very same moments."""

    queries: int
    ms: float
    floor: float


Found = dict[str, Cost]


def measure(act: Act, least: Act, before: Callable[[], tuple] = tuple) -> Cost:
    """In a warm process; ours and the floor take turns, so that a busy moment blurs both. ``before`` is not timed."""
    act(*before())
    least()
    given = before()
    with CaptureQueriesContext(connection) as queries:
        act(*given)
    number, ours, floors = len(queries.captured_queries), [], []
    for _ in range(ROUNDS):
        ours.append(cpu(act, *before()))
        floors.append(cpu(least))
    return Cost(number, median(ours), median(floors))


def cpu(act: Act, *given: object) -> float:
    started = time.process_time()
    act(*given)
    return (time.process_time() - started) * 1000


def read(client: Client, path: str) -> Callable[[], None]:
    def act() -> None:
        status = client.get(path).status_code
        if status != 200:
            raise SystemExit(f"{path}: {status}")

    return act


def floors(hearing: Hearing) -> tuple[Act, Act, Act]:
    """Hello, page and POST of the plainest Django."""
    client = floor.make_client()
    hello, page = read(client, "/hello"), read(client, f"/page/{hearing.pk}")
    page()
    token = client.cookies["csrftoken"].value
    form = urlencode({"stance": "agree", "reason": "เห็นด้วย เพราะน้ำไม่พอ", "csrfmiddlewaretoken": token})

    def say() -> None:
        status = client.post("/say", form, content_type=URLENCODED).status_code
        if status != 303:
            raise SystemExit(f"floor POST: {status}")

    return hello, page, say


def measure_all(hearing: Hearing, client: Client) -> Found:
    base = f"/hearings/{hearing.slug}/"
    hello, page, say = floors(hearing)
    public = Comment.objects.public(hearing)
    middle = cursor(public[int(public.count() * 0.5)])
    unread = iter(public[100 : 100 + 20 * (ROUNDS + 3) : 20])
    pages = {
        "hearing": base,
        "draft": f"{base}draft/",
        "comments": f"{base}comments/",
        "comments deep": f"{base}comments/?after={middle}",
        "comments stance": f"{base}comments/?stance=against",
        "comments sector": f"{base}comments/?sector=private",
        "comments words": f"{base}comments/?q=ฝุ่น",
        "comments supported": f"{base}comments/?sort=supported",
        "comment form": f"{base}comment/",
    }
    found = {HELLO: measure(hello, hello), PAGE: measure(page, page), POST: measure(say, say)}
    found |= {name: measure(read(client, path), page) for name, path in pages.items()}
    for name, path in {"hearing changed": base, "comments changed": f"{base}comments/"}.items():
        found[name] = measure(read(client, path), page, lambda: change_newest(hearing))
    found["comments new"] = measure(
        lambda: read(client, f"{base}comments/?after={cursor(next(unread))}")(), page
    )
    found["submit"] = measure(lambda: send(hearing), say)
    found["POST"] = measure(post, say, senders(hearing).__next__)
    return found


def change_newest(hearing: Hearing) -> tuple:
    """The newest comment has other words than at the last request."""
    newest = Comment.objects.public(hearing).first()
    Comment.objects.filter(pk=newest.pk).update(reason=f"เปลี่ยนแล้ว {uuid.uuid4()}")
    return ()


def senders(hearing: Hearing) -> Iterator[tuple[Client, str, str, str]]:
    """Each time another villager with another browser, who chose a section and filled in the form."""
    block = str(sections_of(hearing)[0].key)
    client = Client(HTTP_HOST="127.0.0.1", enforce_csrf_checks=True)
    for number in count(1):
        client.cookies.clear()
        client.cookies["csrftoken"] = secret = get_random_string(32)
        form = {
            "csrfmiddlewaretoken": secret, "key": new_key(), "started": new_start(timezone.now() - OPENED),
            "step": CHECK, "go": "send", "c0-stance": "partly", "c0-block": block, "c0-quote": "", "c0-mark": "",
            "c0-reason": f"ควรเว้นทางวัวควายไว้ {other_words()}", "c0-suggestion": "ขอให้ทำท่อลอดเพิ่มอีก 2 จุด",
            "sector": "citizen", "capacity": "self", "organisation": "", "province": "60", "district": "",
            "subdistrict": "", "publish_name": "none", "name": "", "email": "", "consent": "on",
        }  # fmt: skip
        yield (
            client,
            f"/hearings/{hearing.slug}/comment/",
            urlencode(form),
            f"10.1.{number >> 8}.{number & 255}",
        )


def other_words() -> str:
    """Never the same twice, and without digits: thirteen of them may be a citizen's number, which is refused."""
    return get_random_string(20, string.ascii_lowercase)


def post(client: Client, path: str, form: str, address: str) -> None:
    response = client.post(path, form, content_type=URLENCODED, REMOTE_ADDR=address)
    if response.status_code != 302:
        raise SystemExit(
            f"POST: {response.status_code} {response.context and response.context.get('problems')}"
        )
    # What waits for the end of the transaction belongs to the request; here it would wait for the roll-back.
    waiting, connection.run_on_commit = connection.run_on_commit, []
    for _savepoints, act, _robust in waiting:
        act()


def send(hearing: Hearing) -> None:
    """The service behind the form: dossier, version, comment, receipt, duplicate check."""
    data = SubmissionData(stance="agree", sector="citizen", consent_version="2569-1")
    words = CommentData(block_key=None, stance="agree", reason=f"เห็นด้วย {other_words()}", suggestion="")
    submit(hearing=hearing, data=data, comments=[words], idempotency_key=uuid.uuid4(), now=timezone.now())


def main() -> None:
    few, many = [int(number) for number in (*sys.argv[1:], "1000", "100000")[:2]]
    client = Client(HTTP_HOST="127.0.0.1")
    found: list[Found] = []
    with transaction.atomic():
        floor.make_table()
        volume = Volume(seed=time.time_ns(), now=timezone.now(), say=lambda _line: None)
        (hearing,) = volume.fill(hearings=1, comments=few, users=0)
        for more in (0, many - few):
            started = time.monotonic()
            volume.comment(hearing, more)
            print(f"{more} comments in {time.monotonic() - started:.0f} s")
            caches["process"].clear()
            found.append(measure_all(hearing, client))
        transaction.set_rollback(True)
    report(few, many, *found)


def report(few: int, many: int, before: Found, after: Found) -> None:
    heads = ("queries", f"CPU ms {few}", f"CPU ms {many}", "growth", "x floor", "wanted")
    print(f"{'':<19}" + "".join(f"{head:>15}" for head in heads))
    for name, first in before.items():
        last = after[name]
        # Beside the floor of the same moments, for growth too: what the machine did meanwhile falls out.
        times = (first.ms / first.floor, last.ms / last.floor)
        queries, most = TARGETS.get(name.split()[0], (0, 0))
        print(
            f"{name:<19}{last.queries:>15}{first.ms:>15.2f}{last.ms:>15.2f}{times[1] / times[0]:>15.2f}"
            f"{times[1]:>15.2f}" + (f"{f'{queries} / {most}':>15}" if queries else "")
        )
    pages = after["comments deep"].ms / after["comments"].ms
    print(f"deep page / first page: {pages:.2f} (wanted 1.05)")


if __name__ == "__main__":
    main()
