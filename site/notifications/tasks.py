"""The queue only says that something waits; nothing personal lies in it."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from notifications.services import outbox


@task()
def deliver_due() -> None:
    outbox.deliver(timezone.now())
