"""Wagtail's search in its admin, able to find a word in the middle of a Thai sentence.

Wagtail cuts texts at spaces, which Thai has none of: its own index finds แก้มลิง only where a title begins with it. The
admin has some thousand titles, so the plain way is the safe one: ask the database for the letters, on SQLite and on
PostgreSQL alike, with no index to keep. Readers search elsewhere (docs/search.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.db.models import Model, Q
from modelsearch.backends.database.fallback import DatabaseSearchBackend, DatabaseSearchQueryCompiler
from wagtail.models import Page, get_page_models

from core.digits import to_arabic, to_thai
from core.models import BasePage, CustomDocument
from core.text import clean_text

DOTTED = re.compile(r"(?:[ก-ฮ]\.){1,6}[ก-ฮ]{0,2}")
CONSONANTS = re.compile("[ก-ฮ]{2,5}")


class LettersQueryCompiler(DatabaseSearchQueryCompiler):
    """Every word somewhere in the text, not only in the title."""

    def get_fields_names(self) -> Iterator[str]:
        yield from super().get_fields_names()
        if self.fields is None:
            yield from more_fields(self.queryset.model)

    def build_single_term_filter(self, term: str) -> Q:
        found = Q()
        for spelling in spellings(clean_text(term)):
            found |= super().build_single_term_filter(spelling)
        return found


def spellings(term: str) -> list[str]:
    """2570 is ๒๕๗๐, and กพร is ก.พ.ร.: as typed, in the other digits, with and without full stops."""
    found = [term, to_arabic(term), to_thai(term)]
    if DOTTED.fullmatch(term):
        found.append(term.replace(".", ""))
    elif CONSONANTS.fullmatch(term):
        found.append(".".join([*term, ""]))
    return list(dict.fromkeys(found))


def more_fields(model: type[Model]) -> list[str]:
    """Summaries of pages of every type, and the words inside files as far as search has read them."""
    if model is Page:
        own = [model for model in get_page_models() if issubclass(model, BasePage)]
        return [f"{model._meta.model_name}__summary" for model in own]
    return ["file_text__text"] if model is CustomDocument else []


class SearchBackend(DatabaseSearchBackend):
    query_compiler_class = LettersQueryCompiler
    autocomplete_query_compiler_class = LettersQueryCompiler
