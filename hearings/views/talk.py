"""One comment by its own address, and what people do there: reply, take a reply back, support, report."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus

from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core.digits import key_number
from core.pagination import NoSuchListPage
from core.ratelimit import Limit, TooManyRequestsError, take, visitor
from hearings import receipts
from hearings.enums import SubmissionStatus, Visibility
from hearings.forms.guards import HONEYPOT, new_key, new_start, parse_key, refusal, started_at
from hearings.forms.talk import ReplyForm, ReportForm, WithdrawReplyForm
from hearings.models import Comment, Hearing, Reply
from hearings.person import new_browser, person_of, remember_browser
from hearings.reply_pages import page_with
from hearings.services.reply import ReplyReceipt, sent_before, withdraw_reply
from hearings.services.reply import reply as store_reply
from hearings.services.report import report as store_report
from hearings.services.support import support, take_back_support
from hearings.services.talk import what_it_became
from hearings.threads import thread_page
from hearings.views.comments import may_answer
from hearings.views.csrf import expired
from hearings.views.hearing import HearingRoom
from hearings.views.lookup import visible_hearing

# A village behind one address gets through, a script does not (as with comments).
REPLY_LIMIT = Limit("hearings.reply", capacity=60, seconds=600)
SUPPORT_LIMIT = Limit("hearings.support", capacity=120, seconds=600)
REPORT_LIMIT = Limit("hearings.report", capacity=30, seconds=600)
COOKIE, SALT, SECONDS = "replied", "hearings.replied", 20 * 60
HIGHEST_ID = 2**63 - 1


@require_safe
def comment_page(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The permalink. What is gone says so (410) and never shows a word of it; what waits does not exist yet."""
    hearing, comment = _find(slug, pk)
    if not comment.is_public:
        return _gone(request, hearing, comment)
    thread, page = thread_page(comment, person_of(request), request)
    code = _code_just_given(request, comment)
    context = {
        "hearing": hearing,
        "room": HearingRoom(hearing, timezone.now()),
        "comment": comment,
        "thread": thread,
        "page_obj": page,
        "given": code,
        "may_answer": may_answer(request, hearing),
    }
    response = render(request, "hearings/talk/comment.html", context)
    if code:
        add_never_cache_headers(response)
    return response


def _find(slug: str, pk: int) -> tuple[Hearing, Comment]:
    hearing = visible_hearing(slug)
    wanted = Comment.objects.filter(hearing=hearing, pk=min(pk, HIGHEST_ID)).select_related(
        "submission__province", "submission__district", "submission__subdistrict", "block", "topic"
    )
    comment = wanted.first()
    if comment is None:
        raise Http404(_("There is no such comment."))
    comment.hearing = hearing
    return hearing, comment


def _public(slug: str, pk: int) -> tuple[Hearing, Comment]:
    hearing, comment = _find(slug, pk)
    if not comment.is_public:
        raise Http404(_("This comment is not published."))
    return hearing, comment


def _gone(request: HttpRequest, hearing: Hearing, comment: Comment) -> HttpResponse:
    sent = comment.submission
    if sent.status != SubmissionStatus.WITHDRAWN and sent.visibility == Visibility.PUBLIC:
        # Replaced by a later edit of its author: the address leads to what holds now.
        same_place = {"block_key": comment.block_key, "paragraph_key": comment.paragraph_key}
        current = sent.comments.current().filter(**same_place, is_public=True).first()
        current = current or what_it_became(comment)
        if current and current.is_public:
            current.hearing = hearing
            given = _code_just_given(request, current)  # somebody replied a moment before it was replaced
            return HttpResponseRedirect(_page_of(current, f"?sent={given['pk']}" if given else ""))
    if sent.status != SubmissionStatus.WITHDRAWN and sent.visibility == Visibility.PENDING:
        raise Http404(_("This comment waits to be read by staff and is not published yet."))
    decision = sent.decisions.order_by("-at", "-pk").first()
    context = {"hearing": hearing, "comment": comment, "submission": sent, "decision": decision}
    return render(request, "hearings/talk/gone.html", context, status=HTTPStatus.GONE)


def _page_of(comment: Comment, anchor: str = "") -> str:
    return reverse("hearings:comment_page", args=[comment.hearing.slug, comment.pk]) + anchor


@require_safe
def reply_page(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The permalink of a reply: it leads to where the reply stands now, also on a later page of a long talk."""
    wanted = Reply.objects.filter(hearing=visible_hearing(slug), pk=min(pk, HIGHEST_ID))
    found = get_object_or_404(wanted.select_related("comment__hearing"))
    if not found.comment.is_public:
        return HttpResponseRedirect(_page_of(found.comment))
    number = page_with(found)
    if number is None:
        raise NoSuchListPage(_("This reply is not shown: it was taken back, hidden, or waits to be read."))
    page = f"?page={number}" if number > 1 else ""
    return HttpResponseRedirect(_page_of(found.comment, f"{page}#r{found.pk}"))


# --- replies -----------------------------------------------------------------------------------------------


@csrf_exempt
@cache_control(private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A page of its own: it works on any phone without JavaScript, and nothing typed is ever lost."""
    hearing, comment = _find(slug, pk) if request.method == "POST" else _public(slug, pk)
    now = timezone.now()
    if not (comment.is_public and hearing.can_comment(now)):
        # While somebody wrote, the hearing closed or the comment was changed or taken back.
        if sent := _sent_before(request, comment):
            return _to_code(request, sent)
        typed = {"text": request.POST.get("text", ""), "is_gone": not comment.is_public}
        context = {"hearing": hearing, "comment": comment, **typed}
        status = HTTPStatus.FORBIDDEN if comment.is_public else HTTPStatus.CONFLICT
        return render(request, "hearings/talk/closed.html", context, status=status)
    parent = _reply_below(comment, request.GET.get("to", ""))
    context = {"hearing": hearing, "comment": comment, "parent": parent, "honeypot": HONEYPOT}
    if request.method != "POST":
        form = ReplyForm(initial={"key": new_key(), "started": new_start(now)})
        return render(request, "hearings/talk/reply.html", {**context, "form": form})
    form = ReplyForm(request.POST)
    answer = _store_reply(request, form, comment, parent, now)
    if isinstance(answer, HttpResponse):
        return answer
    fresh = request.POST.copy()
    fresh["key"] = str(parse_key(fresh.get("key", "")) or new_key())
    is_refused = refusal(request.POST, started_at(fresh.get("started", "")), now)
    fresh["started"] = new_start(now) if is_refused else fresh.get("started", "")
    form.data = fresh
    return render(request, "hearings/talk/reply.html", {**context, "form": form}, status=answer)


def _store_reply(
    request: HttpRequest, form: ReplyForm, comment: Comment, parent: Reply | None, now: dt.datetime
) -> HttpResponse | HTTPStatus:
    """Where to go, or why not, with the sentence in the form."""
    if expired(request):
        form.add_error(None, _("This page was open for a long time. Please press the button once more."))
        return HTTPStatus.FORBIDDEN
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    key = parse_key(form.cleaned_data["key"])
    started = started_at(request.POST.get("started", ""))
    if (text := refusal(request.POST, started, now)) or key is None:
        form.add_error(None, text or _("Please press the button once more."))
        return HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        take(REPLY_LIMIT, f"{comment.hearing_id}:{visitor(request)}")
        clean = form.cleaned_data
        receipt = store_reply(
            comment=comment, parent=parent, text=clean["text"], sector=clean["sector"], name=clean["name"],
            under_20=clean["under_20"], idempotency_key=key, now=now,
            author=request.user if request.user.is_authenticated else None,
        )  # fmt: skip
    except TooManyRequestsError as error:
        form.add_error(None, str(error))
        return HTTPStatus.TOO_MANY_REQUESTS
    except ValidationError as error:
        form.add_error(None, error)
        return HTTPStatus.CONFLICT
    return _to_code(request, receipt)


def _sent_before(request: HttpRequest, comment: Comment) -> ReplyReceipt | None:
    """A second press of a form that was stored: its answer was lost on the way."""
    key = parse_key(request.POST.get("key", ""))
    try:
        return sent_before(comment, key) if key else None
    except ValidationError:  # another comment's form
        return None


def _to_code(request: HttpRequest, receipt: ReplyReceipt) -> HttpResponse:
    """To the reply, where this device alone is shown the code to take it back with."""
    stored = receipt.reply
    response = HttpResponseRedirect(_page_of(stored.comment, f"?sent={stored.pk}#given"))
    waits = stored.visibility == Visibility.PENDING
    value = signing.dumps([stored.pk, receipt.edit_code, waits], salt=SALT)
    response.set_cookie(
        COOKIE, value, max_age=SECONDS, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return response


def _code_just_given(request: HttpRequest, comment: Comment) -> dict | None:
    """The edit code, for who comes from sending: the address says so, and only the device that sent can open it."""
    try:
        pk, code, waits = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SECONDS)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    if request.GET.get("sent") != str(pk) or not Reply.objects.filter(pk=pk, comment=comment).exists():
        return None
    return {"pk": pk, "code": receipts.group_edit_code(code), "waits": waits}


def _reply_below(comment: Comment, text: str) -> Reply | None:
    """The reply an address means, if it is a public one below this comment; a strange number means none."""
    number = key_number(text)
    return None if number is None else Reply.objects.public().filter(comment=comment, pk=number).first()


@cache_control(private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    hearing = visible_hearing(slug)
    wanted = Reply.objects.filter(hearing=hearing, is_official=False).select_related("comment")
    found = get_object_or_404(wanted, pk=min(pk, HIGHEST_ID))
    found.comment.hearing = hearing
    form = WithdrawReplyForm(request.POST or None)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                withdraw_reply(reply=found, edit_code=form.cleaned_data["code"], now=timezone.now())
            except ValidationError as error:
                form.add_error("code", error)
            else:
                return HttpResponseRedirect(_page_of(found.comment))
    context = {"hearing": hearing, "reply": found, "comment": found.comment, "form": form}
    return render(request, "hearings/talk/withdraw.html", context, status=status)


# --- support -----------------------------------------------------------------------------------------------


@csrf_exempt
@cache_control(private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def support_comment(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One press. Lists carry no token, so that readers get no cookie and pages stay the same for all: the browser's
    word for where the form stood is enough, and without it the page asks once more, with a token."""
    hearing, comment = _public(slug, pk)
    wants = request.POST.get("do", "support")
    problem, status = "", HTTPStatus.OK
    if request.method == "POST":
        if not from_our_page(request) and expired(request):
            problem, status = _("Please press the button once more."), HTTPStatus.FORBIDDEN
        else:
            answer = _press(request, comment, wants)
            if isinstance(answer, HttpResponse):
                return answer
            problem, status = answer
    context = {"hearing": hearing, "comment": comment, "wants": wants, "problem": problem}
    return render(request, "hearings/talk/support.html", context, status=status)


def _press(request: HttpRequest, comment: Comment, wants: str) -> HttpResponse | tuple[str, HTTPStatus]:
    person, cookie = person_of(request), ""
    now = timezone.now()
    try:
        take(SUPPORT_LIMIT, f"{comment.hearing_id}:{visitor(request)}")
        if wants == "take_back":
            if person:
                take_back_support(comment=comment, person=person, now=now)
        else:
            if person is None:
                person, cookie = new_browser()
            account = request.user if request.user.is_authenticated else None
            support(comment=comment, person=person, now=now, user=account)
    except TooManyRequestsError as error:
        return str(error), HTTPStatus.TOO_MANY_REQUESTS
    except ValidationError as error:
        return " ".join(error.messages), HTTPStatus.CONFLICT
    response = HttpResponseRedirect(f"{_back(request, comment)}#m{comment.pk}")
    if cookie:
        remember_browser(response, cookie)
    return response


def from_our_page(request: HttpRequest) -> bool:
    """Browsers say which site's page sent a form; one that does not is asked for a token."""
    origin = request.headers.get("Origin")
    return origin == f"{request.scheme}://{request.get_host()}"


def _back(request: HttpRequest, comment: Comment) -> str:
    wanted = request.POST.get("back", "")[:2000]
    fits = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts=None, require_https=request.is_secure()
    ) and wanted.startswith("/")
    return wanted.split("#")[0] if fits else _page_of(comment)


# --- reports -----------------------------------------------------------------------------------------------


@csrf_exempt
@cache_control(private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def report_comment(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Also after closing. Staff read it; it hides nothing by itself."""
    hearing, comment = _public(slug, pk)
    below = _reply_below(comment, request.GET.get("reply", ""))
    context = {"hearing": hearing, "comment": comment, "reply": below, "done": "done" in request.GET}
    form = ReportForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if request.method == "POST":
        answer = _store_report(request, form, comment, below)
        if isinstance(answer, HttpResponse):
            return answer
        status = answer
    return render(request, "hearings/talk/report.html", {**context, "form": form}, status=status)


def _store_report(
    request: HttpRequest, form: ReportForm, comment: Comment, below: Reply | None
) -> HttpResponse | HTTPStatus:
    if expired(request):
        form.add_error(None, _("This page was open for a long time. Please press the button once more."))
        return HTTPStatus.FORBIDDEN
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    person, cookie = person_of(request), ""
    if person is None:
        person, cookie = new_browser()
    try:
        take(REPORT_LIMIT, f"{comment.hearing_id}:{visitor(request)}")
        store_report(comment=comment, reply=below, person=person, now=timezone.now(), **form.cleaned_data)
    except TooManyRequestsError as error:
        form.add_error(None, str(error))
        return HTTPStatus.TOO_MANY_REQUESTS
    except ValidationError as error:
        form.add_error(None, error)
        return HTTPStatus.CONFLICT
    response = HttpResponseRedirect(f"{request.path}?done=1")
    if cookie:
        remember_browser(response, cookie)
    return response
