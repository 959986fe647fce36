"""One question, one answer: what the results page shows."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.cache import cache
from django.db.models import Model
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.searchable import SearchDocument, changed, public_of
from core.thaidate import format_day
from core.urls_for import language_path
from search import within
from search.engines import FACETS, Ask, Candidate, Engine, Filters, Order, get_engine
from search.engines.base import stored_form
from search.literal import MOST_VERIFIED, counted, let_through, verified
from search.question import Question, excluded_groups, read, required_groups
from search.rank import RERANKED, rerank
from search.snippets import highlight, snippet
from search.suggest import correction
from search.synonyms import is_editors_word, same_meaning, widened
from search.text import QueryWords, query_words

LONGEST_QUERY = 200
PER_PAGE = 10
MOST_PAGES = 10
MOST_TOPICS = 4
NO_FILTERS = Filters()
LATE_SECONDS = 60


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
    is_cut: bool = False  # exact words were looked for in the first documents only, and there are more
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
    engine: Engine | None = None,
) -> Results:
    """Search; a word nobody wrote is corrected unless ``exact``. Raises EngineDownError when it is down.

    By day, every word is asked for where that finds something: the newest of all that share one word with a
    question is hardly ever what was meant. ``skip`` names documents that are shown elsewhere on the page.
    """
    engine = engine or get_engine()
    question = read(text)
    corrected = "" if exact else corrected_words(question, engine)
    if corrected:
        question = dataclasses.replace(question, words=corrected)
    # Where nothing has to be left out, only what is ranked is fetched for the first pages.
    limit = PER_PAGE * MOST_PAGES if skip or page * PER_PAGE > RERANKED else RERANKED
    words, answer, every_word = _first_answer(engine, question, filters, order, limit, all_words=all_words)
    if answer.unknown and not exact and (again := corrected_words(question, engine, answer.unknown)):
        question, corrected = dataclasses.replace(question, words=again), again
        words, answer, every_word = _first_answer(
            engine, question, filters, order, limit, all_words=all_words
        )
    if not words:
        return Results(query=str(question), page=page)
    on_page = _on_page(answer, words, order, skip, page)
    if not answer.is_public and len(still_public(on_page)) < len(on_page):
        # Something was taken back and the worker has not been here yet: nor may it be counted.
        answer = _answer(
            engine, question, words, filters, order, limit, all_words=every_word, only_public=True
        )
        on_page = _on_page(answer, words, order, skip, page)
    hits = _hits(on_page, dataclasses.replace(words, weights=dict(answer.weights)))
    left_out = sum(candidate.key in skip for candidate in answer.candidates) if skip else 0
    return Results(
        query=str(question),
        hits=hits,
        total=answer.total - left_out,
        counts=answer.counts,
        did_you_mean=str(question) if corrected else "",
        page=page,
        topics=_topics(hits),
        is_cut=answer.is_cut,
        has_every_word=every_word,
    )


def corrected_words(question: Question, engine: Engine, unknown: Collection[str] = ()) -> str:
    """Of the plain words only: what stands in quotes is meant just so, what is to be left out may be unknown."""
    if any(is_editors_word(chunk) for chunk in question.words.split()):
        return ""
    return correction(question.words, engine, unknown, still_public)


@dataclass(frozen=True)
class Answer(within.Answer):
    is_public: bool = False  # each candidate was asked for in the database


def _first_answer(
    engine: Engine, question: Question, filters: Filters, order: Order, limit: int, *, all_words: bool
) -> tuple[QueryWords, Answer, bool]:
    """With the question in words, and whether every one of them is asked for."""
    words = widened(query_words(question.wanted))
    if not words:
        return words, Answer([], 0), False
    every_word = all_words or (order is Order.NEWEST and len(words.order) > 1)
    answer = _answer(engine, question, words, filters, order, limit, all_words=every_word)
    if every_word and not all_words and not answer.total:
        every_word = False
        answer = _answer(engine, question, words, filters, order, limit, all_words=False)
    return words, answer, every_word


def _answer(
    engine: Engine,
    question: Question,
    words: QueryWords,
    filters: Filters,
    order: Order,
    limit: int,
    *,
    all_words: bool,
    only_public: bool = False,
) -> Answer:
    """Letter by letter where the question says so, or only of what anyone may read at this moment: then counted is
    what was looked at, up to MOST_VERIFIED."""
    ask = Ask(
        words.weights,
        filters,
        limit,
        order,
        required=required_groups(question, all_words=all_words, same_meaning=same_meaning),
        excluded=excluded_groups(question),
        facets=tuple(FACETS),
    )
    if question.is_plain and not only_public:
        return Answer(**vars(within.search(engine, ask, question, words)))
    only = Filters(part_of=filters.part_of)
    ask = dataclasses.replace(ask, filters=only, limit=MOST_VERIFIED, facets=())
    found = within.search(engine, ask, question, words)
    held = verified(question, found.candidates)
    # An exact phrase is a question of yes or no: what was hidden a moment ago must not answer it.
    public = still_public(held)
    held = [candidate for candidate in held if candidate.key in public]
    kept = let_through(held, filters)
    return Answer(
        kept,
        len(kept),
        counted(held, filters),
        found.unknown,
        found.weights,
        is_cut=found.is_cut or found.total > MOST_VERIFIED,
        is_public=True,
    )


def _topics(hits: Sequence[Hit]) -> tuple[str, ...]:
    counted_topics = Counter(topic for hit in hits for topic in hit.document.topics)
    return tuple(topic for topic, _count in counted_topics.most_common(MOST_TOPICS))


def _on_page(
    answer: Answer, words: QueryWords, order: Order, skip: Collection[str], page: int
) -> list[Candidate]:
    found = answer.candidates
    if order is Order.CLOSEST:
        found = rerank(words, found, _language())
    if skip:
        found = [candidate for candidate in found if candidate.key not in skip]
    return list(found[(page - 1) * PER_PAGE : page * PER_PAGE])


def _language() -> str:
    return (get_language() or "th")[:2]


def _hits(candidates: Sequence[Candidate], words: QueryWords) -> list[Hit]:
    language = _language()
    return [
        Hit(
            document=c.document,
            title=highlight(c.document.title, words, c.title_borders),
            text=snippet(c.document.body, words, c.body_borders),
            url=language_path(c.document.url, language) if c.document.language == "th" else c.document.url,
        )
        for c in candidates
    ]


def still_public(candidates: Sequence[Candidate]) -> set[str]:
    """The keys that anyone may read at this moment: one small query for each kind of thing on the page; of what may
    lose words while it stays, only those that still say what the index holds.

    The index follows through the task queue, so it may be seconds behind. A page made private must not show its
    words in those seconds (style.md, rule 18).
    """
    held = {candidate.key: candidate.document for candidate in candidates}
    found: set[str] = set()
    for searchable, public in public_of(held):
        label = searchable.model._meta.label_lower
        if searchable.rereads:
            now = (stored_form(searchable.document(row)) for row in public)
            found |= {document.key for document in now if document.body == held[document.key].body}
        elif searchable.sources:
            readable = list(public.values_list("pk", flat=True))
            sources = searchable.sources(readable)
            same = {pk for pk in readable if held[f"{label}:{pk}"].sources == sources.get(pk, "")}
            found |= {f"{label}:{pk}" for pk in same}
            _ask_again(searchable.model, set(readable) - same)
        else:
            found |= {f"{label}:{pk}" for pk in public.values_list("pk", flat=True)}
    return found


def _ask_again(model: type[Model], pks: Collection[int]) -> None:
    """Not found until the index holds what is public now. Mostly that is under way; a folder of files that was moved
    tells nobody."""
    late = [pk for pk in pks if cache.add(f"search:late:{model._meta.label_lower}:{pk}", True, LATE_SECONDS)]
    changed(model, late)
