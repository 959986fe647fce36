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
from collections.abc import Callable, Collection, Container, Sequence
from itertools import chain

from ahocorasick_rs import BytesAhoCorasick

from search.engines.base import Candidate, Compared
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
    texts = [candidate.compared(LONGEST_TEXT) for candidate in head]
    spelling, pairs = trigrams(query.folded), adjacent_pairs(query)
    found = held(spelling.union(pairs), texts)
    coverage = covered([pieces & spelling for pieces in found])
    rare = covered([pieces.intersection(pairs) for pieces in found])
    long = lengths(texts)
    content = [t.text for t in query.order if t.text not in stop_words()]
    scores = [
        (
            candidate.score / best
            + ADJACENCY * share(pairs, found[i])
            + RARE_ADJACENCY * rare[i]
            + COVERAGE * cover
            - LENGTH * long[i]
            + TITLE * share(content, text.title)
            + LANGUAGE * (candidate.language == language)
        )
        * boosted(candidate.boost, cover)
        for i, (candidate, text, cover) in enumerate(zip(head, texts, coverage, strict=True))
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


def lengths(texts: Sequence[Compared]) -> list[float]:
    """How much longer than the usual candidate each is, as a logarithm within bounds."""
    sizes = [math.log(text.letters + 1) for text in texts]
    usual = statistics.median(sizes)
    return [max(-MOST_LENGTH, min(size - usual, MOST_LENGTH)) for size in sizes]


def trigrams(text: str) -> set[str]:
    """Groups of three characters inside the chunks between spaces."""
    return {chunk[i : i + 3] for chunk in text.split() for i in range(max(len(chunk) - 2, 1))}


def held(wanted: Collection[str], texts: Sequence[Compared]) -> list[set[str]]:
    """For each text the wanted pieces that stand in it. All are looked for in one pass: most stand in few texts, and to
    find that out for each by itself took half of the time of a question."""
    found_in = {coding: _finder(wanted, coding) for coding in {text.coding for text in texts}}
    return [found_in[text.coding](text.text) for text in texts]


def _finder(wanted: Collection[str], coding: str) -> Callable[[bytes], set[str]]:
    coded = [(piece, _coded(piece, coding)) for piece in wanted]
    pieces = [piece for piece, code in coded if code]
    search = BytesAhoCorasick([code for _piece, code in coded if code])
    return lambda text: {
        pieces[i] for i, _start, _end in search.find_matches_as_indexes(text, overlapping=True)
    }


def _coded(piece: str, coding: str) -> bytes:
    """Nothing if it has letters which no text in this coding has."""
    try:
        return piece.encode(coding)
    except UnicodeEncodeError:
        return b""


def covered(pieces: Sequence[Collection[str]]) -> list[float]:
    """For each text the share of all the pieces found that it holds; a piece that few texts hold weighs more."""
    holders = Counter(chain.from_iterable(pieces))
    weight = {piece: math.log(1 + (len(pieces) - n + 0.5) / (n + 0.5)) for piece, n in holders.items()}
    # The same whatever the order of a set: equals must stay equal.
    whole = math.fsum(weight.values())
    return [math.fsum(map(weight.__getitem__, found)) / whole if whole else 0.0 for found in pieces]
