"""The list of explained words (requirement A178)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from home.models import GlossaryWord


@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """One query; the list is short enough to stand on one page and be searched by the browser."""
    return render(request, "home/words.html", {"words": list(GlossaryWord.objects.all())})
