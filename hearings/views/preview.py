"""A hearing before its announcement, for whoever was given the secret address."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.urls_for import page_path
from hearings.models import Hearing


@never_cache
@require_safe
def preview(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What editors saved last. In no search engine, in no cache, and the address is passed on to no other site."""
    stored = get_object_or_404(Hearing, preview_key=key)
    if stored.is_public_record:
        return HttpResponseRedirect(page_path(stored, request))
    page = stored.get_latest_revision_as_object()
    response = render(
        request, page.get_template(request), {**page.get_context(request), "is_secret_preview": True}
    )
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
