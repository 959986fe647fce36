"""The rooms of an import: matching columns, what comes back, what a wrong address or press does."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.urls import reverse

from accounts.roles import Role
from hearings.models import ImportRun, Submission
from tests.factories.hearings import HearingFactory
from tests.hearings.people import person
from tests.hearings.spreadsheets import row, workbook
from tests.hearings.test_import_questions import OTHER_HEAD, OTHER_ROW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(monkeypatch, now):
    monkeypatch.setattr("hearings.views.desk.imports.timezone.now", lambda: now)


@pytest.fixture
def desk(client):
    client.force_login(person(Role.STRATEGY))
    return client


def address(name, run):
    return reverse(f"hearings_desk:{name}", args=[run.hearing_id, run.pk])


def read(desk, hearing, upload):
    desk.post(reverse("hearings_desk:import", args=[hearing.pk]), {"file": upload})
    return ImportRun.objects.latest("pk")


def test_unknown_columns_are_matched_and_then_imported(desk, now):
    run = read(desk, HearingFactory.open(now), workbook([OTHER_ROW], OTHER_HEAD))
    page = desk.get(address("import_run", run)).content.decode()
    assert all(heading in page for heading in OTHER_HEAD)
    assert 'name="confirm"' not in page
    assert "If a title stands above them" in desk.get(f"/en{address('import_run', run)}").content.decode()
    columns = {"c1": "stance", "c2": "reason", "c3": "sector", "c4": "consent", "columns": "1"}
    assert desk.post(address("import_run", run), {**columns, "c5": "stance"}).status_code == 422
    assert desk.post(address("import_run", run), {"c1": "stance", "columns": "1"}).status_code == 422
    assert desk.post(address("import_run", run), {"c1": "king", "columns": "1"}).status_code == 422
    assert desk.post(address("import_run", run), columns).status_code == 302
    assert 'name="confirm"' in desk.get(address("import_run", run)).content.decode()
    desk.post(address("import_run", run), {"confirm": "1"})
    assert Submission.objects.get().comments.get().reason == OTHER_ROW[2]


def test_bad_rows_are_downloaded_before_and_after_the_import(desk, now):
    run = read(desk, HearingFactory.open(now), workbook([row(), row(stance="เฉย ๆ")]))
    for _ in range(2):
        answer = desk.get(address("import_bad_rows", run))
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        lines = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
        assert [line[0] for line in lines] == ["จุดยืน", "เฉย ๆ"]
        desk.post(address("import_run", run), {"confirm": "1"})
    assert Submission.objects.count() == 1


def test_where_nothing_is_bad_or_kept_there_is_nothing_to_download(desk, now):
    run = read(desk, HearingFactory.open(now), workbook([row()]))
    assert desk.get(address("import_bad_rows", run)).status_code == 404
    desk.post(address("import_run", run), {"discard": "1"})
    assert desk.get(address("import_run", run)).status_code == 200
    assert desk.post(address("import_run", run), {"columns": "1"}).status_code == 200


def test_the_run_of_another_hearing_and_another_role_are_refused(desk, client, now):
    run = read(desk, HearingFactory.open(now), workbook([row(stance="เฉย ๆ")]))
    other = HearingFactory.open(now)
    for name in ("import_run", "import_bad_rows"):
        assert desk.get(reverse(f"hearings_desk:{name}", args=[other.pk, run.pk])).status_code == 404
    client.force_login(person(Role.MONITORING))
    for name in ("import_run", "import_bad_rows"):
        assert client.get(address(name, run)).status_code == 403


def test_a_run_asks_as_often_for_one_row_as_for_many(desk, now, django_assert_num_queries):
    hearing = HearingFactory.open(now)
    for count in (2, 60):
        run = read(desk, hearing, workbook([row(), row(stance="เฉย ๆ")] * count))
        desk.get(address("import_run", run))
        with django_assert_num_queries(18):
            desk.get(address("import_run", run))
