"""A PDF file of a hearing, page by page: to read, and to comment on a page or a part of it (peers P21)."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from hearings.document_pages import UnreadablePageError, page_of, picture_of
from hearings.models import Hearing, HearingDocument
from hearings.page_marks import GRID, WHOLE_PAGE, parse_rect, part_label, rect_value
from hearings.views.hearing import HearingRoom
from hearings.views.lookup import visible_hearing


@require_safe
def document_page(request: HttpRequest, slug: str, pk: int, number: int) -> HttpResponse:
    hearing = visible_hearing(slug)
    item = _item(request, hearing, pk, number)
    try:
        page = page_of(item.document, number)
    except UnreadablePageError as error:
        raise Http404(_("This page cannot be shown. Download the document instead.")) from error
    room = HearingRoom(hearing, timezone.now())
    asked = request.GET.get("part", "")
    shown = parse_rect(asked)
    context = {
        "hearing": hearing,
        "room": room,
        "item": item,
        "number": number,
        "page_of_document": page,
        "previous": number - 1 if number > 1 else None,
        "next": number + 1 if number < item.page_count else None,
        "is_cut": item.document.pages > item.page_count,
        "parts": [(rect_value(rect), part_label(rect)) for rect in (WHOLE_PAGE, *GRID)],
        "whole": rect_value(WHOLE_PAGE),
        "shown": _corner_and_size(shown) if shown and shown != WHOLE_PAGE else None,
        "shown_label": part_label(shown) if shown else "",
        "is_unknown_part": bool(asked) and shown is None,
    }
    return render(request, "hearings/document_page.html", context)


# The picture of a page never changes, but who may read it may: no shared cache keeps it.
@cache_control(private=True, max_age=3600)
@require_safe
def document_picture(request: HttpRequest, slug: str, pk: int, number: int) -> HttpResponseBase:
    item = _item(request, visible_hearing(slug), pk, number)
    try:
        return FileResponse(picture_of(item.document, number).open("rb"), content_type="image/webp")
    except UnreadablePageError as error:
        raise Http404(_("This page cannot be shown. Download the document instead.")) from error


def _item(request: HttpRequest, hearing: Hearing, pk: int, number: int) -> HearingDocument:
    """Only documents of this hearing, whose collection is not closed, and only pages they have."""
    found = hearing.documents.select_related("document__collection").filter(pk=pk).first()
    if found is None:
        raise Http404(_("This hearing has no such document (any more)."))
    restrictions = found.document.collection.get_view_restrictions()
    if not all(restriction.accept_request(request) for restriction in restrictions):
        raise Http404(_("This hearing has no such document (any more)."))
    if not found.page_count:
        raise Http404(_("This document cannot be read page by page. Download it instead."))
    if not 1 <= number <= found.page_count:
        raise Http404(_("The document has no such page."))
    return found


def _corner_and_size(rect: tuple[int, int, int, int]) -> dict[str, int]:
    x0, y0, x1, y1 = rect
    return {"x": x0, "y": y0, "width": x1 - x0, "height": y1 - y0}
