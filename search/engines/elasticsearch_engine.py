"""The scaled engine: Elasticsearch through ``elasticsearch.dsl``, for sites on several machines.

The words come pre-cut from the same pipeline as everywhere, into one field with the ``standard`` analyzer: no
analysis plugin is needed and both engines find the same (search.md, section 6).

Readers ask the alias ``<name>-v<version of the mapping>``. A rebuild fills a new index, which has the alias
``…-next`` meanwhile, and then moves the first alias to it in one call. Changes that come during a rebuild go to
both. Every write carries the time at which its text was read as the version of the document: an answer 409 says
that something newer is there already, so neither a late task nor the rebuild brings back old text.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import datetime as dt
import re
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any

from elastic_transport import ConnectionTimeout, TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError, helpers
from elasticsearch.dsl import A, Q, Search, analyzer, mapping

from core.searchable import SearchDocument
from search.engines.base import (
    FACET_SIZE,
    FACETS,
    MOST_TWICE,
    NOTHING_GONE,
    SCHEMA_VERSION,
    Ask,
    Candidate,
    Changes,
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
    moment_of,
    nobody_listens,
    passes_of,
)
from search.engines.breaker import Breaker
from search.engines.kept import KeptCandidate, Row, rows_of

# A reader's question is sent to two or three nodes one after another, and the results page says within a second that
# none answers. With three, one may be killed while another is slow to take connections.
READ_SECONDS = 0.4
ALL_TRIES_SECONDS = 0.9
MOST_TRIES = 3
WRITE_SECONDS = 30
ALL_KEYS_AT_ONCE = 1_000
DOCUMENTS_AT_ONCE, BYTES_AT_ONCE = 500, 10_000_000
# How long a deletion is remembered: longer than a rebuild takes, or the rebuild would bring the document back.
KEEP_DELETIONS = "12h"
WAIT_FOR_COPIES = "30s"
WORTH_SETTLING = 2_000  # documents
COPIES_NOTED_SECONDS, START_SECONDS, MERGE_SECONDS = 35.0, 5.0, 60.0
# By value: to number all values of the index first takes longer than to count a few.
SAME_AS = A("terms", field="same_as", size=MOST_TWICE, execution_hint="map")


def _mapping() -> mapping.Mapping:
    fields = mapping.Mapping()
    fields.field("words", "text", analyzer=analyzer("standard"), index_options="freqs", norms=True)
    for name in ("key", "part_of", "language", "same_as", *FACETS):
        fields.field(name, "keyword")
    fields.field("moment", "long")
    # Beside the others and not packed: to read fifty from a packed source took most of the time of a question.
    fields.field("kept", "binary", doc_values=True)
    fields.meta("dynamic", "strict")
    fields.meta("_source", {"enabled": False})  # what is written anew comes from the database
    return fields


def _microseconds() -> int:
    return time.time_ns() // 1000


def _each(words: Iterable[str], gone: Gone) -> dict[str, Any]:
    """A bucket for each word, named by its place: a word itself may be anything."""
    return {
        str(i): Q("bool", filter=[Q("match", words=word)], must_not=_any_of(gone))
        for i, word in enumerate(words)
    }


def _any_of(gone: Gone) -> list[Any]:
    of = {"key": gone.keys, "part_of": gone.wholes}
    return [Q("terms", **{name: sorted(values)}) for name, values in of.items() if values]


def _counts(ask: Ask, counted: dict[str, Any]) -> dict[str, dict[str, int]]:
    return {
        name: {bucket["key"]: bucket["doc_count"] for bucket in under[name]["buckets"]}
        for place, (filters, names) in enumerate(passes_of(ask).items())
        for under in [counted[f"pass {place}"] if filters.chosen() else counted]
        for name in names
    }


def _unknown(ask: Ask, counted: dict[str, Any]) -> frozenset[str]:
    if not (ask.tell_unknown and ask.words):
        return frozenset()
    held = counted["everywhere"]["words"]["buckets"]
    return frozenset(word for i, word in enumerate(ask.words) if not held[str(i)]["doc_count"])


def _looks_for_twice(ask: Ask) -> bool:
    return bool(ask.language) and not ask.twice


def _few(ask: Ask) -> Any:
    return Q("terms", language=few_texts(ask.language))


def _keys_of(counted: dict[str, Any]) -> frozenset[str]:
    return frozenset(bucket["key"] for bucket in counted["buckets"])


def _other_versions(ask: Ask) -> list[Any]:
    """The other versions of what answers in the reader's language, too."""
    if not ask.twice:
        return []
    mine = Q("term", language=ask.language)
    return [Q("bool", filter=[Q("terms", same_as=sorted(ask.twice))], must_not=[mine])]


class ElasticsearchEngine:
    name = "elasticsearch"
    settles_after = COPIES_NOTED_SECONDS

    def __init__(
        self,
        urls: Sequence[str],
        base: str,
        *,
        shards: int = 1,
        replicas: str = "0-1",
        seconds: float = 0,
        clock: Callable[[], int] = _microseconds,
        on_missing: Callable[[], None] = nobody_listens,
        **security: Any,
    ) -> None:
        self.base = base
        self.alias = f"{base}-v{SCHEMA_VERSION}"
        self.next = f"{self.alias}-next"
        self.shards, self.replicas = shards, replicas
        self.clock, self.on_missing = clock, on_missing
        tries = min(max(len(urls), 2), MOST_TRIES)
        self.client = Elasticsearch(
            list(urls), request_timeout=seconds or min(READ_SECONDS, ALL_TRIES_SECONDS / tries), max_retries=tries - 1,
            retry_on_timeout=True, **security,
        )  # fmt: skip
        self.patient = self.client.options(
            request_timeout=WRITE_SECONDS, max_retries=3, retry_on_timeout=True
        )
        self.reading, self.writing = Breaker(), Breaker()

    # --- writing ---------------------------------------------------------------------------------------------

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        with self._translated(), contextlib.ExitStack() as undo:
            name = self._new_index()
            undo.callback(self._forget, name)
            version = self.clock()
            actions = (self._index(row, version, self._filling(name)) for row in rows_of(documents))
            count = self._write(islice(actions, WORTH_SETTLING // 2))
            # One piece of an index is never merged with itself: what is worth settling has two.
            self.patient.indices.refresh(index=name, ignore_unavailable=True)
            count += self._write(actions)
            self._finish(name)
            undo.pop_all()
        return count

    def settle(self, *, wait: bool) -> None:
        """A node keeps what it was sent until every copy of the index has it, which is noted each half minute; a merge
        after that leaves it out, and more than half of the space is free again."""
        if self.count() < WORTH_SETTLING:
            return
        if wait:
            time.sleep(self.settles_after)
        client = self.client.options(request_timeout=MERGE_SECONDS if wait else START_SECONDS, max_retries=0)
        with self._translated(), contextlib.suppress(ConnectionTimeout):  # the nodes go on merging
            client.indices.flush(index=self.alias)
            client.indices.forcemerge(index=self.alias, max_num_segments=1, wait_for_completion=wait)

    def apply(self, read: Callable[[], Changes]) -> None:
        with self._translated(self.writing):
            # In this order: a rebuild that begins after the first line reads what this change is about by itself.
            rebuilding = self.patient.indices.exists_alias(name=self.next)
            version = self.clock()
            changes = read()
            for target in [self.alias, self.next] if rebuilding else [self.alias]:
                rows = rows_of(changes.documents)
                self._write((self._index(row, version, target) for row in rows), refresh=True)
                self._write((self._delete(key, version, target) for key in changes.gone), refresh=True)

    def _index(self, row: Row, version: int, target: str) -> dict[str, Any]:
        stored, words, kept = row
        return {
            **self._operation("index", stored.key, version, target),
            "key": stored.key,
            "words": words,
            "part_of": stored.part_of,
            "language": stored.language,
            "same_as": stored.same_as or [],
            "moment": moment_of(stored),
            **{facet: facet_values(stored, facet) for facet in FACETS},
            "kept": base64.b64encode(kept).decode("ascii"),
        }

    def _delete(self, key: str, version: int, target: str) -> dict[str, Any]:
        return self._operation("delete", key, version, target)

    def _operation(self, kind: str, key: str, version: int, target: str) -> dict[str, Any]:
        return {
            "_op_type": kind, "_index": target, "_id": key, "version": version, "version_type": "external_gte"
        }  # fmt: skip

    def _write(self, actions: Iterable[dict[str, Any]], **parameters: Any) -> int:
        """Writes go to an alias only, or else a missing index would be made anew by the node, without our mapping."""
        answers = helpers.streaming_bulk(
            self.patient, actions, chunk_size=DOCUMENTS_AT_ONCE, max_chunk_bytes=BYTES_AT_ONCE,
            raise_on_error=False, max_retries=3, initial_backoff=0.25, max_backoff=2,
            require_alias=True, **parameters,
        )  # fmt: skip
        count = 0
        for written, answer in answers:
            [item] = answer.values()
            if not written:
                self._look_at(item)
            count += 1
        return count

    def _look_at(self, item: dict[str, Any]) -> None:
        """What was not written, because something newer is there or nothing was to be deleted, is well."""
        error = item.get("error")
        if item["status"] == 409 or not error:
            return
        gone = isinstance(error, dict) and error.get("type") == "index_not_found_exception"
        if gone and item["_index"] == self.next:
            return  # the rebuild has ended or failed in between
        if gone and item["_index"] == self.alias:
            raise self._missing()
        raise EngineDownError(f"{item['_index']}: {item['status']} {error}")

    # --- indices -----------------------------------------------------------------------------------------------

    def _filling(self, name: str) -> str:
        """The alias through which one rebuild writes; it goes with its index when a later rebuild begins."""
        return f"{name}-filling"

    def _new_index(self) -> str:
        """What a killed rebuild left is removed, and a slower one, whose writes then fail: the last one counts."""
        in_use = self._behind_alias()
        for left in self._indices():
            if left.startswith(f"{self.alias}-") and left not in in_use:
                self._forget(left)
        name = f"{self.alias}-{uuid.uuid4().hex[:12]}"
        self.patient.indices.create(
            index=name,
            aliases={self.next: {}, self._filling(name): {}},
            mappings=_mapping().to_dict(),
            settings={
                "number_of_shards": self.shards,
                "auto_expand_replicas": self.replicas,
                "gc_deletes": KEEP_DELETIONS,
                "refresh_interval": "-1",
            },
        )
        return name

    def _finish(self, name: str) -> None:
        """One call moves the alias: no moment without results. The indices left behind are removed in it."""
        self.patient.indices.put_settings(index=name, settings={"refresh_interval": None})
        self.patient.indices.refresh(index=name)
        # A node that falters now must not take the only copy with it; a cluster without a second node goes on.
        self.patient.options(ignore_status=408).cluster.health(
            index=name, wait_for_status="green", timeout=WAIT_FOR_COPIES
        )
        actions: list[dict[str, Any]] = [
            {"remove": {"index": name, "aliases": [self.next, self._filling(name)]}},
            *({"remove_index": {"index": other}} for other in self._indices() if other != name),
            {"add": {"index": name, "alias": self.alias}},
        ]
        self.patient.indices.update_aliases(actions=actions)

    def _indices(self) -> list[str]:
        """Every index of this site, of whatever version; not those of a site whose name only begins the same."""
        pattern = re.compile(rf"{re.escape(self.base)}(-v\d+)?(-[0-9a-f]{{12}})?")
        return sorted(
            name for name in self.patient.indices.get(index=f"{self.base}*") if pattern.fullmatch(name)
        )

    def _behind_alias(self) -> list[str]:
        try:
            return sorted(self.patient.indices.get_alias(name=self.alias).body)
        except NotFoundError:
            return []

    def _forget(self, name: str) -> None:
        with contextlib.suppress(TransportError, ApiError):  # the next rebuild tries again
            self.patient.indices.delete(index=name, ignore_unavailable=True)

    def remove(self) -> None:
        for name in self._indices():
            self._forget(name)

    @contextlib.contextmanager
    def _translated(self, breaker: Breaker | None = None) -> Iterator[None]:
        """No node, no index or no answer: the engine is down, which is not an error 500."""
        breaker = breaker or Breaker()
        breaker.pass_or_refuse()
        try:
            yield
        except IndexMissingError:
            breaker.answered()
            self.on_missing()
            raise
        except NotFoundError as error:
            breaker.answered()
            self.on_missing()
            raise self._missing() from error
        except ApiError as error:
            if error.status_code == 429 or error.status_code >= 500:
                breaker.failed(error)
            else:
                breaker.answered()
            raise EngineDownError(str(error)) from error
        except TransportError as error:
            breaker.failed(error)
            raise EngineDownError(str(error)) from error
        breaker.answered()

    def _missing(self) -> IndexMissingError:
        return IndexMissingError(f"There is no index {self.alias} on {self.where}.")

    @property
    def where(self) -> str:
        return ", ".join(f"{node.host}:{node.port}" for node in self.client.transport.node_pool.all())

    # --- reading -----------------------------------------------------------------------------------------------

    def search(self, ask: Ask) -> Found:
        with self._translated(self.reading):  # before anything is put together for an engine that is down
            # Plain dictionaries: a wrapper around each hit costs as much as reading it.
            answer: dict[str, Any] = self._request(ask).execute().to_dict()
        counted = answer.get("aggregations", {})
        found = _keys_of(counted["few"]["twice"]) if _looks_for_twice(ask) else frozenset()
        if found and (twice := self._twice(ask, found)):
            return self.search(replace(ask, twice=twice))
        hits = answer["hits"]
        candidates: list[Candidate] = [
            KeptCandidate(hit["_score"] or 0.0, partial(binascii.a2b_base64, *hit["fields"]["kept"]))
            for hit in hits["hits"]
        ]
        return Found(candidates, hits["total"]["value"], _counts(ask, counted), _unknown(ask, counted))

    def _request(self, ask: Ask) -> Search:
        request = self._search().query(self._query(ask))[: ask.limit].source(False)
        request = request.extra(stored_fields="_none_", docvalue_fields=["kept"])
        newest = ask.order is Order.NEWEST
        request = request.sort({"moment": {"order": "desc"}} if newest else "_score", "key")
        if ask.filters.chosen():
            request = request.post_filter(self._chosen(ask.filters))
        for place, (filters, names) in enumerate(passes_of(ask).items()):
            bucket: Any = request.aggs
            if filters.chosen():
                bucket = request.aggs.bucket(f"pass {place}", "filter", self._chosen(filters))
            for name in names:
                bucket.bucket(name, "terms", field=name, size=FACET_SIZE)
        # In the same request: a second one would cost every question its way to a node.
        if _looks_for_twice(ask):
            request.aggs.bucket("few", "filter", _few(ask)).bucket("twice", SAME_AS)
        if ask.tell_unknown and ask.words:
            request.aggs.bucket("everywhere", "global").bucket(
                "words", "filters", filters=_each(ask.words, ask.gone)
            )
        return request

    def _search(self, client: Elasticsearch | None = None) -> Search:
        """Words are counted over all shards (or each would rank by its own), and half an answer is none."""
        return (
            Search(using=client or self.client, index=self.alias)
            .params(search_type="dfs_query_then_fetch", allow_partial_search_results=False)
            .extra(track_total_hits=True)
        )

    def _query(self, ask: Ask) -> Any:
        should = [Q("match", words={"query": word, "boost": weight}) for word, weight in ask.words.items()]
        if ask.near:
            should = [Q("fuzzy", words={"value": ask.near, "fuzziness": ask.errors})]
        required = [Q("bool", should=[self._all_of(group) for group in groups]) for groups in ask.required]
        return Q(
            "bool",
            must=[Q("bool", should=should) if should else Q("match_all")],
            filter=required + ([Q("terms", key=sorted(ask.only))] if ask.only else []),
            must_not=[self._all_of(group) for group in ask.excluded]
            + _any_of(ask.gone)
            + _other_versions(ask),
        )

    def _all_of(self, group: Group) -> Any:
        return Q("bool", filter=[Q("match", words=word) for word in group])

    def _twice(self, ask: Ask, found: frozenset[str]) -> frozenset[str]:
        """Of what answers in one of a few texts, what answers in the others, too."""
        others = Q("terms", same_as=sorted(found)) & ~_few(ask)
        request = self._search().query(self._query(ask)).filter(others)[:0]
        request.aggs.bucket("twice", SAME_AS)
        with self._translated(self.reading):
            answer: dict[str, Any] = request.execute().to_dict()
        return _keys_of(answer["aggregations"]["twice"])

    def _chosen(self, filters: Filters) -> Any:
        return Q("bool", filter=[Q("term", **{name: value}) for name, value in filters.chosen().items()])

    def frequencies(self, words: Iterable[str], gone: Gone = NOTHING_GONE) -> dict[str, int]:
        wanted = list(words)
        if not wanted:
            return {}
        request = self._search()[:0]
        request.aggs.bucket("words", "filters", filters=_each(wanted, gone))
        with self._translated(self.reading):
            buckets = request.execute().aggregations.words.buckets
        return {word: buckets[str(i)].doc_count for i, word in enumerate(wanted)}

    def count(self) -> int:
        with self._translated(self.reading):
            response: Any = self._search()[:0].execute()
        return response.hits.total.value

    def keys(self) -> set[str]:
        found: set[str] = set()
        after: list[Any] | None = None
        while True:
            request = self._search(self.patient).source(False).sort("key").extra(size=ALL_KEYS_AT_ONCE)
            if after is not None:
                request = request.extra(search_after=after)
            with self._translated():
                hits = request.execute().hits
            if not hits:
                return found
            found |= {hit.meta.id for hit in hits}
            after = list(hits[-1].meta.sort)

    def status(self) -> EngineStatus:
        where = f"{self.where}/{self.alias}"
        client = self.client.options(request_timeout=5)
        try:
            with self._translated():
                answer: Any = self._search(client)[:0].execute()
                documents = answer.hits.total.value
                size = client.indices.stats(index=self.alias)["_all"]["primaries"]["store"]["size_in_bytes"]
                created = [
                    int(index["settings"]["index"]["creation_date"])
                    for index in client.indices.get_settings(index=self.alias).body.values()
                ]
                health = client.cluster.health(index=self.alias)
        except EngineDownError as error:
            return EngineStatus(self.name, ready=False, where=where, detail=str(error))
        updated = dt.datetime.fromtimestamp(max(created) / 1000, tz=dt.UTC)
        detail = f"{health['status']}, {health['number_of_nodes']} nodes"
        return EngineStatus(self.name, True, documents, size, updated, where, detail)

    def is_ready(self) -> bool:
        try:
            self.count()
        except EngineDownError:
            return False
        return True
