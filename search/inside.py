"""Words inside one list of the site: the comments of a hearing, the lessons of the library (core.finding)."""

from __future__ import annotations

from core.finding import MOST, FinderDownError, Inside, Wanted
from core.searchable import searchable_for
from search import within
from search.engines import Ask, Candidate, EngineDownError, Filters, Found, Order, get_engine
from search.literal import admit, verified
from search.question import Question, excluded_groups, read, required_groups
from search.rank import rerank
from search.synonyms import same_meaning, widened
from search.text import QueryWords, query_words


def find_inside(wanted: Wanted) -> Inside:
    """Rows with all the words first of all; where there is none, rows with some of them. Raises FinderDownError,
    and TooManyRequestsError for exact words."""
    question = read(wanted.text)
    words = widened(query_words(question.wanted))
    if not words:
        return Inside()
    admit(question, wanted.visitor)
    try:  # to the end: texts are read from the index when they are looked at
        found, holds_every_word = _found(wanted, question, words, all_words=True), True
        if not found.total and len(words.weights) > 1:
            found, holds_every_word = _found(wanted, question, words, all_words=False), False
        candidates = found.candidates if question.is_plain else verified(question, found.candidates)
        total = found.total if question.is_plain else len(candidates)
        ordered = candidates if wanted.newest else rerank(words, candidates)
        is_part = wanted.newest and question.is_plain and len(ordered) == wanted.most < min(total, MOST)
        until = ordered[-1].document.date if is_part else None
        return Inside(tuple(map(_pk, ordered)), total, holds_every_word, until)
    except EngineDownError as error:
        raise FinderDownError from error


def _found(wanted: Wanted, question: Question, words: QueryWords, *, all_words: bool) -> Found:
    searchable = searchable_for(wanted.model)
    filters = Filters(
        kind=searchable.kind if searchable else "",
        variety=wanted.variety,
        province=wanted.province,
        sector=wanted.sector,
        part_of=wanted.part_of,
    )
    ask = Ask(
        words.weights,
        filters,
        # Marks in the question are looked for in the texts that were found: of those as many as can be.
        wanted.most if wanted.newest and question.is_plain else MOST,
        Order.NEWEST if wanted.newest else Order.CLOSEST,
        required=required_groups(question, all_words=all_words, same_meaning=same_meaning),
        excluded=excluded_groups(question),
    )
    return within.search(get_engine(), ask, question, words)


def _pk(candidate: Candidate) -> int:
    return int(candidate.key.partition(":")[2])
