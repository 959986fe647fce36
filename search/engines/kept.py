"""What an index keeps of a document, the same bytes in both engines: its text, where the words of it stand, and the
facts about it.

They are read piece by piece. Of a hundred candidates fifty are ranked, by their text alone, and ten are shown.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import struct
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from django.utils.functional import cached_property

from core.digits import ARABIC, THAI
from core.searchable import SearchDocument
from search.engines.base import Candidate, Compared, stored_form
from search.text import Borders, analysed, fold, packed

# Thai takes one byte a letter in this code page, three in UTF-8; a text with other letters stays UTF-8.
CODE_PAGE = "cp874"
FOLDED = bytes.maketrans(THAI.encode(CODE_PAGE), ARABIC.encode()).lower()
# Is the text in the code page, boost, bytes of facts and of text, letters before the title and before the body.
HEADER = struct.Struct("<?d4I")
NOT_AMONG_FACTS = {"title", "detail", "body", "language", "key", "boost"}
DEFAULTS = {field.name: field.default for field in dataclasses.fields(SearchDocument)}
HEADING_NOT_SEARCHED = b'"heading_searched": false'
LISTS = ("provinces", "topics", "sectors", "issues")


class Row(NamedTuple):
    """A document as it is written into an index."""

    stored: SearchDocument
    words: str
    kept: bytes


def rows_of(documents: Iterable[SearchDocument]) -> Iterator[Row]:
    """In their order and one after another: the dictionary holds Python's lock while it cuts, so threads only cost."""
    return map(row_of, documents)


def row_of(document: SearchDocument) -> Row:
    """All that is found by its heading is cut together with it, which is quicker than in pieces."""
    stored = stored_form(document)
    heading = f"{stored.detail}\n{stored.title}\n"
    text = heading + stored.body
    if stored.heading_searched:
        words, marks = analysed(fold(text))
    else:
        words, marks = analysed(fold(stored.body))
        marks = analysed(fold(heading)).marks + marks
    return Row(stored, words, _kept(stored, text, packed(marks)))


def _kept(stored: SearchDocument, text: str, bits: bytes) -> bytes:
    facts = f"{stored.language}\n{stored.key}\n{_facts(stored)}".encode()
    try:
        coded, is_thai = text.encode(CODE_PAGE), True
    except UnicodeEncodeError:
        coded, is_thai = text.encode(), False
    title = len(stored.detail) + 1
    body = title + len(stored.title) + 1
    return HEADER.pack(is_thai, stored.boost, len(facts), len(coded), title, body) + facts + coded + bits


def _facts(stored: SearchDocument) -> str:
    values = {
        name: value
        for name, value in vars(stored).items()
        if name not in NOT_AMONG_FACTS and value != DEFAULTS[name]
    }
    if stored.date:
        values["date"] = stored.date.isoformat()
    return json.dumps(values, ensure_ascii=False)


class KeptCandidate(Candidate):
    """A candidate that is read when it is looked at."""

    def __init__(self, score: float, read: Callable[[], bytes]) -> None:
        self.score = score
        self._read = read

    @cached_property
    def _kept(self) -> Kept:
        return Kept(self._read())

    @cached_property
    def document(self) -> SearchDocument:
        return self._kept.document()

    @property
    def key(self) -> str:
        return self._kept.key

    @property
    def language(self) -> str:
        return self._kept.language

    @property
    def boost(self) -> float:
        return self._kept.boost

    def compared(self, most: int) -> Compared:
        """As it is kept: fifty texts are compared, and making letters of each costs more than finding words in it."""
        kept = self._kept
        start, until = 0 if kept.heading_searched else kept.title, kept.title + most
        title = slice(kept.title - start, kept.body - 1 - start)
        if kept.in_code_page:
            coded = kept.coded(start, until)
            return Compared(coded[title].decode(CODE_PAGE), coded, CODE_PAGE, len(coded) - title.start)
        text = kept.folded(start, until)
        return Compared(text[title], text.encode(), "utf-8", len(text) - title.start)

    @property
    def title_borders(self) -> Borders:
        kept = self._kept
        return Borders(kept.folded(kept.title, kept.body - 1), kept.bits, kept.title)

    @property
    def body_borders(self) -> Borders:
        kept = self._kept
        return Borders(kept.folded(kept.body), kept.bits, kept.body)


class Kept:
    """What stands in the bytes of one document."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.in_code_page, self.boost, facts, text, self.title, self.body = HEADER.unpack_from(data)
        self._text = HEADER.size + facts
        self._bits = self._text + text

    @property
    def language(self) -> str:
        return self._data[HEADER.size : self._data.index(b"\n", HEADER.size)].decode()

    @property
    def key(self) -> str:
        return self._facts()[1]

    @property
    def heading_searched(self) -> bool:
        """Asked of every candidate, so the facts are not unpacked for it: only what differs stands among them."""
        return self._data.find(HEADING_NOT_SEARCHED, HEADER.size, self._text) < 0

    @property
    def bits(self) -> bytes:
        return self._data[self._bits :]

    def _facts(self) -> list[str]:
        return self._data[HEADER.size : self._text].decode().split("\n", 2)

    def coded(self, start: int, end: int | None = None) -> bytes:
        """A stretch of a text in the code page, lower case and with Arabic digits."""
        until = self._bits if end is None else min(self._text + end, self._bits)
        return self._data[self._text + start : until].translate(FOLDED)

    def folded(self, start: int, end: int | None = None) -> str:
        if self.in_code_page:
            return self.coded(start, end).decode(CODE_PAGE)
        return fold(self._data[self._text : self._bits].decode()[start:end])

    def document(self) -> SearchDocument:
        text = self._data[self._text : self._bits].decode(CODE_PAGE if self.in_code_page else "utf-8")
        language, key, facts = self._facts()
        values = json.loads(facts)
        for name in LISTS:
            if name in values:
                values[name] = tuple(values[name])
        if "date" in values:
            values["date"] = dt.datetime.fromisoformat(values["date"])
        return SearchDocument(
            key=key, language=language, boost=self.boost, detail=text[: self.title - 1],
            title=text[self.title : self.body - 1], body=text[self.body :], **values,
        )  # fmt: skip
