"""How content people are with being heard, for those who answer for it: on the screen and as a table file (A181)."""

from __future__ import annotations

import csv

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.permissions import Action
from hearings.satisfaction import contentment_for_staff
from hearings.views.desk.rooms import hearing_for


@login_required
@never_cache
@require_safe
def contentment(request: HttpRequest, pk: int) -> HttpResponse:
    hearing = hearing_for(request, pk, Action.CODE_THEMES)
    context = {"hearing": hearing, "found": contentment_for_staff(hearing), "now": timezone.now()}
    return render(request, "hearings/desk/contentment.html", context)


@login_required
@never_cache
@require_safe
def contentment_file(request: HttpRequest, pk: int) -> HttpResponse:
    """What the screen shows and nothing more; the mark at the start lets Excel read Thai."""
    hearing = hearing_for(request, pk, Action.CODE_THEMES)
    found = contentment_for_staff(hearing)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    name = f"contentment-{hearing.code or hearing.pk}.csv"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    writer = csv.writer(response)
    writer.writerow([_("Part"), _("Group"), _("People"), _("Mean")])
    if found.whole:
        writer.writerow([_("Everyone"), "", found.whole.people, found.whole.mean])
        writer.writerows(
            [_("Mark"), f"{score} {words}", people, ""] for score, words, people in found.whole.marks
        )
    for table in found.tables:
        for part in table.parts:
            shown: list[object] = [_("not shown"), ""] if part.people is None else [part.people, part.mean]
            writer.writerow([table.heading, part.label, *shown])
    return response
