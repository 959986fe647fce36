"""The embedded engine: a tantivy index in a folder, for sites on one machine.

The folder holds one subfolder per rebuild and the file ``current`` with the name of the one in use. A rebuild
writes a new subfolder and then changes ``current`` in one step, so that readers in other processes never see half
an index. One process writes at a time: the file ``lock`` is held during every change and every rebuild, and the
system gives it back when its holder dies. A second writer waits a moment and then gives up with EngineBusyError,
and the task tries again later.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import itertools
import json
import os
import shutil
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query

from core.searchable import SearchDocument
from search.engines.base import (
    FACET_SIZE,
    FACETS,
    MOST_TWICE,
    NOTHING_GONE,
    SCHEMA_VERSION,
    Ask,
    Changes,
    EngineBusyError,
    EngineDownError,
    EngineStatus,
    Filters,
    Found,
    Gone,
    Group,
    IndexMissingError,
    Order,
    facet_values,
    few_texts,
    in_order,
    moment_of,
    nobody_listens,
    passes_of,
)
from search.engines.kept import KeptCandidate, rows_of

PUT_IN_ORDER = 100  # documents among which equals are put in the order of their keys, whatever the limit
# Of what is kept so much is unpacked to read one document. Tantivy's own 16 kB take twice the time, for 3 % less space.
BLOCK_SIZE = 4_096
WRITER_MEMORY = 32_000_000
WAIT_FOR_WRITER = 3.0  # seconds
PREFIX = f"v{SCHEMA_VERSION}-"
BROKEN = (OSError, ValueError, RuntimeError)  # how tantivy says that a file is gone, cut off or full


Stamp = tuple[int, int, int] | None


def _stamp(path: str | Path) -> Stamp:
    """What tells one state of a file from another; None while there is none."""
    try:
        stat = os.stat(path)
    except FileNotFoundError:
        return None
    return stat.st_mtime_ns, stat.st_ino, stat.st_size


def _set_block_size(meta: Path) -> None:
    """Of a new index. The binding has no argument for it; the file is where tantivy itself reads it."""
    settings = json.loads(meta.read_text())
    settings["index_settings"]["docstore_blocksize"] = BLOCK_SIZE
    meta.write_text(json.dumps(settings))


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("words", tokenizer_name="precut", index_option="freq")
    for name in (*FACETS, "part_of", "language", "same_as"):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("moment", fast=True)
    builder.add_bytes_field("kept", stored=True)
    return builder.build()


class TantivyEngine:
    name = "tantivy"
    settles_after = 0.0

    def __init__(
        self,
        folder: Path,
        *,
        wait: float = WAIT_FOR_WRITER,
        on_missing: Callable[[], None] = nobody_listens,
    ) -> None:
        self.folder = folder
        self.wait = wait
        self.on_missing = on_missing
        self.schema = _schema()
        self._lock = threading.Lock()
        self._open: tuple[str, tantivy.Index] | None = None
        self._seen: tuple[Stamp, Stamp] | None = None

    # --- writing ---------------------------------------------------------------------------------------------

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        name = f"{PREFIX}{uuid.uuid4().hex[:12]}"
        with self._translated(), self._alone(), contextlib.ExitStack() as undo:
            path = self.folder / name
            path.mkdir()
            undo.callback(shutil.rmtree, path, ignore_errors=True)
            with self._writing(self._index_at(path, create=True)) as writer:
                count = self._add(writer, documents)
            self._point_to(name)
            undo.pop_all()
            self._remove_others(name)
        return count

    def settle(self, *, wait: bool) -> None:
        """Nothing is kept beside the index."""

    def apply(self, read: Callable[[], Changes]) -> None:
        # Read while nobody else can write: whoever reads later also writes later.
        with self._translated(), self._alone(), self._writing(self._index_in_use()) as writer:
            changes = read()
            for key in changes.gone:
                writer.delete_documents_by_term("key", key)
            self._add(writer, changes.documents, replace=True)

    def _add(
        self, writer: tantivy.IndexWriter, documents: Iterable[SearchDocument], replace: bool = False
    ) -> int:
        count = 0
        for stored, words, kept in rows_of(documents):
            if replace:
                writer.delete_documents_by_term("key", stored.key)
            row = tantivy.Document(
                key=stored.key,
                words=words,
                part_of=stored.part_of,
                language=stored.language,
                same_as=stored.same_as or [],
                moment=moment_of(stored),
                **{name: facet_values(stored, name) for name in FACETS},
            )
            row.add_bytes("kept", kept)
            writer.add_document(row)
            count += 1
        return count

    @contextlib.contextmanager
    def _writing(self, index: tantivy.Index) -> Iterator[tantivy.IndexWriter]:
        """What is written stays only if the block ends well."""
        writer = index.writer(WRITER_MEMORY, 1)
        try:
            yield writer
            writer.commit()
        finally:
            writer.wait_merging_threads()

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """The only writer over all processes. Whoever else writes is waited for, briefly."""
        self.folder.mkdir(parents=True, exist_ok=True)
        end = time.monotonic() + self.wait
        with (self.folder / "lock").open("w") as file:
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError as error:
                    if time.monotonic() > end:
                        raise EngineBusyError(
                            "The search index is being written by another process."
                        ) from error
                time.sleep(0.05)
            yield

    # --- the folder --------------------------------------------------------------------------------------------

    @property
    def _pointer(self) -> Path:
        return self.folder / "current"

    def _current(self) -> str | None:
        seen = None
        while True:
            try:
                name = self._pointer.read_text(encoding="ascii").strip()
            except (FileNotFoundError, UnicodeDecodeError):
                return None
            if not name.startswith(PREFIX) or name == seen:
                return None
            if (self.folder / name).is_dir():
                return name
            seen = name  # a rebuild may have removed it since: the pointer names another then

    def _point_to(self, name: str) -> None:
        temporary = self.folder / "current.new"
        temporary.write_text(name, encoding="ascii")
        temporary.replace(self._pointer)

    def _remove_others(self, name: str) -> None:
        """Also what killed rebuilds left. Readers that have an older index open keep its files until they look."""
        for path in self.folder.iterdir():
            if path.is_dir() and path.name != name and path.name.startswith("v"):
                shutil.rmtree(path, ignore_errors=True)

    def _index_at(self, path: Path, *, create: bool = False) -> tantivy.Index:
        if create:
            tantivy.Index(self.schema, str(path))
            _set_block_size(path / "meta.json")
        index = tantivy.Index.open(str(path))
        index.register_tokenizer(
            "precut", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        )
        return index

    def _index_in_use(self) -> tantivy.Index:
        name = self._current()
        if name is None:
            raise self._missing()
        try:
            return self._index_at(self.folder / name)
        except BROKEN as error:
            raise IndexMissingError(f"The search index is damaged: {error}") from error

    def _missing(self) -> IndexMissingError:
        others = sorted(path.name for path in self.folder.glob("v*")) if self.folder.is_dir() else []
        found = f"; found {', '.join(others)}" if others else ""
        return IndexMissingError(
            f"There is no search index of version {SCHEMA_VERSION} in {self.folder}{found}."
        )

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        """A broken or unreadable folder is an engine that is down, not an error 500."""
        try:
            yield
        except IndexMissingError:
            self.on_missing()
            raise
        except BROKEN as error:
            raise EngineDownError(str(error)) from error

    # --- reading -----------------------------------------------------------------------------------------------

    def _searcher(self) -> tantivy.Searcher:
        """Of the newest index and its newest commit; two stat calls when nothing changed."""
        with self._lock:
            if self._open is None or self._stamps(self._open[0]) != self._seen:
                self._open = self._reopened()
            return self._open[1].searcher()

    def _stamps(self, name: str) -> tuple[Stamp, Stamp]:
        """Of what a rebuild and what a commit writes last."""
        return _stamp(self._pointer), _stamp(f"{self.folder}/{name}/meta.json")

    def _reopened(self) -> tuple[str, tantivy.Index]:
        while True:
            pointer = _stamp(self._pointer)  # first: what changes from here on is seen at the next question
            name = self._current()
            if name is None:
                raise self._missing()
            try:
                self._seen = pointer, _stamp(f"{self.folder}/{name}/meta.json")
                if self._open is None or self._open[0] != name:
                    return name, self._index_at(self.folder / name)
                self._open[1].reload()
                return self._open
            except BROKEN as error:
                self._seen = None
                if name == self._current():  # or else a rebuild has just ended and removed it
                    raise IndexMissingError(f"The search index is damaged: {error}") from error

    def search(self, ask: Ask) -> Found:
        with self._translated():
            searcher = self._searcher()
            ask = replace(ask, twice=self._twice(searcher, ask))
            newest: dict[str, Any] = {"order_by_field": "moment"} if ask.order is Order.NEWEST else {}
            # The stub lacks ``count``.
            hits: Any = searcher.search(
                self._query(ask, ask.filters), max(ask.limit, PUT_IN_ORDER), count=True, **newest
            )
            candidates = in_order(
                (value, KeptCandidate(0.0 if newest else value, partial(self._kept, searcher, address)))
                for value, address in hits.hits
            )
            found = list(itertools.islice(candidates, ask.limit))
            counts = self._counts(searcher, ask)
            asked = ask.words if ask.tell_unknown else ()
            unknown = [word for word in asked if not self._frequency(searcher, word, ask.gone)]
        return Found(found, hits.count, counts, frozenset(unknown))

    def _twice(self, searcher: tantivy.Searcher, ask: Ask) -> frozenset[str]:
        if not ask.language:
            return frozenset()
        query = (Occur.Must, Query.const_score_query(self._query(ask, Filters()), 0.0))
        # Not as a set, which takes a third of a millisecond however few there are.
        codes = [self._term("language", code, "basic") for code in few_texts(ask.language)]
        few = Query.boolean_query([(Occur.Should, code) for code in codes])
        among_few = [query, (Occur.Must, few)]
        answering: Any = searcher.search(Query.boolean_query(among_few), 1, count=True)
        if not answering.count:
            return frozenset()
        held = (Occur.Must, self._among("same_as", self._same_as(searcher, among_few)))
        return self._same_as(searcher, [query, (Occur.MustNot, few), held])

    def _same_as(self, searcher: tantivy.Searcher, query: list[tuple[Occur, Query]]) -> frozenset[str]:
        terms = {"twice": {"terms": {"field": "same_as", "size": MOST_TWICE}}}
        counted = searcher.aggregate(Query.boolean_query(query), terms)
        return frozenset(bucket["key"] for bucket in counted["twice"]["buckets"])

    def _query(self, ask: Ask, filters: Filters) -> Query:
        chosen = [self._term(name, value, "basic") for name, value in filters.chosen().items()]
        required = [
            Query.boolean_query([(Occur.Should, self._all_of(group)) for group in groups])
            for groups in ask.required
        ]
        only = [self._among("key", ask.only)] if ask.only else []
        must = [(Occur.Must, Query.const_score_query(query, 0.0)) for query in chosen + required + only]
        must_not = [(Occur.MustNot, self._all_of(group)) for group in ask.excluded]
        must_not += self._not(ask.gone)
        if ask.twice:
            mine = (Occur.MustNot, self._term("language", ask.language, "basic"))
            others = Query.boolean_query([(Occur.Must, self._among("same_as", ask.twice)), mine])
            must_not.append((Occur.MustNot, others))
        any_word = self._any_of(ask.words) if ask.words else Query.all_query()
        if ask.near:
            any_word = Query.fuzzy_term_query(self.schema, "words", ask.near, distance=ask.errors)
        return (
            Query.boolean_query([(Occur.Must, any_word), *must, *must_not]) if must or must_not else any_word
        )

    def _any_of(self, words: Mapping[str, float]) -> Query:
        return Query.boolean_query(
            [
                (Occur.Should, Query.boost_query(self._term("words", word, "freq"), weight))
                for word, weight in words.items()
            ]
        )

    def _all_of(self, group: Group) -> Query:
        return Query.boolean_query([(Occur.Must, self._term("words", word, "freq")) for word in group])

    def _not(self, gone: Gone) -> list[tuple[Occur, Query]]:
        of = {"key": gone.keys, "part_of": gone.wholes}
        return [(Occur.MustNot, self._among(name, values)) for name, values in of.items() if values]

    def _among(self, name: str, values: Iterable[str]) -> Query:
        return Query.term_set_query(self.schema, name, list(values))

    def _term(self, name: str, value: str, option: str) -> Query:
        return Query.term_query(self.schema, name, value, option)

    def _counts(self, searcher: tantivy.Searcher, ask: Ask) -> dict[str, dict[str, int]]:
        counts: dict[str, dict[str, int]] = {}
        for filters, names in passes_of(ask).items():
            wanted = {name: {"terms": {"field": name, "size": FACET_SIZE}} for name in names}
            found = searcher.aggregate(self._query(ask, filters), wanted)
            for name in names:
                counts[name] = {bucket["key"]: bucket["doc_count"] for bucket in found[name]["buckets"]}
        return counts

    def _kept(self, searcher: tantivy.Searcher, address: tantivy.DocAddress) -> bytes:
        try:
            return searcher.doc(address)["kept"][0]
        except BROKEN as error:
            raise EngineDownError(str(error)) from error

    def frequencies(self, words: Iterable[str], gone: Gone = NOTHING_GONE) -> dict[str, int]:
        with self._translated():
            searcher = self._searcher()
            return {word: self._frequency(searcher, word, gone) for word in words}

    def _frequency(self, searcher: tantivy.Searcher, word: str, gone: Gone) -> int:
        """doc_freq alone still counts what was deleted: a withdrawn word would be known."""
        if not searcher.doc_freq("words", word):
            return 0
        query = self._term("words", word, "freq")
        if gone:
            query = Query.boolean_query([(Occur.Must, query), *self._not(gone)])
        query = Query.const_score_query(query, 0.0)
        found: Any = searcher.search(query, 1, count=True)
        return found.count

    def count(self) -> int:
        with self._translated():
            return self._searcher().num_docs

    def keys(self) -> set[str]:
        with self._translated():
            searcher = self._searcher()
            hits = searcher.search(Query.all_query(), max(searcher.num_docs, 1)).hits
            return {searcher.doc(address)["key"][0] for _, address in hits}

    def status(self) -> EngineStatus:
        try:
            documents = self.count()
        except EngineDownError as error:
            return EngineStatus(self.name, ready=False, where=str(self.folder), detail=str(error))
        path = self.folder / (self._current() or "")
        size = sum(file.stat().st_size for file in path.iterdir() if file.is_file())
        updated = dt.datetime.fromtimestamp((path / "meta.json").stat().st_mtime, tz=dt.UTC)
        return EngineStatus(self.name, True, documents, size, updated, str(path))

    def is_ready(self) -> bool:
        try:
            self.count()
        except EngineDownError:
            return False
        return True

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
