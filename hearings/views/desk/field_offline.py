"""Field work without signal (P111): pages a phone keeps, and the worker that keeps them.

A kept page holds nothing of the person who was signed in: no name, no token, no sheet. What somebody writes is kept
in the phone's own store (js/field-store.js) and sent one by one (field_sync.py); the key made on the phone makes each
arrive once.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.permissions import Action, require, signed_in
from core.stylesheets import page_stylesheets
from geography.models import Area, District, Subdistrict
from hearings.agents import may_here
from hearings.forms.field import TalkForm
from hearings.forms.phone_posting import PhonePostingForm
from hearings.models import Hearing
from hearings.services.batches import may_write_batch
from hearings.views.desk.field_sync import SHEETS
from hearings.views.desk.field_words import field_words
from hearings.views.desk.grid import blank_row
from hearings.views.desk.hands import SectionHands

if TYPE_CHECKING:
    from accounts.models import User

MOST_OFFLINE = 30  # hearings whose forms one phone keeps
# Everything the kept pages show; a test reads the pages and compares.
SHELL_FILES = (
    "css/staff.css", "css/print.css", "js/site.js", "js/field-store.js", "js/field-form.js", "js/field-sheet.js",
    "js/field-board.js", "js/field-list.js", "js/field-send.js", "js/field.js", "js/questions.js",
    "img/icons.svg", "img/emblem.svg", "img/emblem-small.svg", "img/touch.png", "img/field-192.png", "img/field-512.png",
    "fonts/sarabun-thai-400.woff2", "fonts/sarabun-thai-700.woff2", "fonts/sarabun-latin-400.woff2",
    "fonts/sarabun-latin-700.woff2",
)  # fmt: skip


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker of exactly /desk/field/: the list of files with their present names, then js/field-sw.js."""
    scope = reverse("hearings_field:home")
    files = [static(name) for name in (*page_stylesheets(), *SHELL_FILES)]
    program = static("js/field-sw.js")
    version = hashlib.sha256("\n".join([*files, program]).encode()).hexdigest()[:16]
    known = {
        "language": get_language(), "version": version, "files": files, "static": settings.STATIC_URL, "scope": scope,
        "home": reverse("hearings_field:offline"), "form": reverse("hearings_field:batch_new", args=[0]),
    }  # fmt: skip
    lines = f"self.FIELD = {json.dumps(known)};\nimportScripts({json.dumps(program)});\n"
    response = HttpResponse(lines, content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = scope
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Makes the offline page an app on the phone's first screen."""
    icons = [
        {
            "src": static(f"img/field-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size in (192, 512)
        for purpose in ("any", "maskable")
    ]
    start = reverse("hearings_field:offline")
    described = {
        "name": _("Prachakhom field work"), "short_name": _("Field work"), "lang": get_language(), "id": start,
        "start_url": start, "scope": reverse("hearings_field:home"), "display": "standalone",
        "background_color": "#ffffff", "theme_color": "#073a44", "icons": icons,
    }  # fmt: skip
    response = JsonResponse(described, content_type="application/manifest+json")
    response["Cache-Control"] = "no-cache"
    return response


@login_required
@never_cache
@require_safe
def offline_home(request: HttpRequest) -> HttpResponse:
    """What waits on this phone, and the hearings somebody can write for."""
    require(request.user, Action.WRITE_BATCH)
    work = FieldWork.of(signed_in(request), timezone.now())
    context = {"work": work, "field_words": field_words()}
    return render(request, "hearings/field/offline.html", context)


@login_required
@never_cache
@require_safe
def offline_form(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The blank form of a hearing, with all the areas of its provinces: there is nobody to ask for the next list."""
    hearing = get_object_or_404(Hearing, pk=pk)
    if not may_write_batch(signed_in(request), hearing):
        raise PermissionDenied
    form = SHEETS[kind]()
    _offer_all_areas(form, hearing)
    context = {
        "hearing": hearing, "kind": kind, "form": form, "hands": SectionHands(hearing), "row": blank_row(hearing),
        "field_words": field_words(),
    }  # fmt: skip
    return render(request, "hearings/field/offline_form.html", context)


@login_required
@never_cache
@require_safe
def offline_board(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the notice hangs, with a photo; the boards that are recorded already are to choose from."""
    hearing = get_object_or_404(Hearing, pk=pk)
    if not may_here(signed_in(request), Action.RECORD_POSTING, hearing):
        raise PermissionDenied
    form = PhonePostingForm(hearing=hearing)
    context = {"hearing": hearing, "form": form, "field_words": field_words()}
    return render(request, "hearings/field/offline_board.html", context)


@dataclass(frozen=True)
class FieldWork:
    """What somebody can do out there: talks about open hearings, boards of those to come as well."""

    talks: list[Hearing]
    boards: list[Hearing]

    @classmethod
    def of(cls, user: User, now: dt.datetime) -> FieldWork:
        is_open, upcoming = (
            list(found.prefetch_related("provinces"))
            for found in (Hearing.objects.open(now), Hearing.objects.upcoming(now))
        )
        talks = [hearing for hearing in is_open if may_write_batch(user, hearing)]
        boards = [found for found in [*upcoming, *is_open] if may_here(user, Action.RECORD_POSTING, found)]
        return cls(talks[:MOST_OFFLINE], boards[:MOST_OFFLINE])

    @property
    def pages(self) -> list[str]:
        """Every page the phone keeps for this person."""
        sheets = [
            reverse(f"hearings_field:offline_{kind}", args=[h.pk]) for h in self.talks for kind in SHEETS
        ]
        boards = [reverse("hearings_field:offline_board", args=[hearing.pk]) for hearing in self.boards]
        return [reverse("hearings_field:offline"), *sheets, *boards]


def _offer_all_areas(form: TalkForm, hearing: Hearing) -> None:
    here = list(hearing.provinces.all().in_dictionary_order())
    codes = [province.pk for province in here]
    lists: dict[str, Sequence[Area]] = {
        "province": here,
        "district": District.objects.filter(province_id__in=codes).in_dictionary_order(),
        "subdistrict": Subdistrict.objects.filter(district__province_id__in=codes).in_dictionary_order(),
    }
    for name, areas in lists.items():
        field: Any = form.fields[name]
        field.offer(f"{name} in {' '.join(codes)}", lambda found=areas: [found])
    if len(codes) == 1:
        form.initial["province"] = codes[0]
