"""Kilobytes and database queries of first views, printed with their ratio to the plainest page of the same run.

python bench/first_view.py      (needs the demo to have been prepared once: python3.11 -m demo --check)
"""

from __future__ import annotations

import gzip
import os
import re
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

REFERENCE = "plain page"
ROUNDS = 7


def first_link(client: Client, path: str, pattern: str) -> str:
    match = re.search(pattern, client.get(path).content.decode())
    if not match:
        raise SystemExit(
            f"no address like {pattern} on {path}; prepare the demo first: python3.11 -m demo --check"
        )
    return match.group(1)


def pages(client: Client) -> dict[str, str]:
    hearing = first_link(client, "/", r'href="(/hearings/[a-z0-9-]+/)"')
    return {
        REFERENCE: "/help/",
        "home": "/",
        "hearings": "/hearings/",
        "hearing": hearing,
        "comments": f"{hearing}comments/",
        "library": "/knowledge/",
        "lesson": first_link(client, "/knowledge/", r'href="(/knowledge/(?!problems)[a-z0-9-]+/)"'),
        "news": "/news/",
        "search": "/search/?q=น้ำท่วม",
    }


def static_bytes(html: str) -> int:
    """What the page's own link, script, img and svg references weigh, compressed where the server compresses."""
    total = 0
    for name in set(re.findall(r'(?:href|src)="/static/([^"#]+)', html)):
        path = settings.STATIC_ROOT / name
        compressed = Path(f"{path}.gz")
        total += (compressed if compressed.exists() else path).stat().st_size if path.exists() else 0
    # The Thai and Latin regular faces; bold comes with the first bold word.
    fonts = settings.STATIC_ROOT / "fonts"
    preloaded = set(re.findall(r"/static/(fonts/[^\"]+)", html))
    total += sum(
        p.stat().st_size
        for face in ("sarabun-latin-400", "sarabun-thai-700", "sarabun-latin-700")
        for p in list(fonts.glob(f"{face}.*.woff2"))[:1]
        if f"fonts/{p.name}" not in preloaded
    )
    return total


def main() -> None:
    client = Client(HTTP_HOST="127.0.0.1")
    rows = []
    for name, path in pages(client).items():
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = client.get(path)
        count = len(queries)  # before the next request empties the log
        timings = []
        for _ in range(ROUNDS):
            started = time.process_time()
            client.get(path)
            timings.append(time.process_time() - started)
        html = response.content
        size = len(gzip.compress(html)) + static_bytes(html.decode())
        rows.append((name, size, count, sorted(timings)[ROUNDS // 2] * 1000))
    reference = next(row for row in rows if row[0] == REFERENCE)
    print(f"{'page':<12}{'first view KB':>14}{'queries':>9}{'CPU ms':>8}{'x ' + REFERENCE:>14}")
    for name, size, count, cpu in rows:
        print(f"{name:<12}{size / 1000:>14.1f}{count:>9}{cpu:>8.1f}{cpu / reference[3]:>14.2f}")


if __name__ == "__main__":
    main()
