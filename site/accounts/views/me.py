"""A person's own page: name, safety, a copy of the data, the way out."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import signed_in
from accounts.person_forms import ProfileForm
from accounts.privacy import erase_person, export_person
from accounts.roles import is_staff_member, role_labels


@login_required
def landing(request: HttpRequest) -> HttpResponse:
    """Where sign-in leads: staff to the desk, others to their own page (design.md, decision 13)."""
    return redirect("home:desk" if is_staff_member(request.user) else "accounts:me")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("accounts:me")
    if request.method == "POST":
        person.refresh_from_db()
    context = {
        "form": form,
        "roles": role_labels(person),
        "staff": is_staff_member(person),
        "agent": getattr(person, "change_agent", None),
    }
    return render(request, "accounts/me.html", context, status=400 if form.errors else 200)


@never_cache
@login_required
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything we hold about the person, as a file (PDPA sections 30 and 31)."""
    response = JsonResponse(
        export_person(signed_in(request)), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@never_cache
@login_required
@reauthentication_required(allow_get=True)
@require_http_methods(["GET", "HEAD", "POST"])
def delete_account(request: HttpRequest) -> HttpResponse:
    error = ""
    if request.method == "POST":
        try:
            person = signed_in(request)
            erase_person(user=person)
        except ValidationError as refused:
            error = refused.messages[0]
        else:
            logout(request)
            messages.success(request, _("Your account and what hangs on it are deleted."))
            return redirect("/")
    return render(
        request,
        "accounts/delete.html",
        {"error": error, "staff": is_staff_member(request.user)},
        status=400 if error else 200,
    )
