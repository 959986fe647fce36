"""A spreadsheet is read, shown and stored once; what is not understood is named by row and column (P108)."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.roles import Role
from geography.models import Province, Subdistrict
from hearings.enums import Channel, ImportStatus, PublishName, Stance
from hearings.models import Comment, ImportRun, Submission, SubmissionVersion
from hearings.services import open_sheet
from hearings.services.errors import HearingClosed
from hearings.services.import_template import template_file
from hearings.services.open_sheet import guard
from hearings.services.read_import import read_import
from hearings.services.run_import import discard_import, preview_import, run_import
from tests.factories.hearings import HearingFactory
from tests.hearings.people import HOME, person
from tests.hearings.spreadsheets import HEAD, as_upload, row, workbook

pytestmark = pytest.mark.django_db


def troubles(reading):
    return [(found["row"], found["column"], found["trouble"]) for found in reading.problems]


def read(hearing, now, upload, **options):
    guard(upload)
    return read_import(hearing, upload, today=now.date(), **options)


def preview(hearing, now, upload, by=None):
    return preview_import(hearing=hearing, upload=upload, by=by or person(Role.STRATEGY), now=now)


def test_a_row_in_thai_words_and_thai_digits_is_understood(now):
    hearing = HearingFactory.open(now)
    reading = read(hearing, now, workbook([row(stance="๒", section="๓", channel="โทรศัพท์")]))
    assert not reading.problems
    [found] = reading.rows
    third = hearing.current_draft.blocks.order_by("order")[2]
    assert (found["stance"], found["block_key"], found["village_no"]) == ("partly", str(third.key), 6)
    assert (found["sector"], found["channel"], found["row"]) == ("citizen", "phone", 2)


def test_two_bad_rows_are_named_and_the_good_ones_are_kept(now):
    hearing = HearingFactory.open(now)
    rows = [row(), row(stance="เฉย ๆ"), row(), row(consent="")]
    run = preview(hearing, now, workbook(rows))
    assert [(found["row"], found["column"], found["trouble"]) for found in run.problems] == [
        (3, "stance", "unknown_stance"),
        (5, "consent", "no_consent"),
    ]
    assert not Submission.objects.exists()
    assert run_import(run=run, by=person(Role.OFFICE_HEAD), now=now) == 2
    assert Submission.objects.count() == Comment.objects.count() == SubmissionVersion.objects.count() == 2
    stored = Submission.objects.first()
    assert (stored.stance, stored.channel, stored.entered_by.email) == (
        Stance.AGAINST, Channel.MEETING, "office_head-none@example.org",
    )  # fmt: skip
    assert stored.comments.get().block.heading == "ทางสัญจรระหว่างก่อสร้าง"


@pytest.mark.parametrize(
    ("changes", "trouble"),
    [
        ({"stance": ""}, ("stance", "unknown_stance")),
        ({"section": "9"}, ("section", "unknown_section")),
        ({"sector": "ชาวบ้าน"}, ("sector", "unknown_sector")),
        ({"channel": "นกพิราบ"}, ("channel", "unknown_channel")),
        ({"village": "ร้อย"}, ("village_no", "village_no")),
        ({"village": "100"}, ("village_no", "village_no")),
        ({"tambon": "ไม่มีตำบลนี้"}, ("subdistrict", "unknown_area")),
        ({"reason": ""}, ("reason", "no_words")),
        ({"reason": "ก" * 4001}, ("reason", "too_long")),
        ({"name": "ก" * 121}, ("name", "too_long")),
        ({"reason": "บัตร 1-2345-67890-12-1"}, ("reason", "citizen_number")),
        ({"reason": '=HYPERLINK("http://x")'}, ("reason", "formula")),
        ({"consent": "ไม่"}, ("consent", "no_consent")),
    ],
)
def test_each_wrong_cell_is_named_by_its_column(now, changes, trouble):
    reading = read(HearingFactory.open(now), now, workbook([row(**changes)]))
    assert troubles(reading) == [(2, *trouble)]
    assert not reading.rows


def test_a_misspelt_place_is_answered_with_the_likely_one(now):
    place = Subdistrict.objects.filter(district__province_id=HOME, name="เกยไชย").get()
    hearing = HearingFactory.open(now, provinces=[Province.objects.get(pk=HOME)])
    reading = read(hearing, now, workbook([row(tambon="เกยชัย"), row(tambon="ต.เกยไชย")]))
    assert reading.problems[0]["hint"] == "เกยไชย"
    assert reading.rows[0]["subdistrict"] == place.pk
    assert reading.rows[0]["district"] == place.pk[:4]


def test_merged_cells_are_explained_by_row(now):
    reading = read(HearingFactory.open(now), now, workbook([row(), row(), row()], merge="A3:A4"))
    assert troubles(reading) == [(3, "row", "merged"), (4, "row", "merged")]
    assert len(reading.rows) == 1


def test_one_row_more_than_the_limit_is_refused(now, monkeypatch):
    """That 10,000 are read, and at what cost, is in test_import_faults."""
    monkeypatch.setattr(open_sheet, "MOST_ROWS", 20)
    hearing = HearingFactory.open(now)
    assert len(read(hearing, now, workbook([row()] * 20)).rows) == 20
    with pytest.raises(ValidationError) as refused:
        read(hearing, now, workbook([row()] * 21))
    assert refused.value.code == "rows"


def test_chunks_are_stored_with_few_queries(now, django_assert_max_num_queries):
    run = preview(HearingFactory.open(now), now, workbook([row()] * 1200))
    with django_assert_max_num_queries(120):
        assert run_import(run=run, by=person(Role.OFFICE_HEAD), now=now) == 1200


def test_the_same_file_is_refused_the_second_time(now):
    hearing, upload = HearingFactory.open(now), workbook([row()])
    by = person(Role.STRATEGY)
    run_import(run=preview(hearing, now, upload, by), by=by, now=now)
    with pytest.raises(ValidationError) as refused:
        preview(hearing, now, upload, by)
    assert refused.value.code == "again"


def test_the_same_file_read_twice_and_confirmed_twice_is_stored_once(now):
    hearing, upload, by = HearingFactory.open(now), workbook([row(), row()]), person(Role.STRATEGY)
    first, second = preview(hearing, now, upload, by), preview(hearing, now, upload, by)
    assert [run_import(run=run, by=by, now=now) for run in (first, second, first)] == [2, 0, 0]
    assert Submission.objects.count() == 2
    assert {run.status for run in ImportRun.objects.all()} == {ImportStatus.IMPORTED, ImportStatus.DISCARDED}


def test_an_import_killed_half_way_goes_on_where_it_was(now, monkeypatch):
    monkeypatch.setattr("hearings.services.run_import.CHUNK", 2)
    by = person(Role.STRATEGY)
    run = preview(HearingFactory.open(now), now, workbook([row()] * 5), by)
    partly = ImportRun.objects.get(pk=run.pk)
    from hearings.services.run_import import _store_chunk

    assert _store_chunk(partly, partly.rows[:2], by, now) == 2
    assert run_import(run=run, by=by, now=now) == 3
    assert Submission.objects.count() == 5


def test_names_do_not_stay_in_the_run_after_the_import(now):
    by = person(Role.STRATEGY)
    rows = [row(name="ประภาศรี เอกลักษณ์มั่น"), row(stance="ประภาศรี เอกลักษณ์มั่น")]
    run = preview(HearingFactory.open(now), now, workbook(rows), by)
    run_import(run=run, by=by, now=now)
    run.refresh_from_db()
    assert "ประภาศรี" not in f"{run.rows} {run.problems}"
    assert Submission.objects.get().publish_name == PublishName.NAME


def test_a_discarded_reading_keeps_nothing(now):
    by = person(Role.STRATEGY)
    run = preview(HearingFactory.open(now), now, workbook([row()]), by)
    discard_import(run=run, by=by)
    run.refresh_from_db()
    assert (run.status, run.rows, run.problems) == (ImportStatus.DISCARDED, [], [])
    assert run_import(run=run, by=by, now=now) == 0
    assert not Submission.objects.exists()


def test_what_came_in_time_is_imported_after_closing_until_the_result_is_published(now):
    hearing, by = HearingFactory.open(now), person(Role.STRATEGY)
    run = preview(hearing, now, workbook([row()]), by)
    assert run_import(run=run, by=by, now=hearing.closes_at) == 1
    assert Submission.objects.get().received_on == now.date()
    late = preview(hearing, now, workbook([row(), row()]), by)
    type(hearing).objects.filter(pk=hearing.pk).update(stage="result_published")
    with pytest.raises(HearingClosed):
        run_import(run=late, by=by, now=hearing.closes_at)
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("role", [None, Role.MEMBER, Role.CHANGE_AGENT, Role.MONITORING])
def test_others_may_not_import(now, role):
    with pytest.raises(PermissionDenied):
        preview(HearingFactory.open(now), now, workbook([row()]), person(role))


def test_what_is_no_table_is_refused(now):
    hearing = HearingFactory.open(now)
    plain = SimpleUploadedFile("a.xlsx", b"not a zip")
    old = SimpleUploadedFile("a.xls", b"x")
    for upload in (plain, old, workbook([], head=("ก", "ข")), as_upload(openpyxl.Workbook())):
        with pytest.raises(ValidationError):
            read(hearing, now, upload)


def zipped(**parts: bytes) -> SimpleUploadedFile:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {"xl/workbook.xml": b"<workbook/>", **parts}.items():
            archive.writestr(name, data)
    return SimpleUploadedFile("a.xlsx", file.getvalue())


def test_a_zip_bomb_is_refused_before_it_is_unpacked(now):
    with pytest.raises(ValidationError) as refused:
        read(HearingFactory.open(now), now, zipped(**{"xl/worksheets/sheet1.xml": b"0" * (90 * 1024 * 1024)}))
    assert refused.value.code == "bomb"


def test_a_file_with_its_own_entities_is_refused(now):
    laughs = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">]><a/>'
    with pytest.raises(ValidationError) as refused:
        read(HearingFactory.open(now), now, zipped(**{"xl/styles.xml": laughs}))
    assert refused.value.code == "doctype"


def test_a_broken_table_inside_a_real_zip_is_refused(now):
    with pytest.raises(ValidationError) as refused:
        read(HearingFactory.open(now), now, zipped(**{"[Content_Types].xml": b"<Types/>"}))
    assert refused.value.code == "broken"


def test_the_template_filled_in_is_read_without_a_complaint(now):
    hearing = HearingFactory.open(now)
    book = openpyxl.load_workbook(io.BytesIO(template_file(hearing)))
    sheet = book["คำตอบ"]
    assert len(sheet.data_validations.dataValidation) == 6
    lists = book["รายการ"]
    sheet["A2"], sheet["B2"], sheet["E2"], sheet["K2"] = (
        lists["A1"].value, lists["B3"].value, lists["E2"].value, "ยินยอม",
    )  # fmt: skip
    reading = read(hearing, now, as_upload(book))
    assert not reading.problems
    assert reading.rows[0]["block_key"] == str(hearing.current_draft.blocks.order_by("order")[1].key)


def test_after_closing_a_row_without_a_day_is_too_late_and_one_with_its_day_is_not(now):
    hearing = HearingFactory.closed(now)
    last = hearing.ended_on
    head = (*HEAD, "วันที่รับ")
    rows = [[*row(), ""], [*row(), f"{last.day}/{last.month}/{last.year + 543}"]]
    run = preview(hearing, now, workbook(rows, head))
    assert [(found["row"], found["trouble"]) for found in run.problems] == [(2, "out_of_time")]
    assert run_import(run=run, by=person(Role.OFFICE_HEAD), now=now) == 1
    assert Submission.objects.get().received_on == last
