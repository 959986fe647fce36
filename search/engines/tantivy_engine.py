"""The embedded engine: a tantivy index in a folder, for sites on one machine.

The folder holds one subfolder per rebuild and the file ``current`` with the name of the one in use. A rebuild
writes a new subfolder and then changes ``current`` in one step, so that readers in other processes never see half
an index. tantivy allows one writer: a second one waits a moment and then gives up with EngineBusyError, and the task
tries again later. During a rebuild the old index's writer is held, so no change can go to the index that is about
to be left.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query

from core.searchable import SearchDocument
from search.engines.base import (
    FACET_SIZE,
    FACETS,
    Ask,
    Candidate,
    Changes,
    EngineBusyError,
    EngineDownError,
    EngineStatus,
    Filters,
    Found,
    Group,
    Order,
    facet_values,
    from_json,
    stored_form,
    to_json,
    words_of,
)

WRITER_MEMORY = 32_000_000
WAIT_FOR_WRITER = 3.0  # seconds
SCHEMA_VERSION = "3"  # part of the folder's name: an index of another version is not opened


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("words", tokenizer_name="precut", index_option="freq")
    for name in (*FACETS, "part_of"):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("moment", fast=True)
    builder.add_bytes_field("payload", stored=True)
    return builder.build()


class TantivyEngine:
    name = "tantivy"

    def __init__(self, folder: Path, *, wait: float = WAIT_FOR_WRITER) -> None:
        self.folder = folder
        self.wait = wait
        self.schema = _schema()
        self._lock = threading.Lock()
        self._open: tuple[str, tantivy.Index] | None = None
        self._seen: tuple[int, int] | None = None

    # --- writing ---------------------------------------------------------------------------------------------

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        name = f"v{SCHEMA_VERSION}-{uuid.uuid4().hex[:12]}"
        path = self.folder / name
        with self._translated():
            path.mkdir(parents=True)
            with contextlib.ExitStack() as stack:
                self._hold_old(stack)
                writer = self._index_at(path, create=True).writer(WRITER_MEMORY, 1)
                count = self._add(writer, documents)
                writer.commit()
                writer.wait_merging_threads()
                self._point_to(name)
            self._remove_others(name)
        return count

    def _hold_old(self, stack: contextlib.ExitStack) -> None:
        """Keep others from writing to the index that is about to be left; a damaged one cannot be written anyway."""
        if self._current() is not None:
            with contextlib.suppress(OSError, ValueError):
                stack.enter_context(self._writer())

    def apply(self, read: Callable[[], Changes]) -> None:
        # Read while holding the only writer: whoever reads later also writes later.
        with self._translated(), self._writer() as writer:
            changes = read()
            for key in changes.gone:
                writer.delete_documents_by_term("key", key)
            self._add(writer, changes.documents, replace=True)
            writer.commit()

    def _add(
        self, writer: tantivy.IndexWriter, documents: Iterable[SearchDocument], replace: bool = False
    ) -> int:
        count = 0
        for document in documents:
            stored = stored_form(document)
            if replace:
                writer.delete_documents_by_term("key", stored.key)
            row = tantivy.Document(
                key=stored.key,
                words=words_of(stored),
                part_of=stored.part_of,
                moment=int(stored.date.timestamp()) if stored.date else 0,
                **{name: facet_values(stored, name) for name in FACETS},
            )
            row.add_bytes("payload", to_json(stored).encode())
            writer.add_document(row)
            count += 1
        return count

    @contextlib.contextmanager
    def _writer(self) -> Iterator[tantivy.IndexWriter]:
        """The writer of the index in use. Whoever else writes is waited for, briefly."""
        if self._current() is None:
            self.rebuild([])
        writer = self._wait_for(self._try_writer)
        try:
            yield writer
        finally:
            writer.wait_merging_threads()  # gives the lock back

    def _try_writer(self) -> tantivy.IndexWriter | None:
        name = self._current()
        if name is None:
            return None
        index = self._index_at(self.folder / name)
        try:
            writer = index.writer(WRITER_MEMORY, 1)
        except ValueError as error:
            if "LockBusy" in str(error) or "Lockfile" in str(error):
                return None
            raise
        if name == self._current():
            return writer
        writer.wait_merging_threads()  # a rebuild finished in between: take the new index
        return None

    def _wait_for(self, attempt: Callable[[], tantivy.IndexWriter | None]) -> tantivy.IndexWriter:
        end = time.monotonic() + self.wait
        while True:
            writer = attempt()
            if writer is not None:
                return writer
            if time.monotonic() > end:
                raise EngineBusyError("The search index is being written by another process.")
            time.sleep(0.05)

    # --- the folder --------------------------------------------------------------------------------------------

    @property
    def _pointer(self) -> Path:
        return self.folder / "current"

    def _current(self) -> str | None:
        try:
            name = self._pointer.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        usable = name.startswith(f"v{SCHEMA_VERSION}-") and (self.folder / name).is_dir()
        return name if usable else None

    def _point_to(self, name: str) -> None:
        temporary = self.folder / f"current.{os.getpid()}.{threading.get_ident()}"
        temporary.write_text(name, encoding="ascii")
        temporary.replace(self._pointer)

    def _remove_others(self, name: str) -> None:
        """Readers that still have an older index open keep its files until they look again."""
        for path in self.folder.iterdir():
            if path.is_dir() and path.name != name and path.name.startswith("v"):
                shutil.rmtree(path, ignore_errors=True)

    def _index_at(self, path: Path, *, create: bool = False) -> tantivy.Index:
        index = tantivy.Index(self.schema, str(path)) if create else tantivy.Index.open(str(path))
        index.register_tokenizer(
            "precut", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        )
        return index

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        """A broken or unreadable folder is an engine that is down, not an error 500."""
        try:
            yield
        except (OSError, ValueError, RuntimeError) as error:
            raise EngineDownError(str(error)) from error

    # --- reading -----------------------------------------------------------------------------------------------

    def _searcher(self) -> tantivy.Searcher:
        """Of the newest index and its newest commit; two stat calls when nothing changed."""
        with self._lock:
            name = self._current()
            if name is None:
                raise EngineDownError("There is no search index yet: run manage.py rebuild_search.")
            stat = (self.folder / name / "meta.json").stat()
            seen = (stat.st_mtime_ns, stat.st_ino)
            if self._open is None or self._open[0] != name:
                self._open = (name, self._index_at(self.folder / name))
            elif seen != self._seen:
                self._open[1].reload()
            self._seen = seen
            return self._open[1].searcher()

    def search(self, ask: Ask) -> Found:
        with self._translated():
            searcher = self._searcher()
            newest: dict[str, Any] = {"order_by_field": "moment"} if ask.order is Order.NEWEST else {}
            # The stub lacks ``count``; a score of its own is not given when a field orders.
            hits: Any = searcher.search(self._query(ask, ask.filters), ask.limit, count=True, **newest)
            candidates = [
                Candidate(0.0 if newest else score, self._stored(searcher, address))
                for score, address in hits.hits
            ]
            counts = self._counts(searcher, ask)
        return Found(candidates, hits.count, counts)

    def _query(self, ask: Ask, filters: Filters) -> Query:
        chosen = [self._term(name, value, "basic") for name, value in filters.chosen().items()]
        required = [
            Query.boolean_query([(Occur.Should, self._all_of(group)) for group in groups])
            for groups in ask.required
        ]
        must = [(Occur.Must, Query.const_score_query(query, 0.0)) for query in chosen + required]
        must_not = [(Occur.MustNot, self._all_of(group)) for group in ask.excluded]
        any_word = self._any_of(ask.words) if ask.words else Query.all_query()
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

    def _term(self, name: str, value: str, option: str) -> Query:
        return Query.term_query(self.schema, name, value, option)

    def _counts(self, searcher: tantivy.Searcher, ask: Ask) -> dict[str, dict[str, int]]:
        """Facets that are not chosen share one pass; each chosen one is counted without itself."""
        passes: dict[Filters, list[str]] = {}
        for name in ask.facets:
            passes.setdefault(ask.filters.without(name), []).append(name)
        counts: dict[str, dict[str, int]] = {}
        for filters, names in passes.items():
            wanted = {name: {"terms": {"field": name, "size": FACET_SIZE}} for name in names}
            found = searcher.aggregate(self._query(ask, filters), wanted)
            for name in names:
                counts[name] = {bucket["key"]: bucket["doc_count"] for bucket in found[name]["buckets"]}
        return counts

    def _stored(self, searcher: tantivy.Searcher, address: tantivy.DocAddress) -> SearchDocument:
        return from_json(bytes(searcher.doc(address)["payload"][0]))

    def frequencies(self, words: Iterable[str]) -> dict[str, int]:
        with self._translated():
            searcher = self._searcher()
            return {word: searcher.doc_freq("words", word) for word in words}

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
            return EngineStatus(self.name, ready=False, detail=str(error))
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
