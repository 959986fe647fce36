"""Bringing a half-written comment back with its code, on this device or another (peers P43)."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.ratelimit import Limit, TooManyRequestsError, look, take, visitor
from hearings.forms.dossier import Dossier
from hearings.forms.resume import ResumeForm
from hearings.forms.step_forms import CHECK, STEPS
from hearings.models import Hearing, SavedForm
from hearings.rules import saved_form_days
from hearings.services.save_form import saved_form, typed
from hearings.views.comment import NewComment
from hearings.views.csrf import expired
from hearings.views.lookup import sections_of, visible_hearing
from hearings.views.receipt import private

# Codes that could be one and are none; whoever has a code is never counted.
GUESSES = Limit("hearings.resume", capacity=20, seconds=600)


# Checked inside, so that a page open for long answers with a sentence (hearings.views.csrf).
@csrf_exempt
@cache_control(private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest, slug: str) -> HttpResponse:
    hearing, now = visible_hearing(slug), timezone.now()
    status = HTTPStatus.OK
    if request.method == "POST":
        form = ResumeForm(request.POST)
        kept, status = bring_back(form, request, hearing, now)
        if kept:
            return private(reopened(kept, request, hearing, now))
    else:
        form = ResumeForm()
    context = {"form": form, "hearing": hearing, "days": saved_form_days()}
    return private(render(request, "hearings/comment/resume.html", context, status=status))


def bring_back(
    form: ResumeForm, request: HttpRequest, hearing: Hearing, now: dt.datetime
) -> tuple[SavedForm | None, HTTPStatus]:
    """What was kept, or why it is not shown, written into the form."""
    if not form.is_valid():
        return None, HTTPStatus.UNPROCESSABLE_ENTITY
    if expired(request):
        form.add_error(None, _("This page was open for a long time. Please press the button once more."))
        return None, HTTPStatus.FORBIDDEN
    try:
        look(GUESSES, visitor(request))
        kept = saved_form(hearing=hearing, code=form.cleaned_data["code"], now=now)
        if kept is None:
            take(GUESSES, visitor(request))
    except TooManyRequestsError as error:
        form.add_error("code", str(error))
        return None, HTTPStatus.TOO_MANY_REQUESTS
    if kept is None:
        sentence = _(
            "Nothing is kept under this code for this hearing. It may have been sent already, or its %(days)s days "
            "are over. Compare the code, or begin anew."
        )
        form.add_error("code", sentence % {"days": saved_form_days()})
        return None, HTTPStatus.NOT_FOUND
    return kept, HTTPStatus.OK


def reopened(kept: SavedForm, request: HttpRequest, hearing: Hearing, now: dt.datetime) -> HttpResponse:
    """The page it was left on, so that no question is passed unseen; an earlier one if something is missing there."""
    dossier = Dossier(typed(kept), sections_of(hearing), get_language() or "th", hearing)
    walk = NewComment(request, hearing, dossier, now)
    if not hearing.can_comment(now):
        return walk.closed()
    walk.is_brought_back = True
    return walk.show(min(dossier.first_open(), left_at(dossier.data), key=STEPS.index))


def left_at(data: QueryDict) -> str:
    """The step it was kept on; forms kept before steps were are as good as kept at the end."""
    step = data.get("step", CHECK)
    return step if step in STEPS else CHECK
