"""One question, one answer: what the results page shows."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from core.searchable import SearchDocument
from core.thaidate import format_day
from core.urls_for import language_path, reader_language
from search import public, within
from search.engines import FACETS, Ask, Candidate, Filters, Order, Reader, get_engine
from search.literal import MOST_VERIFIED, counted, let_through, one_of_each, verified
from search.question import Question, excluded_groups, read, required_groups
from search.rank import RERANKED, rerank
from search.snippets import highlight, snippet
from search.suggest import correction
from search.synonyms import is_editors_word, same_meaning, widened
from search.text import QueryWords, query_words
from search.waiting import up_to_date

LONGEST_QUERY = 200
PER_PAGE = 10
MOST_PAGES = 10
MOST_TOPICS = 4
NO_FILTERS = Filters()


@dataclass(frozen=True)
class Hit:
    document: SearchDocument
    title: SafeString
    text: SafeString
    url: str  # in the reader's language

    @property
    def date(self) -> dt.datetime | None:
        """The document's day, unless the line under its title says it already."""
        day = self.document.date
        return (
            None
            if day is None or format_day(day, language=self.document.language) in self.document.detail
            else day
        )


@dataclass(frozen=True)
class Results:
    query: str  # what was searched, after a correction
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # facet -> value -> documents
    did_you_mean: str = ""  # set when ``query`` is a correction of what was typed
    page: int = 1
    topics: tuple[str, ...] = ()  # slugs, those of the most hits on this page first
    looked_through: int = 0  # documents whose letters were compared, where there are more of them
    has_every_word: bool = False  # only documents with all the words are here

    def of(self, facet: str) -> Mapping[str, int]:
        return self.counts.get(facet, {})

    @property
    def pages(self) -> int:
        return min(math.ceil(self.total / PER_PAGE), MOST_PAGES)

    @property
    def first(self) -> int:
        return (self.page - 1) * PER_PAGE + 1

    @property
    def last(self) -> int:
        return min(self.page * PER_PAGE, self.total)

    @property
    def is_last_shown(self) -> bool:
        """The last page there is, though more was found."""
        return self.page == MOST_PAGES and self.total > MOST_PAGES * PER_PAGE

    @property
    def previous_page(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def next_page(self) -> int | None:
        return self.page + 1 if self.page < self.pages else None


def find(
    text: str,
    filters: Filters = NO_FILTERS,
    page: int = 1,
    *,
    order: Order = Order.CLOSEST,
    all_words: bool = False,
    exact: bool = False,
    skip: Collection[str] = (),
    engine: Reader | None = None,
) -> Results:
    """Search; a word nobody wrote is corrected unless ``exact``. Raises EngineDownError when it is down.

    By day, every word is asked for where that finds something: the newest of all that share one word with a
    question is hardly ever what was meant. ``skip`` names documents that are shown elsewhere on the page.
    """
    wanted = _Wanted(read(text), filters, page, order, all_words, exact, skip)
    engine = engine or up_to_date(get_engine())
    found, gone = public.asked_until_public(lambda engine: _found(wanted, engine), _looked_at, engine)
    return _results(found, wanted, gone)


@dataclass(frozen=True)
class _Wanted:
    question: Question
    filters: Filters
    page: int
    order: Order
    all_words: bool
    exact: bool
    skip: Collection[str]

    @property
    def limit(self) -> int:
        """Where nothing has to be left out, only what is ranked is fetched for the first pages."""
        is_ranked = self.page * PER_PAGE <= RERANKED and not self.skip
        return RERANKED if is_ranked else PER_PAGE * MOST_PAGES


@dataclass(frozen=True)
class Answer(within.Answer):
    is_public: bool = False  # each candidate was asked for in the database


@dataclass(frozen=True)
class _Found:
    question: Question  # with its words corrected
    is_corrected: bool
    words: QueryWords
    answer: Answer
    has_every_word: bool
    on_page: list[Candidate]


def _looked_at(found: _Found, attempt: int) -> Sequence[Candidate]:
    """What the page shows; once something of it was gone, all that was found."""
    if found.answer.is_public:
        return ()
    return found.answer.candidates if attempt else found.on_page


def _found(wanted: _Wanted, engine: Reader) -> _Found:
    question = wanted.question
    corrected = "" if wanted.exact else corrected_words(question, engine)
    if corrected:
        question = dataclasses.replace(question, words=corrected)
    words, answer, every_word = _first_answer(engine, question, wanted)
    typed = words.typed_among(answer.unknown)
    if typed and not wanted.exact and (again := corrected_words(question, engine, typed)):
        question, corrected = dataclasses.replace(question, words=again), again
        words, answer, every_word = _first_answer(engine, question, wanted)
    on_page = _on_page(answer, words, wanted) if words else []
    return _Found(question, bool(corrected), words, answer, every_word, on_page)


def _results(found: _Found, wanted: _Wanted, gone: Collection[str]) -> Results:
    """``gone`` is what was taken back while it was looked for, again and again: at least it is not shown."""
    query, answer = str(found.question), found.answer
    on_page = [candidate for candidate in found.on_page if candidate.key not in gone]
    hits = _hits(on_page, dataclasses.replace(found.words, weights=dict(answer.weights)))
    unseen = {*wanted.skip, *gone}  # mostly none, and to read all the keys takes time
    left_out = unseen.intersection(candidate.key for candidate in answer.candidates) if unseen else ()
    return Results(
        query=query,
        hits=hits,
        total=answer.total - len(left_out),
        counts=answer.counts,
        did_you_mean=query if found.is_corrected else "",
        page=wanted.page,
        topics=_topics(hits),
        looked_through=answer.looked_through,
        has_every_word=found.has_every_word,
    )


def corrected_words(question: Question, engine: Reader, unknown: Collection[str] = ()) -> str:
    """Of the plain words only: what stands in quotes is meant just so, what is to be left out may be unknown."""
    if any(is_editors_word(chunk) for chunk in question.words.split()):
        return ""
    return correction(question.words, engine, unknown, public.still_public)


def _first_answer(engine: Reader, question: Question, wanted: _Wanted) -> tuple[QueryWords, Answer, bool]:
    """With the question in words, and whether every one of them is asked for."""
    words = widened(query_words(question.wanted))
    if not words:
        return words, Answer([], 0), False
    every_word = wanted.all_words or (wanted.order is Order.NEWEST and len(words.order) > 1)
    answer = _answer(engine, question, words, wanted, all_words=every_word)
    if every_word and not wanted.all_words and not answer.total:
        every_word = False
        answer = _answer(engine, question, words, wanted, all_words=False)
    return words, answer, every_word


def _answer(
    engine: Reader, question: Question, words: QueryWords, wanted: _Wanted, *, all_words: bool
) -> Answer:
    """Letter by letter where the question says so: then counted is what was looked at, up to MOST_VERIFIED."""
    ask = Ask(
        words.weights,
        wanted.filters,
        wanted.limit,
        wanted.order,
        required=required_groups(question, all_words=all_words, same_meaning=same_meaning),
        excluded=excluded_groups(question),
        facets=tuple(FACETS),
        language=reader_language(),
    )
    if question.is_plain:
        return Answer(**vars(within.search(engine, ask, question, words)))
    only = Filters(part_of=wanted.filters.part_of)
    ask = dataclasses.replace(ask, filters=only, limit=MOST_VERIFIED, facets=(), language="")
    found = within.search(engine, ask, question, words)
    held = verified(question, found.candidates)
    # An exact phrase is a question of yes or no: what was hidden a moment ago must not answer it.
    readable = public.still_public(held)
    held = one_of_each([candidate for candidate in held if candidate.key in readable], reader_language())
    kept = let_through(held, wanted.filters)
    return Answer(
        kept,
        len(kept),
        counted(held, wanted.filters),
        found.unknown,
        found.weights,
        found.looked_through or (MOST_VERIFIED if found.total > MOST_VERIFIED else 0),
        is_public=True,
    )


def _topics(hits: Sequence[Hit]) -> tuple[str, ...]:
    counted_topics = Counter(topic for hit in hits for topic in hit.document.topics)
    return tuple(topic for topic, _count in counted_topics.most_common(MOST_TOPICS))


def _on_page(answer: Answer, words: QueryWords, wanted: _Wanted) -> list[Candidate]:
    found = answer.candidates
    if wanted.order is Order.CLOSEST:
        found = rerank(words, found, reader_language())
    if wanted.skip:
        found = [candidate for candidate in found if candidate.key not in wanted.skip]
    return list(found[(wanted.page - 1) * PER_PAGE : wanted.page * PER_PAGE])


def _hits(candidates: Sequence[Candidate], words: QueryWords) -> list[Hit]:
    language = reader_language()
    return [
        Hit(
            document=c.document,
            title=highlight(c.document.title, words, c.title_borders),
            text=snippet(c.document.body, words, c.body_borders),
            url=language_path(c.document.url, language) if c.document.language == "th" else c.document.url,
        )
        for c in candidates
    ]
