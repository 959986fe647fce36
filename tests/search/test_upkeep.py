"""The index is right again without hands: who asks for a rebuild, how often, and what the status says."""

from __future__ import annotations

import datetime as dt
import shutil
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from core.models import ResponsibleUnit
from core.searchable import key_for
from search import tasks, upkeep
from search.engines import EngineDownError, engine_name, get_engine, make_engine, microseconds
from search.services import rebuild
from tests.search.conftest import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> ResponsibleUnit:
    return ResponsibleUnit.objects.create(name="แก้มลิง")


@pytest.fixture
def lost(settings, unit, queue):
    """An index that was there and whose folder somebody deleted."""
    rebuild(engine=get_engine())
    shutil.rmtree(settings.SEARCH_INDEX_DIR)


def rebuilds() -> int:
    return DBTaskResult.objects.filter(task_path="search.tasks.rebuild_index").count()


def test_one_rebuild_is_asked_for_however_many_notice_and_the_worker_does_it(lost, unit, client):
    for _ in range(4):
        assert client.get(reverse("search:results"), {"q": "แก้มลิง"}).status_code == 503
        assert client.get("/readyz").json()["search"] is False
    assert rebuilds() == 1
    work()
    assert get_engine().keys() == {key_for(unit)}
    assert client.get(reverse("search:results"), {"q": "แก้มลิง"}).status_code == 200
    assert rebuilds() == 1


def test_every_page_serves_meanwhile(lost, client, home):
    assert client.get("/").status_code == 200
    assert client.get("/readyz").status_code == 200


def test_a_change_that_meets_a_lost_index_waits_and_asks_for_it(lost, unit):
    tasks.update_document.call("core.responsibleunit", unit.pk)
    assert rebuilds() == 1
    assert upkeep.waiting_changes() == 2  # the change, later, and the rebuild
    assert "no search index" in upkeep.last_error()
    work()
    assert get_engine().keys() == {key_for(unit)}


def test_a_rebuild_that_is_there_already_is_not_done_again(lost, monkeypatch):
    rebuild(engine=get_engine())
    monkeypatch.setattr(tasks, "rebuild", None)
    tasks.rebuild_index.call()


def test_after_a_rebuild_that_was_killed_another_is_asked_for(lost):
    tasks.ask_for_rebuild()
    tasks.ask_for_rebuild()
    assert rebuilds() == 1
    cache.delete(upkeep.REBUILD)  # what time does
    tasks.ask_for_rebuild()
    assert rebuilds() == 2


def test_a_rebuild_under_way_says_so_and_one_that_ended_does_not(lost):
    documents = upkeep.with_signs_of_life(iter(["a", "b"]))
    next(documents)
    assert not upkeep.is_first_to_ask()
    rebuild(engine=get_engine())
    assert upkeep.is_first_to_ask()


def test_a_rebuild_that_fails_is_not_asked_for_again_at_once(lost, monkeypatch):
    def full(*, engine):
        raise EngineDownError("no space left")

    monkeypatch.setattr(tasks, "rebuild", full)
    tasks.rebuild_index.call()
    assert "no space left" in upkeep.last_error()
    assert not get_engine().is_ready()
    assert rebuilds() == 0


def test_space_is_given_back_later_and_nobody_waits_for_it(queue, monkeypatch):
    """What a mail in the same queue would wait for: half a minute until there is something to give back, and the rest."""
    settled: list[bool] = []
    engine = SimpleNamespace(
        settles_after=35.0, is_ready=lambda: False, settle=lambda *, wait: settled.append(wait)
    )
    monkeypatch.setattr(tasks, "make_engine", lambda name: engine)
    monkeypatch.setattr(tasks, "get_engine", lambda: engine)
    monkeypatch.setattr(tasks, "rebuild", lambda *, engine: 0)
    tasks.rebuild_index.call()
    later = DBTaskResult.objects.get(task_path=tasks.settle_index.module_path)
    assert later.run_after - later.enqueued_at > dt.timedelta(seconds=30)
    assert upkeep.waiting_changes() == 0
    assert settled == []
    tasks.settle_index.call()
    assert settled == [False]


def test_status_tells_engine_version_queue_and_last_error(lost, unit, capsys):
    tasks.update_document.call("core.responsibleunit", unit.pk)
    with pytest.raises(CommandError, match="rebuilt by the worker"):
        call_command("search_status")
    out = capsys.readouterr().out
    assert "engine       tantivy, index of version" in out
    assert "state        not ready There is no search index" in out
    assert "waiting      2 changes" in out
    assert "There is no search index" in out.split("last error")[1]
    work()
    call_command("search_status")
    assert "state        ready" in capsys.readouterr().out


# --- which engine ------------------------------------------------------------------------------------------


def test_the_address_alone_chooses_the_engine(settings):
    assert (engine_name(), get_engine().name) == ("tantivy", "tantivy")
    settings.SEARCH_URL = ["http://127.0.0.1:9"]
    assert (engine_name(), get_engine().name) == ("elasticsearch", "elasticsearch")


def test_an_address_that_cannot_be_one_is_told(settings):
    settings.SEARCH_URL = ["es1"]
    with pytest.raises(ImproperlyConfigured, match="SEARCH_URL"):
        make_engine("elasticsearch")


def test_the_other_engine_is_built_on_request_and_told_apart(settings, unit, capsys):
    with pytest.raises(CommandError, match="SEARCH_URL"):
        call_command("rebuild_search", engine="elasticsearch")
    settings.SEARCH_URL = ["http://127.0.0.1:9"]
    call_command("rebuild_search", engine="tantivy")
    assert "1 documents" in capsys.readouterr().out


def test_a_password_is_never_shown(settings):
    settings.SEARCH_URL = ["http://elastic:geheim@127.0.0.1:9"]
    status = get_engine().status()
    assert "127.0.0.1:9" in status.where
    assert "geheim" not in f"{status}"


def test_the_clock_of_versions_goes_on(db):
    assert microseconds() <= microseconds()
