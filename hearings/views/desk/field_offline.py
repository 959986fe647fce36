"""Field work without signal (P111): pages a phone keeps, the worker that keeps them, and the address it sends to.

A kept page holds nothing of the person who was signed in: no name, no token, no sheet. What somebody writes is kept
in the phone's own store (js/field-store.js) and sent one by one; the key made on the phone makes each arrive once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Action, may, require, signed_in
from core.templatetags.form_tags import problems
from geography.models import Area, District, Subdistrict
from hearings.forms.field import BatchForm, PersonForm, RowForm, TalkForm
from hearings.models import Hearing
from hearings.services.batches import may_write_batch, take_in
from hearings.views.desk.grid import blank_row, checked_rows, is_right
from hearings.views.desk.rooms import attempt

if TYPE_CHECKING:
    from accounts.models import User

FORMS: dict[str, type[BatchForm] | type[PersonForm]] = {"village": BatchForm, "person": PersonForm}
MOST_OFFLINE = 30  # hearings whose forms one phone keeps
# Everything the kept pages show; a test reads the pages and compares.
SHELL_FILES = (
    "css/tokens.css", "css/base.css", "css/layout.css", "css/components.css", "css/site.css", "css/staff.css",
    "css/print.css", "js/site.js", "js/field-store.js", "js/field-form.js", "js/field.js", "js/questions.js",
    "img/icons.svg", "img/emblem.svg", "img/emblem-small.svg", "img/touch.png", "img/field-192.png", "img/field-512.png",
    "fonts/sarabun-thai-400.woff2", "fonts/sarabun-thai-700.woff2", "fonts/sarabun-latin-400.woff2",
    "fonts/sarabun-latin-700.woff2",
)  # fmt: skip


# --- what the phone keeps ------------------------------------------------------------------------------------


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker of exactly /desk/field/: the list of files with their present names, then js/field-sw.js."""
    scope = reverse("hearings_field:home")
    files = [static(name) for name in SHELL_FILES]
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
    hearings = writable_hearings(signed_in(request))
    context = {"hearings": hearings, "pages": offline_pages(hearings), "field_words": field_words()}
    return render(request, "hearings/field/offline.html", context)


@login_required
@never_cache
@require_safe
def offline_form(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The blank form of a hearing, with all the areas of its provinces: there is nobody to ask for the next list."""
    hearing = get_object_or_404(Hearing, pk=pk)
    if not may_write_batch(signed_in(request), hearing):
        raise PermissionDenied
    form = FORMS[kind]()
    _offer_all_areas(form, hearing)
    context = {
        "hearing": hearing, "kind": kind, "form": form, "row": blank_row(hearing), "field_words": field_words(),
    }  # fmt: skip
    return render(request, "hearings/field/offline_form.html", context)


def writable_hearings(user: User) -> list[Hearing]:
    found = Hearing.objects.open(timezone.now()).prefetch_related("provinces")
    return [hearing for hearing in found if may_write_batch(user, hearing)][:MOST_OFFLINE]


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


def offline_pages(hearings: list[Hearing]) -> list[str]:
    """Every page the phone keeps for this person."""
    forms = [reverse(f"hearings_field:offline_{kind}", args=[h.pk]) for h in hearings for kind in FORMS]
    return [reverse("hearings_field:offline"), *forms]


# --- what the phone sends ------------------------------------------------------------------------------------


@ensure_csrf_cookie
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sync(request: HttpRequest) -> HttpResponse:
    """GET: who is signed in (a mark, no name) and the token. POST: one entry, answered with "stored" or what is wrong.

    401 means: sign in, nothing is lost. The answer is JSON whatever happens, so that a phone never takes a page for
    a confirmation.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"signed_out": True}, status=401)
    user = signed_in(request)
    if not may(user, Action.WRITE_BATCH):
        return _refused(_("Your role does not allow this. Ask the head of the office."), status=403)
    if request.method != "POST":
        return JsonResponse({"owner": owner_mark(user), "token": get_token(request)})
    return _take_in(request, user)


def owner_mark(user: User) -> str:
    """Tells the entries of two people on one phone apart without saying who they are."""
    return salted_hmac("hearings.field.owner", str(user.pk)).hexdigest()[:20]


def _take_in(request: HttpRequest, user: User) -> HttpResponse:
    kind, number = request.POST.get("kind", ""), request.POST.get("hearing", "")
    short = number.isascii() and number.isdigit() and len(number) <= 9
    known = Hearing.objects.prefetch_related("provinces")
    hearing = known.filter(pk=int(number)).first() if short else None
    if kind not in FORMS or hearing is None:
        return _refused(_("There is no such hearing."))
    if not may_write_batch(user, hearing):  # before a word of its questions is said
        return _refused(_("You can write for hearings of your own province. Ask the office."), status=403)
    form = FORMS[kind](request.POST, request.FILES)
    rows = checked_rows(hearing, request.POST, **({"most": 1} if kind == "person" else {}))
    if kind == "village":
        rows = [row for row in rows if not row.is_blank]
    try:
        if is_right(form, rows) and _store(hearing, form, rows, user):
            return JsonResponse({"stored": str(form.cleaned_data["key"])})
    except PermissionDenied as refused:
        return _refused(str(refused) or _("This page is not open to you"), status=403)
    return JsonResponse({"problems": _problems(form, rows)}, status=422)


def _store(hearing: Hearing, form: Any, rows: list[RowForm], user: User) -> object:
    clean = form.cleaned_data
    return attempt(
        form,
        lambda: take_in(
            hearing=hearing, data=form.batch_data(rows), rows=[row.row_data() for row in rows],
            idempotency_key=clean["key"], by=user, now=timezone.now(), source=clean["source"],
        ),
    )  # fmt: skip


def _problems(form: TalkForm, rows: list[RowForm]) -> list[dict[str, str]]:
    found = [_problem(problem) for problem in problems(form)]
    for row in rows:
        number = int(str(row.prefix)[1:]) + 1
        found += [
            _problem(one, _("Person %(number)s") % {"number": number}) for one in problems(row, row.questions)
        ]
    return found


def _problem(problem: Any, who: str = "") -> dict[str, str]:
    label = " · ".join(filter(None, [who, str(problem.label or "")]))
    return {"anchor": problem.anchor or "", "label": label, "message": str(problem.message)}


def _refused(message: str, status: int = 422) -> JsonResponse:
    return JsonResponse({"problems": [{"anchor": "", "label": "", "message": message}]}, status=status)


def field_words() -> dict[str, str]:
    """What js/field.js says, in the reader's language; %n is a number, %t a time."""
    return {
        "offline": _("No signal"),
        "online": _("There is signal"),
        "unsent": _("%n not sent yet"),
        "nothing": _("Everything is sent"),
        "ready": _("This phone is ready for work without signal."),
        "sending": _("Sending %n …"),
        "sent": _("%n sent. Somebody of the office checks it."),
        "failed": _("Not sent: there is no signal. It stays on this phone."),
        "sign_in": _("Your sign-in has ended. Sign in again; nothing on this phone is lost."),
        "draft": _("Not finished"),
        "waiting": _("Ready to send"),
        "wrong": _("Needs correcting"),
        "village": _("Village talk"),
        "person": _("One person"),
        "village_no": _("Village %n"),
        "hands": _("%n people"),
        "changed": _("last change %t"),
        "photo": _("photo %n KB"),
        "confirm": _("Delete this from the phone? It was not sent and cannot be brought back."),
        "others": _("%n written by another person on this phone. Only that person can send it."),
        "gone": _("This entry is no longer on this phone. It was sent or deleted."),
        "need_district": _("Choose the district of the talk."),
        "need_day": _("Write the day of the talk."),
        "need_people": _("Write how many people were there."),
        "hands_more": _("More hands were counted than people were there. Count again."),
        "need_stance": _("Person %n: choose one of the four answers."),
        "need_consent": _("Person %n: ask whether the words may be written down, or take them out."),
        "summary": _("Not ready to send. Please correct:"),
        "no_store": _("This browser cannot keep anything on the phone. Use the ordinary form."),
    }
