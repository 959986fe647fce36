"""What the rooms of one hearing share: who may enter, and running a service with its refusal shown on the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.permissions import Action
from hearings.agents import require_here
from hearings.models import Hearing

Made = TypeVar("Made")


def hearing_for(request: HttpRequest, pk: int, action: Action) -> Hearing:
    hearing = get_object_or_404(Hearing, pk=pk)
    require_here(request.user, action, hearing)
    return hearing


def attempt(form: forms.Form, service: Callable[[], Made]) -> Made | None:
    """What the service made, or None: what it refuses stands on the form, at the field where it names one."""
    try:
        return service()
    except ValidationError as error:
        by_field = getattr(error, "error_dict", None)
        for field, problems in by_field.items() if by_field else [(None, error)]:
            form.add_error(field if field in form.fields else None, problems)
        return None


def sent(request: HttpRequest) -> dict:
    """What a form is bound to: everything sent, also when that was nothing; nothing when the page is only opened."""
    return {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
