"""A published file of a comment, to everyone: as a download, never opened inside our pages."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from hearings.enums import AttachmentKind
from hearings.models import Attachment
from hearings.views.lookup import visible_hearing

TYPES = {
    "jpg": "image/jpeg", "pdf": "application/pdf", "webm": "audio/webm", "ogg": "audio/ogg", "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
}  # fmt: skip


# Held back or withdrawn a moment later it must be gone: nobody keeps a copy for others.
@cache_control(private=True, no_store=True)
@require_safe
def comment_file(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    hearing = visible_hearing(slug)
    return send(get_object_or_404(Attachment.objects.published(), hearing=hearing, pk=pk))


def send(attachment: Attachment) -> FileResponse:
    """Under a name of ours: the author's may hold names of people."""
    name = str(attachment.file.name)
    if not attachment.file.storage.exists(name):
        raise Http404
    extension = name.rsplit(".", 1)[-1]
    kind = AttachmentKind(attachment.kind).value
    response = FileResponse(
        attachment.file.open("rb"), as_attachment=True, filename=f"{kind}-{attachment.pk}.{extension}",
        content_type=TYPES.get(extension, "application/octet-stream"),
    )  # fmt: skip
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
