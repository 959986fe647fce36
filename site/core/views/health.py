"""For the machine that watches this one: is the process up, and can it serve?"""

from __future__ import annotations

import datetime as dt

from django.db import DatabaseError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django_tasks_db.models import DBTaskResult, get_date_max

from core import readiness

LONGEST_WAIT = dt.timedelta(minutes=15)  # a task that waits longer means that no worker runs


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when every essential part answers; each part is named so that the log says what was missing."""
    parts, ready = readiness.answers()
    return JsonResponse(parts, status=200 if ready else 503)


def database_answers() -> bool:
    try:
        DBTaskResult.objects.exists()
    except DatabaseError:
        return False
    return True


def queue_flows() -> bool:
    """No task that may run has waited for a quarter of an hour."""
    late = timezone.now() - LONGEST_WAIT
    try:
        overdue = Q(run_after__lt=late) | Q(run_after=get_date_max())
        return not DBTaskResult.objects.ready().filter(overdue, enqueued_at__lt=late).exists()
    except DatabaseError:
        return False
