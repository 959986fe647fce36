"""The queue writes the rows its library would have written, and a worker finds what they say."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from django_tasks import default_task_backend, task
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult

pytestmark = pytest.mark.django_db
heard: list[tuple] = []


@task()
def hear(*words: str, loud: bool = False) -> None:
    heard.append((*words, loud))


@pytest.fixture(autouse=True)
def in_the_database(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "core.queue.Queue"}}
    heard.clear()


def row_of(result: Any) -> dict[str, Any]:
    own = ("id", "enqueued_at")
    return {k: v for k, v in DBTaskResult.objects.values().get(pk=result.id).items() if k not in own}


@pytest.mark.parametrize("later", [False, True])
def test_a_row_is_the_one_the_library_writes(later: bool) -> None:
    asked = hear.using(priority=5, run_after=timezone.now() + dt.timedelta(hours=1)) if later else hear
    ours = asked.enqueue("น้ำ", loud=True)
    theirs = DatabaseBackend.enqueue(default_task_backend, asked, ("น้ำ",), {"loud": True})
    assert row_of(ours) == row_of(theirs)
    assert default_task_backend.get_result(ours.id).args == ["น้ำ"]
    assert ours.status == theirs.status


def test_a_worker_finds_what_is_due() -> None:
    due = hear.enqueue("น้ำ")
    hear.using(run_after=timezone.now() + dt.timedelta(hours=1)).enqueue("ฝน")
    (found,) = DBTaskResult.objects.ready()
    assert str(found.pk) == due.id
    found.task.call(*found.args_kwargs["args"], **found.args_kwargs["kwargs"])
    assert heard == [("น้ำ", False)]
