"""An import pressed twice at once, hidden rows and sheets, and what 10,000 rows cost."""

from __future__ import annotations

import tracemalloc
import uuid
import zipfile
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.roles import Role
from hearings.enums import ImportStatus
from hearings.models import Comment, ImportRun, Submission, SubmissionVersion
from hearings.services.open_sheet import MOST_ROWS, guard
from hearings.services.read_import import read_import
from hearings.services.run_import import preview_import, run_import
from tests.factories.hearings import HearingFactory
from tests.hearings.people import person
from tests.hearings.spreadsheets import HEAD, as_upload, row, workbook
from tests.hearings.test_concurrency import at_once

MB = 1024 * 1024


@pytest.mark.django_db(transaction=True)
def test_confirmed_by_four_hands_at_once_every_row_is_stored_once(now):
    hearing, by = HearingFactory.open(now), person(Role.STRATEGY)
    run = preview_import(hearing=hearing, upload=workbook([row()] * 30), by=by, now=now)
    results = at_once(lambda _: run_import(run=ImportRun.objects.get(pk=run.pk), by=by, now=now), hands=4)
    assert not [found for found in results if isinstance(found, Exception)], results
    assert sum(results) == 30
    assert Submission.objects.count() == Comment.objects.count() == SubmissionVersion.objects.count() == 30
    assert ImportRun.objects.get().status == ImportStatus.IMPORTED


@pytest.mark.django_db(transaction=True)
def test_the_same_file_read_twice_and_confirmed_at_once_is_stored_once(now):
    hearing, by, upload = HearingFactory.open(now), person(Role.STRATEGY), workbook([row()] * 20)
    runs = [preview_import(hearing=hearing, upload=upload, by=by, now=now) for _ in range(2)]
    results = at_once(lambda n: run_import(run=ImportRun.objects.get(pk=runs[n].pk), by=by, now=now), hands=2)
    assert not [found for found in results if isinstance(found, Exception)], results
    assert (sum(results), Submission.objects.count()) == (20, 20)


@pytest.mark.django_db
def test_rows_are_read_one_after_another(now):
    """Ten thousand took 30 MB at the peak, most of it the rows that were read."""
    upload = workbook([row()] * 2_000)
    hearing = HearingFactory.open(now)
    tracemalloc.start()
    reading = read_import(hearing, upload, today=now.date())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(reading.rows) == 2_000
    assert peak < 15 * MB


@pytest.mark.django_db
def test_ten_thousand_rows_are_read_and_stored(now):
    """Measured on one slow core: read in 4 s, stored in 14 s in 20 chunks of a transaction each."""
    hearing, by = HearingFactory.open(now), person(Role.STRATEGY)
    reading = read_import(hearing, workbook([row()] * MOST_ROWS), today=now.date())
    run = ImportRun.objects.create(
        hearing=hearing, sha256="0" * 64, rows=reading.rows, created_by=by, created_at=now
    )
    assert run_import(run=run, by=by, now=now) == MOST_ROWS


def read(hearing, now, upload: SimpleUploadedFile) -> Any:
    guard(upload)
    return read_import(hearing, upload, today=now.date())


@pytest.mark.django_db
def test_a_hidden_sheet_is_passed_over_for_the_first_that_people_see(now):
    book = openpyxl.Workbook()
    hidden, shown = book.active, book.create_sheet("คำตอบ")
    hidden.sheet_state = "hidden"
    hidden.append(["ไม่ใช่", "ตาราง", "นี้"])
    hidden.append(["1", "2", "3"])
    shown.append(list(HEAD))
    shown.append(row())
    assert len(read(HearingFactory.open(now), now, as_upload(book)).rows) == 1


@pytest.mark.django_db
def test_a_hidden_row_is_named_and_not_imported(now):
    book = openpyxl.load_workbook(workbook([row(), row(), row()]))
    book.active.row_dimensions[3].hidden = True
    reading = read(HearingFactory.open(now), now, as_upload(book))
    assert [(found["row"], found["trouble"]) for found in reading.problems] == [(3, "hidden")]
    assert [found["row"] for found in reading.rows] == [2, 4]


@pytest.mark.django_db
def test_a_workbook_of_hidden_sheets_only_is_refused(now):
    upload = workbook([row()])
    with zipfile.ZipFile(upload) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'state="visible"', b'state="veryHidden"')
    path = SimpleUploadedFile("a.xlsx", b"")
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    path.seek(0)
    with pytest.raises(ValidationError):
        read_import(HearingFactory.open(now), path, today=now.date())


@pytest.mark.django_db
def test_merged_cells_far_down_a_long_table_are_found(now):
    """The marks stand after the rows, in another piece of the file than its beginning."""
    long_words = f"{uuid.uuid4().hex} " * 60
    rows = [row(reason=f"{long_words}{number}") for number in range(800)]
    reading = read(HearingFactory.open(now), now, workbook(rows, merge="A700:A701"))
    assert [found["row"] for found in reading.problems] == [700, 701]
    assert len(reading.rows) == 798
