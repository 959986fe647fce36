"""What was announced changes only by a dated correction that everyone can read (R10)."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.roles import Role
from hearings.models import Amendment, Hearing, Notice
from hearings.services.amend import amend
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


def test_a_material_change_of_a_project_starts_the_days_anew(now):
    hearing = HearingFactory.upcoming(now)
    with pytest.raises(NotReady):
        corrected(hearing, now, is_material=True)
    assert not Amendment.objects.exists()
    corrected(hearing, now, is_material=True, approver="ผู้ว่าราชการจังหวัด")
    stored = Hearing.objects.get(pk=hearing.pk)
    assert stored.short_notice_approver == "ผู้ว่าราชการจังหวัด"


def test_after_an_extension_a_material_change_needs_nobody(now):
    hearing = HearingFactory.open(now)
    extend(hearing=hearing, actor=office_head(), now=now, reason="จะแก้สาระ", closes_at=day(now, 40))
    assert corrected(hearing, now, is_material=True).is_material


@pytest.mark.parametrize(
    "values", [{"reason": " "}, {"field": "title"}, {"field": "stage"}, {"after": ""}, {"after": "ก" * 2001}]
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
