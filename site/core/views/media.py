"""Uploaded files where no proxy serves them: development and the demo."""

from __future__ import annotations

import posixpath

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve

# Documents have an address of their own (/files/), which asks who may read them (core.documents). Scanned forms,
# photos of sheets and attachments are shown by views of hearings to those who may see them.
CLOSED = frozenset({"documents", "paper", "batches", "attachments", "postings", "imports"})


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Pictures only. A proxy in production must refuse the same folders (docs/deployment.md)."""
    folder = posixpath.normpath(path).lstrip("/").partition("/")[0]
    if folder.lower() in CLOSED:
        raise Http404
    return serve(request, path, document_root=str(settings.MEDIA_ROOT))
