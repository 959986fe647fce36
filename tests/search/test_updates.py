"""The index follows the database: publish, unpublish, move, hide, delete."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max
from wagtail.models import Page, PageViewRestriction

from core.models import ResponsibleUnit
from core.searchable import key_for
from home.models import StandardPage
from search import tasks
from search.engines import Ask, EngineDownError, get_engine
from search.query import find
from tests.search.conftest import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """What a committed request does: tasks that wait for the commit run (at once, in tests)."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def engine():
    made = get_engine()
    made.rebuild([])
    return made


@pytest.fixture
def page(home, engine, committed) -> StandardPage:
    with committed():
        made = home.add_child(instance=StandardPage(title="แก้มลิง", slug="basin", summary="เก็บน้ำ", live=False))
        made.save_revision().publish()
    return StandardPage.objects.get(pk=made.pk)


def found(question: str = "แก้มลิง") -> list[str]:
    return [hit.document.key for hit in find(question, exact=True).hits]


def urls_in_index(engine) -> dict[str, str]:
    return {c.document.key: c.document.url for c in engine.search(Ask({"แก้มลิง": 1.0}, limit=10)).candidates}


def test_a_published_page_is_found(page):
    assert found() == [key_for(page)]


def test_a_draft_is_not_found_and_its_words_do_not_leak(page, committed):
    with committed():
        page.title = "เขื่อน"
        page.save_revision()
    assert found("เขื่อน") == []
    assert found() == [key_for(page)]


def test_an_unpublished_page_leaves_the_index(page, engine, committed):
    with committed():
        page.unpublish()
    assert engine.keys() == set()


def test_a_deleted_page_and_what_is_below_it_leave_the_index(page, engine, committed):
    with committed():
        child = page.add_child(instance=StandardPage(title="แก้มลิงย่อย", slug="child", live=False))
        child.save_revision().publish()
    assert engine.keys() == {key_for(page), key_for(child)}
    with committed():
        Page.objects.get(pk=page.pk).delete()
    assert engine.keys() == set()


def test_a_new_address_reaches_the_pages_below(page, home, engine, committed):
    with committed():
        child = page.add_child(instance=StandardPage(title="แก้มลิงย่อย", slug="child", live=False))
        child.save_revision().publish()
        page.refresh_from_db()
        page.slug = "water"
        page.save_revision().publish()
    assert urls_in_index(engine) == {key_for(page): "/water/", key_for(child): "/water/child/"}


def test_a_moved_page_gets_its_new_address(page, home, engine, committed):
    with committed():
        other = home.add_child(instance=StandardPage(title="อื่น", slug="other"))
        page.refresh_from_db()
        page.move(StandardPage.objects.get(pk=other.pk), pos="last-child")
    assert urls_in_index(engine) == {key_for(page): "/other/basin/"}


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD])
def test_a_page_made_private_is_never_findable_nor_anything_below_it(page, engine, committed, kind):
    with committed():
        child = page.add_child(instance=StandardPage(title="แก้มลิงย่อย", slug="child", live=False))
        child.save_revision().publish()
    restriction = PageViewRestriction(page=page, restriction_type=kind, password="x")
    with committed():
        restriction.save()
        assert found() == []  # at once, before the queue has run
    assert engine.keys() == set()
    with committed():
        restriction.delete()
    assert engine.keys() == {key_for(page), key_for(child)}


def test_things_that_are_no_pages_follow_too(engine, committed):
    with committed():
        unit = ResponsibleUnit.objects.create(name="แก้มลิง")
    assert found() == [key_for(unit)]
    with committed():
        unit.name = "เขื่อน"
        unit.save()
    assert found() == []
    assert found("เขื่อน") == [key_for(unit)]
    with committed():
        unit.delete()
    assert engine.keys() == set()


def test_what_is_rolled_back_never_reaches_the_index(engine, committed):
    from django.db import transaction

    class Stop(Exception):  # noqa: N818
        pass

    with committed(), pytest.raises(Stop), transaction.atomic():
        ResponsibleUnit.objects.create(name="แก้มลิง")
        raise Stop
    assert engine.keys() == set()


def test_models_nobody_registered_are_ignored(engine):
    tasks.update_document.call("core.topic", 1)
    tasks.update_subtree.call(999_999)
    assert engine.keys() == set()


class DownEngine:
    def apply(self, read):
        raise EngineDownError("down")


def test_the_worker_brings_a_published_page_into_the_index(queue, home, engine, committed):
    with committed():
        page = home.add_child(instance=StandardPage(title="แก้มลิง", slug="basin", live=False))
        page.save_revision().publish()
    assert engine.keys() == set()
    work()
    assert engine.keys() == {key_for(page)}


def test_a_change_waits_for_an_engine_that_is_down(queue, engine, committed, monkeypatch):
    with committed():
        unit = ResponsibleUnit.objects.create(name="แก้มลิง")
    monkeypatch.setattr(tasks, "get_engine", DownEngine)
    work()
    again = DBTaskResult.objects.get(task_path="search.tasks.update_document", run_after__lt=get_date_max())
    assert again.run_after > timezone.now()
    assert again.args_kwargs == {"args": ["core.responsibleunit", unit.pk], "kwargs": {"attempt": 2}}
    monkeypatch.setattr(tasks, "get_engine", get_engine)
    DBTaskResult.objects.filter(pk=again.pk).update(run_after=timezone.now() - dt.timedelta(seconds=1))
    work()
    assert engine.keys() == {key_for(unit)}
