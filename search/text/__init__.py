"""The one text pipeline of search (docs/search.md): the same words reach every engine."""

from search.text.analyse import Analysed, QueryWords, analysed, query_words
from search.text.borders import Borders, packed
from search.text.cut import Token, cut, parts, tokens
from search.text.normalise import canonical, fold

__all__ = [
    "Analysed",
    "Borders",
    "QueryWords",
    "Token",
    "analysed",
    "canonical",
    "cut",
    "fold",
    "packed",
    "parts",
    "query_words",
    "tokens",
]
