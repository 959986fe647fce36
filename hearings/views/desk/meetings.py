"""Meetings of a hearing for staff: who registered, who came, the minutes (P9)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Action, may, signed_in
from hearings.editor import is_announced
from hearings.enums import Stage
from hearings.forms.field import AttendanceForm
from hearings.models import Hearing, Meeting
from hearings.services.attendance import keep_minutes, record_attendance
from hearings.views.desk.rooms import attempt, hearing_for, sent


@login_required
@never_cache
@require_safe
def meetings(request: HttpRequest, pk: int) -> HttpResponse:
    hearing = hearing_for(request, pk, Action.ENTER_ON_BEHALF)
    found = hearing.meetings.annotate(registered=Sum("registrations__people"))
    context = {
        "hearing": hearing, "meetings": found, "may_amend": _may_amend(request, hearing),
        "may_edit": not is_announced(hearing) and may(request.user, Action.PREPARE_HEARING, hearing),
    }  # fmt: skip
    return render(request, "hearings/desk/meetings.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: HttpRequest, pk: int, meeting: int) -> HttpResponse:
    hearing = hearing_for(request, pk, Action.ENTER_ON_BEHALF)
    held = get_object_or_404(Meeting.objects.select_related("minutes"), pk=meeting, hearing=hearing)
    if not may(request.user, Action.SEE_PERSONAL_DATA, hearing):
        raise PermissionDenied
    counted = dict(held.attendance.values_list("sector", "people"))
    form = AttendanceForm(**sent(request), initial=counted)
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _store(request, held, form)):
        messages.success(request, _("The meeting is written down."))
        return redirect("hearings_desk:meeting", hearing.pk, held.pk)
    context = {
        "hearing": hearing, "meeting": held, "form": form, "registrations": held.registrations.all(),
        "numbers": [field for field in form if field.name != "minutes"], "people": sum(counted.values()),
        "may_amend": _may_amend(request, hearing) and held.is_upcoming(timezone.now()),
    }  # fmt: skip
    return render(request, "hearings/desk/meeting.html", context, status=422 if form.errors else 200)


def _may_amend(request: HttpRequest, hearing: Hearing) -> bool:
    """Before the announcement meetings are edited with the rest of the hearing, after a cancellation there are none."""
    is_told = is_announced(hearing) and hearing.stage != Stage.CANCELLED
    return is_told and may(request.user, Action.ANNOUNCE_HEARING, hearing)


@transaction.atomic
def _store(request: HttpRequest, held: Meeting, form: AttendanceForm) -> bool:
    """Heads and minutes, or, where the minutes are refused, nothing: a screen with an error has changed no record."""
    by = signed_in(request)
    record_attendance(meeting=held, people=form.people(), by=by, now=timezone.now())
    if upload := form.cleaned_data["minutes"]:
        keep_minutes(meeting=held, upload=upload, by=by)
    return True
