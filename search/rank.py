"""Put the best of an engine's candidates first: words that stand together, and spelling that agrees.

Score = BM25 / best BM25 + 0.3 x adjacency + 0.8 x adjacency by rarity + 0.5 x trigram coverage - 0.12 x length
(weights chosen on halves of the DEV set and scored on the other halves), plus a share for words in the title, times
the document's boost as far as it holds the question: an answer to exactly this question comes first (A007), one that
only shares a common word does not.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Collection, Container, Sequence
from itertools import chain

from search.engines.base import Candidate
from search.text import QueryWords
from search.text.analyse import stop_words

ADJACENCY = 0.3
RARE_ADJACENCY = 0.8
COVERAGE = 0.5
LENGTH = 0.12  # a long text holds more of any question by chance
MOST_LENGTH = 1.5  # of the logarithm: from a fifth of the usual length to five times
TITLE = 0.3
LANGUAGE = 0.05  # the reader's language first when two are equally good
RERANKED = 50
LONGEST_TEXT = 20_000


def rerank(query: QueryWords, candidates: Sequence[Candidate], language: str = "") -> list[Candidate]:
    """The first 50 in their new order, then the rest as the engine gave it."""
    head = candidates[:RERANKED]
    if not head:
        return []
    best = max(c.score for c in head) or 1.0
    titles, texts = zip(*(c.compared(LONGEST_TEXT) for c in head), strict=True)
    coverage = covered(held(trigrams(query.folded), texts))
    pairs = adjacent_pairs(query)
    held_pairs = held(set(pairs), texts)
    rare = covered(held_pairs)
    long = lengths(texts)
    content = [t.text for t in query.order if t.text not in stop_words()]
    scores = [
        (
            candidate.score / best
            + ADJACENCY * share(pairs, held_pairs[i])
            + RARE_ADJACENCY * rare[i]
            + COVERAGE * cover
            - LENGTH * long[i]
            + TITLE * share(content, title)
            + LANGUAGE * (candidate.language == language)
        )
        * boosted(candidate.boost, cover)
        for i, (candidate, title, cover) in enumerate(zip(head, titles, coverage, strict=True))
    ]
    order = sorted(range(len(head)), key=lambda i: -scores[i])
    return [head[i] for i in order] + list(candidates[RERANKED:])


def boosted(boost: float, cover: float) -> float:
    """The whole boost for a document that holds the whole question; nearly none for one that shares a word."""
    return 1 + (boost - 1) * cover**2


def adjacent_pairs(query: QueryWords) -> list[str]:
    """Neighbouring words just as they were typed, stop words included: รับฟัง+ความเห็น."""
    return [query.folded[a.start : b.end] for a, b in zip(query.order, query.order[1:], strict=False)]


def share(wanted: Sequence[str], inside: Container[str]) -> float:
    """How many of them stand in a text, or among the pieces found in it."""
    return sum([piece in inside for piece in wanted]) / len(wanted) if wanted else 0.0


def lengths(texts: Sequence[str]) -> list[float]:
    """How much longer than the usual candidate each is, as a logarithm within bounds."""
    sizes = [math.log(len(text) + 1) for text in texts]
    usual = statistics.median(sizes)
    return [max(-MOST_LENGTH, min(size - usual, MOST_LENGTH)) for size in sizes]


def trigrams(text: str) -> set[str]:
    """Groups of three characters inside the chunks between spaces."""
    return {chunk[i : i + 3] for chunk in text.split() for i in range(max(len(chunk) - 2, 1))}


def held(wanted: Collection[str], texts: Sequence[str]) -> list[list[str]]:
    """For each text the wanted pieces that stand in it."""
    return [[piece for piece in wanted if piece in text] for text in texts]


def covered(pieces: Sequence[Sequence[str]]) -> list[float]:
    """For each text the share of all the pieces found that it holds; a piece that few texts hold weighs more."""
    holders = Counter(chain.from_iterable(pieces))
    weight = {piece: math.log(1 + (len(pieces) - n + 0.5) / (n + 0.5)) for piece, n in holders.items()}
    whole = sum(weight.values())
    return [sum(map(weight.__getitem__, found)) / whole if whole else 0.0 for found in pieces]
