"""Where the notice hangs: evidence with photo, place and days (R6)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.permissions import Action, signed_in
from hearings.forms.desk import PostingForm
from hearings.services.record_posting import record_posting
from hearings.views.desk.rooms import attempt, hearing_for

FIELDS = ("kind", "place", "district", "village_no", "posted_on", "removed_on")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def postings(request: HttpRequest, pk: int, board_pk: int | None = None) -> HttpResponse:
    """All boards of a hearing with a form for a new one, or the form of one board."""
    hearing = hearing_for(request, pk, Action.RECORD_POSTING)
    board = get_object_or_404(hearing.boards, pk=board_pk) if board_pk else None
    initial = {name: getattr(board, name) for name in FIELDS} if board else {}
    form = PostingForm(request.POST or None, request.FILES or None, hearing=hearing, initial=initial)
    if request.method == "POST" and form.is_valid():
        values: dict[str, Any] = {
            "hearing": hearing,
            "actor": signed_in(request),
            "now": timezone.now(),
            "board": board,
        }
        if attempt(form, lambda: record_posting(**values, **form.cleaned_data)):
            messages.success(request, _("The posting is recorded and shown on the page of the hearing."))
            return HttpResponseRedirect(reverse("hearings_desk:postings", args=[pk]))
    boards = hearing.boards.select_related("photo", "district")
    context = {"hearing": hearing, "board": board, "boards": boards, "form": form}
    return render(request, "hearings/desk/postings.html", context, status=422 if form.errors else 200)
