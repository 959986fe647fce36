"""How well search finds, on questions with known answers: 60 of each set, on both engines (docs/search.md).

The set has licences of its own and is not shipped; where it lies beside the project, search must not get worse.
"""

from __future__ import annotations

import json
import os
import random
from collections import defaultdict
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings

from search.evaluate import evaluate, read_lines, with_typing_error

EVALUATION = Path(os.environ.get("SEARCH_EVAL", settings.BASE_DIR.parent / "shared" / "search-eval"))
A_SET = 60

pytestmark = pytest.mark.skipif(
    not EVALUATION.is_dir(),
    reason=f"the evaluation set is not at {EVALUATION} (SEARCH_EVAL names another place)",
)


@pytest.fixture
def dice() -> random.Random:
    return random.Random(2569)


@pytest.fixture
def some_questions(tmp_path, dice):
    """A file of 60 questions of each set, and one of those of two words."""
    sets = defaultdict(list)
    for row in read_lines(EVALUATION / "queries.jsonl.gz"):
        sets[row["set"]].append(row)
    chosen = [row for rows in sets.values() for row in dice.sample(rows, min(A_SET, len(rows)))]
    files = tmp_path / "all.jsonl", tmp_path / "two-words.jsonl"
    for path, rows in zip(files, (chosen, [r for r in chosen if r["set"].endswith("kw2")]), strict=True):
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return files


def test_what_people_ask_for_is_found(engine, some_questions, dice):
    everything, two_words = some_questions
    found = evaluate(engine, EVALUATION / "docs.jsonl.gz", everything)
    assert found["mean_mrr10"] >= 0.9
    assert all(one["no_result"] == 0 for one in found["sets"].values())
    mistyped = partial(with_typing_error, dice=dice)
    wrong = evaluate(engine, EVALUATION / "docs.jsonl.gz", two_words, asked=mistyped)["sets"]
    assert wrong["xquad-th-kw2"]["recall1"] >= 0.55
    assert wrong["iapp-kw2"]["recall1"] >= 0.6
