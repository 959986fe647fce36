"""The receipt: look it up, read it, withdraw. Never a name or an e-mail here, whoever has the number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.ratelimit import Limit, TooManyRequestsError, look, take, visitor
from hearings import receipts
from hearings.forms.receipt import CodeForm, LookupForm, WithdrawForm
from hearings.models import Satisfaction, Submission
from hearings.satisfaction import MARKS
from hearings.sent_words import answered, comments_of, files_of, has_answers_or_files
from hearings.services.edit_codes import verify_edit_code
from hearings.services.rate import rate
from hearings.services.withdraw import withdraw
from hearings.views.sent import just_sent, remember_opened

LOOKUP_LIMIT = Limit("hearings.receipt", capacity=40, seconds=240)
MARK_WORDS = {str(score) for score in MARKS}


def private(response: HttpResponse) -> HttpResponse:
    """Personal pages are not for search engines, nor for the next person at a shared phone."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def of_receipt(view: Callable[[HttpRequest, Submission], HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the view the submission of the number in the address.

    Numbers that do not exist are counted, and after too many of them none is looked up: nobody finds other people's
    receipts by trying numbers in a row. Whoever has a number is never counted.
    """

    @wraps(view)
    def found(request: HttpRequest, receipt: str) -> HttpResponse:
        try:
            look(LOOKUP_LIMIT, visitor(request))
        except TooManyRequestsError as error:
            form = LookupForm({"number": receipt[:60]})
            form.add_error("number", str(error))
            context = {"form": form}
            status = HTTPStatus.TOO_MANY_REQUESTS
            return private(render(request, "hearings/receipt/lookup.html", context, status=status))
        wanted = Submission.objects.by_receipt(receipt).select_related(
            "hearing", "province", "district", "subdistrict"
        )
        submission = wanted.first()
        if submission is None:
            take(LOOKUP_LIMIT, visitor(request))
            raise Http404
        return view(request, submission)

    return found


@never_cache
@require_safe
def lookup(request: HttpRequest) -> HttpResponse:
    """Type the number as it is read out: spaces, hyphens and Thai digits are welcome."""
    form = LookupForm(request.GET if "number" in request.GET else None)
    status = HTTPStatus.OK
    if form.is_bound:
        status = look_up(form, request)
    if status == HTTPStatus.FOUND:
        return HttpResponseRedirect(reverse("hearings:receipt", args=[form.cleaned_data["number"]]))
    return private(render(request, "hearings/receipt/lookup.html", {"form": form}, status=status))


def look_up(form: LookupForm, request: HttpRequest) -> HTTPStatus:
    """FOUND, or why not, with the reason written into the form."""
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        take(LOOKUP_LIMIT, visitor(request))
    except TooManyRequestsError as error:
        form.add_error("number", str(error))
        return HTTPStatus.TOO_MANY_REQUESTS
    if Submission.objects.by_receipt(form.cleaned_data["number"]).exists():
        return HTTPStatus.FOUND
    form.add_error("number", _("We have no receipt with this number. Check each digit, or call us."))
    return HTTPStatus.NOT_FOUND


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@of_receipt
def receipt(request: HttpRequest, submission: Submission) -> HttpResponse:
    """Answers and files are never public one by one: only the device that sent them sees them, or who has the code."""
    now = timezone.now()
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and fits(form, submission, now):
        response = HttpResponseRedirect(reverse("hearings:receipt", args=[submission.receipt_no]))
        remember_opened(request, response, submission.receipt_no)
        return private(response)
    hearing = submission.hearing
    sent = just_sent(request, submission.receipt_no)
    context = {
        "submission": submission,
        "hearing": hearing,
        "can_change": hearing.can_comment(now) and submission.withdrawn_at is None,
        "sent": sent,
        "edit_code": receipts.group_edit_code(sent.edit_code) if sent else "",
        "share_text": _("Receipt %(number)s") % {"number": receipts.group(submission.receipt_no)},
        "number": receipts.group(submission.receipt_no),
        "form": form,
        "comments": comments_of(submission),
        "answered": answered(submission) if sent else [],
        "files": files_of(submission) if sent else [],
        "has_more": not sent and has_answers_or_files(submission),
        "given": Satisfaction.objects.filter(submission=submission).values_list("score", flat=True).first(),
        "marks": sorted(MARKS.items(), reverse=True),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return private(render(request, "hearings/receipt/receipt.html", context, status=status))


def fits(form: CodeForm, submission: Submission, now: dt.datetime) -> bool:
    """Whether it is the right edit code. Wrong ones are counted by the service."""
    if not form.is_valid():
        return False
    try:
        verify_edit_code(submission, form.cleaned_data["code"], now)
    except ValidationError as error:
        form.add_error("code", error)
        return False
    return True


@never_cache
@require_POST
@of_receipt
def rate_receipt(request: HttpRequest, submission: Submission) -> HttpResponse:
    """One mark from 1 to 5; anything else is answered with a sentence."""
    sent = request.POST.get("score", "")
    try:
        rate(submission=submission, score=int(sent) if sent in MARK_WORDS else 0, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Thank you. Your mark is counted."))
    return private(HttpResponseRedirect(reverse("hearings:receipt", args=[submission.receipt_no])))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@of_receipt
def withdraw_receipt(request: HttpRequest, submission: Submission) -> HttpResponse:
    now = timezone.now()
    if submission.withdrawn_at or not submission.hearing.can_comment(now):
        return refuse_change(request, submission)
    form = WithdrawForm(request.POST or None)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                withdraw(submission=submission, edit_code=form.cleaned_data["code"], now=now)
            except ValidationError as error:
                form.add_error("code", error)
            else:
                return HttpResponseRedirect(reverse("hearings:receipt", args=[submission.receipt_no]))
    context = {
        "form": form,
        "submission": submission,
        "hearing": submission.hearing,
        "number": receipts.group(submission.receipt_no),
    }
    return private(render(request, "hearings/receipt/withdraw.html", context, status=status))


def refuse_change(request: HttpRequest, submission: Submission) -> HttpResponse:
    """Too late, or already withdrawn: say since when (409)."""
    context = {"submission": submission, "hearing": submission.hearing, "now": timezone.now()}
    response = render(request, "hearings/receipt/too_late.html", context, status=HTTPStatus.CONFLICT)
    return private(response)
