"""What to search next: topics of the hits, and questions that many others asked."""

from __future__ import annotations

import datetime as dt

from core import nearby
from search.facets import topic_words
from search.models import SearchQuery
from search.privacy import looks_personal
from search.query import Results
from search.text import canonical, fold, tokens
from search.text.analyse import stop_words
from search.text.cut import dictionary

OFTEN_ASKED_KEY = "search:often"
SECONDS = 600
LOOK_BACK = dt.timedelta(days=90)
DAYS, TIMES = 5, 10  # asked by so many that nobody is recognised by it
MOST_KNOWN, MOST_SHOWN = 300, 6


def often_asked(today: dt.date) -> list[str]:
    """Questions safe to show to everybody: asked often, of words from the shipped dictionary only."""

    def load() -> list[str]:
        rows = SearchQuery.objects.often_asked(today - LOOK_BACK, days=DAYS, times=TIMES)
        return [row["text"] for row in rows[:MOST_KNOWN] if _is_safe(row["text"])]

    return nearby.remember(OFTEN_ASKED_KEY, load, SECONDS)


def _is_safe(text: str) -> bool:
    words = [token.text for token in tokens(text)]
    return bool(words) and not looks_personal(text) and all(word in dictionary() for word in words)


def related(text: str, results: Results, today: dt.date) -> list[str]:
    """Topics first; never the question itself."""
    asked = _content(text)
    topics = topic_words(results.topics)
    names = [str(topics[slug]) for slug in results.topics if slug in topics]
    others = [other for other in often_asked(today) if asked & _content(other)]
    this = fold(canonical(text))
    return list(dict.fromkeys(name for name in [*names, *others] if fold(name) != this))[:MOST_SHOWN]


def _content(text: str) -> set[str]:
    return {token.text for token in tokens(fold(canonical(text)))} - stop_words()
