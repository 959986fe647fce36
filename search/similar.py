"""What is like one thing: things that share its telling words, found by the engine of search.

Telling are words that few others use. The best of a document's words are asked for, each with its weight; what holds
too little of that weight is not shown, for nothing is better than something far-fetched. With the optional encoder
(search.vectors) what means the same comes first and needs fewer of the words.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence

from django.db.models import Model

from core import nearby
from core.searchable import SearchDocument, document_for, key_for
from search import vectors
from search.engines import Ask, Candidate, Engine, EngineDownError, Filters, get_engine
from search.public import still_public
from search.text import canonical, fold, tokens
from search.text.analyse import stem, stop_words

MOST_READ = 20_000  # characters
MOST_LOOKED_UP, MOST_ASKED = 150, 24
TITLE_COUNTS = 3  # a word of the title says as much as three in the text
SHORTEST = 2
TOO_COMMON, FEW = 0.25, 5  # in a quarter of everything a word tells nothing, unless that is a handful
CLOSE = 0.4  # of the weight that was asked for; chosen by reading what it lets through on the demo
MOST_COMPARED, MOST_WIDENED = 12, 50
# With the optional encoder (search.vectors); chosen on the paragraphs of XQuAD, see docs/search.md.
MEANING, CLOSE_WHEN_ALIKE, ALIKE = 1.0, 0.2, 0.45
SECONDS, SECONDS_DOWN = 300, 15
DOWN_KEY = "search:similar:down"


def similar(
    instance: Model, kind: str, limit: int = 3, *, part_of: str = "", skip: Collection[str] = ()
) -> list[SearchDocument]:
    """The closest of one kind, public at this moment; none while search is down.

    Asked for once in five minutes; what is public is asked each time. ``skip`` are keys shown elsewhere on the page.
    """
    key = key_for(instance)
    try:
        known = nearby.remember(
            f"search:similar:{key}:{kind}:{part_of}", lambda: _asked(instance, kind, part_of), SECONDS
        )
    except EngineDownError:
        nearby.forget(DOWN_KEY)
        nearby.remember(DOWN_KEY, lambda: True, SECONDS_DOWN)
        return []
    wanted = [document for document in known if document.key not in skip][: limit * 2]
    public = still_public([Candidate(0.0, document) for document in wanted])
    return [document for document in wanted if document.key in public][:limit]


def _asked(instance: Model, kind: str, part_of: str) -> list[SearchDocument]:
    """An engine that is down is not asked by every page again."""
    if nearby.remember(DOWN_KEY, lambda: False):
        raise EngineDownError
    return closest(instance, kind, part_of=part_of, engine=get_engine())


def closest(instance: Model, kind: str, *, part_of: str = "", engine: Engine) -> list[SearchDocument]:
    """Raises EngineDownError."""
    number = engine.count()  # first: a page must not read its document for an engine that is down
    document = document_for(instance)
    if document is None:
        return []
    weights = telling_words(document, engine, number)
    if not weights:
        return []
    most = MOST_WIDENED if vectors.is_on() else MOST_COMPARED
    found = engine.search(Ask(weights, Filters(kind=kind, part_of=part_of), most)).candidates
    alike = vectors.likeness(document.key, [candidate.document.key for candidate in found])
    whole = sum(weights.values())
    seen = {text_of(document)}
    close: list[SearchDocument] = []
    for candidate in reordered(found, alike):
        other, text = candidate.document, text_of(candidate.document)
        is_itself = other.key == document.key or text in seen or other.language != document.language
        if not is_itself and is_close(held(weights, text) / whole, alike.get(other.key, 0.0)):
            close.append(other)
            seen.add(text)  # the same letter signed by a whole village is shown once
    return close


def reordered(found: Sequence[Candidate], alike: dict[str, float]) -> Sequence[Candidate]:
    """What means the same first, as far as there are vectors; otherwise as the engine gave it."""
    if not alike:
        return found
    best = max(candidate.score for candidate in found) or 1.0
    return sorted(found, key=lambda c: -(c.score / best + MEANING * alike.get(c.document.key, 0.0)))


def is_close(share: float, likeness: float) -> bool:
    """It holds enough of the telling words, or some of them and means the same."""
    return share >= CLOSE or (share >= CLOSE_WHEN_ALIKE and likeness >= ALIKE)


def telling_words(document: SearchDocument, engine: Engine, number: int) -> dict[str, float]:
    """Its words that something else has, too, the rare and frequent here first."""
    title = document.title if document.heading_searched else ""
    counts: Counter[str] = Counter()
    for text, times in ((title, TITLE_COUNTS), (document.body[:MOST_READ], 1)):
        for word in words_of(text):
            counts[word] += times
    looked_up = [word for word, _count in counts.most_common(MOST_LOOKED_UP)]
    most = max(number * TOO_COMMON, FEW)
    weights = {
        word: (1 + math.log(counts[word])) * math.log(1 + number / holders)
        for word, holders in engine.frequencies(looked_up).items()
        if 2 <= holders <= most
    }
    return dict(sorted(weights.items(), key=lambda item: -item[1])[:MOST_ASKED])


def words_of(text: str) -> Sequence[str]:
    found = (token.text for token in tokens(fold(canonical(text))))
    return [
        stem(word)
        for word in found
        if len(word) >= SHORTEST and not word.isdigit() and word not in stop_words()
    ]


def text_of(document: SearchDocument) -> str:
    title = document.title if document.heading_searched else ""
    return fold(f"{title}\n{document.body[:MOST_READ]}")


def held(weights: dict[str, float], text: str) -> float:
    return sum(weight for word, weight in weights.items() if word in text)
