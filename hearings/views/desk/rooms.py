"""What the rooms of one hearing share: who may enter, reasons to hide, and refusals shown on the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.permissions import Action
from core.digits import key_number
from hearings.agents import require_here
from hearings.enums import ReasonCode
from hearings.models import Hearing

HIDING = [(code.value, code.label) for code in ReasonCode if code != ReasonCode.FITS_RULES]
Made = TypeVar("Made")


def hearing_for(request: HttpRequest, pk: int, action: Action) -> Hearing:
    hearing = get_object_or_404(Hearing, pk=pk)
    require_here(request.user, action, hearing)
    return hearing


def number_of(text: str) -> int:
    """What a form or an address names a row by; 404 where that is no number a database knows."""
    number = key_number(text)
    if number is None:
        raise Http404(_("There is no such opinion. Open the queue from the desk."))
    return number


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
