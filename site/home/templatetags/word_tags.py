"""Plans use words villagers do not: ``{% explain %}…{% endexplain %}`` links each to its meaning, once a page (A178)."""

from __future__ import annotations

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core.fragments import kept
from home.models import GlossaryWord
from home.words import digest_of_words, known_words, mark

register = template.Library()
DONE = "explained_words"


class ExplainNode(template.Node):
    """The meanings stand after the text and stay hidden until asked for; without JavaScript the link leads to them."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        html = self.nodelist.render(context)
        request = context.get("request")
        # One set for the whole page, whichever included template the tag stands in.
        before = frozenset(getattr(request, DONE, ()))
        frame = _frame(context)
        key = (html, *sorted(before), *frame.values(), digest_of_words())
        # Splitting a text into tags and words costs more than all else on a page that is kept in pieces.
        marked, done = kept("explained", key, lambda: _explained(html, known_words(), before, frame))
        if request:
            setattr(request, DONE, done)
        return mark_safe(marked)  # noqa: S308  (both rendered by templates)


def _explained(
    html: str, words: list[GlossaryWord], before: frozenset[int], frame: dict[str, str]
) -> tuple[str, frozenset[int]]:
    """The text with its links and the meanings behind it, and which words the page has explained by now."""
    done = set(before)

    def link(word: GlossaryWord, found: str) -> str:
        return format_html(
            '<a class="word" href="{}/words/#{}" data-meaning="m-{}">{}</a>',
            frame["language_prefix"], word.anchor, word.anchor, mark_safe(found),  # noqa: S308  (rendered HTML)
        )  # fmt: skip

    marked = mark(html, words, link, done)
    used = [word for word in words if word.pk in done - before]
    meanings = render_to_string("components/word_meanings.html", {"words": used, **frame}) if used else ""
    return marked + meanings, frozenset(done)


def _frame(context: template.Context) -> dict[str, str]:
    return {name: str(context.get(name) or "") for name in ("language_prefix", "thai_part")}


@register.tag
def explain(parser: Parser, token: Token) -> ExplainNode:
    nodelist = parser.parse(("endexplain",))
    parser.delete_first_token()
    return ExplainNode(nodelist)
