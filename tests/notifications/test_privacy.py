"""Addresses are given out, erased and forgotten in time, and nothing of them is left."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail

from accounts.roles import Role
from notifications import privacy
from notifications.models import Follow, OutboxMessage
from notifications.services import outbox
from tests.factories.accounts import person

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 7, 1, 9, tzinfo=dt.UTC)
EMAIL = "secret.person@example.org"
ADMIN = "/admin/snippets/notifications/outboxmessage/"


def letter(key: str = "a:1") -> None:
    outbox.send_later(dedupe_key=key, to=EMAIL, subject="เรื่อง", body=EMAIL, now=NOW)


def left() -> str:
    return repr([*Follow.objects.values(), *OutboxMessage.objects.values()])


def test_a_person_gets_all_and_is_erased_with_letters_that_wait() -> None:
    user = person(Role.MEMBER)
    user.email = EMAIL
    Follow.objects.create(kind="hearing", key="7", email=EMAIL, created_at=NOW, confirmed_at=NOW)
    letter()
    given = privacy.export_person(user)
    assert len(given["follows"]) == len(given["letters"]) == 1
    privacy.erase_person(user)
    assert EMAIL not in left()
    assert outbox.deliver(NOW) == 0 and not mail.outbox
    letter()
    assert OutboxMessage.objects.count() == 1, "the key stays: the letter is not written anew"


def test_time_erases_wishes_nobody_confirmed_and_addresses_of_sent_letters() -> None:
    Follow.objects.create(kind="province", key="60", email=EMAIL, created_at=NOW)
    letter()
    outbox.deliver(NOW)
    later = NOW + dt.timedelta(days=31)
    assert set(privacy.purge(NOW).values()) == {0}
    assert privacy.purge(later, dry_run=True) == {"follows": 1, "letters": 1} == privacy.purge(later)
    assert EMAIL not in left()
    assert set(privacy.purge(later).values()) == {0}


def test_dead_letters_are_seen_by_those_who_may(client) -> None:
    letter()
    OutboxMessage.objects.update(next_try_at=None, last_error="SMTPException: 550")
    client.force_login(person(Role.OFFICE_HEAD))
    assert EMAIL in client.get(ADMIN).content.decode()
    client.force_login(person(Role.PROVINCE_COORDINATOR))
    assert client.get(ADMIN).status_code in (302, 403)
