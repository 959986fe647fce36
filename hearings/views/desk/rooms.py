"""What the rooms of one hearing share: who may enter, and running a service with its refusal shown on the form."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.permissions import Action, require
from hearings.models import Hearing


def hearing_for(request: HttpRequest, pk: int, action: Action) -> Hearing:
    hearing = get_object_or_404(Hearing, pk=pk)
    require(request.user, action, hearing)
    return hearing


def attempt(form: forms.Form, service: Callable[[], object]) -> bool:
    """True if the service ran. What it refuses stands on the form, at the field where it names one."""
    try:
        service()
    except ValidationError as error:
        by_field = getattr(error, "error_dict", None)
        for field, problems in by_field.items() if by_field else [(None, error)]:
            form.add_error(field if field in form.fields else None, problems)
        return False
    return True
