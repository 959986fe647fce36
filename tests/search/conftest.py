"""Two kinds of things to find, registered only here, so that no test depends on what other apps register."""

from __future__ import annotations

import functools
import os
import urllib.error
import urllib.request

import pytest
from django.core.management import call_command
from django_tasks_db.management.commands import db_worker

from core import searchable
from core.models import ResponsibleUnit
from core.searchable import Searchable, SearchDocument
from core.urls_for import page_path
from home.models import StandardPage
from search.engines import EngineDownError, get_engine
from search.engines.elasticsearch_engine import ElasticsearchEngine
from search.engines.tantivy_engine import TantivyEngine
from tests.conftest import needs_server


def page_document(page: StandardPage) -> SearchDocument:
    return SearchDocument(
        key=searchable.key_for(page),
        kind="page",
        title=page.title,
        url=page_path(page, language="th"),
        body=page.summary,
        language=page.locale.language_code,
        date=page.first_published_at,
    )


def unit_document(unit: ResponsibleUnit) -> SearchDocument:
    return SearchDocument(
        key=searchable.key_for(unit), kind="faq", title=unit.name, url="/faq/", body=unit.name_en, boost=1.5
    )


@pytest.fixture(autouse=True)
def only_our_kinds(monkeypatch):
    monkeypatch.setattr(searchable, "_registry", {})
    searchable.register(
        Searchable(
            "page", "หน้า", StandardPage, lambda: StandardPage.objects.live().public(), page_document, order=90
        )
    )
    searchable.register(
        Searchable(
            "faq", "คำถามที่พบบ่อย", ResponsibleUnit, ResponsibleUnit.objects.all, unit_document, order=10
        )
    )


@pytest.fixture(autouse=True)
def own_index(settings, tmp_path):
    settings.SEARCH_URL = []
    settings.SEARCH_INDEX_DIR = tmp_path / "index"


@pytest.fixture
def index():
    """The embedded engine with the given documents: ``index(doc(...), doc(...))``."""

    def fill(*documents: SearchDocument):
        engine = get_engine()
        engine.rebuild(documents)
        return engine

    return fill


def doc(key: str, title: str, body: str = "", **more: object) -> SearchDocument:
    return SearchDocument(
        **{"key": key, "kind": "page", "title": title, "url": f"/{key}/", "body": body, **more}
    )


PATIENT = 10.0  # seconds: other tests share the machine; how long a reader waits is tested apart


@functools.cache
def why_no_node(url: str) -> str:
    """Asked once: without a node a hundred tests would each try it again and again for a second."""
    try:
        urllib.request.urlopen(f"{url}/_cluster/health", timeout=PATIENT).close()
    except urllib.error.URLError as error:
        return str(error.reason)
    return ""


def elasticsearch_or_skip(**options: object) -> ElasticsearchEngine:
    """A real node: see docs/elasticsearch.md. CI sets REQUIRE_SERVERS=1, so a dead node fails there."""
    url = os.environ.get("ELASTICSEARCH_URL", "http://localhost:9200")
    if reason := why_no_node(url):
        needs_server(f"no Elasticsearch node answers at {url} ({reason})")
    name = f"prachakhom-test-{os.getpid()}"
    engine = ElasticsearchEngine([url], name, **{"seconds": PATIENT, **options})
    try:
        engine.rebuild([])
    except EngineDownError as error:
        needs_server(f"no Elasticsearch node answers at {url} ({error})")
    return engine


@pytest.fixture
def elastic():
    made = elasticsearch_or_skip()
    yield made
    made.remove()


@pytest.fixture(params=["tantivy", "elasticsearch"])
def engine(request, tmp_path):
    """Each test of the contract runs on both engines."""
    if request.param == "elasticsearch":
        yield request.getfixturevalue("elastic")
        return
    made = TantivyEngine(tmp_path / "contract", wait=0.2)
    made.rebuild([])
    yield made


@pytest.fixture
def queue(settings, monkeypatch):
    """The queue of production: tasks wait in the database for a worker, which here shares the test's connection."""
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    settings.TASKS = {"default": {"BACKEND": "core.queue.Queue"}}


def work() -> None:
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
