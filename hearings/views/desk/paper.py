"""Paper forms: queue of scans, the screen where one is typed beside its picture, and the picture itself (P106)."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Action, signed_in
from core.pagination import paginate
from hearings import receipts
from hearings.enums import Channel, PaperStatus
from hearings.forms.field import ScanForm, SheetForm, UnreadableForm
from hearings.models import Hearing, PaperForm
from hearings.services.paper import enter_on_behalf, enter_paper, mark_unreadable
from hearings.services.scans import add_scans
from hearings.services.submit import Receipt
from hearings.views.desk.doing import attempt, hearing_for, sent
from hearings.views.lookup import sections_of

PER_PAGE = 30


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paper_queue(request: HttpRequest, pk: int) -> HttpResponse:
    hearing = hearing_for(request, pk, Action.ENTER_ON_BEHALF)
    now = timezone.now()
    initial = {"channel": Channel.PAPER, "received_on": timezone.localdate(now)}
    form = ScanForm(**sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        clean, by = form.cleaned_data, signed_in(request)
        added = attempt(
            form,
            lambda: add_scans(
                hearing=hearing, uploads=clean["scans"], channel=clean["channel"],
                received_on=clean["received_on"], by=by, now=now,
            ),
        )  # fmt: skip
        if added:
            made, twice = len(added[0]), added[1]
            messages.success(request, ngettext("%d form was added.", "%d forms were added.", made) % made)
            if twice:
                messages.info(request, _("%d were there already and were left out.") % twice)
            return redirect("hearings_desk:paper", hearing.pk)
    page = paginate(request, hearing.paper_forms.select_related("submission"), PER_PAGE)
    context = {
        "hearing": hearing,
        "form": form,
        "page_obj": page,
        "counts": _counts(hearing),
        "next": _next(hearing),
    }
    return render(request, "hearings/desk/paper.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paper_form(request: HttpRequest, pk: int, form: int) -> HttpResponse:
    hearing = hearing_for(request, pk, Action.ENTER_ON_BEHALF)
    sheet = get_object_or_404(
        PaperForm.objects.select_related("hearing", "submission"), pk=form, hearing=hearing
    )
    initial = {"code": sheet.code, "channel": sheet.channel}
    if "unreadable" in request.POST:
        return _put_aside(request, hearing, sheet, initial)
    return _entry(request, hearing, sheet, initial)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def spoken(request: HttpRequest, pk: int) -> HttpResponse:
    """Without a sheet: the telephone, LINE, somebody at the counter."""
    hearing = hearing_for(request, pk, Action.ENTER_ON_BEHALF)
    return _entry(request, hearing, None, {"channel": Channel.PHONE, "key": uuid.uuid4()})


def _entry(request: HttpRequest, hearing: Hearing, sheet: PaperForm | None, initial: dict) -> HttpResponse:
    options = {"sections": sections_of(hearing), "initial": initial}
    if request.method == "POST" and SheetForm.area_step_requested(request.POST):
        return _show(request, hearing, sheet, SheetForm.reloaded(request.POST, **options))
    form = SheetForm(request.POST if request.method == "POST" else None, **options)
    if request.method == "POST" and form.is_valid():
        receipt = attempt(form, lambda: _store(request, hearing, sheet, form))
        if receipt:
            _tell(request, receipt)
            return _on(hearing, sheet)
    return _show(request, hearing, sheet, form)


def _store(request: HttpRequest, hearing: Hearing, sheet: PaperForm | None, form: SheetForm) -> Receipt:
    by, now, data, comments = signed_in(request), timezone.now(), form.data_of_person(), form.comments()
    if sheet:
        code = form.cleaned_data["code"]
        return enter_paper(form=sheet, code=code, data=data, comments=comments, by=by, now=now)
    key = form.cleaned_data["key"] or uuid.uuid4()
    return enter_on_behalf(hearing=hearing, data=data, comments=comments, by=by, now=now, idempotency_key=key)


def _tell(request: HttpRequest, receipt: Receipt) -> None:
    """The number is written on the sheet, or said on the telephone."""
    number = receipt.submission.grouped_receipt_no
    if not receipt.created:
        messages.info(
            request, _("This form was typed already. Its receipt is %(number)s.") % {"number": number}
        )
        return
    sentence = _("Stored. Receipt %(number)s, edit code %(code)s. Write both on the person's slip.")
    messages.success(
        request, sentence % {"number": number, "code": receipts.group_edit_code(receipt.edit_code)}
    )


def _on(hearing: Hearing, sheet: PaperForm | None) -> HttpResponse:
    """The next sheet; after the last one, or without a sheet, the queue or the empty form again."""
    if sheet is None:
        return redirect("hearings_desk:spoken", hearing.pk)
    following = _next(hearing, after=sheet)
    if following:
        return redirect("hearings_desk:paper_form", hearing.pk, following.pk)
    return redirect("hearings_desk:paper", hearing.pk)


def _put_aside(request: HttpRequest, hearing: Hearing, sheet: PaperForm, initial: dict) -> HttpResponse:
    form = UnreadableForm(request.POST)
    done = form.is_valid() and attempt(
        form,
        lambda: mark_unreadable(
            form=sheet, reason=form.cleaned_data["unreadable_reason"], by=signed_in(request)
        ),
    )
    if done:
        messages.success(request, _("Put aside. It stays in the list and can be typed later."))
        return _on(hearing, sheet)
    entry = SheetForm.reloaded(request.POST, sections=sections_of(hearing), initial=initial)
    return _show(request, hearing, sheet, entry, form)


def _show(
    request: HttpRequest,
    hearing: Hearing,
    sheet: PaperForm | None,
    form: SheetForm,
    unreadable: UnreadableForm | None = None,
) -> HttpResponse:
    wrong = bool(form.errors or (unreadable and unreadable.errors))
    context = {
        "hearing": hearing, "sheet": sheet, "form": form, "unreadable": unreadable or UnreadableForm(),
        "counts": _counts(hearing), "after": _next(hearing, after=sheet) if sheet else None,
    }  # fmt: skip
    return render(request, "hearings/desk/paper_form.html", context, status=422 if wrong else 200)


def _counts(hearing: Hearing) -> dict[str, int]:
    return hearing.paper_forms.aggregate(
        all=Count("pk"),
        **{status: Count("pk", filter=Q(status=status)) for status in PaperStatus.values},
    )


def _next(hearing: Hearing, after: PaperForm | None = None) -> PaperForm | None:
    """The sheet to type now; after the last one the first that was passed over."""
    waiting = hearing.paper_forms.filter(status=PaperStatus.WAITING).order_by("pk")
    if after is None:
        return waiting.first()
    return waiting.filter(pk__gt=after.pk).first() or waiting.exclude(pk=after.pk).first()


@login_required
@never_cache
@require_safe
def scan(request: HttpRequest, pk: int, form: int) -> HttpResponseBase:
    """Handwriting and names: to staff who may type it, and to nobody else."""
    hearing = hearing_for(request, pk, Action.ENTER_ON_BEHALF)
    sheet = get_object_or_404(PaperForm, pk=form, hearing=hearing)
    if not sheet.scan or not sheet.scan.storage.exists(sheet.scan.name):
        raise Http404
    return FileResponse(sheet.scan.open("rb"), content_type="image/jpeg")
