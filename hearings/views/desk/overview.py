"""The staff's rooms of hearings: the list of all, and the room of one."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.permissions import Action, can_act_in_province, require, signed_in
from hearings.models import Hearing


@login_required
@never_cache
@require_safe
def hearing_list(request: HttpRequest) -> HttpResponse:
    """All hearings for the office; for a coordinator those of the own province (A056)."""
    require(request.user, Action.SEE_DESK)
    user = signed_in(request)
    hearings = Hearing.objects.order_by("-latest_revision_created_at", "-pk")
    if not can_act_in_province(user, None):
        hearings = hearings.in_province(user.province_id)
    return render(request, "hearings/desk/list.html", {"hearings": hearings})


@login_required
@never_cache
@require_safe
def hearing_desk(request: HttpRequest, pk: int) -> HttpResponse:
    hearing = get_object_or_404(Hearing, pk=pk)
    require(request.user, Action.SEE_DESK, hearing)
    return render(request, "hearings/desk/hearing.html", {"hearing": hearing})
