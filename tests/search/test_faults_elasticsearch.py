"""What goes wrong with a real Elasticsearch node, done for real: stopped, slow, hanging, read-only, of another version,
overtaken writes."""

from __future__ import annotations

import time
import uuid
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from core.models import ResponsibleUnit
from core.searchable import key_for
from search.engines import (
    Ask,
    Changes,
    EngineDownError,
    IndexMissingError,
    base,
    elasticsearch_engine,
    get_engine,
)
from search.engines.breaker import Breaker
from search.engines.elasticsearch_engine import READ_SECONDS, ElasticsearchEngine
from search.services import rebuild
from search.upkeep import last_error, waiting_changes
from tests.search.conftest import PATIENT, doc, elasticsearch_or_skip, work
from tests.search.proxy import Proxy

CLOSED = "http://127.0.0.1:9"
ROAD = Ask({"ถนน": 1.0})


def node() -> str:
    """host:port of the real node."""
    made = elasticsearch_or_skip()
    made.remove()
    return made.where


@pytest.fixture
def proxy():
    parts = urlsplit(f"//{node()}")
    made = Proxy(parts.hostname, parts.port)
    yield made
    made.cut()


@pytest.fixture
def through(proxy):
    """An engine that reaches the node through the proxy, with a reader's patience."""
    name = f"prachakhom-test-{uuid.uuid4().hex[:8]}"
    made = ElasticsearchEngine([proxy.url], name)
    made.reading.pause = made.writing.pause = 0.3
    made.rebuild([doc("a", "ถนน")])
    yield made
    host, port = proxy.target
    ElasticsearchEngine([f"http://{host}:{port}"], name, seconds=PATIENT).remove()


def keys(engine: ElasticsearchEngine) -> set[str]:
    return engine.keys()


# --- does not answer ---------------------------------------------------------------------------------------


def test_no_node_is_an_engine_that_is_down():
    engine = ElasticsearchEngine([CLOSED], "nothing")
    assert not engine.is_ready()
    assert not engine.status().ready
    for ask in (engine.count, engine.keys, lambda: engine.apply(lambda: Changes([doc("a", "b")]))):
        with pytest.raises(EngineDownError):
            ask()
    with pytest.raises(EngineDownError):
        engine.rebuild([])


def test_the_breaker_refuses_at_once_and_lets_one_try():
    now = [100.0]
    breaker = Breaker(pause=5, clock=lambda: now[0])
    breaker.pass_or_refuse()
    breaker.failed("gone")
    assert breaker.is_open
    with pytest.raises(EngineDownError, match="gone"):
        breaker.pass_or_refuse()
    now[0] += 5
    breaker.pass_or_refuse()
    with pytest.raises(EngineDownError):
        breaker.pass_or_refuse()
    breaker.answered()
    breaker.pass_or_refuse()
    assert not breaker.is_open


def test_a_node_that_hangs_costs_a_reader_less_than_a_second_and_the_next_nothing(through, proxy):
    assert through.search(ROAD).total == 1
    through.reading.pause = 30
    proxy.delay = None
    started = time.monotonic()
    with pytest.raises(EngineDownError):
        through.search(ROAD)
    assert 2 * READ_SECONDS <= time.monotonic() - started < 1
    started = time.monotonic()
    for _ in range(100):
        with pytest.raises(EngineDownError):
            through.search(ROAD)
    assert time.monotonic() - started < READ_SECONDS


def test_a_node_that_answers_again_is_asked_again(through, proxy):
    proxy.delay = None
    with pytest.raises(EngineDownError):
        through.search(ROAD)
    proxy.delay = 0.0
    time.sleep(through.reading.pause)
    assert through.search(ROAD).total == 1
    assert not through.reading.is_open


def test_a_slow_node_is_waited_for_and_a_very_slow_one_is_not(through, proxy):
    proxy.delay = READ_SECONDS / 4
    assert through.search(ROAD).total == 1
    proxy.delay = READ_SECONDS * 3
    with pytest.raises(EngineDownError):
        through.search(ROAD)


def test_writes_wait_longer_than_readers(through, proxy):
    proxy.delay = READ_SECONDS * 1.5
    through.apply(lambda: Changes([doc("b", "ถนน")]))
    proxy.delay = 0.0
    assert keys(through) == {"a", "b"}


def test_one_node_of_several_may_be_gone(elastic):
    elastic.rebuild([doc("a", "ถนน")])
    several = ElasticsearchEngine([CLOSED, f"http://{elastic.where}"], elastic.base, seconds=PATIENT)
    for _ in range(4):
        assert several.search(ROAD).total == 1


# --- cannot be written -------------------------------------------------------------------------------------


def is_refused(engine: ElasticsearchEngine, block: str) -> bool:
    engine.client.indices.put_settings(index=engine.alias, settings={f"index.blocks.{block}": True})
    try:
        engine.apply(lambda: Changes([doc("a", "ถนน")]))
    except EngineDownError:
        return True
    return False


@pytest.mark.parametrize("block", ["read_only_allow_delete", "write", "read_only"])
def test_a_read_only_index_is_searched_and_changes_wait(elastic, block):
    elastic.rebuild([doc("a", "ถนน")])
    # A node whose disk has room takes the flood stage's block away when it looks, each half a minute.
    assert any(is_refused(elastic, block) for _ in range(3))
    assert elastic.search(ROAD).total == 1
    elastic.client.indices.put_settings(index=elastic.alias, settings={f"index.blocks.{block}": None})
    elastic.writing.answered()
    elastic.apply(lambda: Changes([doc("b", "ถนน")]))
    assert elastic.search(ROAD).total == 2


# --- overtaken ---------------------------------------------------------------------------------------------


def test_a_late_task_with_old_text_does_not_win(elastic):
    elastic.rebuild([])

    def late() -> Changes:
        elastic.apply(lambda: Changes([doc("a", "สะพาน")]))
        return Changes([doc("a", "ถนน")])

    elastic.apply(late)
    assert elastic.frequencies(["ถนน", "สะพาน"]) == {"ถนน": 0, "สะพาน": 1}


def test_a_late_task_does_not_bring_back_what_was_deleted(elastic):
    elastic.rebuild([doc("a", "ถนน")])

    def late() -> Changes:
        elastic.apply(lambda: Changes(gone=["a"]))
        return Changes([doc("a", "ถนน")])

    elastic.apply(late)
    assert keys(elastic) == set()


def test_a_late_delete_does_not_take_what_was_published_again(elastic):
    elastic.rebuild([])

    def late() -> Changes:
        elastic.apply(lambda: Changes([doc("a", "ถนน")]))
        return Changes(gone=["a"])

    elastic.apply(late)
    assert keys(elastic) == {"a"}


def test_changes_during_a_rebuild_are_in_the_old_index_and_in_the_new(elastic):
    old = [doc("deleted", "ถนน"), doc("changed", "ถนน"), doc("same", "ถนน")]
    elastic.rebuild(old)

    def documents():
        """What the rebuild read before the changes, written after them."""
        elastic.apply(lambda: Changes([doc("changed", "สะพาน"), doc("added", "สะพาน")], gone=["deleted"]))
        assert keys(elastic) == {"changed", "added", "same"}
        yield from old

    elastic.rebuild(documents())
    assert keys(elastic) == {"changed", "added", "same"}
    assert elastic.frequencies(["สะพาน", "ถนน"]) == {"สะพาน": 2, "ถนน": 1}


def test_a_change_that_began_before_the_alias_moved_is_not_lost(elastic):
    elastic.rebuild([doc("a", "ถนน")])

    def read() -> Changes:
        elastic.rebuild([doc("a", "ถนน")])
        return Changes([doc("b", "ถนน")])

    elastic.apply(read)
    assert keys(elastic) == {"a", "b"}
    assert len(elastic._indices()) == 1


def test_readers_never_miss_while_the_alias_moves(elastic):
    elastic.rebuild([doc("a", "ถนน")])

    def documents():
        assert elastic.search(ROAD).total == 1
        yield doc("a", "ถนน")
        assert elastic.search(ROAD).total == 1

    for _ in range(3):
        elastic.rebuild(documents())
        assert elastic.search(ROAD).total == 1


# --- rebuilds that did not end -----------------------------------------------------------------------------


def test_what_a_killed_rebuild_left_is_removed_by_the_next(elastic):
    elastic.rebuild([doc("a", "ถนน")])
    left = elastic._new_index()
    assert left in elastic._indices()
    elastic.apply(lambda: Changes([doc("b", "ถนน")]))
    elastic.rebuild([doc("a", "ถนน"), doc("b", "ถนน")])
    assert left not in elastic._indices()
    assert len(elastic._indices()) == 1


def test_of_two_rebuilds_the_later_counts_and_the_earlier_gives_up(elastic):
    elastic.rebuild([doc("old", "ถนน")])

    def documents():
        yield doc("earlier", "ถนน")
        elastic.rebuild([doc("later", "ถนน")])

    with pytest.raises(EngineDownError):
        elastic.rebuild(documents())
    assert keys(elastic) == {"later"}
    assert len(elastic._indices()) == 1


def test_a_site_whose_name_begins_the_same_keeps_its_index(elastic):
    elastic.rebuild([doc("a", "ถนน")])
    neighbour = ElasticsearchEngine([f"http://{elastic.where}"], f"{elastic.base}-v2", seconds=PATIENT)
    try:
        neighbour.rebuild([doc("n", "ถนน")])
        elastic.rebuild([doc("a", "ถนน")])
        assert keys(neighbour) == {"n"}
    finally:
        neighbour.remove()


def test_a_settled_index_is_one_piece_and_holds_the_same(elastic, monkeypatch):
    """Only then does it let go of what it was sent, which is more than half of it."""
    monkeypatch.setattr(elasticsearch_engine, "WORTH_SETTLING", 2)
    monkeypatch.setattr(elastic, "settles_after", 0.0)

    def pieces() -> int:
        [index] = elastic.client.indices.segments(index=elastic.alias)["indices"].values()
        return sum(len(copy["segments"]) for shard in index["shards"].values() for copy in shard)

    elastic.rebuild([doc("a", "ถนน"), doc("b", "ถนน")])
    assert pieces() == 2
    elastic.settle(wait=True)
    assert pieces() == 1
    assert {c.document.key for c in elastic.search(ROAD).candidates} == {"a", "b"}


# --- the mapping of another version ------------------------------------------------------------------------


def test_an_index_with_the_mapping_of_another_version_is_not_asked_but_rebuilt(elastic, monkeypatch):
    elastic.rebuild([doc("a", "ถนน")])
    monkeypatch.setattr(elasticsearch_engine, "SCHEMA_VERSION", base.SCHEMA_VERSION + 1)
    told = []
    newer = ElasticsearchEngine(
        [f"http://{elastic.where}"], elastic.base, seconds=PATIENT, on_missing=lambda: told.append(1)
    )
    with pytest.raises(IndexMissingError, match=f"-v{base.SCHEMA_VERSION + 1} "):
        newer.search(ROAD)
    assert told
    assert not newer.status().ready
    newer.rebuild([doc("a", "ถนน")])
    assert newer.search(ROAD).total == 1
    assert len(newer._indices()) == 1  # the old one is gone


# --- the site ----------------------------------------------------------------------------------------------


@pytest.fixture
def site(through, proxy, settings):
    settings.SEARCH_URL, settings.SEARCH_INDEX = [proxy.url], through.base
    engine = get_engine()
    engine.reading.pause = engine.writing.pause = 0.3
    return engine


@pytest.mark.django_db
@pytest.mark.parametrize("fault", ["stopped", "hanging"])
def test_without_an_answer_search_says_so_within_a_second_and_every_page_serves(
    client, site, proxy, home, fault
):
    ResponsibleUnit.objects.create(name="ถนน")
    rebuild(engine=site)
    assert client.get(reverse("search:results"), {"q": "ถนน"}).status_code == 200
    proxy.delay = None
    if fault == "stopped":
        proxy.cut()
    started = time.monotonic()
    response = client.get(reverse("search:results"), {"q": "ถนน"})
    assert time.monotonic() - started < 1
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    for path in ("/", "/news/", "/knowledge/", "/hearings/"):
        assert client.get(path).status_code in {200, 404}  # 404: not in this test's tree
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["search"]) == (200, False)


@pytest.mark.django_db
def test_the_queue_catches_up_by_itself_when_the_node_is_back(
    queue, site, proxy, django_capture_on_commit_callbacks
):
    proxy.cut()
    with django_capture_on_commit_callbacks(execute=True):
        unit = ResponsibleUnit.objects.create(name="แก้มลิง")
    work()
    assert waiting_changes() == 1
    assert last_error()
    proxy.mend()
    site.writing.answered()
    waiting = DBTaskResult.objects.filter(run_after__gt=timezone.now(), run_after__lt=get_date_max())
    waiting.update(run_after=timezone.now())
    work()
    assert waiting_changes() == 0
    assert key_for(unit) in keys(site)


@pytest.mark.django_db
def test_a_lost_index_is_rebuilt_by_the_worker_asked_once(queue, site, client):
    ResponsibleUnit.objects.create(name="แก้มลิง")
    site.remove()
    for _ in range(5):
        assert client.get(reverse("search:results"), {"q": "แก้มลิง"}).status_code == 503
    assert not client.get("/readyz").json()["search"]
    assert DBTaskResult.objects.filter(task_path="search.tasks.rebuild_index").count() == 1
    work()
    assert client.get("/readyz").json()["search"]
    assert client.get(reverse("search:results"), {"q": "แก้มลิง"}).status_code == 200
