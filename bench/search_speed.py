"""How quick search is: ``python bench/search_speed.py [documents ...]`` (default 10000 100000).

Documents of about 300 words are put together from the sentences of the evaluation set (made-up words without it). A
question goes the whole way of the results page but the database: correction, engine, counts of seven filters, rank,
marked excerpts. Beside it, in the same run, the stock search of Wagtail on the same number of pages: its SQLite index
with the default "all words", asked for the same ten results. With ELASTICSEARCH_URL set the same is asked of that node.
By the clock a busy machine is too slow by one factor for all; CPU is the work of this process alone (of a node of
Elasticsearch only what is done here), and the ratio is one of CPU.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site"), str(ROOT / "bench")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
scratch = tempfile.TemporaryDirectory(prefix="bench-search-")
os.environ["DATABASE_URL"] = f"sqlite:///{scratch.name}/stock.sqlite3"

import django  # noqa: E402

django.setup()

import search.public  # noqa: E402
import search.suggestions  # noqa: E402
from core.searchable import SearchDocument  # noqa: E402
from search.engines.base import Engine  # noqa: E402
from search.engines.tantivy_engine import TantivyEngine  # noqa: E402
from search.evaluate import read_lines  # noqa: E402
from search.query import find  # noqa: E402
from search.suggestions import suggestions  # noqa: E402
from search.text.cut import cut, dictionary  # noqa: E402

EVALUATION = Path(os.environ.get("SEARCH_EVAL", ROOT.parent / "shared" / "search-eval"))
LENGTH = 1_400  # characters, about 300 words
QUESTIONS = 300
STOCK_DOCUMENTS, STOCK_QUESTIONS = 1_000, 15  # the stock index needs up to a second for each question


def sentences() -> list[str]:
    if EVALUATION.is_dir():
        texts = (row["text"] for row in read_lines(EVALUATION / "docs.jsonl.gz"))
        return [text[i : i + 200] for text in texts for i in range(0, len(text), 200)]
    words, dice = sorted(dictionary()), random.Random(1)
    return ["".join(dice.sample(words, 30)) for _ in range(5_000)]


def documents(count: int, pieces: Sequence[str]) -> Iterator[SearchDocument]:
    dice = random.Random(count)
    for number in range(count):
        chosen = dice.choices(pieces, k=LENGTH // 200)
        yield SearchDocument(
            key=f"home.standardpage:{number}", kind=dice.choice(["news", "lesson", "page", "document"]),
            title=chosen[0][:60], url=f"/{number}/", body=" ".join(chosen),
            provinces=(str(dice.randrange(10, 97)),), topics=(f"topic-{dice.randrange(30)}",), same_as=f"{number}",
        )  # fmt: skip


def questions() -> dict[str, list[str]]:
    """Keywords are two words, questions whole sentences."""
    dice = random.Random(2)
    if EVALUATION.is_dir():
        rows = list(read_lines(EVALUATION / "queries.jsonl.gz"))
        keywords = [row["question"] for row in rows if row["set"].endswith("kw2")]
        whole = [row["question"] for row in rows if row["set"] in ("xquad-th", "iapp")]
        return {
            "keywords": dice.sample(keywords, QUESTIONS),
            "questions": dice.sample(whole, QUESTIONS),
        }
    words = sorted(word for word in dictionary() if len(word) >= 4)
    return {
        "keywords": [" ".join(dice.sample(words, 2)) for _ in range(QUESTIONS)],
        "questions": ["".join(dice.sample(words, 8)) for _ in range(QUESTIONS)],
    }


class Times(NamedTuple):
    """Milliseconds of each question: by the clock, and of this process's work alone."""

    wall: list[float]
    work: list[float]

    @property
    def middle(self) -> float:
        """Of the work: other processes on the machine make the clock run, not this."""
        return statistics.median(self.work)

    def __str__(self) -> str:
        p50, p95 = statistics.median(self.wall), statistics.quantiles(self.wall, n=20)[-1]
        return f"p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   CPU p50 {self.middle:6.2f} ms"


def timed(act: Callable[[str], object], asked: Sequence[str]) -> Times:
    """After some were asked once."""
    for text in asked[:50]:
        act(text)
    times = Times([], [])
    for text in asked:
        started, worked = time.perf_counter(), time.process_time()
        act(text)
        times.work.append((time.process_time() - worked) * 1000)
        times.wall.append((time.perf_counter() - started) * 1000)
    return times


def measure(engine: Engine, count: int, pieces: Sequence[str]) -> float:
    """Prints the times of one engine; gives the CPU of the middle of the keywords."""
    started, worked = time.perf_counter(), time.process_time()
    engine.rebuild(documents(count, pieces))
    seconds, work = time.perf_counter() - started, time.process_time() - worked
    text = sum(len((d.title + d.body).encode()) for d in documents(min(count, 5_000), pieces)) * max(
        count / 5_000, 1
    )
    engine.settle(wait=True)
    size = engine.status().size
    print(
        f"{engine.name}, {count:,} documents: {count / seconds:,.0f} a second ({work / count * 1000:.2f} ms CPU each),"
        f" index {size / text:.2f} of the text"
    )
    first = 0.0
    for name, asked in questions().items():
        times = timed(lambda q: find(q, engine=engine), asked)
        first = first or times.middle
        print(f"  {name:<22} {times}")
    starts = ["".join(cut(text)[:2]) for text in questions()["keywords"]]
    print(f"  {'suggestions':<22} {timed(lambda q: suggestions(q, engine), starts)}")
    return first


def measure_stock(pieces: Sequence[str]) -> float:
    """Wagtail's own search over the same texts as pages, "and" as by default; the CPU of the middle of them."""
    from django.core.management import call_command
    from modelsearch.backends import get_search_backend
    from wagtail.models import Page

    from home.models import StandardPage

    logging.disable(logging.INFO)
    call_command("migrate", verbosity=0)
    root = Page.objects.filter(depth=1).get()
    for document in documents(STOCK_DOCUMENTS, pieces):
        root.add_child(
            instance=StandardPage(title=document.title, summary=document.body, slug=f"p{document.url[1:-1]}")
        )
    backend = get_search_backend("modelsearch.backends.database")
    index = backend.get_index_for_model(StandardPage)
    index.add_items(StandardPage, list(StandardPage.objects.all()))
    asked = questions()["keywords"][:STOCK_QUESTIONS]
    times = timed(lambda q: list(backend.search(q, StandardPage)[:10]), asked)
    print(f"stock Wagtail search, {STOCK_DOCUMENTS:,} pages\n  {'keywords':<22} {times}")
    return times.middle


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", nargs="*", type=int, default=[10_000, 100_000])
    chosen = parser.parse_args()
    # What is public is the database's part of a page and measured in tests by queries.
    search.public.still_public = lambda found: {c.document.key for c in found}
    search.suggestions.still_public = search.public.still_public
    pieces = sentences()
    stock = measure_stock(pieces)
    for count in chosen.documents:
        with tempfile.TemporaryDirectory() as folder:
            ours = measure(TantivyEngine(Path(folder)), count, pieces)
        print(
            f"  stock takes {stock / ours:.0f} times as long with {STOCK_DOCUMENTS / count:.2f} times the documents"
        )
        if url := os.environ.get("ELASTICSEARCH_URL"):
            from search.engines.elasticsearch_engine import ElasticsearchEngine

            measure(ElasticsearchEngine([url], "prachakhom-bench"), count, pieces)


if __name__ == "__main__":
    main()
