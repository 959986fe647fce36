"""How well search finds, on questions with known answers: 30 of each set, on both engines (docs/search.md).

The set has licences of its own and is not shipped; where it lies beside the project, search must not get worse.
"""

from __future__ import annotations

import json
import os
import random
import statistics
from collections import defaultdict
from pathlib import Path

import pytest
from django.conf import settings

from search.evaluate import evaluate, read_lines, with_typing_error

EVALUATION = Path(os.environ.get("SEARCH_EVAL", settings.BASE_DIR.parent / "shared" / "search-eval"))
A_SET = 30

pytestmark = pytest.mark.skipif(
    not EVALUATION.is_dir(),
    reason=f"the evaluation set is not at {EVALUATION} (SEARCH_EVAL names another place)",
)


@pytest.fixture
def some_questions(tmp_path):
    """A file of 30 questions of each set, those of two words also with one typing error each."""
    dice, sets = random.Random(2569), defaultdict(list)
    for row in read_lines(EVALUATION / "queries.jsonl.gz"):
        sets[row["set"]].append(row)
    chosen = [row for rows in sets.values() for row in dice.sample(rows, min(A_SET, len(rows)))]
    mistyped = [
        {**row, "set": f"{row['set']} mistyped", "question": with_typing_error(row["question"], dice)}
        for row in chosen
        if row["set"].endswith("kw2")
    ]
    path = tmp_path / "questions.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in chosen + mistyped), encoding="utf-8")
    return path


def test_what_people_ask_for_is_found(engine, some_questions):
    found = evaluate(engine, EVALUATION / "docs.jsonl.gz", some_questions)["sets"]
    assert all(one["no_result"] == 0 for name, one in found.items() if "mistyped" not in name)
    assert statistics.mean(one["mrr10"] for name, one in found.items() if "mistyped" not in name) >= 0.9
    assert statistics.mean(one["recall1"] for name, one in found.items() if "mistyped" in name) >= 0.6
