"""A dead letter is put back by a person who may, by a press and never by a link."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from notifications.models import OutboxMessage
from notifications.services import outbox
from tests.factories.accounts import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter() -> OutboxMessage:
    return OutboxMessage.objects.create(
        dedupe_key="dead", to="somchai@example.org", subject="เลขรับของท่าน", body="1234", tries=7,
        created_at=timezone.now() - dt.timedelta(days=2), last_error="SMTPException: 550",
    )  # fmt: skip


def again(letter: OutboxMessage) -> str:
    return reverse("notifications_try_again", args=[letter.pk])


def test_the_list_leads_to_it_and_a_press_sends_it(client: Any, letter: OutboxMessage) -> None:
    client.force_login(person(Role.OFFICE_HEAD, is_staff=True))
    listed = client.get(reverse(OutboxMessage.snippet_viewset.get_url_name("list"))).content.decode()
    assert again(letter) in listed
    page = client.get(again(letter)).content.decode()
    assert "somchai@example.org" in page
    assert OutboxMessage.objects.given_up().exists(), "looking sends nothing"
    client.post(again(letter))
    outbox.deliver(timezone.now())
    assert [sent.subject for sent in mail.outbox] == ["เลขรับของท่าน"]
    assert client.post(again(letter)).status_code == 404


def test_one_whose_text_is_gone_says_so(client: Any, letter: OutboxMessage) -> None:
    OutboxMessage.objects.update(body="")
    client.force_login(person(Role.OFFICE_HEAD, is_staff=True))
    assert "<form" not in client.get(again(letter)).content.decode().split("nice-padding")[1]
    client.post(again(letter))
    assert not OutboxMessage.objects.waiting().exists()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.CHANGE_AGENT, Role.PROVINCE_COORDINATOR])
def test_nobody_else_may(client: Any, letter: OutboxMessage, role: Role) -> None:
    client.force_login(person(role, is_staff=role == Role.PROVINCE_COORDINATOR))
    assert client.post(again(letter)).status_code in (302, 403)
    assert not OutboxMessage.objects.waiting().exists()
