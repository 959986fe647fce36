"""Plans use words villagers do not: ``{% explain %}…{% endexplain %}`` links each to its meaning, once a page (A178)."""

from __future__ import annotations

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from home.models import GlossaryWord
from home.words import known_words, mark

register = template.Library()
DONE = "explained_words"


class ExplainNode(template.Node):
    """The meanings stand after the text and stay hidden until asked for; without JavaScript the link leads to them."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        html = self.nodelist.render(context)
        prefix = context.get("language_prefix", "")
        # One set for the whole page, whichever included template the tag stands in.
        done: set[int] = getattr(context.get("request"), DONE, None) or set()
        before = set(done)
        words = known_words()

        def link(word: GlossaryWord, found: str) -> str:
            return format_html(
                '<a class="word" href="{}/words/#{}" data-meaning="m-{}">{}</a>',
                prefix, word.anchor, word.anchor, mark_safe(found),  # noqa: S308  (a piece of rendered HTML)
            )  # fmt: skip

        marked = mark(html, words, link, done)
        if request := context.get("request"):
            setattr(request, DONE, done)
        used = [word for word in words if word.pk in done - before]
        meanings = (
            render_to_string("components/word_meanings.html", {"words": used, **_frame(context)})
            if used
            else ""
        )
        return mark_safe(marked + meanings)  # noqa: S308  (both rendered by templates)


def _frame(context: template.Context) -> dict:
    return {name: context.get(name, "") for name in ("language_prefix", "thai_part")}


@register.tag
def explain(parser: Parser, token: Token) -> ExplainNode:
    nodelist = parser.parse(("endexplain",))
    parser.delete_first_token()
    return ExplainNode(nodelist)
