"""Exact phrases and words to leave out, looked for letter by letter in the stored text of the candidates.

An index of words cannot tell: the same letters are cut one way in a question and another way in a long sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from core.ratelimit import Limit, take
from core.searchable import SearchDocument
from search.engines import FACETS, Candidate, Filters
from search.engines.base import facet_values
from search.question import Question
from search.text import fold

MOST_VERIFIED = 500
SHORTEST_UNWANTED = 4  # ปู stands in ปูน: of short words only whole ones are left out, which the engine does
# A Thai word cannot end where a vowel or mark of the same syllable follows, nor begin after one that opens it.
OPENS, GOES_ON = "เแโใไ", "\u0e30-\u0e3a\u0e45-\u0e4e"
LATIN = "0-9a-z"
# Up to 500 whole texts are read for each question; a village behind one address asks less often than this.
LETTER_BY_LETTER = Limit("search-letters", capacity=60, seconds=600)


def admit(question: Question, visitor: str) -> None:
    """Called before each such question, on whichever page. Raises TooManyRequestsError."""
    if not question.is_plain:
        take(LETTER_BY_LETTER, visitor)


def pattern(piece: str) -> re.Pattern[str]:
    """For folded texts; any white space where the piece has a space."""
    folded = fold(piece).strip()
    before = f"(?<![{LATIN}])" if re.match(f"[{LATIN}]", folded) else f"(?<![{OPENS}])"
    after = f"(?![{LATIN}])" if re.search(f"[{LATIN}]$", folded) else f"(?![{GOES_ON}])"
    return re.compile(before + r"\s+".join(map(re.escape, folded.split())) + after)


def verified(question: Question, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Those that hold every phrase and no unwanted word, in their order."""
    phrases = [pattern(phrase) for phrase in question.phrases]
    unwanted = [pattern(word) for word in question.unwanted if len(word) >= SHORTEST_UNWANTED]
    if not (phrases or unwanted):
        return list(candidates)
    kept: list[Candidate] = []
    for candidate in candidates:
        text = text_of(candidate.document)
        if all(p.search(text) for p in phrases) and not any(p.search(text) for p in unwanted):
            kept.append(candidate)
    return kept


def text_of(document: SearchDocument, most: int | None = None) -> str:
    """Up to so many letters."""
    heading = f"{document.title}\n{document.detail}\n" if document.heading_searched else ""
    return fold((heading + document.body)[:most])


# --- what an engine counts, for documents at hand -----------------------------------------------------------------


def let_through(candidates: Sequence[Candidate], filters: Filters) -> list[Candidate]:
    return [c for c in candidates if _matches(c.document, filters)]


def one_of_each(candidates: Sequence[Candidate], language: str) -> list[Candidate]:
    """Of what says the same in several languages and is here in the reader's, this version alone (Ask.language)."""
    mine = {c.document.same_as for c in candidates if c.language == language}.difference([""])
    return [c for c in candidates if c.language == language or c.document.same_as not in mine]


def counted(candidates: Sequence[Candidate], filters: Filters) -> dict[str, Counter[str]]:
    """Of each facet, how many documents hold each value, as if its own filter were not set."""
    return {
        name: Counter(
            value
            for candidate in let_through(candidates, filters.without(name))
            for value in facet_values(candidate.document, name)
        )
        for name in FACETS
    }


def _matches(document: SearchDocument, filters: Filters) -> bool:
    return all(
        value in (facet_values(document, name) if name in FACETS else [document.part_of])
        for name, value in filters.chosen().items()
    )
