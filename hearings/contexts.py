"""What the templates of the page types get. Kept beside the models so that they stay readable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils import timezone

if TYPE_CHECKING:
    from hearings.models import Hearing


def index_context(request: HttpRequest) -> dict:
    """The lists of the index page. They hold all hearings of the site, whatever the language of the page."""
    from hearings.models import Hearing

    now = timezone.now()
    visible = Hearing.objects.visible()
    return {
        "now": now,
        "open_hearings": visible.open(now),
        "upcoming_hearings": visible.upcoming(now),
        "closed_hearings": visible.closed(now),
        "result_hearings": visible.with_result(),
    }


def hearing_context(hearing: Hearing, request: HttpRequest) -> dict:
    now = timezone.now()
    return {
        "now": now,
        "state": hearing.state(now),
        "can_comment": hearing.can_comment(now),
        "days_left": hearing.days_left(now),
        "draft_version": hearing.current_draft,
    }
