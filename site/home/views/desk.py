"""The desk: what waits for the person, and tickets: queue, answer, close, promote (design.md, decision 13)."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Action, require, signed_in
from accounts.roles import role_labels
from core.desk import lines_for
from core.pagination import paginate
from home.enums import TicketState
from home.forms import AnswerForm, PromoteForm
from home.models import Ticket
from home.services import answer_ticket, close_ticket, promote_ticket

PER_PAGE = 30


@login_required
@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Where staff land after sign-in: piles with something on them, empty piles, doors."""
    require(request.user, Action.SEE_DESK)
    lines = lines_for(request.user)
    context = {
        "waiting": [line for line in lines if line.count],
        "empty": [line for line in lines if line.count == 0],
        "doors": [line for line in lines if line.count is None],
        "roles": role_labels(signed_in(request)),
    }
    return render(request, "home/desk/desk.html", context)


@login_required
@never_cache
@require_safe
def ticket_queue(request: HttpRequest) -> HttpResponse:
    """Waiting ones first; ``?state=`` shows the others. An unknown state shows the waiting ones."""
    require(request.user, Action.ANSWER_TICKET)
    state = request.GET.get("state", "")
    state = state if state in TicketState.values else TicketState.NEW
    tickets = Ticket.objects.waiting() if state == TicketState.NEW else Ticket.objects.in_state(state)
    page = paginate(request, tickets, PER_PAGE)
    context = {"page_obj": page, "state": state, "states": TicketState.choices}
    return render(request, "home/desk/tickets.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ticket_desk(request: HttpRequest, number: str) -> HttpResponse:
    require(request.user, Action.ANSWER_TICKET)
    ticket = get_object_or_404(Ticket.objects.with_answers().select_related("faq_entry"), number=number)
    action = request.POST.get("action", "") if request.method == "POST" else ""
    forms_shown = {
        "answer_form": AnswerForm(request.POST if action == "answer" else None),
        "promote_form": PromoteForm(request.POST if action == "promote" else None, initial=_draft(ticket)),
    }
    if action in ACTIONS:
        form = forms_shown.get(f"{action}_form")
        done = _try(request, ticket, form, ACTIONS[action])
        if done:
            return HttpResponseRedirect(reverse("home:ticket_desk", args=[number]))
    status = 422 if action else 200
    return render(request, "home/desk/ticket.html", {"ticket": ticket, **forms_shown}, status=status)


def _draft(ticket: Ticket) -> dict[str, str]:
    answers = list(ticket.answers.all())
    return {"answer": answers[-1].text} if answers else {}


def _try(
    request: HttpRequest,
    ticket: Ticket,
    form: forms.Form | None,
    do: Callable[[HttpRequest, Ticket, dict], str],
) -> bool:
    """Run the service; what it refuses is shown on the form, or as a message where there is none."""
    if form is not None and not form.is_valid():
        return False
    try:
        messages.success(request, do(request, ticket, form.cleaned_data if form else {}))
    except ValidationError as error:
        if form is None:
            messages.error(request, " ".join(error.messages))
            return True
        form.add_error(None, error)
        return False
    return True


def _answer(request: HttpRequest, ticket: Ticket, data: dict) -> str:
    answer_ticket(ticket=ticket, by=signed_in(request), text=data["text"])
    return _("The answer is stored and on its way.")


def _close(request: HttpRequest, ticket: Ticket, data: dict) -> str:
    close_ticket(ticket=ticket, by=signed_in(request))
    return _("The message is closed.")


def _promote(request: HttpRequest, ticket: Ticket, data: dict) -> str:
    promote_ticket(ticket=ticket, by=signed_in(request), **data)
    return _("A draft for the FAQ is made. Read it once more in the admin and publish it.")


ACTIONS: dict[str, Callable[[HttpRequest, Ticket, dict], str]] = {
    "answer": _answer, "close": _close, "promote": _promote,
}  # fmt: skip
