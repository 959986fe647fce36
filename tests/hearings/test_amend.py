"""What was announced changes only by a dated correction that everyone can read (R10)."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from hearings.editor import DISCLOSED_FIELDS, DISCLOSED_ROWS
from hearings.models import Amendment, Hearing, HearingContact, HearingMethod, Notice
from hearings.services.amend import amend, amend_rows
from hearings.services.announce import newest
from hearings.services.cancel import cancel
from hearings.services.errors import NotReady, WrongStage
from hearings.services.extend import extend
from tests.factories.hearings import HearingFactory, day, office_head
from tests.hearings.people import HOME, person

pytestmark = pytest.mark.django_db


def corrected(hearing, now, **values):
    values = {
        "field": "cost",
        "after": "98 ล้านบาท จากงบจังหวัด",
        "reason": "พิมพ์ผิด",
        "is_material": False,
    } | values
    return amend(hearing=hearing, actor=office_head(), now=now, **values)


def test_a_correction_keeps_the_old_words_and_issues_a_notice(now):
    hearing = HearingFactory.open(now)
    amendment = corrected(hearing, now)
    assert (amendment.before, amendment.after) == (hearing.cost, "98 ล้านบาท จากงบจังหวัด")
    stored = Hearing.objects.get(pk=hearing.pk)
    assert stored.cost == newest(stored).cost == "98 ล้านบาท จากงบจังหวัด"
    kinds = list(Notice.objects.values_list("kind", flat=True))
    assert kinds == ["announcement", "amendment"]
    assert Notice.objects.first().data["disclosure"][7]["text"] == hearing.cost


@pytest.mark.parametrize("kind", ["project", "plan"])
def test_a_material_change_starts_the_days_anew_whatever_the_kind(client, now, kind):
    hearing = HearingFactory.upcoming(now, kind=kind)
    Hearing.objects.update(short_notice_reason="น้ำหลาก", short_notice_approver="นายอำเภอ")
    with pytest.raises(NotReady):
        corrected(hearing, now, is_material=True)
    assert not Amendment.objects.exists()
    amendment = corrected(hearing, now, is_material=True, approver="ผู้ว่าราชการจังหวัด")
    assert amendment.notice.data["approver"] == "ผู้ว่าราชการจังหวัด"
    page = client.get(f"/hearings/{hearing.slug}/").content.decode()
    assert "นายอำเภอ" in page, "who approved the short notice stays as it was told"
    assert "ผู้ว่าราชการจังหวัด" in page


def test_after_an_extension_a_material_change_needs_nobody(now):
    hearing = HearingFactory.open(now)
    extend(hearing=hearing, actor=office_head(), now=now, reason="จะแก้สาระ", closes_at=day(now, 40))
    assert corrected(hearing, now, is_material=True).is_material


@pytest.mark.parametrize(
    "values",
    [
        {"reason": " "},
        {"field": "opens_at"},
        {"field": "stage"},
        {"field": "methods"},
        {"after": ""},
        {"after": "ก" * 2001},
    ],
)
def test_what_is_no_correction_is_refused(now, values):
    with pytest.raises(ValidationError):
        corrected(HearingFactory.open(now), now, **values)


@pytest.mark.parametrize("trait", ["draft", "closed", "result"])
def test_only_what_is_announced_and_not_over_is_corrected(now, trait):
    with pytest.raises(WrongStage):
        corrected(getattr(HearingFactory, trait)(now), now)


def test_only_the_head_of_the_office_corrects(now):
    hearing = HearingFactory.open(now)
    for role in (Role.STRATEGY, Role.PROVINCE_COORDINATOR, Role.CHANGE_AGENT, None):
        with pytest.raises(PermissionDenied):
            amend(
                hearing=hearing, actor=person(role, HOME), now=now, field="cost", after="x", reason="y",
                is_material=False,
            )  # fmt: skip


def test_an_old_revision_does_not_bring_old_words_back(now):
    hearing = HearingFactory.open(now)
    old = hearing.latest_revision
    corrected(hearing, now)
    old.publish()
    assert Hearing.objects.get(pk=hearing.pk).cost == "98 ล้านบาท จากงบจังหวัด"


def test_cancelling_what_nobody_was_told_issues_no_notice(now):
    cancel(hearing=HearingFactory.draft(now), actor=office_head(), now=now, reason="ซ้ำ")
    assert not Notice.objects.exists()


CONTACT = {"name": "สมหมาย ใจงาม", "role": "นักวิเคราะห์", "phone": "056 000 456", "email": ""}


def with_contacts(hearing, now, rows, **values):
    values = {"relation": "contacts", "reason": "ย้ายงาน", "is_material": False} | values
    return amend_rows(hearing=hearing, actor=office_head(), now=now, rows=rows, **values)


def test_r10_title_summary_signer_ways_and_contacts_are_frozen_like_the_items(now):
    hearing = HearingFactory.open(now, signer_name="ผู้ว่าฯ", signer_position="ผู้ว่าราชการจังหวัด")
    page = newest(hearing)
    for name in DISCLOSED_FIELDS:
        setattr(page, name, "แก้เงียบ")
    page.contacts = [HearingContact(name="คนแปลกหน้า")]
    page.methods = [HearingMethod(kind="phone")]
    page.save_revision().publish()
    stored = Hearing.objects.get(pk=hearing.pk)
    assert {getattr(stored, name) for name in DISCLOSED_FIELDS}.isdisjoint({"แก้เงียบ"})
    assert [contact.name for contact in stored.contacts.all()] == ["สมศรี ใจดี"]
    assert [method.kind for method in stored.methods.all()] == ["online_form", "paper_form"]


def test_r10_the_editor_offers_nothing_that_was_announced(client, now):
    hearing = HearingFactory.open(timezone.now())
    client.force_login(office_head())
    page = client.get(reverse("wagtailadmin_pages:edit", args=[hearing.pk])).content.decode()
    for name in (*DISCLOSED_FIELDS, "contacts-TOTAL_FORMS", "methods-TOTAL_FORMS"):
        assert f'name="{name}"' not in page, name
    assert 'name="documents-TOTAL_FORMS"' in page
    for relation in DISCLOSED_ROWS:
        assert f"{reverse('hearings_desk:amend', args=[hearing.pk])}?field={relation}" in page


def test_a_draft_still_has_its_rows_in_the_editor(client, now):
    hearing = HearingFactory.draft(timezone.now())
    client.force_login(office_head())
    page = client.get(reverse("wagtailadmin_pages:edit", args=[hearing.pk])).content.decode()
    for name in ("title", "summary", "contacts-TOTAL_FORMS", "methods-TOTAL_FORMS"):
        assert f'name="{name}"' in page


def test_a_correction_of_rows_keeps_the_old_ones_and_is_numbered(now):
    hearing = HearingFactory.open(now)
    amendment = with_contacts(hearing, now, [CONTACT])
    assert (amendment.before, amendment.after) == (
        "สมศรี ใจดี, 056 000 123",
        "สมหมาย ใจงาม, นักวิเคราะห์, 056 000 456",
    )
    assert amendment.notice.number == "2/2569"
    assert "สมศรี ใจดี" in amendment.notice.data["text"]
    assert Hearing.objects.get(pk=hearing.pk).contacts.get().name == "สมหมาย ใจงาม"
    assert newest(hearing).contacts.get().name == "สมหมาย ใจงาม"


@pytest.mark.parametrize(
    ("rows", "values"),
    [
        ([], {}),
        ([{"name": "", "phone": "056"}], {}),
        ([{"name": "ก" * 121}], {}),
        ([{"name": "สมศรี ใจดี", "phone": "056 000 123"}], {}),
        ([CONTACT], {"relation": "documents"}),
        ([CONTACT], {"reason": " "}),
        ([CONTACT], {"is_material": True}),
    ],
)
def test_rows_that_cannot_be_are_refused(now, rows, values):
    hearing = HearingFactory.upcoming(now)
    with pytest.raises(ValidationError):
        with_contacts(hearing, now, rows, **values)
    assert Hearing.objects.get(pk=hearing.pk).contacts.get().name == "สมศรี ใจดี"
    assert not Amendment.objects.exists()


def test_a_title_stays_on_one_line(now):
    hearing = HearingFactory.open(now)
    corrected(hearing, now, field="title", after="ชื่อใหม่\nอีกบรรทัด")
    assert Hearing.objects.get(pk=hearing.pk).title == "ชื่อใหม่ อีกบรรทัด"


def test_the_desk_offers_what_was_announced_and_corrects_rows(client):
    hearing = HearingFactory.open(timezone.now())
    client.force_login(office_head())
    url = reverse("hearings_desk:amend", args=[hearing.pk])
    page = client.get(url).content.decode()
    for name in (*DISCLOSED_FIELDS, *DISCLOSED_ROWS):
        assert f"?field={name}" in page
    assert hearing.cost in client.get(f"{url}?field=cost").content.decode()
    assert client.get(f"{url}?field=stage").status_code == 200
    page = client.get(f"{url}?field=contacts")
    assert "สมศรี ใจดี" in page.content.decode()
    data = {"field": "contacts", "rows": "2", "reason": "ย้ายงาน", "is_material": "no"}
    data |= {"r0-name": "สมหมาย ใจงาม", "r0-email": "not an address"}
    wrong = client.post(url, data)
    assert wrong.status_code == 422
    assert "สมหมาย ใจงาม" in wrong.content.decode()
    assert client.post(url, {**data, "r0-email": ""}).status_code == 302
    assert Hearing.objects.get(pk=hearing.pk).contacts.get().name == "สมหมาย ใจงาม"


@pytest.mark.parametrize("rows", ["", "x", "99999", "-1", "๓"])
def test_a_forged_number_of_rows_is_no_error(client, rows):
    hearing = HearingFactory.open(timezone.now())
    client.force_login(office_head())
    url = reverse("hearings_desk:amend", args=[hearing.pk])
    data = {"field": "methods", "rows": rows, "reason": "ก", "is_material": "no", "r0-kind": "nothing"}
    assert client.post(url, data).status_code == 422
