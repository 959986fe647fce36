"""Sheets of paper: scanned, typed once, put aside when nobody can read them (P106); meetings counted at the door."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from accounts.roles import Role
from hearings import privacy
from hearings.enums import Channel, PaperStatus
from hearings.models import ImportRun, Meeting, PaperForm, ProxyRow, Submission
from hearings.services import scans
from hearings.services.attendance import keep_minutes, record_attendance
from hearings.services.batches import send_batch
from hearings.services.check_batch import check_batch
from hearings.services.data import CommentData
from hearings.services.paper import enter_on_behalf, enter_paper, mark_unreadable
from hearings.services.scans import add_scans
from tests.factories.hearings import HearingFactory, day, submission_data
from tests.hearings.people import person
from tests.hearings.sheets import ROWS, pdf, photo, save

pytestmark = pytest.mark.django_db

WORDS = [CommentData(stance="against", reason="รถดินวิ่งเร็ว")]


@pytest.fixture
def staff(db):
    return person(Role.STRATEGY)


def scan(hearing, by, now, *uploads):
    return add_scans(
        hearing=hearing, uploads=list(uploads or (photo(),)), channel=Channel.PAPER,
        received_on=now.date(), by=by, now=now,
    )  # fmt: skip


def typed(form, by, now, **fields):
    data = submission_data(stance="against", channel=form.channel, **fields)
    return enter_paper(form=form, code="0714", data=data, comments=WORDS, by=by, now=now)


def test_a_photo_loses_where_it_was_taken_and_its_name(now, staff):
    [form], _ = scan(HearingFactory.open(now), staff, now)
    assert b"SECRET-CAMERA" not in form.scan.read()
    assert form.scan.name.startswith("paper/")
    assert "ใบที่" not in form.scan.name


def test_every_page_of_a_pdf_is_a_form_of_its_own(now, staff):
    forms, twice = scan(HearingFactory.open(now), staff, now, pdf(3))
    assert (len(forms), twice) == (3, 0)
    assert all(form.scan.name.endswith(".jpg") for form in forms)


def test_pictures_are_read_before_the_transaction_begins(now, staff, monkeypatch):
    """A hundred pages take a minute: on SQLite nobody else could write for so long."""
    depth: dict[str, int] = {}

    def watched(name, call):
        def watch(*args):
            depth[name] = len(connection.savepoint_ids)
            return call(*args)

        return watch

    for name in ("clean_scan", "forms_of", "editions_of", "read_form", "ContentFile"):
        monkeypatch.setattr(scans, name, watched(name, getattr(scans, name)))
    hearing, before = HearingFactory.open(now), len(connection.savepoint_ids)
    scan(hearing, staff, now)
    assert depth.pop("ContentFile") == before + 1  # storing is one transaction
    assert set(depth.values()) == {before}
    assert len(depth) == 4


def test_the_same_scan_is_queued_once(now, staff):
    hearing = HearingFactory.open(now)
    scan(hearing, staff, now)
    forms, twice = scan(hearing, staff, now, photo(), photo("black"))
    assert (len(forms), twice, PaperForm.objects.count()) == (1, 1, 2)


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("a.jpg", b"<script>alert(1)</script>"),
        SimpleUploadedFile("a.jpg", b"\xff\xd8\xff\xe0 cut off"),
        SimpleUploadedFile("a.pdf", b"%PDF-1.7 nothing"),
        SimpleUploadedFile("a.jpg", b""),
    ],
)
def test_what_is_no_picture_is_refused_and_nothing_is_queued(now, staff, upload):
    with pytest.raises(ValidationError):
        scan(HearingFactory.open(now), staff, now, photo(), upload)
    assert not PaperForm.objects.exists()


def test_a_script_behind_a_picture_does_not_stay(now, staff):
    polyglot = SimpleUploadedFile("a.jpg", photo().read() + b"<script>alert(1)</script>")
    [form], _ = scan(HearingFactory.open(now), staff, now, polyglot)
    assert b"<script>" not in form.scan.read()


def test_a_typed_form_gives_a_receipt_under_the_name_of_who_typed_it(now, staff):
    [form], _ = scan(HearingFactory.open(now), staff, now)
    receipt = typed(form, staff, now)
    form.refresh_from_db()
    assert (form.status, form.code, form.submission) == (PaperStatus.ENTERED, "0714", receipt.submission)
    assert (receipt.submission.channel, receipt.submission.entered_by) == (Channel.PAPER, staff)


def test_two_people_who_type_the_same_sheet_make_one_submission(now, staff):
    [form], _ = scan(HearingFactory.open(now), staff, now)
    first, second = typed(form, staff, now), typed(form, person(Role.ADMINISTRATION), now)
    assert (first.submission, second.created) == (second.submission, False)
    assert Submission.objects.count() == 1


def test_an_unreadable_sheet_needs_a_reason_and_can_be_typed_later(now, staff):
    [form], _ = scan(HearingFactory.open(now), staff, now)
    with pytest.raises(ValidationError):
        mark_unreadable(form=form, reason="  ", by=staff)
    assert mark_unreadable(form=form, reason="น้ำหกใส่", by=staff).status == PaperStatus.UNREADABLE
    typed(form, staff, now)
    with pytest.raises(ValidationError):
        mark_unreadable(form=form, reason="น้ำหกใส่", by=staff)


@pytest.mark.parametrize(
    "channel", [Channel.PAPER, Channel.PHONE, Channel.MEETING, Channel.LINE, Channel.LETTER]
)
def test_each_channel_is_entered_without_a_sheet(now, staff, channel):
    receipt = enter_on_behalf(
        hearing=HearingFactory.open(now), data=submission_data(channel=channel), comments=WORDS, by=staff,
        now=now, idempotency_key=uuid.uuid4(),
    )  # fmt: skip
    assert receipt.submission.channel == channel


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.ON_BEHALF])
def test_staff_do_not_enter_under_another_channel(now, staff, channel):
    with pytest.raises(ValidationError):
        enter_on_behalf(
            hearing=HearingFactory.open(now), data=submission_data(channel=channel), comments=WORDS, by=staff,
            now=now, idempotency_key=uuid.uuid4(),
        )  # fmt: skip


@pytest.mark.parametrize("role", [None, Role.MEMBER, Role.CHANGE_AGENT, Role.MONITORING])
def test_others_neither_scan_nor_type_nor_put_aside(now, staff, role):
    hearing, other = HearingFactory.open(now), person(role)
    [form], _ = scan(hearing, staff, now)
    for action in (
        lambda: scan(hearing, other, now, photo("red")),
        lambda: typed(form, other, now),
        lambda: mark_unreadable(form=form, reason="ก", by=other),
    ):
        with pytest.raises(PermissionDenied):
            action()


# --- meetings ----------------------------------------------------------------------------------------------


def meeting(hearing, now, days=-1):
    return Meeting.objects.create(hearing=hearing, title="เวที", starts_at=day(now, days))


def test_attendance_is_replaced_not_added(now, staff):
    held = meeting(HearingFactory.open(now), now)
    record_attendance(meeting=held, people={"citizen": 40, "private": 2}, by=staff, now=now)
    record_attendance(meeting=held, people={"citizen": 41, "private": 0}, by=staff, now=now)
    assert dict(held.attendance.values_list("sector", "people")) == {"citizen": 41}


def test_refused_minutes_leave_the_heads_as_they_were(client, now, staff):
    held = meeting(HearingFactory.open(now), now)
    record_attendance(meeting=held, people={"citizen": 40}, by=staff, now=now)
    client.force_login(staff)
    address = reverse("hearings_desk:meeting", args=[held.hearing_id, held.pk])
    page = client.post(address, {"citizen": "41", "minutes": SimpleUploadedFile("minutes.pdf", b"<html>")})
    assert page.status_code == 422
    assert dict(held.attendance.values_list("sector", "people")) == {"citizen": 40}


@pytest.mark.parametrize("people", [{"king": 1}, {"citizen": -1}, {"citizen": 100_001}])
def test_wrong_attendance_is_refused(now, staff, people):
    with pytest.raises(ValidationError):
        record_attendance(meeting=meeting(HearingFactory.open(now), now), people=people, by=staff, now=now)


def test_nobody_is_counted_before_the_meeting_begins(now, staff):
    with pytest.raises(ValidationError):
        record_attendance(
            meeting=meeting(HearingFactory.open(now), now, 1), people={"citizen": 1}, by=staff, now=now
        )


def test_minutes_become_a_document_of_the_meeting(now, staff):
    held = meeting(HearingFactory.open(now), now)
    document = keep_minutes(meeting=held, upload=pdf(2, "minutes.pdf"), by=staff)
    held.refresh_from_db()
    assert (held.minutes, document.pages) == (document, 2)
    with pytest.raises(ValidationError):
        keep_minutes(meeting=held, upload=SimpleUploadedFile("minutes.pdf", b"<html>"), by=staff)
    with pytest.raises(PermissionDenied):
        keep_minutes(meeting=held, upload=pdf(), by=person(Role.MONITORING))


# --- what does not stay behind ---------------------------------------------------------------------------


def test_a_purge_deletes_scans_and_blanks_names(now, staff, django_capture_on_commit_callbacks):
    hearing = HearingFactory.open(now)
    [form], _ = scan(hearing, staff, now)
    typed(form, staff, now)
    batch = save(hearing, staff, now, source=photo("green"), rows=ROWS)
    check_batch(batch=send_batch(batch=batch, by=staff, now=now), by=person(Role.OFFICE_HEAD), now=now)
    ImportRun.objects.create(
        hearing=hearing, file_name="a.xlsx", rows=[{"row": 2, "name": "ป้าสำเนียง"}], created_at=now
    )
    batch.refresh_from_db()
    files = [(form.scan.storage, form.scan.name), (batch.source.storage, batch.source.name)]
    assert all(storage.exists(name) for storage, name in files)
    type(hearing).objects.filter(pk=hearing.pk).update(stage="result_published", result_published_at=now)
    later = now + dt.timedelta(days=731)
    expected = {"submissions": 2, "scans": 1, "batches": 1, "imports": 1}
    assert expected.items() <= privacy.purge(later, dry_run=True).items()
    with django_capture_on_commit_callbacks(execute=True):
        privacy.purge(later)
    assert not any(storage.exists(name) for storage, name in files)
    assert not ProxyRow.objects.exclude(name="").exists()
    assert ImportRun.objects.get().rows in ([], [{"row": 2}])
    assert not any(privacy.purge(later).values())


def test_erasing_a_person_takes_the_scan_of_the_own_form(now, staff, django_capture_on_commit_callbacks):
    [form], _ = scan(HearingFactory.open(now), staff, now)
    typed(form, staff, now, email="praphasri@example.org")
    storage, name = form.scan.storage, form.scan.name
    with django_capture_on_commit_callbacks(execute=True):
        assert privacy.erase_person(email="praphasri@example.org") == 1
    assert not storage.exists(name)
