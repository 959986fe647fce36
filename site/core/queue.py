"""The queue of tasks in the database, with the row of a new task written without Django's help."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django_tasks.signals import task_enqueued
from django_tasks.utils import normalize_json
from django_tasks_db.backend import DatabaseBackend, TaskResult

from core.inserts import PreparedInsert

if TYPE_CHECKING:
    from django_tasks_db.models import DBTaskResult


class Queue(DatabaseBackend):
    """Every comment asks search to follow it: a tenth of taking one was writing the row that says so."""

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> TaskResult:
        self.validate_task(task)
        result = self._task_to_db_task(task, args, kwargs).task_result
        task_enqueued.send(type(self), task_result=result)
        return result

    def _task_to_db_task(self, task: Any, args: Any, kwargs: Any) -> DBTaskResult:
        from django_tasks_db.models import DBTaskResult, get_date_max

        row: DBTaskResult = DBTaskResult(
            id=self._get_id(),
            args_kwargs=normalize_json({"args": args, "kwargs": kwargs}),
            priority=task.priority,
            task_path=task.module_path,
            queue_name=task.queue_name,
            # The library's signal does this for rows that are saved.
            run_after=task.run_after or get_date_max(),
            backend_name=self.alias,
        )
        self._add([row])
        return row

    @cached_property
    def _add(self) -> PreparedInsert:
        from django_tasks_db.models import DBTaskResult

        return PreparedInsert(DBTaskResult)
