"""What lets a village through and slows a script that sends at the same rate (docs/hearings.md, abuse).

Sixty people behind one address within ten minutes are a village meeting: each has a browser of their own and a form
of their own, opened a while ago. A script that posts as often has one browser, or one form, or a form it opened a
moment ago; each of these has a narrower bucket. Whoever is refused keeps every word and is told when to press again.
"""

from __future__ import annotations

import datetime as dt
import math

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from core.ratelimit import Held, Limit, TooManyRequestsError, visitor
from core.thaidate import format_time
from hearings.models import Hearing

ADDRESS = Limit("hearings.comment", capacity=60, seconds=600)
BROWSER = Limit("hearings.comment.browser", capacity=6, seconds=360)
FORM = Limit("hearings.comment.form", capacity=2, seconds=1200)
HASTY = Limit("hearings.comment.hasty", capacity=6, seconds=360)
# No form is filled in faster by hand; whoever manages it shares a narrow bucket with the neighbours.
HASTE = dt.timedelta(seconds=20)

FILES = Limit("hearings.files", capacity=120, seconds=600)
FILES_OF_FORM = Limit("hearings.files.form", capacity=15, seconds=900)


def comment_buckets(
    request: HttpRequest, hearing: Hearing, started: dt.datetime | None, now: dt.datetime
) -> list[Held]:
    """What one new comment takes a token of, all or none (core.ratelimit.take_all)."""
    address, mark = visitor(request), request.POST.get("started", "")
    held = [
        (ADDRESS, f"{hearing.pk}:{address}"),
        # The cookie that proves where a form came from; a browser without it cannot send (hearings.views.csrf).
        (BROWSER, f"{hearing.pk}:{request.META.get('CSRF_COOKIE', '')}"),
        (FORM, f"{hearing.pk}:{mark}"),
    ]
    if started and now - started < HASTE:
        held.append((HASTY, f"{hearing.pk}:{address}"))
    return held


def file_buckets(request: HttpRequest, hearing: Hearing) -> list[Held]:
    """The same for one uploaded file, which costs more than words do."""
    return [
        (FILES, f"{hearing.pk}:{visitor(request)}"),
        (FILES_OF_FORM, f"{hearing.pk}:{request.POST.get('started', '')}"),
    ]


def try_again(error: TooManyRequestsError, now: dt.datetime) -> str:
    """In words for the person it may be after all."""
    moment = now + dt.timedelta(minutes=math.ceil(error.wait / 60))
    return _(
        "Many came from your connection just now, and yours has to wait a moment. Press the button again at "
        "%(time)s (in about %(minutes)s minutes). You can leave this page open until then."
    ) % {"time": format_time(timezone.localtime(moment)), "minutes": error.minutes}
