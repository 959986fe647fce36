"""Who may do what: the table of verbs, provinces, the admin's permissions, and that nobody reaches up."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Group
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection
from wagtail.permissions import policy_registry

from accounts.demo_guard import DEMO_EMAIL_DOMAIN, refuse_demo_accounts
from accounts.grants import PUBLISHERS, grant
from accounts.permissions import TABLE, Action, can_act_in_province, may, may_manage, require
from accounts.roles import STAFF_ROLES, Role, has_role, is_staff_member
from news.models import NewsIndexPage
from tests.factories.accounts import person

pytestmark = pytest.mark.django_db
PHICHIT = SimpleNamespace(province_id="66")
UTHAI_THANI = SimpleNamespace(province_id="61")


@pytest.mark.parametrize("role", list(Role))
def test_a_role_may_do_what_the_table_says_and_nothing_else(role):
    user = person(role, province_id="66")
    assert {action for action in Action if may(user, action)} == {
        action for action in Action if role in TABLE[action]
    }
    assert is_staff_member(user) is (role in STAFF_ROLES)


def test_members_and_visitors_may_do_no_casework():
    assert not any(Role.MEMBER in roles for roles in TABLE.values())
    assert not may(AnonymousUser(), Action.SEE_DESK)
    with pytest.raises(PermissionDenied):
        require(person(Role.MEMBER), Action.MODERATE_COMMENT)


def test_coordinator_acts_at_home_only():
    user = person(Role.PROVINCE_COORDINATOR, province_id="66")
    assert may(user, Action.MODERATE_COMMENT, PHICHIT)
    assert not may(user, Action.MODERATE_COMMENT, UTHAI_THANI)
    assert not may(user, Action.MODERATE_COMMENT, SimpleNamespace(province_id=None))
    several = SimpleNamespace(acting_provinces=lambda: ["61", "66"])
    assert may(user, Action.MODERATE_COMMENT, several)
    assert not can_act_in_province(person(Role.PROVINCE_COORDINATOR, email="x@example.org"), "66")


def test_a_second_role_of_the_office_lifts_the_limit():
    user = person(Role.PROVINCE_COORDINATOR, Role.STRATEGY, province_id="66")
    assert may(user, Action.MODERATE_COMMENT, UTHAI_THANI)


def test_change_agent_tells_lessons_anywhere():
    assert may(person(Role.CHANGE_AGENT), Action.TELL_LESSON, UTHAI_THANI)


def test_ended_access_ends_every_right(now):
    user = person(Role.OFFICE_HEAD, expires_on=dt.date(2020, 1, 1))
    assert not may(user, Action.SEE_DESK)
    assert not has_role(user, Role.OFFICE_HEAD)
    closed = person(superuser=True, email="su@example.org", is_active=False)
    assert not may(closed, Action.SEE_DESK)


def test_the_last_day_of_access_still_counts():
    user = person(Role.MEMBER, expires_on=dt.date(2026, 11, 24))
    assert user.may_sign_in(today=dt.date(2026, 11, 24))
    assert not user.may_sign_in(today=dt.date(2026, 11, 25))


@pytest.mark.parametrize("role", list(Role))
def test_only_staff_reach_the_admin(client, role):
    client.force_login(person(role))
    assert (client.get("/admin/").status_code == 200) is (role in STAFF_ROLES)


def test_coordinator_adds_news_but_does_not_publish_or_edit_that_of_others():
    user = person(Role.PROVINCE_COORDINATOR, province_id="66")
    index = NewsIndexPage.objects.first()
    rights = index.permissions_for_user(user)
    assert rights.can_add_subpage()
    assert not rights.can_publish_subpage()
    assert not rights.can_edit()
    assert index.permissions_for_user(person(Role.STRATEGY)).can_publish_subpage()


@pytest.mark.parametrize("model", [get_image_model(), get_document_model()])
@pytest.mark.parametrize("role", list(Role))
def test_staff_upload_pictures_and_files_and_publishers_put_those_of_others_right(role, model):
    policy, user = policy_registry.get_by_type(model), person(role, province_id="66")
    may_do = {action for action in ("add", "choose") if policy.user_has_permission(user, action)}
    assert may_do == ({"add", "choose"} if role in STAFF_ROLES else set())
    of_others = model(title="x", uploaded_by_user=person(email="x@example.org"))
    of_others.collection = Collection.get_first_root_node()
    assert policy.user_has_permission_for_instance(user, "change", of_others) is (role in PUBLISHERS)


def test_granting_again_adds_nothing_and_keeps_what_was_given_by_hand():
    head = Group.objects.get(name=Role.OFFICE_HEAD)
    before = (head.permissions.count(), head.page_permissions.count(), head.collection_permissions.count())
    grant(apps)
    after = (head.permissions.count(), head.page_permissions.count(), head.collection_permissions.count())
    assert after == before
    assert set(Group.objects.values_list("name", flat=True)) == set(Role.values)


def test_nobody_manages_upwards():
    root = person(superuser=True, email="root@example.org")
    head, clerk, member = person(Role.OFFICE_HEAD), person(Role.ADMINISTRATION), person(Role.MEMBER)
    assert may_manage(root, head)
    assert may_manage(head, clerk)
    assert may_manage(clerk, member)
    assert not may_manage(head, root)
    assert not may_manage(clerk, head)
    assert not may_manage(member, member)


def test_demo_accounts_keep_other_settings_from_starting(settings):
    refuse_demo_accounts()
    person(Role.MEMBER, email=f"member@{DEMO_EMAIL_DOMAIN}")
    refuse_demo_accounts()
    settings.DEMO = False
    with pytest.raises(ImproperlyConfigured):
        refuse_demo_accounts()
