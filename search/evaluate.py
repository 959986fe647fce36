"""Measure the whole chain on a set of questions with known answers (docs/search.md says where the sets are)."""

from __future__ import annotations

import gzip
import json
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from core.searchable import SearchDocument
from search.engines.base import Ask, Engine
from search.rank import RERANKED, rerank
from search.suggest import correction
from search.text import canonical, query_words

DEPTH = 10
LETTERS = "กขคงจชดตถทนบปผพมยรลวสหอะาิีุูเแโใไ่้"


def read_lines(path: Path) -> Iterator[dict]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def documents(path: Path) -> Iterator[SearchDocument]:
    """The set's texts; they have no titles, so the body carries everything."""
    for row in read_lines(path):
        yield SearchDocument(key=str(row["id"]), kind="page", title="", url="", body=row["text"], language="")


def evaluate(engine: Engine, docs: Path, queries: Path, *, asked: Callable[[str], str] = str) -> dict:
    """MRR@10, Recall@1 and the share without results for each set, and the means over the sets.

    ``asked`` makes of a question what is typed, e.g. ``with_typing_error``.
    """
    started = time.perf_counter()
    count = engine.rebuild(documents(docs))
    built = time.perf_counter() - started
    ranks: dict[str, list[int]] = defaultdict(list)
    empty: dict[str, int] = defaultdict(int)
    times: list[float] = []
    for row in read_lines(queries):
        started = time.perf_counter()
        found = ordered_keys(engine, asked(row["question"]))
        times.append(time.perf_counter() - started)
        relevant = str(row["relevant_id"])
        ranks[row["set"]].append(found.index(relevant) + 1 if relevant in found else 0)
        empty[row["set"]] += not found
    sets = {name: measures(found, empty[name]) for name, found in sorted(ranks.items())}
    return {
        "engine": engine.name,
        "documents": count,
        "build_seconds": round(built, 2),
        "sets": sets,
        "mean_mrr10": round(statistics.mean(s["mrr10"] for s in sets.values()), 4),
        "mean_recall1": round(statistics.mean(s["recall1"] for s in sets.values()), 4),
        "ms_p50": round(statistics.median(times) * 1000, 2),
        "ms_p95": round(statistics.quantiles(times, n=20)[-1] * 1000, 2),
    }


def ordered_keys(engine: Engine, question: str) -> list[str]:
    """The way of the results page: correction, candidates, rank."""
    typed = canonical(question)
    words = query_words(correction(typed, engine) or typed)
    found = engine.search(Ask(words.weights, limit=RERANKED))
    return [c.document.key for c in rerank(words, found.candidates)[:DEPTH]]


def with_typing_error(text: str, dice: random.Random) -> str:
    """One letter left out, put in, taken for another or swapped with its neighbour."""
    place = dice.choice([i for i, letter in enumerate(text) if not letter.isspace()])
    before, letter, after = text[:place], text[place], text[place + 1 :]
    other = dice.choice(LETTERS)
    swapped = before + after[:1] + letter + after[1:]
    return dice.choice([before + after, before + other + letter + after, before + other + after, swapped])


def measures(ranks: Iterable[int], empty: int) -> dict:
    ranks = list(ranks)
    return {
        "queries": len(ranks),
        "mrr10": round(sum(1 / rank for rank in ranks if rank) / len(ranks), 4),
        "recall1": round(sum(rank == 1 for rank in ranks) / len(ranks), 4),
        "no_result": round(empty / len(ranks), 4),
    }
