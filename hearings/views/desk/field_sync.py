"""What a phone sends that was without signal (P111): one entry at a time, each answered in JSON."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods

from accounts.permissions import Action, may, signed_in
from core.templatetags.form_tags import Problem, problems
from hearings.agents import may_here
from hearings.forms.field import BatchForm, PersonForm, RowForm
from hearings.forms.hands import HandsForm
from hearings.forms.phone_posting import PhonePostingForm
from hearings.models import Hearing, ProxyBatch
from hearings.services import batches
from hearings.services.arrivals import Differs, digest_of, is_same
from hearings.services.take_posting import Taken, arrived_before, take_posting
from hearings.views.desk.grid import checked_rows, is_right
from hearings.views.desk.hands import SectionHands
from hearings.views.desk.rooms import attempt

if TYPE_CHECKING:
    from accounts.models import User

SHEETS: dict[str, type[BatchForm] | type[PersonForm]] = {"village": BatchForm, "person": PersonForm}
KINDS = {"village": Action.WRITE_BATCH, "person": Action.WRITE_BATCH, "board": Action.RECORD_POSTING}
NO_WORDS = ("key", "taken", "photo", "source", "csrfmiddlewaretoken")  # in the digest of an entry


@ensure_csrf_cookie
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sync(request: HttpRequest) -> HttpResponse:
    """GET: who is signed in (a mark, no name) and the token. POST: one entry, answered with "stored" or what is wrong.

    The key is looked up before the form is: what it names may be gone since it arrived. 409 means: it arrived before
    and was changed on the phone afterwards. 401 means: sign in, nothing is lost. The answer is JSON whatever happens,
    so that a phone never takes a page for a confirmation.
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
    if kind not in KINDS or hearing is None:
        return _refused(_("There is no such hearing."))
    if not may_here(user, KINDS[kind], hearing):  # before a word of its questions is said
        return _refused(_("You can write for hearings of your own province. Ask the office."), status=403)
    try:
        return _board(request, hearing, user) if kind == "board" else _sheet(request, hearing, kind, user)
    except Differs as differs:
        return _refused(str(differs), status=409)
    except PermissionDenied as refused:
        return _refused(str(refused) or _("This page is not open to you"), status=403)


def _key(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _digest(request: HttpRequest, file: str) -> str:
    return digest_of(
        ((name, said) for name, said in request.POST.lists() if name not in NO_WORDS), request.FILES.get(file)
    )


def _sheet(request: HttpRequest, hearing: Hearing, kind: str, user: User) -> HttpResponse:
    key, digest = _key(request), _digest(request, "source")
    if key:
        arrived = batches.arrived_before(hearing=hearing, idempotency_key=key, digest=digest, writer=user)
        if arrived and is_same(arrived.digest, digest):
            return _stored(key)
    form = SHEETS[kind](request.POST, request.FILES)
    hands = None
    if kind == "village":
        rows = [row for row in checked_rows(hearing, request.POST) if not row.is_blank]
        hands = SectionHands(hearing, request.POST)
    else:
        rows = checked_rows(hearing, request.POST, most=1)
    if is_right(form, rows, hands) and _store_sheet(hearing, form, rows, hands, user, digest):
        return _stored(form.cleaned_data["key"])
    return _wrong([*_problems(form), *_of_sections(hands or ()), *_of_people(rows)])


def _store_sheet(
    hearing: Hearing, form: Any, rows: list[RowForm], hands: SectionHands | None, user: User, digest: str
) -> ProxyBatch | None:
    clean = form.cleaned_data
    data = replace(form.batch_data(rows), section_heads=hands.heads if hands else {})
    return attempt(
        form,
        lambda: batches.take_in(
            hearing=hearing, data=data, rows=[row.row_data() for row in rows],
            idempotency_key=clean["key"], by=user, now=timezone.now(), source=clean["source"],
            digest=digest,
        ),
    )  # fmt: skip


def _board(request: HttpRequest, hearing: Hearing, user: User) -> HttpResponse:
    key, digest = _key(request), _digest(request, "photo")
    before = key and arrived_before(hearing=hearing, idempotency_key=key, digest=digest)
    if key and before:
        return _answer(key, before)
    form = PhonePostingForm(request.POST, request.FILES, hearing=hearing)
    if form.is_valid() and (taken := _store_posting(hearing, form, user, digest)):
        return _answer(form.cleaned_data["key"], taken)
    return _wrong(_problems(form))


def _answer(key: uuid.UUID, taken: Taken) -> JsonResponse:
    return _refused(taken.note, status=409) if taken.differs else _stored(key, taken.note)


def _store_posting(hearing: Hearing, form: PhonePostingForm, user: User, digest: str) -> Taken | None:
    return attempt(
        form,
        lambda: take_posting(
            hearing=hearing,
            actor=user,
            now=timezone.now(),
            idempotency_key=form.cleaned_data["key"],
            digest=digest,
            **form.values(),
        ),
    )


# --- what is answered ----------------------------------------------------------------------------------------


def _stored(key: uuid.UUID, note: str = "") -> JsonResponse:
    return JsonResponse({"stored": str(key), **({"note": note} if note else {})})


def _wrong(found: list[dict[str, str]]) -> JsonResponse:
    return JsonResponse({"problems": found}, status=422)


def _problems(form: forms.Form, who: str = "", also: forms.Form | None = None) -> list[dict[str, str]]:
    return [_problem(one, who) for one in problems(form, also)]


def _of_sections(hands: Iterable[HandsForm]) -> list[dict[str, str]]:
    return [one for form in hands for one in _problems(form, form.label)]


def _of_people(rows: list[RowForm]) -> list[dict[str, str]]:
    found = []
    for row in rows:
        number = int(str(row.prefix)[1:]) + 1
        found += _problems(row, _("Person %(number)s") % {"number": number}, row.questions)
    return found


def _problem(problem: Problem, who: str) -> dict[str, str]:
    label = " · ".join(filter(None, [who, str(problem.label or "")]))
    return {"anchor": problem.anchor or "", "label": label, "message": str(problem.message)}


def _refused(message: str, status: int = 422) -> JsonResponse:
    return JsonResponse({"problems": [{"anchor": "", "label": "", "message": message}]}, status=status)
