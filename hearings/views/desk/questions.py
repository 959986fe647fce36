"""The questions of a hearing at the desk: list, add, change, move, take out, look at; and the answers so far."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Action, signed_in
from core.digits import key_number
from core.middleware import allow_position
from hearings.answer_totals import answer_totals, answered_wording, written_answers
from hearings.enums import QuestionKind
from hearings.forms.question_editor import QuestionEditor
from hearings.forms.questions import QuestionsForm
from hearings.models import Hearing, Question
from hearings.services.questions import (
    add_question,
    change_question,
    may_change,
    move_question,
    needs_reason,
    remove_question,
)
from hearings.views.desk.rooms import attempt, hearing_for


@login_required
@never_cache
@require_safe
def questions(request: HttpRequest, pk: int) -> HttpResponse:
    hearing = hearing_for(request, pk, Action.PREPARE_HEARING)
    now = timezone.now()
    context = {
        "hearing": hearing,
        "revisions": Question.objects.asked(hearing),
        "kinds": QuestionKind.choices,
        "may_change": may_change(hearing, now),
        "needs_reason": needs_reason(hearing, now),
    }
    return render(request, "hearings/desk/questions.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, pk: int, question_pk: int | None = None) -> HttpResponse:
    """The form of one question: a new one of ``?kind=``, or one that is there."""
    hearing = hearing_for(request, pk, Action.PREPARE_HEARING)
    asked = _question(hearing, question_pk) if question_pk else None
    revision = asked.revisions.order_by("-number").first() if asked else None
    kind = revision.kind if revision else request.GET.get("kind", "")
    if kind not in QuestionKind.values:
        raise Http404
    now = timezone.now()
    form = QuestionEditor(request.POST or None, hearing=hearing, kind=kind, now=now, revision=revision)
    if request.method == "POST" and form.is_valid():
        words = {"actor": signed_in(request), "now": now, "reason": form.cleaned_data.get("reason", "")}

        def store() -> object:
            if asked:
                return change_question(question=asked, data=form.question_data(), **words)
            return add_question(hearing=hearing, data=form.question_data(), **words)

        if attempt(form, store):
            messages.success(request, _("The question is stored."))
            return _back(hearing)
    context = {"hearing": hearing, "form": form, "asked": asked, "kind_label": QuestionKind(kind).label}
    return render(request, "hearings/desk/question.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
@require_POST
def question_step(request: HttpRequest, pk: int, question_pk: int) -> HttpResponse:
    """Up, down or out, with one button each."""
    hearing = hearing_for(request, pk, Action.PREPARE_HEARING)
    asked = _question(hearing, question_pk)
    actor, now = signed_in(request), timezone.now()
    reason = request.POST.get("reason", "")[:1000]
    verb = request.POST.get("go", "")
    try:
        if verb in ("up", "down"):
            move_question(question=asked, up=verb == "up", actor=actor, now=now, reason=reason)
        elif verb == "remove":
            remove_question(question=asked, actor=actor, now=now, reason=reason)
            messages.success(request, _("The question is asked no more. Its answers are kept."))
        else:
            raise Http404
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return _back(hearing)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """As villagers see it; sending it only checks, nothing is stored."""
    hearing = hearing_for(request, pk, Action.PREPARE_HEARING)
    posted = request.POST if request.method == "POST" else None
    form = QuestionsForm.of(hearing, posted, checked=not (posted and "area_step" in posted))
    fine = form.is_bound and form.is_valid()
    context = {"hearing": hearing, "form": form, "fine": fine}
    return allow_position(render(request, "hearings/desk/question_preview.html", context))


@login_required
@never_cache
@require_safe
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Live counts for everyone who sums the hearing up."""
    hearing = hearing_for(request, pk, Action.CODE_THEMES)
    context = {"hearing": hearing, "totals": answer_totals(hearing), "now": timezone.now()}
    return render(request, "hearings/desk/answers.html", context)


TEXTS_ON_PAGE = 50


@login_required
@never_cache
@require_safe
def written(request: HttpRequest, pk: int, question_pk: int) -> HttpResponse:
    """The texts of one question, fifty at a time (``?before=<pk>``): the last page costs what the first one does."""
    hearing = hearing_for(request, pk, Action.CODE_THEMES)
    asked = get_object_or_404(hearing.questions, pk=question_pk)
    before = request.GET.get("before", "")
    found = written_answers(hearing, asked)
    if before:
        number = key_number(before)
        if number is None:
            raise Http404(_("There is no such page in this list."))
        found = found.filter(pk__lt=number)
    rows = list(found[: TEXTS_ON_PAGE + 1])
    shown = rows[:TEXTS_ON_PAGE]
    context = {
        "hearing": hearing,
        "revision": answered_wording(asked),
        "answers": shown,
        "older": shown[-1].pk if len(rows) > TEXTS_ON_PAGE else None,
        "is_first": not before,
    }
    return render(request, "hearings/desk/written.html", context)


def _question(hearing: Hearing, pk: int) -> Question:
    return get_object_or_404(hearing.questions.filter(removed_at__isnull=True), pk=pk)


def _back(hearing: Hearing) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("hearings_desk:questions", args=[hearing.pk]))
