"""What people said: sorted, searched, filtered, in pages that do not shift while new comments come in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import Action, may
from core.ratelimit import refuse
from hearings.models import Hearing
from hearings.views.comment_list import CommentList
from hearings.views.lookup import visible_hearing


@require_safe
def comments(request: HttpRequest, slug: str) -> HttpResponse:
    hearing = visible_hearing(slug)
    listing = CommentList(request, hearing, timezone.now())
    context = {
        "hearing": hearing,
        "room": listing.room,
        "listing": listing,
        "is_deep": bool(request.GET),
        "may_answer": may_answer(request, hearing),
    }
    response = render(request, "hearings/comments.html", context)
    if listing.too_many:
        refuse(response, listing.too_many)
    return response


def may_answer(request: HttpRequest, hearing: Hearing) -> bool:
    """Whether the reader is staff who pins or answers here; strangers cost no query."""
    user = request.user
    return user.is_authenticated and (
        may(user, Action.PIN_COMMENT, hearing) or may(user, Action.ANSWER_COMMENT, hearing)
    )
