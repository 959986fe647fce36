"""What the desk's views share: the hearing behind the address, and a service's refusal shown on the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.permissions import Action, require
from hearings.models import Hearing

Made = TypeVar("Made")


def hearing_for(request: HttpRequest, pk: int, action: Action) -> Hearing:
    hearing = get_object_or_404(Hearing, pk=pk)
    require(request.user, action, hearing)
    return hearing


def attempt(form: forms.Form, do: Callable[[], Made]) -> Made | None:
    """The service's answer, or None after its refusal was put on the form; an unknown field's sentence goes on top."""
    try:
        return do()
    except ValidationError as error:
        known = hasattr(error, "error_dict") and set(error.error_dict) <= set(form.fields)
        form.add_error(None, error if known or not hasattr(error, "error_dict") else error.messages)
        return None


def sent(request: HttpRequest) -> dict:
    """What a form is bound to: everything sent, also when that was nothing; nothing when the page is only opened."""
    return {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
