"""Words inside one list of the site: the comments of a hearing, the lessons of the library (core.finding)."""

from __future__ import annotations

import dataclasses

from core.finding import MOST, FinderDownError, Inside, Wanted
from core.searchable import searchable_for
from search import within
from search.engines import Ask, Candidate, Engine, EngineDownError, Filters, Found, Order, get_engine
from search.literal import admit, verified
from search.query import corrected_words
from search.question import Question, excluded_groups, read, required_groups
from search.rank import rerank
from search.synonyms import same_meaning, widened
from search.text import QueryWords, query_words


def find_inside(wanted: Wanted) -> Inside:
    """Rows with all the words first of all; where there is none, rows with some of them. A word that nobody wrote is
    corrected as everywhere (search.query). Raises FinderDownError, and TooManyRequestsError for exact words."""
    question = read(wanted.text)
    if not query_words(question.wanted):
        return Inside()
    admit(question, wanted.visitor)
    try:  # to the end: texts are read from the index when they are looked at
        engine = get_engine()
        better = "" if wanted.exact else corrected_words(question, engine)
        inside, unknown = _looked_for(wanted, _with_words(question, better), engine)
        if unknown and not wanted.exact:
            again = corrected_words(_with_words(question, better), engine, unknown)
            if again:
                better = again
                inside, _unknown = _looked_for(wanted, _with_words(question, better), engine)
    except EngineDownError as error:
        raise FinderDownError from error
    return dataclasses.replace(inside, did_you_mean=str(_with_words(question, better)) if better else "")


def _with_words(question: Question, better: str) -> Question:
    return dataclasses.replace(question, words=better) if better else question


def _looked_for(wanted: Wanted, question: Question, engine: Engine) -> tuple[Inside, frozenset[str]]:
    """With the words that stand nowhere."""
    words = widened(query_words(question.wanted))
    found, holds_every_word = _found(wanted, question, words, engine, all_words=True), True
    if not found.total and len(words.weights) > 1:
        found, holds_every_word = _found(wanted, question, words, engine, all_words=False), False
    candidates = found.candidates if question.is_plain else verified(question, found.candidates)
    total = found.total if question.is_plain else len(candidates)
    ordered = candidates if wanted.newest else rerank(words, candidates)
    is_part = wanted.newest and question.is_plain and len(ordered) == wanted.most < min(total, MOST)
    until = ordered[-1].document.date if is_part else None
    return Inside(tuple(map(_pk, ordered)), total, holds_every_word, until), found.unknown


def _found(
    wanted: Wanted, question: Question, words: QueryWords, engine: Engine, *, all_words: bool
) -> Found:
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
    return within.search(engine, ask, question, words)


def _pk(candidate: Candidate) -> int:
    return int(candidate.key.partition(":")[2])
