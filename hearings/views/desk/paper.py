"""Paper forms: queue of scans, the screen where one is typed beside its picture, and the picture itself (P106)."""

from __future__ import annotations

import uuid
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
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
from hearings.forms.field import ScanForm
from hearings.forms.sheet import SheetForm, SheetQuestions, UnreadableForm, propose
from hearings.models import Hearing, PaperForm
from hearings.paper_reading.reading import Reading
from hearings.services.paper import enter_on_behalf, enter_paper, mark_unreadable
from hearings.services.scans import add_scans
from hearings.services.second_typing import Difference, Typed, check_typing, due
from hearings.services.submit import Receipt
from hearings.topics import topics_to_choose
from hearings.views.desk.rooms import attempt, hearing_for, sent
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
    page = paginate(
        request, hearing.paper_forms.select_related("submission", "hearing").defer("reading"), PER_PAGE
    )
    context = {
        "hearing": hearing,
        "form": form,
        "page_obj": page,
        "counts": _counts(hearing),
        "next": _next(hearing),
        "due": due(hearing, signed_in(request)),
    }
    return render(request, "hearings/desk/paper.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paper_form(request: HttpRequest, pk: int, form: int) -> HttpResponse:
    hearing = hearing_for(request, pk, Action.ENTER_ON_BEHALF)
    sheet = _sheet(hearing, form)
    entry = Entry(request, hearing, sheet, _initial(sheet))
    if "unreadable" in request.POST:
        return _put_aside(request, entry, sheet)
    return _answer(request, entry)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def spoken(request: HttpRequest, pk: int) -> HttpResponse:
    """Without a sheet: the telephone, LINE, somebody at the counter."""
    hearing = hearing_for(request, pk, Action.ENTER_ON_BEHALF)
    initial = {
        "channel": Channel.PHONE,
        "received_on": timezone.localdate(timezone.now()),
        "key": uuid.uuid4(),
    }
    return _answer(request, Entry(request, hearing, None, initial))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paper_check(request: HttpRequest, pk: int, form: int) -> HttpResponse:
    """Typed again by somebody else, who does not see the first typing before the own one is complete."""
    hearing = hearing_for(request, pk, Action.ENTER_ON_BEHALF)
    sheet = _sheet(hearing, form)
    if sheet.submission is None or sheet.submission.entered_by_id == signed_in(request).pk:
        raise PermissionDenied(_("You typed this form. Somebody else must check it."))
    blind = {**_initial(sheet), "code": ""}
    entry = Entry(request, hearing, sheet, blind, checks=True)
    if not entry.is_right():
        return entry.show()
    found = attempt(entry.form, lambda: _check(request, sheet, entry))
    if found is None:
        return entry.show()
    if found and not request.POST.get("decide"):
        return entry.show(found)
    messages.success(request, _("Checked. The record says who typed it and who checked it."))
    waiting = due(hearing, signed_in(request))
    if waiting:
        return redirect("hearings_desk:paper_check", hearing.pk, waiting[0])
    return redirect("hearings_desk:paper", hearing.pk)


def _check(request: HttpRequest, sheet: PaperForm, entry: Entry) -> list[Difference]:
    use_second = {"first": False, "second": True}.get(request.POST.get("decide", ""))
    by, now = signed_in(request), timezone.now()
    return check_typing(form=sheet, second=entry.typed(), by=by, now=now, use_second=use_second)


def _sheet(hearing: Hearing, pk: int) -> PaperForm:
    return get_object_or_404(
        PaperForm.objects.select_related("hearing", "submission"), pk=pk, hearing=hearing
    )


def _initial(sheet: PaperForm) -> dict:
    return {"code": sheet.code, "channel": sheet.channel, "received_on": sheet.received_on}


class Entry:
    """The screen on which one sheet or one call is typed: its fields, the questions of the hearing, what is wrong."""

    def __init__(
        self,
        request: HttpRequest,
        hearing: Hearing,
        sheet: PaperForm | None,
        initial: dict,
        *,
        checks: bool = False,
    ) -> None:
        self.request, self.hearing, self.sheet, self.checks = request, hearing, sheet, checks
        self.is_sent = request.method == "POST"
        self.only_reloads = self.is_sent and (
            SheetForm.area_step_requested(request.POST) or "unreadable" in request.POST
        )
        options: dict[str, Any] = {
            "sections": sections_of(hearing), "topics": topics_to_choose(hearing), "initial": initial,
        }  # fmt: skip
        self.form: SheetForm
        if self.only_reloads:
            self.form = cast(SheetForm, SheetForm.reloaded(request.POST, **options))
            self.questions = SheetQuestions.of(hearing, request.POST, checked=False)
        else:
            self.form = SheetForm(request.POST if self.is_sent else None, **options)
            self.questions = SheetQuestions.of(hearing, request.POST if self.is_sent else None)
        self.reading = self._reading()
        self.not_asked = self._propose(self.reading) if self.reading else 0

    def _reading(self) -> Reading | None:
        """Not for the second person: who checks must not see what anybody, or anything, read before."""
        if self.sheet is None or self.checks or not self.sheet.reading:
            return None
        return Reading.from_json(self.sheet.reading)

    def _propose(self, reading: Reading) -> int:
        """Returns how many fields of the paper are not asked any more."""
        proposals, fill = reading.proposals(), not self.is_sent
        known = propose(self.form, proposals, fill=fill) | propose(self.questions, proposals, fill=fill)
        return len({*proposals.sure, *proposals.unsure} - known)

    def is_right(self) -> bool:
        if not self.is_sent or self.only_reloads:
            return False
        return all([self.form.is_valid(), self.questions.is_valid()])

    def typed(self) -> Typed:
        return Typed(self.form.data_of_person(), self.form.comments(), self.questions.answers())

    def store(self) -> Receipt:
        by, now, typed = signed_in(self.request), timezone.now(), self.typed()
        said: dict[str, Any] = {
            "data": typed.data,
            "comments": typed.comments,
            "answers": typed.answers,
            "by": by,
            "now": now,
        }
        if self.sheet:
            return enter_paper(form=self.sheet, code=self.form.cleaned_data["code"], **said)
        key = self.form.cleaned_data["key"] or uuid.uuid4()
        return enter_on_behalf(hearing=self.hearing, idempotency_key=key, **said)

    def show(
        self, found: list[Difference] | None = None, unreadable: UnreadableForm | None = None
    ) -> HttpResponse:
        wrong = bool(self.form.errors or self.questions.errors or (unreadable and unreadable.errors))
        context = {
            "hearing": self.hearing, "sheet": self.sheet, "form": self.form, "questions": self.questions,
            "unreadable": unreadable or UnreadableForm(), "counts": _counts(self.hearing), "checks": self.checks,
            "differences": found or [], "also": unreadable or self.questions,
            "reading": self.reading, "not_asked": self.not_asked,
            "after": _next(self.hearing, after=self.sheet) if self.sheet and not self.checks else None,
        }  # fmt: skip
        return render(self.request, "hearings/desk/paper_form.html", context, status=422 if wrong else 200)


def _answer(request: HttpRequest, entry: Entry) -> HttpResponse:
    if entry.is_right():
        receipt = attempt(entry.form, entry.store)
        if receipt:
            _tell(request, receipt)
            return _on(entry.hearing, entry.sheet)
    return entry.show()


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


def _put_aside(request: HttpRequest, entry: Entry, sheet: PaperForm) -> HttpResponse:
    form = UnreadableForm(request.POST)
    aside = None
    if form.is_valid():
        reason = form.cleaned_data["unreadable_reason"]
        aside = attempt(form, lambda: mark_unreadable(form=sheet, reason=reason, by=signed_in(request)))
    if aside:
        messages.success(request, _("Put aside. It stays in the list and can be typed later."))
        return _on(entry.hearing, sheet)
    return entry.show(unreadable=form)


def _counts(hearing: Hearing) -> dict[str, int]:
    late = Q(received_on__gt=hearing.ended_on) if hearing.ended_on else Q(pk__in=())
    return hearing.paper_forms.aggregate(
        all=Count("pk"),
        late=Count("pk", filter=late),
        checked=Count("pk", filter=Q(checked_at__isnull=False)),
        differed=Count("pk", filter=Q(checked_at__isnull=False) & ~Q(differences=[])),
        entered=Count("pk", filter=Q(status=PaperStatus.ENTERED)),
        unreadable=Count("pk", filter=Q(status=PaperStatus.UNREADABLE)),
        waiting=Count("pk", filter=Q(status=PaperStatus.WAITING) & ~late),
    )


def _next(hearing: Hearing, after: PaperForm | None = None) -> PaperForm | None:
    """The sheet to type now; after the last one the first that was passed over. Those that came late are not typed."""
    waiting = hearing.paper_forms.filter(status=PaperStatus.WAITING).order_by("pk")
    if hearing.ended_on:
        waiting = waiting.filter(received_on__lte=hearing.ended_on)
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
    if not sheet.scan or not sheet.scan.storage.exists(str(sheet.scan.name)):
        raise Http404
    return FileResponse(sheet.scan.open("rb"), content_type="image/jpeg")
