"""Uploaded files where no proxy serves them: development and the demo."""

from __future__ import annotations

import posixpath

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve

# Documents have an address of their own (/files/), which asks who may read them (core.documents).
CLOSED = "documents"


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Pictures only. A proxy in production must refuse the same folder (docs/deployment.md)."""
    folder = posixpath.normpath(path).lstrip("/").partition("/")[0]
    if folder.lower() == CLOSED:
        raise Http404
    return serve(request, path, document_root=str(settings.MEDIA_ROOT))
