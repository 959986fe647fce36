"""The desk: who reaches it, what it shows to whom, what it costs."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from accounts.roles import STAFF_ROLES, Role
from core import desk
from core.desk import DeskItem, lines_for
from home.models import SharedTask
from tests.factories.accounts import person
from tests.factories.home import make_ticket

pytestmark = pytest.mark.django_db
DESK = "/desk/"


def test_a_visitor_is_asked_to_sign_in(client):
    response = client.get(DESK)
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("role", list(Role))
def test_only_staff_reach_the_desk(client, role):
    client.force_login(person(role, province_id="66"))
    response = client.get(DESK)
    assert response.status_code == (200 if role in STAFF_ROLES else 403)
    assert response.content.decode().count("<h1") == 1


def test_an_empty_desk_says_so_and_still_leads_to_publishing(client):
    client.force_login(person(Role.OFFICE_HEAD))
    response = client.get(DESK)
    assert response.context["waiting"] == []
    page = response.content.decode()
    assert 'class="void' in page
    assert reverse("wagtailadmin_home") in page
    assert 'content="noindex"' in page


def test_what_waits_is_counted_and_what_is_done_leaves(client):
    make_ticket()
    make_ticket("อีกเรื่อง")
    client.force_login(person(Role.STRATEGY))
    waiting = {line.item.key: line.count for line in client.get(DESK).context["waiting"]}
    assert waiting == {"tickets": 2}


def test_nobody_sees_a_pile_the_role_cannot_work_on():
    make_ticket()
    keys = {
        role: {line.item.key for line in lines_for(person(role, province_id="66"))} for role in STAFF_ROLES
    }
    assert "tickets" not in keys[Role.MONITORING]
    assert "submissions" not in keys[Role.MONITORING]
    assert "results" not in keys[Role.ADMINISTRATION]
    # Messages belong to no province, so to the office (A056).
    assert "tickets" not in keys[Role.PROVINCE_COORDINATOR]
    assert {"submissions", "results", "lessons", "tasks"} <= keys[Role.PROVINCE_COORDINATOR]


def test_a_coordinator_counts_only_tasks_that_person_can_finish(now):
    today = now.date()
    for province in ("66", "61", None):
        SharedTask.objects.create(title="งาน", province_id=province, due_on=today - dt.timedelta(days=900))
    counts = {
        role: {line.item.key: line.count for line in lines_for(person(role, province_id="66"))}["tasks"]
        for role in (Role.PROVINCE_COORDINATOR, Role.STRATEGY)
    }
    assert counts == {Role.PROVINCE_COORDINATOR: 1, Role.STRATEGY: 3}


def test_the_desk_costs_the_same_however_much_waits(client, django_assert_max_num_queries):
    client.force_login(person(Role.OFFICE_HEAD))
    client.get(DESK)
    for number in range(5):
        make_ticket(f"เรื่องที่ {number}")
    with django_assert_max_num_queries(22):
        client.get(DESK)


def test_lines_come_in_order_and_only_if_allowed(monkeypatch):
    monkeypatch.setattr(desk, "_registry", {})
    for key, order, allowed in (("late", 9, True), ("first", 1, True), ("closed", 2, False)):
        desk.register(
            DeskItem(key, key, lambda: "/x/", "tick", lambda user: 3, lambda user, a=allowed: a, order=order)
        )
    assert [(line.item.key, line.count) for line in lines_for(None)] == [("first", 3), ("late", 3)]
