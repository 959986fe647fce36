"""Words inside one list of the site: the comments of a hearing, the lessons of the library (core.finding)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from core.finding import MOST, FinderDownError, Inside, Wanted
from core.searchable import searchable_for
from search import within
from search.engines import Ask, Candidate, EngineDownError, Filters, Order, Reader, get_engine
from search.literal import admit, one_of_each, verified
from search.public import asked_until_public
from search.query import corrected_words
from search.question import Question, excluded_groups, read, required_groups
from search.rank import rerank
from search.synonyms import same_meaning, widened
from search.text import QueryWords, query_words
from search.waiting import up_to_date


def find_inside(wanted: Wanted) -> Inside:
    """Rows with all the words first of all; where there is none, rows with some of them. A word that nobody wrote is
    corrected as everywhere (search.query). Raises FinderDownError, and TooManyRequestsError for exact words."""
    question = read(wanted.text)
    if not query_words(question.wanted):
        return Inside()
    admit(question, wanted.visitor)
    try:  # to the end: texts are read from the index when they are looked at
        rows = _public(wanted, question)
    except EngineDownError as error:
        raise FinderDownError from error
    is_part = wanted.newest and question.is_plain and len(rows.ordered) == wanted.most < min(rows.total, MOST)
    return Inside(
        tuple(int(candidate.key.partition(":")[2]) for candidate in rows.ordered),
        rows.total,
        rows.holds_every_word,
        rows.ordered[-1].document.date if is_part else None,
        rows.did_you_mean,
        rows.looked_through,
    )


@dataclass(frozen=True)
class _Rows:
    ordered: list[Candidate]
    total: int
    holds_every_word: bool
    unknown: Collection[str]  # of what was typed
    looked_through: int
    did_you_mean: str = ""

    def without(self, gone: Collection[str]) -> _Rows:
        left = [candidate for candidate in self.ordered if candidate.key not in gone]
        return replace(self, ordered=left, total=self.total - len(self.ordered) + len(left))


def _public(wanted: Wanted, question: Question) -> _Rows:
    """As on the results page. Of comments the queue knows each change and the list asks for their rows itself; that a
    lesson lost the words of a file it may not know (search.public)."""
    searchable = searchable_for(wanted.model)
    may_lose_words = bool(searchable and searchable.sources)
    rows, gone = asked_until_public(
        lambda engine: _corrected(wanted, question, engine),
        lambda rows, _attempt: rows.ordered if may_lose_words else (),
        up_to_date(get_engine()),
    )
    return rows.without(gone)


def _corrected(wanted: Wanted, question: Question, engine: Reader) -> _Rows:
    better = "" if wanted.exact else corrected_words(question, engine)
    if better:
        question = replace(question, words=better)
    rows = _looked_for(wanted, question, engine)
    if rows.unknown and not wanted.exact and (again := corrected_words(question, engine, rows.unknown)):
        better, question = again, replace(question, words=again)
        rows = _looked_for(wanted, question, engine)
    return replace(rows, did_you_mean=str(question) if better else "")


def _looked_for(wanted: Wanted, question: Question, engine: Reader) -> _Rows:
    words = widened(query_words(question.wanted))
    rows = _rows(wanted, question, words, engine, all_words=True)
    if rows.total or len(words.weights) == 1:
        return rows
    return _rows(wanted, question, words, engine, all_words=False)


def _rows(wanted: Wanted, question: Question, words: QueryWords, engine: Reader, *, all_words: bool) -> _Rows:
    found = _found(wanted, question, words, engine, all_words=all_words)
    held = verified(question, found.candidates)
    if not question.is_plain:  # else the engine has done it
        held = one_of_each(held, wanted.language)
    is_cut = not question.is_plain and found.total > MOST
    return _Rows(
        held if wanted.newest else rerank(words, held),
        found.total if question.is_plain else len(held),
        all_words,
        words.typed_among(found.unknown),
        found.looked_through or (MOST if is_cut else 0),
    )


def _found(
    wanted: Wanted, question: Question, words: QueryWords, engine: Reader, *, all_words: bool
) -> within.Answer:
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
        language=wanted.language if question.is_plain else "",
    )
    return within.search(engine, ask, question, words)
