"""Import of a spreadsheet: template, reading, preview, confirmation (P108)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Action, signed_in
from hearings.forms.field import ImportForm
from hearings.models import ImportRun
from hearings.services.import_template import template_file
from hearings.services.read_import import ADVICE, Column, Trouble
from hearings.services.run_import import discard_import, preview_import, run_import
from hearings.views.desk.doing import attempt, hearing_for, sent

SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
    found = get_object_or_404(ImportRun.objects.select_related("hearing"), pk=run, hearing=hearing)
    if request.method == "POST":
        return _decide(request, found)
    bad = {problem["row"] for problem in found.problems}
    problems = [_shown(problem) for problem in found.problems[:SHOWN]]
    context = {
        "hearing": hearing, "run": found, "good": len(found.rows), "bad": len(bad), "problems": problems,
        "more": max(0, len(found.problems) - SHOWN), "sample": found.rows[:5],
    }  # fmt: skip
    return render(request, "hearings/desk/import_run.html", context)


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


def _shown(problem: dict) -> dict:
    trouble = Trouble(problem["trouble"])
    return {
        **problem,
        "column": Column(problem["column"]).label,
        "trouble": trouble.label,
        "advice": ADVICE[trouble],
    }


@login_required
@never_cache
@require_safe
def import_template(request: HttpRequest, pk: int) -> HttpResponse:
    hearing = hearing_for(request, pk, Action.IMPORT_SUBMISSIONS)
    name = f'attachment; filename="comments-{hearing.slug}.xlsx"'
    return HttpResponse(template_file(hearing), content_type=XLSX, headers={"Content-Disposition": name})
