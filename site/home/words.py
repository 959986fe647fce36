"""Finding explained words in a text, so that each is a link to its meaning where it first stands."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

from core import nearby
from core.fragments import digest, seen
from home.models import GlossaryWord
from home.models.words import DIGEST_KEY, NEARBY_KEY

TAG = re.compile(r"(<[^>]*>)")
# Within these a link would break something: other links, buttons, headings.
CLOSED = ("a", "button", "summary", "h1", "h2", "h3", "h4", "label", "script", "style", "svg")
NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
# A Thai word cannot end where a vowel or mark of the same syllable follows, nor begin after one that opens it.
GOES_ON = "ะ-ฺๅ-๎"
OPENS = "เแโใไ"


def known_words() -> list[GlossaryWord]:
    return nearby.remember(NEARBY_KEY, lambda: list(GlossaryWord.objects.all()))


def digest_of_words() -> str:
    """Differs when any word does. Most pages ask for nothing more: their texts are kept with the links in them."""
    return nearby.remember(DIGEST_KEY, lambda: digest(*seen(*known_words())))


def mark(
    html: str, words: list[GlossaryWord], link: Callable[[GlossaryWord, str], str], done: set[int]
) -> str:
    """``html`` with the first place of each word linked. ``done`` holds what the page has explained, and grows."""
    by_form = {form: word for word in words for form in word.forms}
    if not by_form:
        return html
    pattern, closed, pieces = _pattern(tuple(by_form)), 0, []

    def linked(found: re.Match[str]) -> str:
        word = by_form[found[0]]
        if word.pk in done:
            return found[0]
        done.add(word.pk)
        return link(word, found[0])

    for piece in TAG.split(html):
        if piece.startswith("<"):
            closed += _step(piece)
            pieces.append(piece)
        else:
            pieces.append(piece if closed > 0 else pattern.sub(linked, piece))
    return "".join(pieces)


def _step(tag: str) -> int:
    name = NAME.match(tag)
    if name is None or name[1].lower() not in CLOSED or tag.endswith("/>"):
        return 0
    return -1 if tag.startswith("</") else 1


@functools.lru_cache(maxsize=4)
def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    """The longest form first: แผนพัฒนากลุ่มจังหวัด before กลุ่มจังหวัด."""
    longest = sorted(forms, key=len, reverse=True)
    return re.compile(rf"(?<![{OPENS}])(?:{'|'.join(map(re.escape, longest))})(?![{GOES_ON}])")
