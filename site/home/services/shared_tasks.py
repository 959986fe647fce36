"""Add, finish and reopen a shared task (requirement A258)."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import Action, may, require
from home.models import SharedTask

if TYPE_CHECKING:
    from accounts.models import User
    from accounts.permissions import Person
    from geography.models import Province


@transaction.atomic
def create_task(
    *,
    by: User,
    title: str,
    details: str = "",
    province: Province | None = None,
    owner: User | None = None,
    due_on: dt.date | None = None,
    once: str = "",
    now: dt.datetime | None = None,
) -> SharedTask:
    """Add a task for any province: asking a neighbour for something is what the list is for.

    ``once`` is the key hidden in the form; the same key with the same content is one task, however often it is sent.
    """
    require(by, Action.SHARE_TASKS)
    if not title.strip():
        raise ValidationError(_("Write what is to be done."), code="required")
    fields = {"title": title, "details": details, "province": province, "owner": owner, "due_on": due_on}
    digest = _digest(once, by.pk, *fields.values()) if once else None
    if digest and (known := SharedTask.objects.filter(once=digest).first()):
        return known
    try:
        with transaction.atomic():
            return SharedTask.objects.create(
                **fields, once=digest, created_by=by, created_at=now or timezone.now()
            )
    except IntegrityError:
        # The same form arrived twice at once and the other one was first.
        return SharedTask.objects.get(once=digest)


def _digest(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()


def may_finish(user: Person, task: SharedTask) -> bool:
    """The office every task; a coordinator those of the own province, and those the person owns or has added."""
    if may(user, Action.SHARE_TASKS, task):
        return True
    return may(user, Action.SHARE_TASKS) and user.pk in (task.owner_id, task.created_by_id)


@transaction.atomic
def complete_task(*, task: SharedTask, by: User, now: dt.datetime | None = None) -> SharedTask:
    """Done. A second press changes nothing: who was first stays."""
    task = _locked(task, by)
    if not task.is_done:
        task.done_at, task.done_by = now or timezone.now(), by
        task.save(update_fields=["done_at", "done_by"])
    return task


@transaction.atomic
def reopen_task(*, task: SharedTask, by: User) -> SharedTask:
    """Not done after all."""
    task = _locked(task, by)
    if task.is_done:
        task.done_at = task.done_by = None
        task.save(update_fields=["done_at", "done_by"])
    return task


def _locked(task: SharedTask, by: User) -> SharedTask:
    """The row as it is now; permission is asked of this one, not of what the caller holds."""
    task = SharedTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if not may_finish(by, task):
        raise PermissionDenied(_("This task belongs to another province. Ask its coordinator or the office."))
    return task
