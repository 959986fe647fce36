"""The scaled engine: Elasticsearch through ``elasticsearch.dsl``, for sites on several machines.

The words come pre-cut from the same pipeline as everywhere, into one field with the ``standard`` analyzer: no
analysis plugin is needed and both engines find the same (search.md, section 6). The site asks an alias; a rebuild
writes a new index behind it and moves the alias in one call.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError, helpers
from elasticsearch.dsl import Index, Q, Search, analyzer, mapping
from elasticsearch.helpers import BulkIndexError

from core.searchable import SearchDocument
from search.engines.base import (
    FACET_SIZE,
    FACETS,
    Ask,
    Candidate,
    Changes,
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

TIMEOUT = 5  # seconds: a reader must not wait for an engine that is gone
ALL_KEYS_AT_ONCE = 1_000


def _mapping() -> mapping.Mapping:
    fields = mapping.Mapping()
    fields.field("words", "text", analyzer=analyzer("standard"), index_options="freqs", norms=True)
    for name in ("key", "part_of", *FACETS):
        fields.field(name, "keyword")
    fields.field("moment", "long")
    fields.field("payload", "keyword", index=False, doc_values=False)
    fields.meta("dynamic", "strict")
    return fields


class ElasticsearchEngine:
    name = "elasticsearch"

    def __init__(self, url: str, alias: str) -> None:
        self.url, self.alias = url, alias
        self.client = Elasticsearch(url, request_timeout=TIMEOUT, retry_on_timeout=True, max_retries=1)

    # --- writing ---------------------------------------------------------------------------------------------

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        with self._translated():
            name = self._new_index()
            count = self._bulk(name, documents)
            self._point_to(name)
        return count

    def apply(self, read: Callable[[], Changes]) -> None:
        with self._translated():
            name = self._written()
            changes = read()
            self._bulk(name, changes.documents)
            actions = ({"_op_type": "delete", "_index": name, "_id": key} for key in changes.gone)
            helpers.bulk(self.client, actions, refresh=True, raise_on_error=False, ignore_status=(404,))

    def _bulk(self, name: str, documents: Iterable[SearchDocument]) -> int:
        count, _errors = helpers.bulk(self.client, (self._action(name, d) for d in documents), refresh=True)
        return count

    def _action(self, name: str, document: SearchDocument) -> dict[str, Any]:
        stored = stored_form(document)
        return {
            "_op_type": "index",
            "_index": name,
            "_id": stored.key,
            "key": stored.key,
            "words": words_of(stored),
            "part_of": stored.part_of,
            "moment": int(stored.date.timestamp()) if stored.date else 0,
            **{facet: facet_values(stored, facet) for facet in FACETS},
            "payload": to_json(stored),
        }

    def _new_index(self) -> str:
        name = f"{self.alias}-{uuid.uuid4().hex[:12]}"
        index = Index(name, using=self.client)
        # One shard: with several, each counts word frequencies for itself and small libraries rank worse.
        index.settings(number_of_shards=1, auto_expand_replicas="0-1")
        index.mapping(_mapping())
        index.create()
        return name

    def _behind_alias(self) -> list[str]:
        try:
            return sorted(self.client.indices.get_alias(name=self.alias).body)
        except NotFoundError:
            return []

    def _written(self) -> str:
        """The index behind the alias, made if there is none yet."""
        names = self._behind_alias()
        if not names:
            name = self._new_index()
            self._point_to(name)
            return name
        return names[-1]

    def _point_to(self, name: str) -> None:
        """One call: no moment without results. The indices left behind are removed."""
        others = [other for other in self._behind_alias() if other != name]
        actions: list[dict[str, Any]] = [{"add": {"index": name, "alias": self.alias}}]
        actions += [{"remove_index": {"index": other}} for other in others]
        self.client.indices.update_aliases(actions=actions)

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        """No node, no index or no answer: the engine is down, which is not an error 500."""
        try:
            yield
        except (TransportError, ApiError, BulkIndexError) as error:
            raise EngineDownError(f"{self.url}: {error}") from error

    # --- reading -----------------------------------------------------------------------------------------------

    def search(self, ask: Ask) -> Found:
        request = self._search().query(self._query(ask))[: ask.limit].extra(track_total_hits=True)
        if ask.order is Order.NEWEST:
            request = request.sort({"moment": {"order": "desc"}}, "key")
        if ask.filters.chosen():
            request = request.post_filter(self._chosen(ask.filters))
        for name in ask.facets:
            bucket = request.aggs.bucket(name, "filter", self._chosen(ask.filters.without(name)))
            bucket.bucket("values", "terms", field=name, size=FACET_SIZE)
        with self._translated():
            response: Any = request.execute()
        counts = {
            name: {bucket.key: bucket.doc_count for bucket in response.aggregations[name]["values"].buckets}
            for name in ask.facets
        }
        candidates = [Candidate(hit.meta.score or 0.0, from_json(hit.payload)) for hit in response]
        return Found(candidates, response.hits.total.value, counts)

    def _search(self) -> Search:
        return Search(using=self.client, index=self.alias)

    def _query(self, ask: Ask) -> Any:
        should = [Q("match", words={"query": word, "boost": weight}) for word, weight in ask.words.items()]
        required = [Q("bool", should=[self._all_of(group) for group in groups]) for groups in ask.required]
        return Q(
            "bool",
            must=[Q("bool", should=should) if should else Q("match_all")],
            filter=required,
            must_not=[self._all_of(group) for group in ask.excluded],
        )

    def _all_of(self, group: Group) -> Any:
        return Q("bool", filter=[Q("match", words=word) for word in group])

    def _chosen(self, filters: Filters) -> Any:
        return Q("bool", filter=[Q("term", **{name: value}) for name, value in filters.chosen().items()])

    def frequencies(self, words: Iterable[str]) -> dict[str, int]:
        wanted = list(words)
        if not wanted:
            return {}
        request = self._search()[:0]
        filters = {str(i): Q("match", words=word) for i, word in enumerate(wanted)}
        request.aggs.bucket("words", "filters", filters=filters)
        with self._translated():
            buckets = request.execute().aggregations.words.buckets
        return {word: buckets[str(i)].doc_count for i, word in enumerate(wanted)}

    def count(self) -> int:
        with self._translated():
            return self._search().count()

    def keys(self) -> set[str]:
        found: set[str] = set()
        after: list[Any] | None = None
        while True:
            request = self._search().source(False).sort("key").extra(size=ALL_KEYS_AT_ONCE)
            if after is not None:
                request = request.extra(search_after=after)
            with self._translated():
                hits = request.execute().hits
            if not hits:
                return found
            found |= {hit.meta.id for hit in hits}
            after = list(hits[-1].meta.sort)

    def status(self) -> EngineStatus:
        detail = f"{self.url}/{self.alias}"
        try:
            documents = self.count()
            with self._translated():
                stats = self.client.indices.stats(index=self.alias)["_all"]["primaries"]
                settings = self.client.indices.get_settings(index=self.alias).body
        except EngineDownError as error:
            return EngineStatus(self.name, ready=False, detail=str(error))
        created = max(int(index["settings"]["index"]["creation_date"]) for index in settings.values())
        updated = dt.datetime.fromtimestamp(created / 1000, tz=dt.UTC)
        return EngineStatus(self.name, True, documents, stats["store"]["size_in_bytes"], updated, detail)

    def is_ready(self) -> bool:
        try:
            self.count()
        except EngineDownError:
            return False
        return True
