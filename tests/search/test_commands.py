from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command

from core.models import ResponsibleUnit
from search.engines import get_engine
from search.models import SearchQuery

pytestmark = pytest.mark.django_db


def run(capsys, *args: object, **options: object) -> str:
    call_command(*args, **options)
    return capsys.readouterr().out


def test_rebuild_tells_how_many_and_how_long(capsys, db):
    ResponsibleUnit.objects.create(name="ถนน")
    out = run(capsys, "rebuild_search")
    assert "1 documents in" in out
    assert "tantivy" in out


def test_rebuild_if_empty_leaves_a_filled_index_alone(capsys):
    ResponsibleUnit.objects.create(name="ถนน")
    run(capsys, "rebuild_search", if_empty=True)
    assert "is there: 1 documents" in run(capsys, "rebuild_search", if_empty=True)


def test_status_of_a_missing_index_is_an_error_with_advice(capsys):
    with pytest.raises(CommandError, match="rebuild_search"):
        call_command("search_status")


def test_status_compares_with_the_database_and_repairs(capsys):
    unit = ResponsibleUnit.objects.create(name="ถนน")
    get_engine().rebuild([])
    with pytest.raises(CommandError, match="1 missing"):
        call_command("search_status")
    assert "1 added" in run(capsys, "search_status", repair=True)
    out = run(capsys, "search_status")
    assert "in sync      yes" in out
    assert "documents    1" in out
    assert get_engine().keys() == {f"core.responsibleunit:{unit.pk}"}


def test_a_folder_that_cannot_be_written_is_told(settings, tmp_path):
    (tmp_path / "file").write_text("x")
    settings.SEARCH_INDEX_DIR = tmp_path / "file" / "index"
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("rebuild_search")


def test_evaluation_measures_without_touching_the_sites_index(capsys, tmp_path):
    get_engine().rebuild([])
    docs, queries = tmp_path / "docs.jsonl", tmp_path / "queries.jsonl"
    docs.write_text(
        '{"id": "1", "set": "s", "text": "น้ำท่วมนครสวรรค์"}\n{"id": "2", "set": "s", "text": "ถนนพิจิตร"}\n',
        encoding="utf-8",
    )
    queries.write_text(
        '{"qid": "q", "set": "s", "question": "ถนน", "relevant_id": "2"}\n'
        '{"qid": "r", "set": "s", "question": "เรือ", "relevant_id": "2"}\n',
        encoding="utf-8",
    )
    measured = json.loads(run(capsys, "evaluate_search", docs=docs, queries=queries, json=True))
    assert measured["mean_mrr10"] == 0.5
    assert measured["sets"]["s"]["no_result"] == 0.5
    assert get_engine().keys() == set()
    assert "MRR@10 0.5000" in run(capsys, "evaluate_search", docs=docs, queries=queries)


def test_evaluation_without_files_is_told(tmp_path):
    with pytest.raises(CommandError, match="no file"):
        call_command("evaluate_search", docs=tmp_path / "no", queries=tmp_path / "no")


def test_staff_read_what_was_not_found_but_change_nothing(admin_client):
    import datetime as dt

    SearchQuery.objects.create(text="โดรนเกษตร", day=dt.date(2026, 11, 24), count=3)
    html = admin_client.get("/admin/searched/").content.decode()
    assert "โดรนเกษตร" in html
    assert "/admin/searched/new/" not in html
    for address in (
        "new/",
        f"edit/{SearchQuery.objects.get().pk}/",
        f"delete/{SearchQuery.objects.get().pk}/",
    ):
        assert admin_client.post(f"/admin/searched/{address}").status_code in {302, 403, 404}
    assert SearchQuery.objects.count() == 1
