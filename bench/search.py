"""Search against its baseline, in one run on one machine: ``python bench/search.py [--docs F --queries F]``.

The baseline is the stock way to cut: what an SQLite full-text index of Wagtail does to Thai (every run of letters,
broken at vowel and tone marks), words OR-ed, BM25. Ours is the whole chain of docs/search.md. Without the
evaluation set (it is not shipped: its sources have their own licences) a small made-up set shows the times only.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sqlite3
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

import django  # noqa: E402

django.setup()

from search.engines.tantivy_engine import TantivyEngine  # noqa: E402
from search.evaluate import DEPTH, evaluate, read_lines, with_typing_error  # noqa: E402

EVALUATION = Path(os.environ.get("SEARCH_EVAL", ROOT.parent / "shared" / "search-eval"))


def baseline(docs: Path, queries: Path) -> tuple[float, float]:
    """Mean MRR@10 over the sets and milliseconds a query of stock FTS5, words OR-ed."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE stock USING fts5(id UNINDEXED, body)")
    base.executemany(
        "INSERT INTO stock VALUES (?, ?)", ((str(row["id"]), row["text"]) for row in read_lines(docs))
    )
    ranks: dict[str, list[float]] = defaultdict(list)
    times = []
    for row in read_lines(queries):
        words = " OR ".join(f'"{word}"' for word in re.split(r'[\s"]+', row["question"]) if word)
        started = time.perf_counter()
        found = (
            [
                key
                for (key,) in base.execute(
                    "SELECT id FROM stock WHERE stock MATCH ? ORDER BY rank LIMIT ?", (words, DEPTH)
                )
            ]
            if words
            else []
        )
        times.append(time.perf_counter() - started)
        relevant = str(row["relevant_id"])
        ranks[row["set"]].append(1 / (found.index(relevant) + 1) if relevant in found else 0)
    return statistics.mean(statistics.mean(values) for values in ranks.values()), statistics.median(
        times
    ) * 1000


def made_up(folder: Path) -> tuple[Path, Path]:
    """2,000 texts of random dictionary words without spaces, each with one question of two of its words."""
    import json

    from search.text.cut import dictionary

    dice = random.Random(2569)
    words = sorted(word for word in dictionary() if len(word) >= 4)
    docs, queries = folder / "docs.jsonl", folder / "queries.jsonl"
    with docs.open("w", encoding="utf-8") as d, queries.open("w", encoding="utf-8") as q:
        for number in range(2_000):
            chosen = dice.sample(words, 60)
            d.write(json.dumps({"id": number, "set": "made up", "text": "".join(chosen)}) + "\n")
            asked = {
                "qid": number,
                "set": "made up",
                "question": " ".join(dice.sample(chosen, 2)),
                "relevant_id": number,
            }
            if number % 10 == 0:
                q.write(json.dumps(asked) + "\n")
    return docs, queries


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--docs", type=Path, default=EVALUATION / "docs.jsonl.gz")
    parser.add_argument("--queries", type=Path, default=EVALUATION / "queries.jsonl.gz")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        docs, queries = chosen.docs, chosen.queries
        if not docs.is_file():
            print(f"No evaluation set at {docs}: measuring a made-up one.")
            docs, queries = made_up(folder)
        stock, stock_ms = baseline(docs, queries)
        ours = evaluate(TantivyEngine(folder / "index"), docs, queries)
        mistyped = partial(with_typing_error, dice=random.Random(2569))
        wrong = evaluate(TantivyEngine(folder / "index"), docs, queries, asked=mistyped)["sets"]
    print(f"documents          {ours['documents']} indexed in {ours['build_seconds']} s")
    print(f"stock, words OR-ed MRR@10 {stock:.4f}   {stock_ms:.1f} ms a query")
    print(
        f"ours               MRR@10 {ours['mean_mrr10']:.4f}   {ours['ms_p50']} ms a query, p95 {ours['ms_p95']}"
    )
    for name, found in wrong.items():
        if "kw2" in name:
            print(
                f"one typing error   R@1 {found['recall1']:.3f} of {name} ({ours['sets'][name]['recall1']:.3f} without)"
            )
    print(
        f"ratio              {ours['mean_mrr10'] / stock:.2f} times the stock baseline"
        if stock
        else "stock found nothing"
    )


if __name__ == "__main__":
    main()
