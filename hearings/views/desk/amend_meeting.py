"""Adding, changing and cancelling a meeting that is announced: each is a numbered correction (R10)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.permissions import Action, signed_in
from hearings.forms.amend_meeting import AmendMeetingForm, MeetingReasonForm
from hearings.models import Amendment, Hearing, Meeting
from hearings.services.amend_meeting import add_meeting, cancel_meeting, change_meeting
from hearings.views.desk.rooms import attempt, hearing_for


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def amend_meeting(request: HttpRequest, pk: int, meeting: int | None = None) -> HttpResponse:
    """Without a meeting a new one is announced."""
    hearing = hearing_for(request, pk, Action.ANNOUNCE_HEARING)
    held = get_object_or_404(Meeting, pk=meeting, hearing=hearing) if meeting else None
    form = AmendMeetingForm.of(held, request.POST if request.method == "POST" else None)
    if (
        form.is_bound
        and form.is_valid()
        and (made := attempt(form, lambda: _store(request, hearing, held, form)))
    ):
        return _done(request, hearing, made)
    context = {"hearing": hearing, "meeting": held, "form": form}
    return render(request, "hearings/desk/amend_meeting.html", context, status=422 if form.errors else 200)


def _store(request: HttpRequest, hearing: Hearing, held: Meeting | None, form: AmendMeetingForm) -> Amendment:
    actor, now, reason = signed_in(request), timezone.now(), form.cleaned_data["reason"]
    if held is None:
        return add_meeting(hearing=hearing, actor=actor, now=now, values=form.values(), reason=reason)
    stood = form.cleaned_data["stood"]
    return change_meeting(
        meeting=held, actor=actor, now=now, values=form.values(), reason=reason, stood=stood
    )


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def call_off(request: HttpRequest, pk: int, meeting: int) -> HttpResponse:
    hearing = hearing_for(request, pk, Action.ANNOUNCE_HEARING)
    held = get_object_or_404(Meeting, pk=meeting, hearing=hearing)
    form = MeetingReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        values = {"actor": signed_in(request), "now": timezone.now(), **form.cleaned_data}
        if made := attempt(form, lambda: cancel_meeting(meeting=held, **values)):
            return _done(request, hearing, made)
    context = {"hearing": hearing, "meeting": held, "form": form}
    return render(request, "hearings/desk/cancel_meeting.html", context, status=422 if form.errors else 200)


def _done(request: HttpRequest, hearing: Hearing, made: Amendment) -> HttpResponseRedirect:
    """On to the meeting: who registered left a telephone number and nothing else, so somebody has to call."""
    messages.success(request, _("The correction is published with its day and reason."))
    found = made.meeting.registrations.aggregate(people=Sum("people"))["people"] if made.meeting else 0
    if found:
        sentence = ngettext(
            "%(number)d person has registered. Call those who left a telephone number.",
            "%(number)d people have registered. Call those who left a telephone number.",
            found,
        )
        messages.warning(request, sentence % {"number": found})
    return redirect("hearings_desk:meeting", hearing.pk, made.meeting_id)
