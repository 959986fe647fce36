"""Work in the field: a village's views in one grid, and the second person's check (P110).

Change agents come here without the rest of the desk; what each may write or check is asked for every hearing.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Action, may, require, signed_in
from hearings.enums import BatchStatus, Stance
from hearings.forms.field import BatchForm, RowForm
from hearings.models import Hearing, ProxyBatch
from hearings.section_hands import hands_by_section
from hearings.services.batches import WRITABLE, may_write_batch, save_batch, send_batch
from hearings.services.check_batch import check_batch, return_batch
from hearings.views.desk.field_offline import FieldWork
from hearings.views.desk.field_words import field_words
from hearings.views.desk.grid import checked_rows, is_right, said_rows, stored_rows, typed_rows
from hearings.views.desk.hands import SectionHands
from hearings.views.desk.rooms import attempt

MOST_LISTED = 50


@login_required
@never_cache
@require_safe
def field_home(request: HttpRequest) -> HttpResponse:
    """Open hearings of the own area, the own sheets, and for staff the sheets that wait for a check."""
    require(request.user, Action.WRITE_BATCH)
    user = signed_in(request)
    seen = ProxyBatch.objects.select_related("hearing", "subdistrict", "district").prefetch_related(
        "hearing__provinces"
    )
    waiting = seen.filter(status=BatchStatus.SENT).exclude(entered_by=user)[:MOST_LISTED]
    context = {
        "work": FieldWork.of(user, timezone.now()),
        "mine": seen.filter(entered_by=user)[:MOST_LISTED],
        "waiting": [batch for batch in waiting if may(user, Action.CHECK_BATCH, batch)],
        "field_words": field_words(),
    }
    return render(request, "hearings/field/home.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def batch_new(request: HttpRequest, pk: int) -> HttpResponse:
    hearing = get_object_or_404(Hearing, pk=pk)
    _require_writer(request, hearing)
    return _grid(request, hearing, None)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """The writer's own sheet, to go on with; or, for another person of the office, the check."""
    found = _batch(pk)
    user = signed_in(request)
    if found.entered_by_id == user.pk and found.status in WRITABLE:
        _require_writer(request, found.hearing)
        return _grid(request, found.hearing, found)
    if found.entered_by_id != user.pk:
        require(user, Action.CHECK_BATCH, found)
        if request.method == "POST":
            return _decide(request, found)
    return _read(request, found)


@login_required
@never_cache
@require_safe
def batch_source(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The photo of the sheet holds names and signatures: for its writer and for who checks it."""
    found = _batch(pk)
    if found.entered_by_id != signed_in(request).pk:
        require(request.user, Action.CHECK_BATCH, found)
    if not found.source.name or not found.source.storage.exists(found.source.name):
        raise Http404
    return FileResponse(found.source.open("rb"), content_type="image/jpeg")


def _batch(pk: int) -> ProxyBatch:
    return get_object_or_404(
        ProxyBatch.objects.select_related(
            "hearing", "province", "district", "subdistrict", "entered_by", "checked_by"
        ),
        pk=pk,
    )


def _require_writer(request: HttpRequest, hearing: Hearing) -> None:
    if not may_write_batch(signed_in(request), hearing):
        raise PermissionDenied


def _grid(request: HttpRequest, hearing: Hearing, found: ProxyBatch | None) -> HttpResponse:
    typed = request.POST if request.method == "POST" else None
    if typed is not None and ("add" in typed or BatchForm.area_step_requested(typed)):
        form = BatchForm.reloaded(typed, initial=_initial(found))
        return _show(
            request, hearing, found, form, typed_rows(hearing, typed), SectionHands.typed(hearing, typed)
        )
    form = BatchForm(typed, request.FILES or None, initial=_initial(found))
    rows = checked_rows(hearing, typed) if typed is not None else stored_rows(hearing, found)
    hands = SectionHands(hearing, typed, found.section_heads if found else None)
    if typed is not None and is_right(form, rows, hands):
        done = attempt(form, lambda: _save(request, hearing, form, rows, hands))
        if done:
            _thank(request, done)
            return redirect("hearings_field:home")
    return _show(request, hearing, found, form, rows, hands)


def _save(
    request: HttpRequest, hearing: Hearing, form: BatchForm, rows: list[RowForm], hands: SectionHands
) -> ProxyBatch:
    by, now, clean = signed_in(request), timezone.now(), form.cleaned_data
    written = [row for row in rows if not row.is_blank]
    data = replace(form.batch_data(written), section_heads=hands.heads)
    kept = save_batch(
        hearing=hearing, data=data, rows=[row.row_data() for row in written],
        idempotency_key=clean["key"], by=by, now=now, source=clean["source"],
    )  # fmt: skip
    return send_batch(batch=kept, by=by, now=now) if "send" in request.POST else kept


def _thank(request: HttpRequest, done: ProxyBatch) -> None:
    if done.status == BatchStatus.DRAFT:
        messages.success(request, _("Kept. You can go on later and then send it."))
    else:
        messages.success(request, _("Sent. Somebody of the office checks it, then it is counted."))


def _show(
    request: HttpRequest,
    hearing: Hearing,
    found: ProxyBatch | None,
    form: forms.Form,
    rows: list[RowForm],
    hands: SectionHands,
) -> HttpResponse:
    wrong_row = any(row.is_bound and not row.is_blank and row.has_errors for row in rows)
    wrong = bool(form.errors or wrong_row or hands.has_errors)
    context = {
        "hearing": hearing, "batch": found, "form": form, "rows": rows, "hands": hands, "wrong": wrong,
    }  # fmt: skip
    return render(request, "hearings/field/batch.html", context, status=422 if wrong else 200)


def _initial(found: ProxyBatch | None) -> dict:
    if found is None:
        return {"key": uuid.uuid4(), "held_on": timezone.localdate()}
    return {
        "key": found.idempotency_key, "held_on": found.held_on, "people": found.people, "note": found.note,
        "village_no": found.village_no, "province": found.province_id, "district": found.district_id,
        "subdistrict": found.subdistrict_id, **{f"head_{name}": heads for name, heads in found.heads.items()},
    }  # fmt: skip


def _read(
    request: HttpRequest, found: ProxyBatch, note: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    """``note``: typed for a decision that was refused."""
    heads = [(label, value, found.heads.get(value, 0)) for value, label in Stance.choices]
    may_check = found.entered_by_id != signed_in(request).pk and found.status == BatchStatus.SENT
    sections = hands_by_section(found.hearing, found.section_heads)
    context = {
        "batch": found, "rows": said_rows(found), "heads": heads, "sections": sections, "may_check": may_check,
        "typed": note,
    }  # fmt: skip
    return render(request, "hearings/field/check.html", context, status=status)


def _decide(request: HttpRequest, found: ProxyBatch) -> HttpResponse:
    by, now, note = signed_in(request), timezone.now(), request.POST.get("note", "")[:1000]
    try:
        if "return" in request.POST:
            return_batch(batch=found, note=note, by=by, now=now)
            messages.success(request, _("Sent back to the writer with your note."))
        else:
            check_batch(batch=found, by=by, now=now, note=note)
            messages.success(request, _("Checked. It is counted now, apart from individual comments."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        now_stored = _batch(found.pk)
        unsent = "" if note == now_stored.check_note else note  # pressed twice
        return _read(request, now_stored, unsent, HTTPStatus.CONFLICT)
    return redirect("hearings_field:home")
