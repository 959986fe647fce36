"""Bring a draft in from Word: read it, arrange its sections, save them into the editor."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.permissions import Action, require, signed_in
from hearings.editor import is_draft_frozen
from hearings.forms.draft_import import SourceForm, arranged
from hearings.models import Hearing
from hearings.services.import_draft import import_draft
from hearings.services.read_draft import ReadSection


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def draft_import(request: HttpRequest, pk: int) -> HttpResponse:
    hearing = get_object_or_404(Hearing, pk=pk)
    require(request.user, Action.PREPARE_HEARING, hearing)
    step = request.POST.get("step", "")
    if step in ("again", "save"):
        return _arrange(request, hearing, save=step == "save")
    form = SourceForm()
    if request.method == "POST":
        form = SourceForm(request.POST, request.FILES)
        if form.is_valid() and not is_draft_frozen(hearing):
            return _preview(request, hearing, form.sections)
    context = {"hearing": hearing, "form": form, "is_frozen": is_draft_frozen(hearing)}
    return render(request, "hearings/desk/draft_import.html", context)


def _arrange(request: HttpRequest, hearing: Hearing, *, save: bool) -> HttpResponse:
    sections: list[ReadSection] = []
    problems: list[str] = []
    try:
        sections = arranged(request.POST)
        if save:
            import_draft(hearing=hearing, actor=signed_in(request), sections=sections)
            messages.success(request, _("The sections are in the draft. Nothing is published yet."))
            return redirect("hearings_desk:hearing", hearing.pk)
    except ValidationError as error:
        problems = error.messages
    return _preview(request, hearing, sections, problems)


def _preview(
    request: HttpRequest, hearing: Hearing, sections: list[ReadSection], problems: list[str] | None = None
) -> HttpResponse:
    context = {"hearing": hearing, "sections": sections, "problems": problems or []}
    return render(request, "hearings/desk/draft_import_preview.html", context)
