"""A letter leaves exactly once for its key: process killed, two workers at once, mail server down."""

from __future__ import annotations

import datetime as dt
import threading
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.utils import timezone

from notifications.models import OutboxMessage
from notifications.services import outbox

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 7, 1, 9, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def write(key: str = "receipt:7", **other: object) -> None:
    fields = {"to": "somchai@example.org", "subject": "เลขรับ", "body": "ข้อความ", "now": NOW}
    outbox.send_later(dedupe_key=key, **(fields | other))


def test_a_letter_leaves_once_however_often_it_is_written_and_delivered() -> None:
    write()
    write(subject="again")
    assert outbox.deliver(NOW) == 1
    write()
    assert outbox.deliver(NOW) == 0 and outbox.deliver(NOW + dt.timedelta(days=9)) == 0
    assert [letter.subject for letter in mail.outbox] == ["เลขรับ"]


def test_a_letter_is_sent_after_the_transaction_by_the_queue(django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        write(now=timezone.now())
        assert not mail.outbox
    assert len(mail.outbox) == 1


def test_a_letter_about_something_that_was_rolled_back_does_not_exist() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        write()
        raise RuntimeError
    assert not OutboxMessage.objects.exists()


def test_a_process_killed_between_save_and_mail_loses_nothing_and_doubles_nothing(monkeypatch) -> None:
    write()

    def die(self: EmailMessage) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killed, pytest.raises(KeyboardInterrupt):
        killed.setattr(EmailMessage, "send", die)
        outbox.deliver(NOW)
    assert outbox.deliver(NOW) == 0, "another worker leaves a claimed letter alone for a while"
    assert outbox.deliver(NOW + 2 * MINUTE) == 1
    assert outbox.deliver(NOW + 9 * MINUTE) == 0
    assert len(mail.outbox) == 1


def test_the_same_letter_has_the_same_message_id_so_that_a_repetition_is_seen_as_one() -> None:
    write()
    outbox.deliver(NOW)
    assert mail.outbox[0].extra_headers["Message-ID"] == outbox.message_id("receipt:7")


def test_two_workers_that_read_the_same_row_send_it_once() -> None:
    write()
    row = OutboxMessage.objects.get()
    same = OutboxMessage.objects.get()
    assert outbox._claim(row, NOW)
    assert not outbox._claim(same, NOW)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_every_letter_once(monkeypatch) -> None:
    monkeypatch.setattr(outbox, "_wake_a_worker", lambda: None)
    for number in range(20):
        write(f"receipt:{number}")
    start = threading.Barrier(2)
    counts: list[int] = []

    def work() -> None:
        start.wait()
        counts.append(outbox.deliver(NOW))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(counts) == 20 == len(mail.outbox)


def test_a_mail_server_that_is_down_is_tried_ever_more_rarely_and_then_a_person_must_look(
    monkeypatch,
) -> None:
    write()

    def refuse(self: EmailMessage) -> None:
        raise SMTPException("550 somchai@example.org unknown")

    monkeypatch.setattr(EmailMessage, "send", refuse)
    now, waits = NOW, []
    while row := OutboxMessage.objects.waiting().first():
        outbox.deliver(now)
        row.refresh_from_db()
        if row.next_try_at:
            waits.append(row.next_try_at - now)
            now = row.next_try_at
    assert waits == sorted(waits) and len(waits) == len(outbox.WAITS) - 1
    assert OutboxMessage.objects.given_up().count() == 1
    row = OutboxMessage.objects.get()
    assert row.last_error == "SMTPException: 550 … unknown"
    monkeypatch.undo()
    assert outbox.try_again(message=row, now=now)
    assert outbox.deliver(now) == 1


def test_one_bad_letter_does_not_hold_up_the_others(monkeypatch) -> None:
    send = EmailMessage.send
    write("bad", subject="bad")
    write("good", subject="good")
    monkeypatch.setattr(EmailMessage, "send", lambda self: _refuse_bad(self, send))
    assert outbox.deliver(NOW) == 1
    assert [letter.subject for letter in mail.outbox] == ["good"]


def _refuse_bad(letter: EmailMessage, send) -> int:
    if letter.subject == "bad":
        raise OSError("connection reset")
    return send(letter)


def test_a_line_break_in_a_subject_makes_no_second_header() -> None:
    write(subject="เลขรับ\r\nBcc: everybody@example.org")
    outbox.deliver(NOW)
    assert mail.outbox[0].subject == "เลขรับ Bcc: everybody@example.org"


def test_a_sent_letter_keeps_no_text(django_assert_max_num_queries) -> None:
    write(headers={"List-Unsubscribe": "<https://example.org/stop/secret/>"})
    with django_assert_max_num_queries(3):
        outbox.deliver(NOW)
    row = OutboxMessage.objects.get()
    assert (row.body, row.headers) == ("", {})
    assert row.sent_at == NOW
