"""The one door: sign-up by code, sign-in, reset, limits, second step; nothing tells who has an account."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from accounts.templatetags.account_tags import device
from tests.factories.accounts import PASSWORD, person

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def sign_in(client, email, password=PASSWORD):
    return client.post(LOGIN, {"login": email, "password": password})


@pytest.mark.parametrize(
    "address", [LOGIN, "/accounts/signup/", "/accounts/password/reset/", "/me/slip/", "/accounts/inactive/", "/en/accounts/login/"]
)  # fmt: skip
def test_entrance_pages_are_whole_and_not_listed(client, address):
    html = client.get(address).content.decode()
    assert html.count("<h1") == 1
    assert 'name="robots" content="noindex"' in html
    assert "placeholder" not in html
    assert " style=" not in html
    assert len(re.findall(r"<(?:input|select)(?![^>]*type=\"(?:hidden|submit)\")", html)) <= html.count(
        "<label"
    )


@pytest.mark.parametrize(
    "address", ["/me/", "/accounts/email/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/sessions/", "/accounts/logout/", "/accounts/reauthenticate/", "/me/delete/"]
)  # fmt: skip
def test_own_pages_are_whole_and_closed_to_visitors(client, address):
    assert client.get(address).status_code == 302
    sign_in(client, person(Role.MEMBER).email)
    response = client.get(address)
    assert response.status_code == 200
    assert response.content.decode().count("<h1") == 1


def test_sign_in_does_not_mind_capitals(client):
    person(Role.MEMBER, email="malee@example.org")
    assert sign_in(client, "MaLee@Example.ORG").url == reverse("accounts:landing")


def test_staff_land_at_the_desk_and_members_on_their_page(client):
    sign_in(client, person(Role.MEMBER).email)
    assert client.get("/me/landing/").url == "/me/"
    client.logout()
    sign_in(client, person(Role.STRATEGY).email)
    assert client.get("/me/landing/").url == "/desk/"


def test_wrong_password_and_unknown_person_get_the_same_answer(client):
    person(Role.MEMBER, email="malee@example.org")
    known = sign_in(client, "malee@example.org", "wrong").context["form"].errors
    unknown = sign_in(client, "nobody@example.org", "wrong").context["form"].errors
    assert known == unknown


def test_repeated_wrong_passwords_lock_even_the_right_one_for_a_while(client):
    user = person(Role.MEMBER)
    for _ in range(6):
        sign_in(client, user.email, "wrong")
    sign_in(client, user.email)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("fields", [{"is_active": False}, {"expires_on": dt.date(2020, 1, 1)}])
def test_closed_and_ended_accounts_stay_outside(client, fields):
    user = person(Role.STRATEGY, **fields)
    assert sign_in(client, user.email).url == "/accounts/inactive/"
    assert "_auth_user_id" not in client.session


def test_an_open_session_ends_with_the_access(client):
    user = person(Role.MEMBER)
    sign_in(client, user.email)
    assert client.get("/me/").status_code == 200
    User.objects.filter(pk=user.pk).update(expires_on=dt.date(2020, 1, 1))
    assert client.get("/me/").status_code == 302


@pytest.mark.parametrize("address", ["/admin/login/", "/django-admin/login/"])
def test_the_admins_own_doors_lead_to_the_one_door(client, address):
    response = client.get(address, {"next": "/admin/"})
    assert response.status_code == 302
    assert response.url.startswith(LOGIN)


def code_in_mail() -> str:
    return re.search(r"\b([A-Z0-9]{4}-[A-Z0-9]{4}|[A-Z0-9]{6,9})\b", mail.outbox[-1].body)[1]


def test_sign_up_is_finished_by_the_code_from_the_mail(client):
    words = {"email": "New@Example.org", "password1": PASSWORD, "password2": PASSWORD, "website": ""}
    assert client.post("/accounts/signup/", words).status_code == 302
    page = client.get("/accounts/confirm-email/")
    assert page.status_code == 200
    client.post("/accounts/confirm-email/", {"code": code_in_mail()})
    assert User.objects.get(email="new@example.org").emailaddress_set.get().verified
    assert client.get("/me/").status_code == 200


def test_sign_up_does_not_tell_who_has_an_account(client):
    person(Role.MEMBER, email="malee@example.org")
    words = {"email": "malee@example.org", "password1": PASSWORD, "password2": PASSWORD, "website": ""}
    taken = client.post("/accounts/signup/", words)
    free = client.post("/accounts/signup/", {**words, "email": "other@example.org"})
    assert (taken.status_code, taken.url) == (free.status_code, free.url)


def test_a_robot_that_fills_the_trap_gets_no_account(client):
    words = {"email": "robot@example.org", "password1": PASSWORD, "password2": PASSWORD, "website": "x"}
    client.post("/accounts/signup/", words)
    assert not User.objects.filter(email="robot@example.org").exists()


def test_reset_by_code_sets_a_new_password_and_tells_nothing(client):
    person(Role.MEMBER, email="malee@example.org")
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.org"})
    known = client.post("/accounts/password/reset/", {"email": "malee@example.org"})
    assert (unknown.status_code, unknown.url) == (known.status_code, known.url)
    client.post("/accounts/password/reset/confirm/", {"code": code_in_mail()})
    new = "ping and nan meet 2"
    client.post("/accounts/password/reset/complete/", {"password1": new, "password2": new})
    client.logout()
    assert User.objects.get(email="malee@example.org").check_password(new)


@pytest.mark.parametrize("login", ["", "x", "a" * 5000, "<script>@x.y", "ก@ข.ค", "a\x00@b.org"])
def test_bad_input_at_the_door_is_answered_in_the_form(client, login):
    assert sign_in(client, login, "p" * 5000).status_code < 500


def test_staff_without_second_step_are_led_to_it_and_told_why(client, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    sign_in(client, person(Role.STRATEGY).email)
    response = client.get("/admin/")
    assert response.url == "/accounts/2fa/totp/activate/"
    page = client.get(response.url, follow=True)
    assert 'class="note now"' in page.content.decode()
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    assert 'class="note now"' in page.content.decode()
    assert 'class="qr"' in page.content.decode()


def test_second_step_is_asked_of_staff_only_and_only_where_required(client, settings):
    staff = person(Role.STRATEGY)
    sign_in(client, staff.email)
    assert client.get("/admin/").status_code == 200
    client.logout()
    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    sign_in(client, person(Role.MEMBER).email)
    assert "totp" not in client.get("/admin/").url


def test_devices_have_names_people_know():
    phone = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/129.0 Mobile Safari/537.36 Line/14.1"
    assert device(phone) == "LINE, Android"
    assert device("Mozilla/5.0 (Windows NT 10.0) Chrome/129.0 Safari/537.36 Edg/129.0") == "Edge, Windows"
    assert device("") != ""
