"""Doing something with a hearing at the desk: a step, a copy, the secret address."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import Action, signed_in
from hearings.admin_views import StepForm
from hearings.checklist import blocking, checklist
from hearings.services.announce import newest
from hearings.services.clone import clone
from hearings.services.preview import make_preview, revoke_preview
from hearings.steps import step_of
from hearings.views.desk.rooms import attempt, hearing_for


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Says what the step does, asks what it needs; the service decides."""
    found, now = step_of(verb), timezone.now()
    if found is None:
        raise Http404
    hearing = hearing_for(request, pk, found.action)
    back = reverse("hearings_desk:hearing", args=[pk])
    form = StepForm(request.POST if request.method == "POST" else None, step=found)
    if not found.is_offered(hearing, signed_in(request), now):
        if any(request.POST.get(name, "").strip() for name in form.fields):  # a reason is not written twice
            form.add_error(None, _("This step is not possible now."))
            context = {"hearing": hearing, "step": found, "form": form}
            return render(request, "hearings/desk/step.html", context, status=409)
        messages.error(request, _("This step is not possible now."))
        return HttpResponseRedirect(back)
    if request.method == "POST" and form.is_valid():
        values = {"hearing": hearing, "actor": signed_in(request), "now": now, **form.cleaned_data}
        if attempt(form, lambda: found.service(**values)):
            messages.success(request, _("Done: %(step)s.") % {"step": found.label})
            return HttpResponseRedirect(back)
    missing = blocking(checklist(newest(hearing), now)) if verb == "announce" else []
    context = {"hearing": hearing, "step": found, "form": form, "missing": missing}
    return render(request, "hearings/desk/step.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def clone_hearing(request: HttpRequest, pk: int) -> HttpResponse:
    hearing = hearing_for(request, pk, Action.PREPARE_HEARING)
    copy = clone(hearing=hearing, actor=signed_in(request), now=timezone.now())
    messages.success(request, _("A copy is made as a draft. Give it a code and its days."))
    return HttpResponseRedirect(reverse("hearings_desk:hearing", args=[copy.pk]))


@login_required
@require_POST
def set_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """``action=make`` gives a new secret address, anything else takes it back."""
    hearing = hearing_for(request, pk, Action.PREPARE_HEARING)
    if request.POST.get("action") != "make":
        revoke_preview(hearing=hearing, actor=signed_in(request))
        messages.success(request, _("The secret address no longer works."))
    elif hearing.is_public_record:
        messages.error(request, _("This step is not possible now."))
    else:
        make_preview(hearing=hearing, actor=signed_in(request))
        messages.success(request, _("The secret address is ready. Earlier ones no longer work."))
    return HttpResponseRedirect(reverse("hearings_desk:hearing", args=[pk]))
