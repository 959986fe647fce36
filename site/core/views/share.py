"""A QR code of one of our own addresses, made on the server: no third party learns what people share."""

from __future__ import annotations

import io

import segno
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBadRequest
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

# Percent-encoded; a longer one makes a code too fine for a cheap camera (and QR itself ends at 2,331 bytes).
LONGEST_ADDRESS = 1000


@require_GET
@cache_control(public=True, max_age=86400)
def qr_code(request: HttpRequest) -> HttpResponse:
    """SVG of ``?path=/hearings/…``. Only paths of this site."""
    path = request.GET.get("path", "")
    address = request.build_absolute_uri(path) if path.startswith("/") and not path.startswith("//") else ""
    if not address or len(address) > LONGEST_ADDRESS:
        return HttpResponseBadRequest(_("Give a path of this site, for example ?path=/news/"))
    picture = io.BytesIO()
    segno.make(address, error="m").save(
        picture, kind="svg", scale=4, border=2, dark="#000", light="#fff", xmldecl=False
    )
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")
