"""``purge_personal_data`` asks every app, can be repeated, and leaves nothing of a person behind."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import models
from django.utils import timezone
from wagtail.fields import StreamField

from accounts.models import AccessSlip
from accounts.roles import Role
from accounts.services.access_slips import make_slip
from core import personal_data
from hearings.enums import PublishName
from home.models import Ticket
from tests.factories.accounts import person
from tests.factories.hearings import HearingFactory, comment
from tests.factories.home import make_ticket

pytestmark = pytest.mark.django_db
NAME, EMAIL, PHONE = "ฤทัยพร เลิศล้ำหล้า", "secret.person@example.org", "081 234 5678"


def purge(*arguments: str) -> dict[str, int]:
    out = StringIO()
    call_command("purge_personal_data", *arguments, stdout=out)
    assert not any(secret in out.getvalue() for secret in (NAME, EMAIL, PHONE))
    pairs = (line.split(": ") for line in out.getvalue().splitlines())
    return {what: int(number.split()[0]) for what, number in pairs}


@pytest.fixture
def old_things(db) -> None:
    """Three years ago: a comment, a message, a sign-in, a slip."""
    then = timezone.now() - dt.timedelta(days=3 * 365)
    hearing = HearingFactory.open(then)
    comment(hearing, then, name=NAME, email=EMAIL, publish_name=PublishName.NAME, organisation=NAME)
    type(hearing).objects.filter(pk=hearing.pk).update(
        stage="result_published", result_published_at=then + dt.timedelta(days=60)
    )
    make_ticket(name=NAME, email=EMAIL, phone=PHONE, message=f"{NAME} {PHONE}", now=then)
    member = person(Role.MEMBER)
    session = SessionStore()
    session.create()
    Session.objects.filter(pk=session.session_key).update(expire_date=then)
    UserSession.objects.create(user=member, session_key=session.session_key, ip="192.0.2.77", user_agent="x")
    make_slip(actor=person(Role.OFFICE_HEAD), person=member, now=then)


def everything_stored() -> str:
    """All text of all tables but the queue of mails that tests run at once."""
    return "\n".join(
        repr(row)
        for model in apps.get_models()
        if any(
            isinstance(field, models.CharField | models.TextField | models.JSONField)
            for field in model._meta.fields
        )
        and model._meta.app_label
        in ("hearings", "home", "accounts", "sessions", "usersessions", "django_tasks_db")
        for row in model._base_manager.order_by("pk").values_list(
            *(field.attname for field in model._meta.concrete_fields if not isinstance(field, StreamField))
        )
    )


def test_every_app_that_keeps_something_for_a_time_has_a_purge() -> None:
    parts = {part.key: part for part in personal_data.parts()}
    assert {"account", "hearings", "messages"} <= set(parts)
    assert all(part.purge for part in parts.values())


def test_a_dry_run_counts_and_changes_nothing(old_things) -> None:
    before = everything_stored()
    counted = purge("--dry-run")
    assert counted["hearings.submissions"] == counted["messages.tickets"] == 1
    assert counted["account.sessions"] == counted["account.devices"] == counted["account.slips"] == 1
    assert everything_stored() == before


def test_a_purge_leaves_nothing_of_the_person_and_can_be_repeated(old_things) -> None:
    counted = purge("--dry-run")
    assert purge() == counted
    left = everything_stored()
    for secret in (NAME, EMAIL, PHONE, "192.0.2.77"):
        assert secret not in left
    assert set(purge().values()) == {0}


def test_a_purge_leaves_what_is_still_needed(now) -> None:
    today = timezone.now()
    comment(HearingFactory.open(today), today, name=NAME, publish_name=PublishName.NAME)
    make_ticket(name=NAME)
    make_slip(actor=person(Role.OFFICE_HEAD), person=person(Role.MEMBER), now=today)
    session = SessionStore()
    session.create()
    assert set(purge().values()) == {0}
    assert AccessSlip.objects.exists() and Session.objects.exists()
    assert Ticket.objects.filter(name=NAME).exists()
