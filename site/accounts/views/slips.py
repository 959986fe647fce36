"""The one-time slip: made by staff in the admin, used by the person on the public side (A003)."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.permissions import Action, require, signed_in
from accounts.person_forms import SlipForm
from accounts.services.access_slips import make_slip, use_slip
from core.ratelimit import Limit, TooManyRequestsError, take, visitor

TRIES = Limit("access-slip", capacity=10, seconds=600)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest, pk: int) -> HttpResponse:
    """First a question, then the slip itself: shown in the answer to the POST and nowhere else."""
    require(request.user, Action.RESET_ACCESS)
    person = get_object_or_404(User, pk=pk)
    context: dict[str, object] = {"person": person}
    if request.method == "POST":
        try:
            slip, code = make_slip(actor=signed_in(request), person=person, now=timezone.now())
        except ValidationError as refused:
            context["error"] = refused.messages[0]
        else:
            context |= {"slip": slip, "groups": [code[i : i + 4] for i in range(0, len(code), 4)]}
    return render(request, "accounts/slip.html", context, status=400 if "error" in context else 200)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def use(request: HttpRequest) -> HttpResponse:
    form = SlipForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 400
        try:
            take(TRIES, visitor(request))
            if form.is_valid():
                use_slip(
                    email=form.cleaned_data["email"],
                    code=form.cleaned_data["code"],
                    password=form.cleaned_data["password1"],
                    now=timezone.now(),
                )
                messages.success(request, _("The new password is saved. You can sign in."))
                return redirect("account_login")
        except TooManyRequestsError as wait:
            form.add_error(None, str(wait))
            status = 429
        except ValidationError as refused:
            form.add_error(None if getattr(refused, "code", "") == "refused" else "password1", refused)
    return render(request, "accounts/use_slip.html", {"form": form}, status=status)
