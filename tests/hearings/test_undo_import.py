"""A wrong import is taken back as a whole: within seven days, untouched, with a reason, and nothing is deleted (P108)."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts.roles import Role
from hearings.enums import Decision, ImportStatus, ReasonCode, Stage, SubmissionStatus, WithdrawnBy
from hearings.models import Comment, ImportRun, Submission
from hearings.services.moderate import moderate
from hearings.services.run_import import preview_import, run_import
from hearings.services.undo_import import UNDO_DAYS, undo_import
from tests.factories.hearings import HearingFactory, comment
from tests.hearings.people import person
from tests.hearings.spreadsheets import row, workbook

pytestmark = pytest.mark.django_db

REASON = "นำเข้าผิดเรื่อง"


@pytest.fixture
def staff(db):
    return person(Role.STRATEGY)


@pytest.fixture
def run(staff, now) -> ImportRun:
    hearing = HearingFactory.open(now)
    upload = workbook([row(), row(reason="อีกข้อหนึ่ง"), row(stance="เฉย ๆ")])
    made = preview_import(hearing=hearing, upload=upload, by=staff, now=now)
    run_import(run=made, by=staff, now=now)
    made.refresh_from_db()
    return made


def test_everything_of_it_is_withdrawn_by_the_office_and_nothing_else(run, staff, now):
    other = comment(run.hearing, now).submission
    assert undo_import(run=run, reason=REASON, by=staff, now=now) == 2
    taken = Submission.objects.filter(status=SubmissionStatus.WITHDRAWN)
    assert {one.withdrawn_by for one in taken} == {WithdrawnBy.STAFF}
    assert taken.count() == 2
    assert Submission.objects.get(pk=other.pk).status == SubmissionStatus.SUBMITTED
    assert not Comment.objects.filter(submission__in=taken, is_public=True).exists()
    assert all(one.versions.count() == 1 for one in taken), "what was sent stays in the record"
    run.refresh_from_db()
    assert (run.status, run.undone_by, run.undo_reason) == (ImportStatus.UNDONE, staff, REASON)


def test_pressed_twice_it_is_done_once(run, staff, now):
    undo_import(run=run, reason=REASON, by=staff, now=now)
    assert undo_import(run=run, reason="อีกครั้ง", by=staff, now=now) == 0
    assert ImportRun.objects.get().undo_reason == REASON


def moderated(run, staff, now):
    moderate(
        submission=Submission.objects.first(), actor=staff, decision=Decision.PUBLISH,
        reason_code=ReasonCode.FITS_RULES, now=now,
    )  # fmt: skip


def corrected(run, staff, now):
    Submission.objects.filter(pk=Submission.objects.first().pk).update(revised_at=now)


def pinned(run, staff, now):
    Submission.objects.first().comments.update(pinned_at=now)


@pytest.mark.parametrize("touch", [moderated, corrected, pinned])
def test_what_somebody_worked_with_stays(run, staff, now, touch):
    touch(run, staff, now)
    with pytest.raises(ValidationError) as refused:
        undo_import(run=run, reason=REASON, by=staff, now=now)
    assert refused.value.code == "worked_on"
    assert not Submission.objects.filter(status=SubmissionStatus.WITHDRAWN).exists()


def test_what_its_author_withdrew_stays_the_authors_decision(run, staff, now):
    first = Submission.objects.first()
    Submission.objects.filter(pk=first.pk).update(
        status=SubmissionStatus.WITHDRAWN, withdrawn_at=now, withdrawn_by=WithdrawnBy.AUTHOR
    )
    assert undo_import(run=run, reason=REASON, by=staff, now=now) == 1
    assert Submission.objects.get(pk=first.pk).withdrawn_by == WithdrawnBy.AUTHOR


@pytest.mark.parametrize("reason", ["", "  "])
def test_it_needs_a_reason(run, staff, now, reason):
    with pytest.raises(ValidationError):
        undo_import(run=run, reason=reason, by=staff, now=now)


def test_after_seven_days_and_after_the_result_it_stays(run, staff, now):
    with pytest.raises(ValidationError) as refused:
        undo_import(run=run, reason=REASON, by=staff, now=now + dt.timedelta(days=UNDO_DAYS))
    assert refused.value.code == "too_late"
    type(run.hearing).objects.filter(pk=run.hearing_id).update(stage=Stage.RESULT_PUBLISHED)
    with pytest.raises(ValidationError):
        undo_import(run=run, reason=REASON, by=staff, now=now)


@pytest.mark.parametrize("status", [ImportStatus.PREVIEW, ImportStatus.DISCARDED])
def test_what_was_not_imported_cannot_be_taken_back(run, staff, now, status):
    ImportRun.objects.update(status=status)
    with pytest.raises(ValidationError):
        undo_import(run=run, reason=REASON, by=staff, now=now)


@pytest.mark.parametrize("role", [None, Role.MEMBER, Role.CHANGE_AGENT, Role.MONITORING])
def test_others_may_not(run, now, role):
    with pytest.raises(PermissionDenied):
        undo_import(run=run, reason=REASON, by=person(role), now=now)


def test_the_same_file_is_not_read_again_and_a_corrected_one_is(run, staff, now):
    undo_import(run=run, reason=REASON, by=staff, now=now)
    upload = workbook([row(reason="ไฟล์เดิม")])
    digest = hashlib.sha256(upload.read()).hexdigest()
    ImportRun.objects.update(sha256=digest)
    with pytest.raises(ValidationError):
        preview_import(hearing=run.hearing, upload=upload, by=staff, now=now)
    again = preview_import(hearing=run.hearing, upload=workbook([row()]), by=staff, now=now)
    assert run_import(run=again, by=staff, now=now) == 1


def test_many_rows_are_taken_back_with_few_queries(staff, now, django_assert_max_num_queries):
    made = preview_import(hearing=HearingFactory.open(now), upload=workbook([row()] * 120), by=staff, now=now)
    run_import(run=made, by=staff, now=now)
    with django_assert_max_num_queries(14):
        assert undo_import(run=made, reason=REASON, by=staff, now=now) == 120


def test_the_room_offers_it_and_says_afterwards_who_did_it_and_why(client, run, staff, now, monkeypatch):
    monkeypatch.setattr("hearings.views.desk.imports.timezone.now", lambda: now)
    client.force_login(staff)
    address = reverse("hearings_desk:import_run", args=[run.hearing_id, run.pk])
    assert 'name="undo"' in client.get(address).content.decode()
    assert client.post(address, {"undo": "1", "reason": ""}).status_code == 422
    assert client.post(address, {"undo": "1", "reason": REASON}).status_code == 302
    text = client.get(address).content.decode()
    assert REASON in text
    assert 'name="undo"' not in text
    assert Submission.objects.filter(status=SubmissionStatus.WITHDRAWN).count() == 2
