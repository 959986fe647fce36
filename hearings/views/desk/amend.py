"""Correcting something that was announced: choose what, then write the new words beside the old ones (R10)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.permissions import Action, signed_in
from hearings.editor import ANNOUNCED_ROWS, DISCLOSED_FIELDS, DISCLOSED_ROWS
from hearings.forms.desk import AmendForm, CorrectionForm, field_name, row_forms
from hearings.models import Hearing
from hearings.services.amend import amend, amend_rows
from hearings.views.desk.rooms import attempt, hearing_for


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def amend_hearing(request: HttpRequest, pk: int) -> HttpResponse:
    """``field`` names what is corrected; without one, or with one that was never announced, all are offered."""
    hearing = hearing_for(request, pk, Action.ANNOUNCE_HEARING)
    name = (request.POST if request.method == "POST" else request.GET).get("field", "")
    if name in DISCLOSED_FIELDS:
        return _correct_words(request, hearing, name)
    if name in DISCLOSED_ROWS:
        return _correct_rows(request, hearing, name)
    if name == "meetings":
        return HttpResponseRedirect(reverse("hearings_desk:meetings", args=[hearing.pk]))
    rows = [
        (
            relation,
            field_name(relation),
            "\n".join(row.in_words() for row in getattr(hearing, relation).all()),
        )
        for relation in ANNOUNCED_ROWS
    ]
    words = [(field, field_name(field), getattr(hearing, field)) for field in DISCLOSED_FIELDS]
    return render(request, "hearings/desk/amend.html", {"hearing": hearing, "offered": words + rows})


def _correct_words(request: HttpRequest, hearing: Hearing, name: str) -> HttpResponse:
    before = getattr(hearing, name)
    form = AmendForm(request.POST if request.method == "POST" else None, initial={"after": before})
    if form.is_bound and form.is_valid() and _store(request, hearing, form, name):
        return _done(request, hearing)
    context = {"hearing": hearing, "form": form, "name": name, "label": field_name(name), "before": before}
    return render(request, "hearings/desk/amend_words.html", context, status=422 if form.errors else 200)


def _store(request: HttpRequest, hearing: Hearing, form: AmendForm, name: str) -> bool:
    values: dict[str, Any] = {
        "hearing": hearing,
        "actor": signed_in(request),
        "now": timezone.now(),
        "field": name,
    }
    return attempt(form, lambda: amend(**values, **form.cleaned_data)) is not None


def _correct_rows(request: HttpRequest, hearing: Hearing, name: str) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form, rows = CorrectionForm(data), row_forms(hearing, name, data)
    if data is not None:
        kept = [row for row in rows if not row.is_blank]
        fine = all(row.is_valid() for row in kept) and form.is_valid()
        values: dict[str, Any] = {"hearing": hearing, "actor": signed_in(request), "now": timezone.now()}
        kept_rows = [row.cleaned_data for row in kept] if fine else []
        if fine:
            corrected = attempt(
                form, lambda: amend_rows(**values, relation=name, rows=kept_rows, **form.cleaned_data)
            )
            if corrected:
                return _done(request, hearing)
    wrong = form.errors or any(row.is_bound and not row.is_blank and row.errors for row in rows)
    context = {"hearing": hearing, "form": form, "rows": rows, "name": name, "label": field_name(name)}
    return render(request, "hearings/desk/amend_rows.html", context, status=422 if wrong else 200)


def _done(request: HttpRequest, hearing: Hearing) -> HttpResponseRedirect:
    messages.success(request, _("The correction is published with its day and reason."))
    return HttpResponseRedirect(reverse("hearings_desk:hearing", args=[hearing.pk]))
