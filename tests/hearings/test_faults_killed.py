"""A process that dies, really, in the middle of a submission: what was promised is kept, and nothing twice."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from hearings.models import Attachment, Comment, Submission
from hearings.services.submit import submit
from notifications.models import OutboxMessage
from notifications.services.outbox import deliver
from tests.factories.hearings import CommentData, HearingFactory, submission_data

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parents[2]
DIED = 9
SENDER = """
import datetime, os, sys, uuid
import django
django.setup()
import {module}
{module}.{name} = lambda *args, **kwargs: os._exit(9)
from hearings.models import Hearing
from hearings.services.submit import submit
from tests.factories.hearings import CommentData, submission_data
pk, key, now = sys.argv[1:]
submit(
    hearing=Hearing.objects.get(pk=pk), data=submission_data(email="somsri@example.org"),
    comments=[CommentData(stance="partly", reason="แนวหมุดกินที่นา")],
    idempotency_key=uuid.UUID(key), now=datetime.datetime.fromisoformat(now),
)
"""


def address_of_database() -> str:
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    return f"postgres://{found['USER']}:{found['PASSWORD']}@{found['HOST']}:{found['PORT']}/{found['NAME']}"


def send_and_die(hearing, key: uuid.UUID, now: dt.datetime, **place: str) -> None:
    """Submit in a process of its own that ends at ``place`` without any farewell."""
    run = subprocess.run(
        [sys.executable, "-c", SENDER.format(**place), str(hearing.pk), str(key), now.isoformat()],
        env={
            **os.environ,
            "DATABASE_URL": address_of_database(),
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
        },
        cwd=ROOT, capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    assert run.returncode == DIED, run.stderr


def test_killed_between_save_and_mail_the_comment_stays_and_the_letter_leaves_once():
    now = timezone.now()  # a letter of tomorrow would not be due yet
    hearing, key = HearingFactory.open(now), uuid.uuid4()
    send_and_die(hearing, key, now, module="notifications.services.outbox", name="EmailMessage.send")
    assert Submission.objects.get().idempotency_key == key
    letter = OutboxMessage.objects.get()
    assert letter.sent_at is None
    assert mail.outbox == []

    later = now + dt.timedelta(days=1)
    assert [deliver(later), deliver(later)] == [1, 0]
    assert [message.to for message in mail.outbox] == [["somsri@example.org"]]

    again = submit(
        hearing=hearing, data=submission_data(email="somsri@example.org"),
        comments=[CommentData(stance="partly", reason="แนวหมุดกินที่นา")], idempotency_key=key, now=now,
    )  # fmt: skip
    assert not again.created
    assert deliver(later) == 0
    assert Submission.objects.count() == Comment.objects.count() == OutboxMessage.objects.count() == 1


def test_killed_before_the_end_of_saving_nothing_is_half_there_and_the_next_press_stores_it(now):
    hearing, key = HearingFactory.open(now), uuid.uuid4()
    send_and_die(hearing, key, now, module="hearings.services.submit", name="mail_receipt")
    assert Submission.objects.count() == Comment.objects.count() == OutboxMessage.objects.count() == 0
    assert Attachment.objects.count() == 0
    again = submit(
        hearing=hearing, data=submission_data(),
        comments=[CommentData(stance="partly", reason="แนวหมุดกินที่นา")], idempotency_key=key, now=now,
    )  # fmt: skip
    assert again.created
    assert Submission.objects.count() == 1
