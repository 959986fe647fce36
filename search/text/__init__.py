"""The one text pipeline of search (docs/search.md): the same words reach every engine."""

from search.text.analyse import QueryWords, index_field, query_words
from search.text.cut import Token, cut, parts, tokens
from search.text.normalise import canonical, fold

__all__ = ["QueryWords", "Token", "canonical", "cut", "fold", "index_field", "parts", "query_words", "tokens"]
