"""Columns for the questions of a hearing, columns that somebody matched, and the rows that come back."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.roles import Role
from geography.models import Province, Subdistrict
from hearings import privacy
from hearings.enums import Capacity, ImportStatus, PublishName, QuestionKind
from hearings.models import Answer, AnswerChoice, ImportRun, Question, QuestionRevision, Submission
from hearings.services.bad_rows import REASON, bad_rows_file
from hearings.services.import_columns import question_columns
from hearings.services.import_template import template_file
from hearings.services.read_import import read_import
from hearings.services.run_import import discard_import, match_columns, preview_import, run_import
from tests.factories.hearings import HearingFactory, day
from tests.hearings.people import HOME, person
from tests.hearings.spreadsheets import HEAD, as_upload, row, workbook

pytestmark = pytest.mark.django_db

OPTIONS = [
    {"key": "a1", "label": "ทุกวัน"},
    {"key": "a2", "label": "บางวัน"},
    {"key": "a3", "label": "ไม่เคย, เลย"},
]
LINES = [{"key": "r1", "label": "ถนน"}, {"key": "r2", "label": "น้ำ"}]


@pytest.fixture
def staff(db):
    return person(Role.STRATEGY)


def ask(hearing, now, kind, text="ท่านใช้ทางนี้บ่อยไหม", **fields):
    question = Question.objects.create(hearing=hearing, order=hearing.questions.count())
    return QuestionRevision.objects.create(
        question=question, number=1, kind=kind, text=text, created_at=now, is_required=True, **fields
    )


def table(hearing, cells: dict, *, head=HEAD):
    """One good row with more columns, in the words of the template."""
    return workbook([[*row(), *cells.values()]], (*head, *cells))


def read(hearing, now, upload):
    return read_import(hearing, upload, today=now.date())


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (QuestionKind.SINGLE, "บางวัน", "a2"),
        (QuestionKind.SINGLE, "๒", "a2"),
        (QuestionKind.SINGLE, 3, "a3"),
        (QuestionKind.MULTIPLE, "3; ๑", ["a1", "a3"]),
        (QuestionKind.MULTIPLE, "ทุกวัน, บางวัน", ["a1", "a2"]),
        (QuestionKind.MULTIPLE, "ไม่เคย, เลย", ["a3"]),
        (QuestionKind.SCALE, "๔", 4),
        (QuestionKind.NUMBER, "๑,๒๐๐", 1200),
        (QuestionKind.SHORT_TEXT, "ท่าเรือเก่า", "ท่าเรือเก่า"),
    ],
)
def test_an_answer_is_read_by_its_words_or_its_number(now, kind, typed, value):
    hearing = HearingFactory.open(now)
    asked = ask(hearing, now, kind, options=OPTIONS)
    [column] = question_columns(hearing)
    reading = read(hearing, now, table(hearing, {column.heading: typed}))
    assert not reading.problems
    assert reading.rows[0]["answers"] == [[asked.pk, value]]


def test_tables_rankings_and_places_have_a_column_for_each_line(now):
    hearing = HearingFactory.open(now, provinces=[Province.objects.get(pk=HOME)])
    matrix = ask(hearing, now, QuestionKind.MATRIX, options=OPTIONS, rows=LINES)
    ranking = ask(hearing, now, QuestionKind.RANKING, options=OPTIONS)
    place = ask(hearing, now, QuestionKind.PLACE)
    headings = [column.heading for column in question_columns(hearing)]
    assert [heading.split(": ")[1] for heading in headings] == [
        "ถนน", "น้ำ", "ทุกวัน", "บางวัน", "ไม่เคย, เลย", "จังหวัด", "อำเภอ", "ตำบล",
    ]  # fmt: skip
    here = Subdistrict.objects.get(district__province_id=HOME, name="เกยไชย")
    cells = dict(zip(headings, ["ทุกวัน", "2", "3", "1", "2", "", "", "เกยไชย"], strict=True))
    reading = read(hearing, now, table(hearing, cells))
    assert not reading.problems
    found = dict(reading.rows[0]["answers"])
    assert found[matrix.pk] == {"r1": "a1", "r2": "a2"}
    assert found[ranking.pk] == ["a2", "a3", "a1"]
    assert found[place.pk]["subdistrict"] == here.pk


@pytest.mark.parametrize(
    ("kind", "typed", "trouble"),
    [
        (QuestionKind.SINGLE, "เดือนละครั้ง", "answer"),
        (QuestionKind.SINGLE, "4", "answer"),
        (QuestionKind.MULTIPLE, "1; 9", "answer"),
        (QuestionKind.SCALE, "6", "answer"),
        (QuestionKind.NUMBER, "หลายคน", "answer"),
        (QuestionKind.SHORT_TEXT, "ก" * 201, "too_long"),
        (QuestionKind.SHORT_TEXT, "1-2345-67890-12-1", "citizen_number"),
        (QuestionKind.SHORT_TEXT, "=1+1", "formula"),
    ],
)
def test_what_is_no_answer_is_named_by_its_column(now, kind, typed, trouble):
    hearing = HearingFactory.open(now)
    ask(hearing, now, kind, options=OPTIONS)
    [column] = question_columns(hearing)
    reading = read(hearing, now, table(hearing, {column.heading: typed}))
    assert [(found["column"], found["trouble"]) for found in reading.problems] == [(column.key, trouble)]
    assert not reading.rows


def test_answers_are_stored_and_counted_like_those_of_the_website(now, staff, django_assert_max_num_queries):
    hearing = HearingFactory.open(now)
    ask(hearing, now, QuestionKind.SINGLE, options=OPTIONS)
    ask(hearing, now, QuestionKind.MULTIPLE, "เพราะอะไร", options=OPTIONS)
    first, second = (column.heading for column in question_columns(hearing))
    rows = [[*row(), "1", "1;2"] for _ in range(600)]
    run = preview_import(hearing=hearing, upload=workbook(rows, (*HEAD, first, second)), by=staff, now=now)
    # Two chunks of 500: 21 queries each and a few around them, whatever the number of rows and questions; on SQLite an
    # insert is cut into pieces of 999 values.
    with django_assert_max_num_queries(82):
        assert run_import(run=run, by=staff, now=now) == 600
    assert (Answer.objects.count(), AnswerChoice.objects.count()) == (1200, 1800)
    record = Submission.objects.first().versions.get().data
    assert [answer["value"] for answer in record["answers"]] == ["a1", ["a1", "a2"]]


def test_a_question_taken_out_meanwhile_keeps_the_answers_that_were_read_before(now, staff):
    hearing = HearingFactory.open(now)
    asked = ask(hearing, now, QuestionKind.SINGLE, options=OPTIONS)
    [column] = question_columns(hearing)
    run = preview_import(hearing=hearing, upload=table(hearing, {column.heading: "1"}), by=staff, now=now)
    Question.objects.update(removed_at=now + dt.timedelta(minutes=1))
    run_import(run=run, by=staff, now=now)
    assert Answer.objects.get().revision == asked


def test_the_template_has_the_questions_with_their_lists_and_is_read_back(now):
    hearing = HearingFactory.open(now)
    asked = ask(hearing, now, QuestionKind.SINGLE, options=OPTIONS)
    book = openpyxl.load_workbook(io.BytesIO(template_file(hearing)))
    sheet = book["คำตอบ"]
    headings = [cell.value for cell in sheet[1]]
    assert headings[-1] == "1. ท่านใช้ทางนี้บ่อยไหม"
    place = len(headings)
    sheet.cell(2, place).value = book["รายการ"].cell(3, place).value
    for heading, value in (("จุดยืน", "เห็นด้วย"), ("ภาคส่วน", "ประชาชน"), ("ยินยอม", "ยินยอม")):
        sheet.cell(2, headings.index(heading) + 1).value = value
    reading = read(hearing, now, as_upload(book))
    assert (reading.problems, reading.rows[0]["answers"]) == ([], [[asked.pk, "a3"]])


# --- who speaks ------------------------------------------------------------------------------------------------


def test_age_group_and_day_are_read_and_the_rules_of_the_website_hold(now, staff):
    hearing = HearingFactory.open(now)
    cells = {"อายุไม่ถึง 20 ปี": "ใช่", "พูดแทนกลุ่ม": "กลุ่มใช้น้ำ", "วันที่รับ": dt.datetime(2569, 11, 20, 8, 30)}
    here = day(now, -2)
    cells["วันที่รับ"] = dt.datetime(here.year + 543, here.month, here.day, 8, 30)
    upload = workbook([[*row(name="ด.ช. แดง"), *cells.values()]], (*HEAD, *cells))
    run_import(run=preview_import(hearing=hearing, upload=upload, by=staff, now=now), by=staff, now=now)
    stored = Submission.objects.get()
    assert (stored.under_20, stored.publish_name, stored.name) == (True, PublishName.NONE, "")
    assert (stored.capacity, stored.organisation) == (Capacity.GROUP, "กลุ่มใช้น้ำ")
    assert stored.received_on == here.date()


@pytest.mark.parametrize(
    ("heading", "typed", "trouble"),
    [
        ("วันที่รับ", "๓๐ ก.พ. ๒๕๖๙", "no_day"),
        ("วันที่รับ", "1/1/2560", "out_of_time"),
        ("วันที่รับ", "31/12/2599", "out_of_time"),
        ("อายุไม่ถึง 20 ปี", "อาจจะ", "yes_or_no"),
        ("พูดแทนกลุ่ม", "ก" * 201, "too_long"),
        ("พูดแทนกลุ่ม", "1234567890121", "citizen_number"),
    ],
)
def test_each_wrong_cell_about_the_person_is_named(now, heading, typed, trouble):
    hearing = HearingFactory.open(now)
    reading = read(hearing, now, table(hearing, {heading: typed}))
    assert [found["trouble"] for found in reading.problems] == [trouble]


@pytest.mark.parametrize("style", ["{d} พ.ย. ๒๕๖๙", "{d}/11/2569", "{d}/11/2569 14:30", "2026-11-{d}"])
def test_days_are_read_as_people_write_them(now, style):
    hearing = HearingFactory.open(now)
    here = day(now, -1).date()
    if here.month != 11:
        here = here.replace(month=11)
    typed = style.format(d=f"{here.day:02d}")
    reading = read(hearing, now, table(hearing, {"วันที่รับ": typed}))
    assert (reading.problems, reading.rows[0]["received_on"]) == ([], here.isoformat())


# --- matching columns ----------------------------------------------------------------------------------------------

OTHER_HEAD = ("ประทับเวลา", "ความเห็นของท่าน", "เพราะอะไร", "กลุ่ม", "ตกลงไหม", "เบอร์โทร")
OTHER_ROW = ("22/11/2569", "ไม่เห็นด้วย", "ทางเบี่ยงผ่านหน้าโรงเรียน", "ประชาชน", "ใช่", "0812345678")
MATCHED = {"stance": 1, "reason": 2, "sector": 3, "consent": 4}


def other(hearing, now, staff, *rows):
    return preview_import(
        hearing=hearing, upload=workbook(rows or [OTHER_ROW], OTHER_HEAD), by=staff, now=now
    )


def test_unknown_headings_wait_for_somebody_who_matches_them(now, staff):
    hearing = HearingFactory.open(now)
    run = other(hearing, now, staff)
    assert (run.rows, run.problems, run.columns) == ([], [], {})
    assert run_import(run=ImportRun.objects.get(pk=run.pk), by=staff, now=now) == 0


def test_matched_columns_are_read_and_what_is_not_matched_is_not_kept(now, staff):
    hearing = HearingFactory.open(now)
    run = match_columns(run=other(hearing, now, staff), columns=MATCHED, by=staff)
    assert len(run.rows) == 1
    assert "0812345678" not in str(run.rows)
    assert run_import(run=run, by=staff, now=now) == 1
    assert Submission.objects.get().comments.get().reason == OTHER_ROW[2]


@pytest.mark.parametrize(
    "columns",
    [
        {"stance": 1, "sector": 3},
        {**MATCHED, "reason": 1},
        {**MATCHED, "q99": 5},
        {**MATCHED, "name": 500},
        {**MATCHED, "name": -1},
    ],
)
def test_a_match_that_cannot_be_is_refused(now, staff, columns):
    run = other(HearingFactory.open(now), now, staff)
    with pytest.raises(ValidationError):
        match_columns(run=run, columns=columns, by=staff)
    run.refresh_from_db()
    assert not run.rows


def test_others_do_not_match_and_an_imported_file_is_not_matched_again(now, staff):
    run = match_columns(run=other(HearingFactory.open(now), now, staff), columns=MATCHED, by=staff)
    with pytest.raises(PermissionDenied):
        match_columns(run=run, columns=MATCHED, by=person(Role.MONITORING))
    run_import(run=run, by=staff, now=now)
    with pytest.raises(ValidationError):
        match_columns(run=run, columns=MATCHED, by=staff)


# --- the rows that have to be corrected ------------------------------------------------------------------------------


def mixed(hearing, now, staff):
    rows = [
        row(),
        row(stance="เฉย ๆ", reason='=HYPERLINK("http://x")'),
        row(),
        row(consent="", name="ป้าสำเนียง"),
    ]
    return preview_import(hearing=hearing, upload=workbook(rows), by=staff, now=now)


def sheet_of(content):
    return [
        [cell.value for cell in line]
        for line in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows()
    ]


def test_bad_rows_come_back_as_they_were_with_the_reason_beside_them(now, staff):
    head, *lines = sheet_of(bad_rows_file(mixed(HearingFactory.open(now), now, staff)))
    assert head == [*HEAD, REASON]
    assert [line[0] for line in lines] == ["เฉย ๆ", "ไม่เห็นด้วย"]
    assert lines[0][2] == '=HYPERLINK("http://x")'
    assert all(line[-1] for line in lines)


def test_what_comes_back_calculates_nothing(now, staff):
    content = bad_rows_file(mixed(HearingFactory.open(now), now, staff))
    cells = [cell for line in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows() for cell in line]
    assert "f" not in {cell.data_type for cell in cells}


def test_bad_rows_corrected_and_sent_again_are_stored_beside_the_good_ones(now, staff):
    hearing = HearingFactory.open(now)
    run = mixed(hearing, now, staff)
    run_import(run=run, by=staff, now=now)
    run.refresh_from_db()
    book = openpyxl.load_workbook(io.BytesIO(run.source.read()))
    sheet = book.active
    sheet["A2"], sheet["C2"], sheet["I3"] = "เห็นด้วย", "", "ยินยอม"
    again = preview_import(hearing=hearing, upload=as_upload(book), by=staff, now=now)
    assert not again.problems
    assert run_import(run=again, by=staff, now=now) == 2
    assert Submission.objects.count() == 4


# --- what does not stay behind ------------------------------------------------------------------------------------


def exists(run, name):
    return run.source.storage.exists(name)


def test_after_the_import_only_the_bad_rows_are_kept_and_those_not_for_long(
    now, staff, django_capture_on_commit_callbacks
):
    run = mixed(HearingFactory.open(now), now, staff)
    whole = run.source.name
    with django_capture_on_commit_callbacks(execute=True):
        run_import(run=run, by=staff, now=now)
    run.refresh_from_db()
    left = run.source.name
    assert exists(run, left)
    assert not exists(run, whole)
    assert len(sheet_of(run.source.read())) == 3
    with django_capture_on_commit_callbacks(execute=True):
        assert privacy.purge(now + dt.timedelta(days=30))["imports"] == 1
    run.refresh_from_db()
    assert not exists(run, left)
    assert (run.status, len(run.rows), run.source.name) == (ImportStatus.IMPORTED, 2, "")


def test_a_file_nobody_went_on_with_is_forgotten(now, staff, django_capture_on_commit_callbacks):
    run = mixed(HearingFactory.open(now), now, staff)
    name = run.source.name
    almost = now + dt.timedelta(days=30) - dt.timedelta(seconds=1)
    assert privacy.purge(almost)["imports"] == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert privacy.purge(now + dt.timedelta(days=30))["imports"] == 1
    run.refresh_from_db()
    assert (run.status, run.rows, run.problems) == (ImportStatus.DISCARDED, [], [])
    assert not exists(run, name)


def test_a_file_put_away_is_gone_from_the_disk(now, staff, django_capture_on_commit_callbacks):
    run = mixed(HearingFactory.open(now), now, staff)
    name = run.source.name
    with django_capture_on_commit_callbacks(execute=True):
        discard_import(run=run, by=staff)
    assert not exists(run, name)
