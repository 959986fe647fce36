"""Write the word lists that search ships: run once, by hand, when a source changed.

    python3 -m venv /tmp/words && /tmp/words/bin/pip install pythainlp
    /tmp/words/bin/python scripts/build_words.py

PyThaiNLP is a developer's tool here (its word and stop-word lists are CC0); the site itself never imports it.
District and sub-district names come from the geography app's own data, terms of the office from terms.txt.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from pythainlp.corpus import thai_stopwords, thai_words

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "search" / "data"
AREAS = ROOT / "site" / "geography" / "data" / "areas.json.gz"
SHORTEST_PLACE = 4  # shorter place names are everyday words that would cut others apart


def lines(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in text if line.strip() and not line.startswith("#")]


def places() -> set[str]:
    with gzip.open(AREAS, "rt", encoding="utf-8") as file:
        areas = json.load(file)
    return {name for name in names(areas) if len(name) >= SHORTEST_PLACE and " " not in name}


def names(value: object) -> set[str]:
    """Every Thai string in the file, however deep."""
    if isinstance(value, dict):
        return set().union(*(names(part) for part in value.values())) if value else set()
    if isinstance(value, list):
        return set().union(*(names(part) for part in value)) if value else set()
    return {value} if isinstance(value, str) and value[:1] >= "ก" else set()


def main() -> None:
    synonyms = {word.strip() for line in lines(DATA / "synonyms.txt") for word in line.split("=")}
    words = {word for word in thai_words() if " " not in word} | places() | set(lines(DATA / "terms.txt"))
    words |= {word for word in synonyms if " " not in word}
    (DATA / "words.txt").write_text("\n".join(sorted(words)) + "\n", encoding="utf-8")
    (DATA / "stopwords.txt").write_text("\n".join(sorted(thai_stopwords())) + "\n", encoding="utf-8")
    print(f"{len(words)} words, {len(places())} of them places")


if __name__ == "__main__":
    main()
