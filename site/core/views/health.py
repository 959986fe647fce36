"""For the machine that watches this one: is the process up, and can it serve?"""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django_tasks_db.models import DBTaskResult


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers; each part is named so that the log says what was missing."""
    parts = {"database": _database_answers(), "search": settings.SEARCH_INDEX_DIR.is_dir()}
    return JsonResponse(parts, status=200 if parts["database"] else 503)


def _database_answers() -> bool:
    try:
        DBTaskResult.objects.exists()
    except DatabaseError:
        return False
    return True
