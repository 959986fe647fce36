"""What was typed, read as a question: words, "exact phrases" and -words to leave out.

Nothing typed is ever an error of syntax: a quotation mark without its partner, an operator of another search engine
or a sign without sense is a space (docs/search.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from search.engines.base import Group
from search.text import canonical, fold, parts, tokens
from search.text.analyse import LONGEST_WORD, MOST_QUERY_WORDS, stem, stop_words

QUOTES = re.compile("[“”„‟«»＂]")
# A minus counts directly before a word and after a space: never in 2566-2570, nor alone between words.
PIECE = re.compile(r'(?P<minus>(?<!\S)[-\u2212](?=[^\s\-\u2212]))?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')


@dataclass(frozen=True)
class Question:
    """All in canonical form, as it was typed."""

    words: str = ""
    phrases: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()

    @property
    def wanted(self) -> str:
        return " ".join(filter(None, [self.words, *self.phrases]))

    @property
    def is_only_unwanted(self) -> bool:
        return bool(self.unwanted) and not self.wanted

    @property
    def is_plain(self) -> bool:
        return not (self.phrases or self.unwanted)

    def __str__(self) -> str:
        """As a person would type it."""
        minus = (f'-"{word}"' if " " in word else f"-{word}" for word in self.unwanted)
        return " ".join(filter(None, [self.words, *(f'"{phrase}"' for phrase in self.phrases), *minus]))


def read(text: str) -> Question:
    words: list[str] = []
    phrases: list[str] = []
    unwanted: list[str] = []
    for piece in PIECE.finditer(QUOTES.sub('"', canonical(text))):
        said = " ".join((piece["phrase"] or piece["word"] or "").split())
        if piece["minus"] and _says_something(said):
            unwanted.append(said)
        elif piece["phrase"] is not None and _says_something(said):
            phrases.append(said)
        elif said:
            words.append(said)
    return Question(" ".join(words), tuple(dict.fromkeys(phrases)), tuple(dict.fromkeys(unwanted)))


def _says_something(said: str) -> bool:
    return bool(tokens(fold(said)))


# --- in words of the index ---------------------------------------------------------------------------------------


def groups_of(word: str) -> tuple[Group, ...]:
    """A word of a question as the index may hold it: whole, or in its parts where the text was cut finer."""
    whole = (stem(word),)
    inner = tuple(stem(word[a:b]) for a, b in parts(word))
    return (whole, inner) if inner else (whole,)


def content_words(text: str) -> Iterator[str]:
    """Without stop words: at the border of a phrase the text may hold them inside a longer word."""
    found = [token.text for token in tokens(fold(text)) if len(token.text) <= LONGEST_WORD]
    content = [word for word in found if word not in stop_words()] or found
    yield from dict.fromkeys(content[:MOST_QUERY_WORDS])


def required_groups(
    question: Question, *, all_words: bool, same_meaning: Callable[[str], list[Group]]
) -> tuple[tuple[Group, ...], ...]:
    """Loose on purpose for phrases: how Thai is cut depends on what stands around it. ``literal`` has the last word."""
    required = [groups_of(word) for phrase in question.phrases for word in content_words(phrase)]
    if all_words and question.words:
        required += [(*groups_of(word), *same_meaning(word)) for word in content_words(question.words)]
    return tuple(dict.fromkeys(required))[:MOST_QUERY_WORDS]


def excluded_groups(question: Question) -> tuple[Group, ...]:
    """Single words; of longer ones the engine cannot know whether their pieces stand together."""
    cut = [[token.text for token in tokens(fold(word))] for word in question.unwanted]
    return tuple((stem(words[0]),) for words in cut if len(words) == 1)
