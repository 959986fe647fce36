"""Telling the office that one comes to a meeting."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.ratelimit import Limit, TooManyRequestsError, take, visitor
from hearings.enums import Stage
from hearings.forms.meeting import RegistrationForm
from hearings.models import Meeting
from hearings.services.register_for_meeting import register_for_meeting
from hearings.views.csrf import expired
from hearings.views.lookup import visible_hearing

REGISTER_LIMIT = Limit("hearings.register", capacity=60, seconds=600)


# Checked inside, so that an expired form keeps its text (hearings.views.csrf).
@csrf_exempt
@cache_control(private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    hearing, now = visible_hearing(slug), timezone.now()
    meeting = get_object_or_404(Meeting.objects.filter(hearing=hearing), pk=pk)
    context = {"hearing": hearing, "meeting": meeting, "now": now, "done": "done" in request.GET}
    if context["done"]:
        return render(request, "hearings/meeting_done.html", context)
    is_off = meeting.cancelled_at or hearing.stage == Stage.CANCELLED
    if is_off or not meeting.is_upcoming(now):
        context["is_off"] = is_off
        return render(request, "hearings/meeting_closed.html", context, status=HTTPStatus.CONFLICT)
    form = RegistrationForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = store(request, form, meeting, now)
    if status == HTTPStatus.FOUND:
        return HttpResponseRedirect(f"{request.path}?done=1")
    context |= {"form": form, "seats_left": meeting.seats_left()}
    return render(request, "hearings/meeting_register.html", context, status=status)


def store(request: HttpRequest, form: RegistrationForm, meeting: Meeting, now: dt.datetime) -> HTTPStatus:
    """FOUND if stored; otherwise why not, with the sentence in the form."""
    if expired(request):
        form.add_error(None, _("This page was open for a long time. Please press the button once more."))
        return HTTPStatus.FORBIDDEN
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        take(REGISTER_LIMIT, f"{meeting.pk}:{visitor(request)}")
        clean = form.cleaned_data
        register_for_meeting(
            meeting=meeting, name=clean["name"], phone=clean["phone"], sector=clean["sector"],
            people=clean["people"], idempotency_key=clean["key"], now=now,
        )  # fmt: skip
    except TooManyRequestsError as error:
        form.add_error(None, str(error))
        return HTTPStatus.TOO_MANY_REQUESTS
    except ValidationError as error:
        form.add_error(None, error)
        return HTTPStatus.CONFLICT
    return HTTPStatus.FOUND
