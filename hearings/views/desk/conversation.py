"""The conversation at the desk: reports, replies waiting to be read, answers of the office, pins."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Count, Min, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.permissions import Action, can_act_in_province, may, require, signed_in
from hearings.enums import Decision, Visibility
from hearings.forms.talk import AnswerForm, DecisionForm
from hearings.models import Comment, Hearing, Reply, Report
from hearings.same_words import same_words
from hearings.services.answer_comment import answer_comment
from hearings.services.moderate_reply import moderate_reply
from hearings.services.pin import pin, unpin
from hearings.services.report import settle_report
from hearings.services.talk import what_it_became
from hearings.threads import thread_page
from hearings.views.desk.rooms import HIDING, number_of

MOST = 50
CHANGED = gettext_lazy("The author changed this comment meanwhile. Read it, then press the button once more.")


@login_required
@never_cache
@require_safe
def conversations(request: HttpRequest) -> HttpResponse:
    """Hearings with something to read, the one that waited longest on top."""
    require(request.user, Action.MODERATE_COMMENT)
    user = signed_in(request)
    hearings = Hearing.objects.all()
    if not can_act_in_province(user, None):
        hearings = hearings.in_province(user.province_id)
    still_open = Q(reports__settled_at__isnull=True, reports__isnull=False)
    waiting = Q(replies__visibility=Visibility.PENDING, replies__withdrawn_at__isnull=True)
    found = hearings.filter(still_open | waiting).annotate(
        reports_open=Count("reports", filter=still_open, distinct=True),
        replies_waiting=Count("replies", filter=waiting, distinct=True),
        oldest_report=Min("reports__created_at", filter=still_open),
        oldest_reply=Min("replies__created_at", filter=waiting),
    )
    rows = sorted(found, key=lambda row: min(at for at in (row.oldest_report, row.oldest_reply) if at))
    return render(request, "hearings/desk/conversations.html", {"hearings": rows})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request: HttpRequest, pk: int) -> HttpResponse:
    """What waits in one hearing. Oldest first; a screen holds fifty, the rest follows when these are done."""
    hearing = get_object_or_404(Hearing, pk=pk)
    require(request.user, Action.MODERATE_COMMENT, hearing)
    if request.method == "POST":
        _act(request, lambda: _decide(request, hearing))
        return HttpResponseRedirect(request.path)
    reports = hearing.reports.open().select_related("comment__submission", "comment__topic", "reply")
    waiting = hearing.replies.waiting().select_related("comment")
    context = {
        "hearing": hearing,
        "reports": list(reports.order_by("created_at", "pk")[:MOST]),
        "waiting": list(waiting.order_by("created_at", "pk")[:MOST]),
        "reasons": HIDING,
    }
    return render(request, "hearings/desk/conversation.html", context)


def _decide(request: HttpRequest, hearing: Hearing) -> str:
    user, now = signed_in(request), timezone.now()
    if "settle" in request.POST:
        report = get_object_or_404(Report, hearing=hearing, pk=number_of(request.POST["settle"]))
        settle_report(report=report, actor=user, now=now)
        return _("The report is settled.")
    reply = get_object_or_404(Reply, hearing=hearing, pk=number_of(request.POST.get("reply", "")))
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise ValidationError(_("Choose a decision and a reason of the list."))
    moderate_reply(reply=reply, actor=user, now=now, **form.cleaned_data)
    shown = form.cleaned_data["decision"] == Decision.PUBLISH
    return _("The reply is published.") if shown else _("The reply is not shown.")


def _act(request: HttpRequest, do: Callable[[], str]) -> None:
    """Run a service; what it refuses is told like what it did."""
    try:
        messages.success(request, do())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comment_desk(request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """Pin one comment, answer it for the office, hide a reply to it."""
    hearing = get_object_or_404(Hearing, pk=pk)
    user = signed_in(request)
    may_pin, may_answer = (
        may(user, action, hearing) for action in (Action.PIN_COMMENT, Action.ANSWER_COMMENT)
    )
    if not (may_pin or may_answer):
        require(user, Action.PIN_COMMENT, hearing)
    comment = _of_now(hearing, comment_pk)
    comment.hearing = hearing
    here = reverse("hearings_desk:comment", args=[hearing.pk, comment.pk])
    is_changed = here != request.path
    form = AnswerForm(initial={"key": uuid.uuid4()})
    status = 200
    if request.method == "POST" and request.POST.get("do") == "answer":
        form = AnswerForm(request.POST)
        if is_changed:
            form.add_error(None, CHANGED)
        if form.is_valid() and _answer(request, form, comment, user):
            return HttpResponseRedirect(here)
        status = 409 if is_changed else 422
    elif request.method == "POST":
        _act(request, lambda: _pin_or_hide(request, hearing, comment, user, is_changed=is_changed))
        return HttpResponseRedirect(here)
    elif is_changed:
        return HttpResponseRedirect(here)
    thread, page = thread_page(comment, None, request)
    context = {
        "hearing": hearing,
        "here": here,
        "comment": comment,
        "thread": thread,
        "page_obj": page,
        "form": form,
        "may_pin": may_pin,
        "may_answer": may_answer,
        "copies": same_words(comment.submission),
        "may_hide": may(user, Action.MODERATE_COMMENT, hearing),
        "reasons": HIDING,
    }
    return render(request, "hearings/desk/comment.html", context, status=status)


def _of_now(hearing: Hearing, pk: int) -> Comment:
    """What its author changed since the page was opened is what it became: an answer that was typed is not lost."""
    opened = get_object_or_404(Comment, hearing=hearing, pk=min(pk, 2**63 - 1))
    now = what_it_became(opened)
    return get_object_or_404(Comment.objects.public(hearing), pk=now.pk if now else opened.pk)


def _answer(request: HttpRequest, form: AnswerForm, comment: Comment, user: User) -> bool:
    clean = form.cleaned_data
    try:
        answer_comment(
            comment=comment, actor=user, text=clean["text"], idempotency_key=clean["key"], now=timezone.now()
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, _("The answer is published."))
    return True


def _pin_or_hide(
    request: HttpRequest, hearing: Hearing, comment: Comment, user: User, *, is_changed: bool
) -> str:
    do = request.POST.get("do")
    if is_changed and do in ("pin", "unpin"):
        raise ValidationError(CHANGED)
    if do == "pin":
        pin(comment=comment, actor=user, now=timezone.now())
        return _("The comment is pinned.")
    if do == "unpin":
        unpin(comment=comment, actor=user)
        return _("The comment is no longer pinned.")
    return _decide(request, hearing)
