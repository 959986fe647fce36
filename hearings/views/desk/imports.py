"""Import of a spreadsheet: template, reading, matching columns, preview, confirmation, what comes back (P108)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from openpyxl.utils import get_column_letter

from accounts.permissions import Action, signed_in
from core.enums import Sector
from core.types import Words
from hearings.enums import Channel, ImportStatus, Stance
from hearings.forms.imports import ColumnsForm, ImportForm, UndoForm
from hearings.models import Hearing, ImportRun
from hearings.services.bad_rows import bad_rows_file
from hearings.services.import_columns import ADVICE, Column, Trouble, all_columns, question_columns
from hearings.services.import_reading import Reading
from hearings.services.import_template import template_file
from hearings.services.run_import import (
    discard_import,
    match_columns,
    preview_import,
    read_again,
    run_import,
)
from hearings.services.undo_import import can_be_undone, undo_import
from hearings.views.desk.rooms import attempt, hearing_for, sent

SHOWN = 200
FIRST_ROWS = 5
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class FileColumn:
    """A column of the file as the table for matching shows it."""

    letter: str
    sample: str
    field: BoundField


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_start(request: HttpRequest, pk: int) -> HttpResponse:
    hearing = hearing_for(request, pk, Action.IMPORT_SUBMISSIONS)
    form = ImportForm(**sent(request))
    if request.method == "POST" and form.is_valid():
        by, now = signed_in(request), timezone.now()
        run = attempt(
            form, lambda: preview_import(hearing=hearing, upload=form.cleaned_data["file"], by=by, now=now)
        )
        if run:
            return redirect("hearings_desk:import_run", hearing.pk, run.pk)
    runs = hearing.imports.select_related("created_by").defer("rows", "problems")[:10]
    context = {"hearing": hearing, "form": form, "runs": runs}
    return render(request, "hearings/desk/import.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_run(request: HttpRequest, pk: int, run: int) -> HttpResponse:
    hearing = hearing_for(request, pk, Action.IMPORT_SUBMISSIONS)
    found = get_object_or_404(
        ImportRun.objects.select_related("hearing", "undone_by"), pk=run, hearing=hearing
    )
    undo = UndoForm(request.POST if "undo" in request.POST else None)
    if undo.is_bound and _take_back(request, found, undo):
        return redirect("hearings_desk:import_run", hearing.pk, found.pk)
    if request.method == "POST" and not undo.is_bound and "columns" not in request.POST:
        return _decide(request, found)
    known = all_columns(question_columns(hearing))
    reading = _reading(found, known)
    form = None
    if reading:
        data = request.POST if "columns" in request.POST else None
        form = ColumnsForm(data, headings=reading.headings, known=known, columns=found.columns)
        if form.is_bound and form.is_valid():
            columns, by = form.columns(), signed_in(request)
            if attempt(form, lambda: match_columns(run=found, columns=columns, by=by)):
                messages.success(request, _("The file was read again with these columns."))
                return redirect("hearings_desk:import_run", hearing.pk, found.pk)
    context = {
        "hearing": hearing, "run": found, "form": form, "file_columns": _columns(form, reading),
        "missing": reading.missing if reading else [], **_found(found, known),
        "undo": undo if can_be_undone(found, timezone.now()) else None,
    }  # fmt: skip
    wrong = bool(undo.errors or (form is not None and form.errors))
    return render(request, "hearings/desk/import_run.html", context, status=422 if wrong else 200)


def _reading(run: ImportRun, known: dict[str, Words]) -> Reading | None:
    """The headings of the file while they can still be matched; the first rows are enough for that."""
    if run.status != ImportStatus.PREVIEW or not run.source:
        return None
    columns = {key: place for key, place in run.columns.items() if key in known}
    return read_again(run, columns, only_headings=True)


def _columns(form: ColumnsForm | None, reading: Reading | None) -> list[FileColumn]:
    if form is None or reading is None:
        return []
    return [
        FileColumn(get_column_letter(place + 1), reading.samples[place], form[f"c{place}"])
        for place in range(len(reading.headings))
    ]


def _found(run: ImportRun, known: dict[str, Words]) -> dict[str, object]:
    good, bad = len(run.rows), len({problem["row"] for problem in run.problems})
    return {
        "good": good, "bad": bad, "share": round(100 * good / (good + bad)) if good + bad else 0,
        "problems": [_shown(problem, known) for problem in run.problems[:SHOWN]],
        "more": max(0, len(run.problems) - SHOWN),
        "sample": [_as_stored(row) for row in run.rows[:FIRST_ROWS]] if run.status == ImportStatus.PREVIEW else [],
    }  # fmt: skip


def _decide(request: HttpRequest, run: ImportRun) -> HttpResponse:
    by = signed_in(request)
    if "discard" in request.POST:
        discard_import(run=run, by=by)
        messages.success(request, _("The file was put away. Nothing of it was stored."))
        return redirect("hearings_desk:import", run.hearing_id)
    try:
        stored = run_import(run=run, by=by, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        sentence = ngettext("%(number)d comment was stored.", "%(number)d comments were stored.", stored)
        messages.success(request, sentence % {"number": stored})
    return redirect("hearings_desk:import_run", run.hearing_id, run.pk)


def _take_back(request: HttpRequest, run: ImportRun, form: UndoForm) -> bool:
    if not form.is_valid():
        return False
    by, now, reason = signed_in(request), timezone.now(), form.cleaned_data["reason"]
    taken = attempt(form, lambda: undo_import(run=run, reason=reason, by=by, now=now))
    if taken is None:
        return False
    sentence = ngettext("%(number)d comment was taken back.", "%(number)d comments were taken back.", taken)
    messages.success(request, sentence % {"number": taken})
    return True


def _shown(problem: dict, known: dict[str, Words]) -> dict:
    trouble = Trouble(problem["trouble"])
    return {
        **problem,
        "column": known.get(problem["column"], Column.ROW.label),
        "trouble": trouble.label,
        "advice": ADVICE[trouble],
    }


def _as_stored(row: dict) -> dict:
    """A good row in words, so that somebody sees whether the columns were understood."""
    return {
        **row, "stance": Stance(row["stance"]), "sector": Sector(row["sector"]).label,
        "channel": Channel(row["channel"]).label, "received_on": dt.date.fromisoformat(row["received_on"]),
    }  # fmt: skip


@login_required
@never_cache
@require_safe
def import_template(request: HttpRequest, pk: int) -> HttpResponse:
    hearing = hearing_for(request, pk, Action.IMPORT_SUBMISSIONS)
    return _table(template_file(hearing), f"comments-{hearing.slug}")


@login_required
@never_cache
@require_safe
def import_bad_rows(request: HttpRequest, pk: int, run: int) -> HttpResponse:
    """What has to be corrected, with the reason beside it; after the import exactly these rows are kept."""
    hearing: Hearing = hearing_for(request, pk, Action.IMPORT_SUBMISSIONS)
    found = get_object_or_404(ImportRun.objects.select_related("hearing"), pk=run, hearing=hearing)
    if not found.source or not found.problems:
        raise Http404
    if found.status == ImportStatus.IMPORTED:
        with found.source.open("rb") as kept:
            return _table(kept.read(), f"to-correct-{found.pk}")
    return _table(bad_rows_file(found), f"to-correct-{found.pk}")


def _table(content: bytes, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.xlsx"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=XLSX, headers=headers)
