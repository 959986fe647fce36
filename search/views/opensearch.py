"""``/opensearch.xml``: a browser can add this site's search to its own box."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe


@require_safe
@cache_control(public=True, max_age=86_400)
def opensearch(request: HttpRequest) -> HttpResponse:
    return render(
        request, "search/opensearch.xml", content_type="application/opensearchdescription+xml; charset=utf-8"
    )
