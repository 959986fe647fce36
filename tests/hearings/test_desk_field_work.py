"""The staff's screens for paper, imports and meetings: they render, store once and are closed to others."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.roles import Role
from hearings.enums import Channel, ImportStatus, PaperStatus
from hearings.models import ImportRun, Meeting, PaperForm, Submission
from hearings.services.scans import add_scans
from tests.factories.hearings import HearingFactory, day
from tests.hearings.people import person
from tests.hearings.sheets import photo
from tests.hearings.spreadsheets import row, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(monkeypatch, now):
    for place in ("paper", "imports", "meetings"):
        monkeypatch.setattr(f"hearings.views.desk.{place}.timezone.now", lambda: now)


@pytest.fixture
def staff(db):
    return person(Role.STRATEGY)


@pytest.fixture
def desk(client, staff):
    client.force_login(staff)
    return client


def address(name, *args):
    return reverse(f"hearings_desk:{name}", args=args)


def queued(hearing, staff, now, *colours):
    return add_scans(
        hearing=hearing, uploads=[photo(colour) for colour in colours or ("white",)], channel=Channel.PAPER,
        received_on=now.date(), by=staff, now=now,
    )[0]  # fmt: skip


SHEET = {
    "code": "0714", "channel": "paper", "stance": "against", "reason": "รถดินวิ่งเร็ว", "sector": "citizen",
    "village_no": "๖", "agreed": "on", "received_on": "๒๔ พ.ย. ๒๕๖๙",
}  # fmt: skip


def test_empty_rooms_say_what_to_do(desk, now):
    hearing = HearingFactory.open(now)
    for name in ("paper", "import", "meetings", "spoken"):
        page = desk.get(address(name, hearing.pk))
        assert page.status_code == 200
        assert page.content.count(b"<h1") == 1
        assert b'class="void"' in page.content or name == "spoken"


@pytest.mark.parametrize("role", [None, Role.MEMBER, Role.CHANGE_AGENT, Role.MONITORING])
def test_others_find_the_rooms_closed(client, staff, now, role):
    hearing = HearingFactory.open(now)
    [sheet] = queued(hearing, staff, now)
    held = Meeting.objects.create(hearing=hearing, title="เวที", starts_at=day(now, -1))
    client.force_login(person(role))
    for place in (
        address("paper", hearing.pk), address("paper_form", hearing.pk, sheet.pk),
        address("scan", hearing.pk, sheet.pk), address("import", hearing.pk),
        address("import_template", hearing.pk), address("meeting", hearing.pk, held.pk),
    ):  # fmt: skip
        assert client.get(place).status_code == 403


def test_a_stranger_is_led_to_sign_in_and_the_scan_has_no_public_address(client, staff, now, settings):
    hearing = HearingFactory.open(now)
    [sheet] = queued(hearing, staff, now)
    assert client.get(address("scan", hearing.pk, sheet.pk)).status_code == 302
    settings.DEMO = True
    assert client.get(f"/media/{sheet.scan.name}").status_code == 404


def test_scans_are_uploaded_and_the_form_of_another_hearing_is_not_found(desk, staff, now):
    hearing, other = HearingFactory.open(now), HearingFactory.open(now)
    sent = {"scans": [photo(), photo("red")], "channel": "paper", "received_on": "22/11/2569"}
    assert desk.post(address("paper", hearing.pk), sent).status_code == 302
    first = PaperForm.objects.first()
    assert PaperForm.objects.count() == 2
    picture = desk.get(address("scan", hearing.pk, first.pk))
    assert picture.headers["Content-Type"] == "image/jpeg"
    assert "no-store" in picture.headers["Cache-Control"]
    assert desk.get(address("scan", other.pk, first.pk)).status_code == 404


def test_a_saved_form_opens_the_next_and_tells_the_receipt(desk, staff, now):
    hearing = HearingFactory.open(now)
    first, second = queued(hearing, staff, now, "white", "red")
    answer = desk.post(address("paper_form", hearing.pk, first.pk), SHEET, follow=True)
    assert answer.redirect_chain[0][0] == address("paper_form", hearing.pk, second.pk)
    submission = Submission.objects.get()
    assert submission.grouped_receipt_no in answer.content.decode()
    assert (submission.village_no, submission.entered_by) == (6, staff)


@pytest.mark.parametrize(
    "changes", [{"agreed": ""}, {"stance": ""}, {"reason": ""}, {"village_no": "x"}, {"block": "x"}]
)
def test_what_is_missing_is_said_and_what_was_typed_stays(desk, staff, now, changes):
    hearing = HearingFactory.open(now)
    [sheet] = queued(hearing, staff, now)
    page = desk.post(address("paper_form", hearing.pk, sheet.pk), {**SHEET, **changes})
    assert page.status_code == 422
    assert "0714" in page.content.decode()
    assert not Submission.objects.exists()


def test_an_unreadable_form_is_put_aside_with_its_reason(desk, staff, now):
    hearing = HearingFactory.open(now)
    [sheet] = queued(hearing, staff, now)
    place = address("paper_form", hearing.pk, sheet.pk)
    assert desk.post(place, {"unreadable": "1"}).status_code == 422
    assert desk.post(place, {"unreadable": "1", "unreadable_reason": "น้ำหกใส่"}).status_code == 302
    sheet.refresh_from_db()
    assert (sheet.status, sheet.reason) == (PaperStatus.UNREADABLE, "น้ำหกใส่")


def test_a_call_is_written_down_once(desk, now):
    hearing = HearingFactory.open(now)
    key = "7d9b4b8e-6a0e-4c57-9d58-2f4a5d9a0b11"
    for _ in range(2):
        desk.post(address("spoken", hearing.pk), {**SHEET, "channel": "phone", "key": key})
    assert Submission.objects.get().channel == Channel.PHONE


def test_a_spreadsheet_is_read_shown_and_stored_after_a_look(desk, now):
    hearing = HearingFactory.open(now)
    sent = desk.post(address("import", hearing.pk), {"file": workbook([row(), row(stance="เฉย ๆ")])})
    run = ImportRun.objects.get()
    assert sent.headers["Location"] == address("import_run", hearing.pk, run.pk)
    assert "เฉย ๆ" in desk.get(sent.headers["Location"]).content.decode()
    assert not Submission.objects.exists()
    for _ in range(2):
        desk.post(sent.headers["Location"], {"confirm": "1"})
    run.refresh_from_db()
    assert (run.status, Submission.objects.count()) == (ImportStatus.IMPORTED, 1)
    assert desk.get(sent.headers["Location"]).status_code == 200


def test_a_wrong_file_is_answered_on_the_form(desk, now):
    hearing = HearingFactory.open(now)
    assert desk.post(address("import", hearing.pk), {"file": photo()}).status_code == 422
    assert desk.post(address("import", hearing.pk), {}).status_code == 422


def test_attendance_is_written_down_from_the_desk(desk, now):
    hearing = HearingFactory.open(now)
    held = Meeting.objects.create(hearing=hearing, title="เวที", starts_at=day(now, -1))
    place = address("meeting", hearing.pk, held.pk)
    assert desk.post(place, {"citizen": "๔๐", "private": ""}).status_code == 302
    assert held.attendance.get().people == 40
    assert desk.post(place, {"citizen": "many"}).status_code == 422


def test_the_queue_asks_as_often_for_one_form_as_for_twenty(desk, staff, now, django_assert_num_queries):
    hearing = HearingFactory.open(now)
    queued(hearing, staff, now, *(f"rgb({n},0,0)" for n in range(20)))
    desk.get(address("paper", hearing.pk))
    with django_assert_num_queries(14):
        desk.get(address("paper", hearing.pk))
