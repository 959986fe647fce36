"""Doors that a sender could try: SCRIPT_NAME, half characters in forms, another province's messages."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from hearings.enums import Capacity, PublishName
from hearings.services.confirm_organisation import confirm_organisation
from knowledge.enums import Visibility
from tests.factories.accounts import person
from tests.factories.hearings import HearingFactory, comment, office_head
from tests.factories.home import make_ticket
from tests.factories.knowledge import lesson

pytestmark = pytest.mark.django_db
STAFF_DOORS = ["/admin/", "/admin/pages/", "/django-admin/", "/desk/", "/en/desk/", "/desk/tickets/"]


@pytest.mark.parametrize("path", STAFF_DOORS)
@pytest.mark.parametrize("script_name", ["", "/x"])
def test_no_staff_door_opens_without_the_second_factor(client, settings, path, script_name) -> None:
    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    client.force_login(person(Role.OFFICE_HEAD))
    response = client.get(path, SCRIPT_NAME=script_name)
    assert response.status_code == 302 and "totp" in response.url


def test_who_is_let_into_the_admin_for_another_reason_needs_it_too(client, settings) -> None:
    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    client.force_login(person(Role.MEMBER, is_staff=True))
    assert "totp" in client.get("/django-admin/").url


@pytest.mark.parametrize(
    "path",
    [
        "/admin",
        "/admin/?next=//x",
        "/ADMIN/",
        "/en/admin/",
        "/admin/api/main/pages/",
        "/api/v2/pages/",
    ],
)
def test_no_other_spelling_of_the_admin_shows_anything(client, path) -> None:
    assert client.get(path).status_code in (301, 302, 404)


@pytest.mark.parametrize(
    "charset", ["unicode_escape", "raw_unicode_escape", "utf-16", "hex", "utf-7", "idna"]
)
@pytest.mark.parametrize("path", ["/contact/", "/accounts/login/", "/me/slip/", "/faq/ask/"])
def test_a_form_in_another_letter_code_is_refused(path, charset) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="message"\r\n\r\n\\ud800\\x00\r\n--x--\r\n'
    kind = f"multipart/form-data; boundary=x; charset={charset}"
    assert Client().generic("POST", path, body, content_type=kind).status_code == 400


def test_a_nul_in_a_cookie_is_refused(client) -> None:
    client.cookies["sessionid"] = "aaaaaaaaaaaa"
    response = client.get("/", HTTP_COOKIE='sessionid="aaaaaaaa\\000aaaa"')
    assert response.status_code == 400


def test_a_coordinator_reads_no_message_to_the_office(client) -> None:
    ticket = make_ticket(name="ฤทัยพร", email="r@example.org")
    client.force_login(person(Role.PROVINCE_COORDINATOR, province_id=None))
    for path in (reverse("home:ticket_queue"), reverse("home:ticket_desk", args=[ticket.number])):
        response = client.get(path)
        assert response.status_code == 403 and "ฤทัยพร" not in response.content.decode()
    assert ticket.number not in client.get("/admin/snippets/home/ticket/", follow=True).content.decode()
    assert reverse("home:ticket_queue") not in client.get("/desk/").content.decode()


def test_the_office_reads_them(client) -> None:
    ticket = make_ticket(name="ฤทัยพร")
    client.force_login(person(Role.ADMINISTRATION))
    assert client.get(reverse("home:ticket_desk", args=[ticket.number])).status_code == 200


def test_a_group_that_stays_nameless_is_not_named(client, now) -> None:
    hearing = HearingFactory.open(now, live=True)
    for organisation, publish in (("กลุ่มลับเฉพาะ", PublishName.NONE), ("กลุ่มเปิดเผย", PublishName.NAME)):
        sent = comment(
            hearing, now, capacity=Capacity.GROUP, organisation=organisation, publish_name=publish, name="ก"
        )  # fmt: skip
        confirm_organisation(submission=sent.submission, actor=office_head(), confirmed=True)
    text = client.get(reverse("hearings:comments", args=[hearing.slug])).content.decode()
    assert "กลุ่มเปิดเผย" in text and "กลุ่มลับเฉพาะ" not in text


@pytest.mark.parametrize(
    ("role", "status"), [(Role.STRATEGY, 200), (Role.PROVINCE_COORDINATOR, 200), (Role.MEMBER, 404)]
)
def test_a_lesson_for_the_office_is_read_by_role_not_by_a_flag(client, role, status) -> None:
    page = lesson(visibility=Visibility.STAFF)
    client.force_login(person(role))
    assert client.get(page.get_url()).status_code == status


def test_a_form_with_a_key_of_its_own_is_kept_by_no_shared_cache(client, now) -> None:
    import django.utils.timezone as clock

    hearing = HearingFactory.open(clock.now(), live=True)
    response = client.get(reverse("hearings:comment", args=[hearing.slug]))
    assert "private" in response.headers["Cache-Control"]


@pytest.mark.parametrize("address", ["http://[", "//[::1"])
def test_a_broken_address_to_go_back_to_is_refused(client, address) -> None:
    for path in ("/accounts/login/", "/en/accounts/login/", "/preferences/"):
        assert client.get(path, {"next": address}).status_code == 400
    assert client.post("/accounts/login/", {"next": address, "login": "a@b.example"}).status_code == 400


@pytest.mark.parametrize("length", ["abc", "-5", "1e3"])
def test_a_length_that_is_no_number_is_refused(client, length) -> None:
    kind = "application/x-www-form-urlencoded"
    for path in ("/contact/", "/me/slip/"):
        assert (
            client.generic("POST", path, b"a=1", content_type=kind, CONTENT_LENGTH=length).status_code == 400
        )


@pytest.mark.parametrize("path", ["/me/slip/", "/me/"])
def test_a_post_without_any_field_is_answered(client, path) -> None:
    client.force_login(person(Role.MEMBER))
    for kind in ("application/json", "text/plain", "multipart/form-data; boundary=x"):
        assert client.generic("POST", path, b"x", content_type=kind).status_code in (200, 302, 400)
