"""Paragraphs of a frozen section: what a comment can be tied to (peers P14).

The editor marks every paragraph, list item and heading with ``data-block-key`` and keeps the mark while the text is
edited. That mark is the key of a paragraph in all versions of a section.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag
from django.utils.crypto import get_random_string

from core.text import clean_text

KEY = "data-block-key"
KEY_LENGTH = 5
KEY_PATTERN = re.compile(r"[A-Za-z0-9_-]{1,12}")  # Comment.paragraph_key holds twelve characters
KEY_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
LEAVES = ("p", "h2", "h3", "h4", "h5", "h6", "blockquote", "li")
LISTS = ("ul", "ol")
# Below this share of common characters it is another paragraph, not the same one rewritten.
ALIKE = 0.6


@dataclass(frozen=True)
class Paragraph:
    """One piece of a section. ``html`` stands alone (a list item brings its list); show it with ``|richtext``."""

    key: str  # "" for what nobody can comment on by itself: a picture, a line
    html: str
    text: str


@functools.lru_cache(maxsize=500)  # the same frozen texts on every page of a draft
def paragraphs(body: str) -> tuple[Paragraph, ...]:
    """The pieces of a rich text in reading order."""
    soup = _parsed(body)
    return tuple(Paragraph(_key(node), _alone(node), fold(_own_text(node))) for node in _pieces(soup))


def text_of(body: str) -> str:
    """The words of a rich text on one line."""
    return fold(" ".join(piece.text for piece in paragraphs(body)))


def fold(text: str) -> str:
    """The same words with single spaces, so that a marked passage is found whatever lines it was broken into."""
    return " ".join(clean_text(text).split())


def with_keys(body: str, previous: str = "") -> str:
    """The rich text with one key on each paragraph.

    A paragraph without a key (or with one that an other already has: somebody copied it) takes the key of the same,
    else of the most similar paragraph of the ``previous`` version, else a new one.
    """
    soup = _parsed(body)
    leaves = [node for node in _pieces(soup) if isinstance(node, Tag) and node.name in LEAVES]
    used: set[str] = set()
    nameless = []
    for node in leaves:
        key = _key(node)
        if not key or key in used:
            nameless.append(node)
        used.add(key)
    if not nameless:
        return body
    free = {p.key: p.text for p in paragraphs(previous) if p.key and p.key not in used}
    for node, key in _matched(nameless, free):
        node[KEY] = key or _new_key(used | set(free))
        used.add(str(node[KEY]))
    return str(soup)


def without_keys(body: str) -> str:
    """The same markup without keys: what two versions are compared by."""
    soup = _parsed(body)
    for node in soup.select(f"[{KEY}]"):
        del node[KEY]
    return str(soup)


def _matched(nodes: list[Tag], free: dict[str, str]) -> Iterator[tuple[Tag, str]]:
    """Each node with the key it takes over, "" for none. Equal texts first, so that nobody else takes their key."""
    free = dict(free)
    rest = []
    for node in nodes:
        text = fold(_own_text(node))
        same = next((key for key, words in free.items() if words == text), "")
        if same:
            del free[same]
            yield node, same
        else:
            rest.append((node, text))
    for node, text in rest:
        key = _most_similar(text, free)
        free.pop(key, None)
        yield node, key


def _most_similar(text: str, free: dict[str, str]) -> str:
    scores = {
        key: difflib.SequenceMatcher(None, words, text, autojunk=False).ratio() for key, words in free.items()
    }
    best = max(scores, key=scores.__getitem__, default="")
    return best if best and scores[best] >= ALIKE else ""


def _new_key(used: set[str]) -> str:
    while (key := get_random_string(KEY_LENGTH, KEY_LETTERS)) in used:
        continue
    return key


def _parsed(body: str) -> BeautifulSoup:
    return BeautifulSoup(body, "html.parser")


def _pieces(parent: Tag) -> Iterator[PageElement]:
    """Leaves of the text in order: paragraphs, headings, items (nested ones after the item that holds them)."""
    for node in parent.children:
        if isinstance(node, Tag) and node.name in LISTS:
            yield from _pieces(node)
        elif isinstance(node, Tag) and node.name == "li":
            yield node
            for nested in node.find_all(LISTS, recursive=False):
                yield from _pieces(nested)
        elif isinstance(node, Tag) or (type(node) is NavigableString and node.strip()):
            yield node


def _key(node: PageElement) -> str:
    key = str(node.get(KEY, "")) if isinstance(node, Tag) and node.name in LEAVES else ""
    return key if KEY_PATTERN.fullmatch(key) else ""


def _own_text(node: PageElement) -> str:
    """Its words without those of the lists inside it; line breaks are spaces."""
    if not isinstance(node, Tag):
        return str(node)
    if node.name == "br":
        return " "
    inside = [child for child in node.children if not (isinstance(child, Tag) and child.name in LISTS)]
    return "".join(_own_text(child) for child in inside)


def _alone(node: PageElement) -> str:
    """Its markup on its own. An item keeps its number in the list."""
    if not isinstance(node, Tag):
        return f"<p>{node.output_ready() if isinstance(node, NavigableString) else node}</p>"
    if node.name != "li":
        return str(node)
    inside = [child for child in node.children if not (isinstance(child, Tag) and child.name in LISTS)]
    words = "".join(c.output_ready() if isinstance(c, NavigableString) else str(c) for c in inside)
    if node.parent is not None and node.parent.name == "ol":
        place = len(node.find_previous_siblings("li")) + 1
        return f'<ol start="{place}"><li>{words}</li></ol>'
    return f"<ul><li>{words}</li></ul>"
