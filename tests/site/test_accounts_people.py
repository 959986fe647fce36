"""The own page and its data, one-time slips, the directory, the admin's user screens."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps as django_apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction

from accounts.enums import ChangeAgentKind
from accounts.models import AccessSlip, ChangeAgent, NetworkMember, User
from accounts.privacy import erase_person, export_person
from accounts.roles import Role
from accounts.services.access_slips import make_slip, use_slip
from core.enums import Sector
from tests.factories.accounts import PASSWORD, person

pytestmark = pytest.mark.django_db
NEW = "ping and nan meet 2"


def agent(name="นายบุญส่ง เกยไชย", *, consent=True, **fields) -> ChangeAgent:
    return ChangeAgent.objects.create(
        display_name=name,
        **{"kind": ChangeAgentKind.VILLAGE_HEAD, "province_id": "60", **fields},
        consent_to_publish=consent,
        consent_version="1" if consent else "",
        consented_on=dt.date(2026, 8, 1) if consent else None,
    )


# --- slips -------------------------------------------------------------------------------------------------


def test_a_slip_sets_a_password_once(now):
    clerk, member = person(Role.ADMINISTRATION), person(Role.MEMBER)
    _, code = make_slip(actor=clerk, person=member, now=now)
    written = f"{code[:4]} {code[4:8]} {code[8:]}"
    use_slip(email=member.email.upper(), code=written, password=NEW, now=now)
    member.refresh_from_db()
    assert member.check_password(NEW)
    with pytest.raises(ValidationError):
        use_slip(email=member.email, code=code, password=NEW, now=now)
    assert code not in AccessSlip.objects.get().digest


@pytest.mark.parametrize(
    ("actor", "target"),
    [(Role.ADMINISTRATION, Role.OFFICE_HEAD), (Role.MEMBER, Role.MEMBER), (Role.STRATEGY, Role.MEMBER)],
)
def test_slips_are_refused_upwards_and_to_other_roles(now, actor, target):
    with pytest.raises(PermissionDenied):
        make_slip(actor=person(actor), person=person(target, email="t@example.org"), now=now)


def test_nobody_but_a_superuser_makes_a_slip_for_a_superuser(now):
    root = person(superuser=True, email="root@example.org")
    with pytest.raises(PermissionDenied):
        make_slip(actor=person(Role.OFFICE_HEAD), person=root, now=now)
    assert make_slip(actor=root, person=root, now=now)


def test_an_old_or_replaced_or_guessed_slip_does_not_work(now):
    clerk, member = person(Role.ADMINISTRATION), person(Role.MEMBER)
    _, first = make_slip(actor=clerk, person=member, now=now)
    slip, code = make_slip(actor=clerk, person=member, now=now)
    for wrong, moment in ((first, now), (code, now + dt.timedelta(hours=24))):
        with pytest.raises(ValidationError):
            use_slip(email=member.email, code=wrong, password=NEW, now=moment)
    for _ in range(5):
        with pytest.raises(ValidationError):
            use_slip(email=member.email, code="000", password=NEW, now=now)
    with pytest.raises(ValidationError):
        use_slip(email=member.email, code=code, password=NEW, now=now)


def test_a_closed_account_gets_no_slip(now):
    closed = person(Role.MEMBER, expires_on=dt.date(2020, 1, 1))
    with pytest.raises(ValidationError):
        make_slip(actor=person(Role.OFFICE_HEAD), person=closed, now=now)


def test_slip_is_shown_once_and_used_on_the_public_page(client):
    clerk, member = person(Role.ADMINISTRATION), person(Role.MEMBER)
    client.force_login(clerk)
    address = f"/admin/users/{member.pk}/slip/"
    assert 'class="code"' not in client.get(address).content.decode()
    page = client.post(address)
    code = "".join(page.context["groups"])
    assert "no-store" in page["Cache-Control"]
    client.logout()
    words = {"email": member.email, "code": code, "password1": NEW, "password2": "other"}
    assert client.post("/me/slip/", words).status_code == 400
    assert client.post("/me/slip/", {**words, "password2": NEW}).status_code == 302
    member.refresh_from_db()
    assert member.check_password(NEW)


def test_slip_button_is_closed_to_other_roles(client):
    member = person(Role.MEMBER)
    client.force_login(person(Role.STRATEGY))
    assert client.post(f"/admin/users/{member.pk}/slip/").status_code in {302, 403}
    assert not AccessSlip.objects.exists()


def test_guessing_codes_is_slowed_down(client):
    words = {"email": "a@example.org", "code": "1", "password1": NEW, "password2": NEW}
    answers = [client.post("/me/slip/", words).status_code for _ in range(12)]
    assert answers[0] == 400
    assert answers[-1] == 429


# --- own page and privacy ----------------------------------------------------------------------------------


def test_name_and_telephone_are_saved_clean_and_too_long_ones_kept_in_the_form(client):
    user = person(Role.MEMBER)
    client.force_login(user)
    client.post("/me/", {"title": "นาง", "first_name": "มาลี\u200b", "last_name": "ใจดี", "phone": "056"})
    user.refresh_from_db()
    assert user.get_full_name() == "นางมาลี ใจดี"
    long = client.post("/me/", {"first_name": "ก" * 500})
    assert long.status_code == 400
    assert "ก" * 500 in long.content.decode()


def test_a_copy_of_the_data_holds_everything_and_no_secret(client):
    user = person(Role.CHANGE_AGENT, first_name="บุญส่ง")
    agent(user=user)
    client.force_login(user)
    response = client.get("/me/data/")
    data = response.json()["account"]
    assert (data["first_name"], data["change_agent"]["name"]) == ("บุญส่ง", "นายบุญส่ง เกยไชย")
    assert user.password not in response.content.decode()
    assert "attachment" in response["Content-Disposition"]


def test_erasing_leaves_nothing_of_the_person_in_the_database(client, now):
    user = person(Role.CHANGE_AGENT, email="residue@example.org", first_name="ศศิธรเฉพาะ", phone="0560009876")
    agent("ศศิธรเฉพาะ", user=user, phone="0560009876")
    make_slip(actor=person(Role.ADMINISTRATION), person=user, now=now)
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    client.get("/me/")
    erase_person(user=user)
    for model in django_apps.get_models():
        fields = [
            f.name for f in model._meta.concrete_fields if isinstance(f, models.CharField | models.TextField)
        ]
        for word in ("residue@example.org", "ศศิธรเฉพาะ", "0560009876"):
            where = models.Q()
            for field in fields:
                where |= models.Q(**{f"{field}__contains": word})
            assert not fields or not model._default_manager.filter(where).exists(), (model, word)
    assert client.get("/me/").status_code == 302


def test_staff_accounts_are_not_deleted_by_themselves():
    with pytest.raises(ValidationError):
        erase_person(user=person(Role.STRATEGY))


def test_deleting_asks_for_the_password_first(client):
    user = person(Role.MEMBER)
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert "reauthenticate" in client.post("/me/delete/").url
    assert User.objects.filter(pk=user.pk).exists()
    client.post("/accounts/reauthenticate/?next=/me/delete/", {"password": PASSWORD})
    client.post("/me/delete/")
    assert not User.objects.filter(pk=user.pk).exists()


def test_export_has_a_heading_for_each_app():
    assert "account" in export_person(person(Role.MEMBER))


# --- directory ---------------------------------------------------------------------------------------------


def test_people_without_consent_are_not_shown(client):
    agent("คนเปิดเผย", phone="111", publish_phone=False)
    agent("คนไม่เปิดเผย", consent=False)
    html = client.get("/network/").content.decode()
    assert "คนเปิดเผย" in html
    assert "คนไม่เปิดเผย" not in html
    assert "111" not in html


def test_consent_needs_its_day_and_its_sentence():
    with pytest.raises(IntegrityError), transaction.atomic():
        ChangeAgent.objects.create(
            display_name="ก", kind=ChangeAgentKind.KAMNAN, province_id="60", consent_to_publish=True
        )
    with pytest.raises(ValidationError):
        ChangeAgent(
            display_name="ก", kind=ChangeAgentKind.KAMNAN, province_id="60", consent_to_publish=True
        ).full_clean()
    with pytest.raises(ValidationError):
        ChangeAgent(
            display_name="ก", kind=ChangeAgentKind.KAMNAN, province_id="60", district_id="6601"
        ).full_clean()


def test_directory_filters_by_province_and_takes_wrong_ones_calmly(client):
    agent("คนพิจิตร", province_id="66")
    NetworkMember.objects.create(name="หอการค้านครสวรรค์", sector=Sector.PRIVATE, province_id="60")
    NetworkMember.objects.create(name="องค์กรทั้งกลุ่ม", sector=Sector.PRIVATE)
    NetworkMember.objects.create(name="ยังไม่เปิด", sector=Sector.PRIVATE, is_public=False)
    html = client.get("/network/?province=66").content.decode()
    assert "คนพิจิตร" in html
    assert "องค์กรทั้งกลุ่ม" in html
    assert "หอการค้านครสวรรค์" not in html
    assert "ยังไม่เปิด" not in html
    for wrong in ("xx", "9" * 5000, "<b>"):
        assert client.get("/network/", {"province": wrong}).status_code == 200


def test_empty_directory_says_what_to_do(client):
    assert 'class="void' in client.get("/network/").content.decode()


def test_directory_needs_no_more_queries_for_more_people(client, django_assert_max_num_queries):
    for number in range(15):
        agent(f"คนที่ {number}", district_id="6003", subdistrict_id="600304", village_no=4)
        NetworkMember.objects.create(name=f"องค์กร {number}", sector=Sector.PRIVATE, province_id="60")
    client.get("/network/")
    with django_assert_max_num_queries(14):
        client.get("/network/")


# --- user screens of the admin -----------------------------------------------------------------------------


def form_data(**changes) -> dict:
    return {
        "email": "New.Officer@example.org",
        "first_name": "อรวรรณ",
        "last_name": "ทอง",
        "title": "นาง",
        **changes,
    }


def test_office_head_makes_a_coordinator_who_can_sign_in_after_a_reset(client):
    client.force_login(person(Role.OFFICE_HEAD))
    page = client.get("/admin/users/new/").content.decode()
    assert 'name="province"' in page
    assert 'name="expires_on"' in page
    assert 'name="password1"' not in page
    assert 'name="is_superuser"' not in page
    group = _group(Role.PROVINCE_COORDINATOR)
    assert client.post("/admin/users/new/", form_data(groups=[group])).status_code == 200  # no province yet
    client.post("/admin/users/new/", form_data(groups=[group], province="66", expires_on="30/9/2570"))
    made = User.objects.get(email="new.officer@example.org")
    assert (made.province_id, made.expires_on) == ("66", dt.date(2027, 9, 30))
    assert EmailAddress.objects.get(user=made).verified
    assert not made.has_usable_password()


def test_same_email_in_capitals_is_refused(client):
    person(Role.MEMBER, email="new.officer@example.org")
    client.force_login(person(Role.OFFICE_HEAD))
    assert client.post("/admin/users/new/", form_data()).status_code == 200
    assert User.objects.filter(email__iexact="new.officer@example.org").count() == 1


def test_office_head_cannot_touch_a_superuser(client):
    root = person(superuser=True, email="root@example.org", first_name="ราก", last_name="แก้ว")
    client.force_login(person(Role.OFFICE_HEAD))
    client.post(f"/admin/users/edit/{root.pk}/", form_data(email="taken@example.org"))
    root.refresh_from_db()
    assert (root.email, root.is_superuser) == ("root@example.org", True)
    client.post(f"/admin/bulk/accounts/user/set_active_state/?id={root.pk}", {"mark_as_active": ""})
    root.refresh_from_db()
    assert root.is_active


def test_other_roles_do_not_edit_people(client):
    member = person(Role.MEMBER)
    for role in (Role.ADMINISTRATION, Role.STRATEGY, Role.PROVINCE_COORDINATOR):
        client.force_login(person(role))
        client.post(f"/admin/users/edit/{member.pk}/", form_data(email="taken@example.org"))
    member.refresh_from_db()
    assert member.email != "taken@example.org"


def _group(role: Role) -> int:
    from django.contrib.auth.models import Group

    return Group.objects.get(name=role).pk
