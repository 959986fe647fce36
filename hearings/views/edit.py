"""Changing what was sent, with the edit code, until the hearing closes."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hearings import receipts
from hearings.forms.dossier import Dossier
from hearings.forms.receipt import CodeForm
from hearings.forms.step_forms import CHECK
from hearings.models import Attachment, Comment, DraftBlock, Submission
from hearings.sent_words import comments_of
from hearings.services.attach import attach, held
from hearings.services.revise import revise
from hearings.topics import topics_to_keep
from hearings.views.csrf import expired
from hearings.views.journey import Journey
from hearings.views.lookup import sections_of
from hearings.views.receipt import fits, of_receipt, private, refuse_change


class ChangedComment(Journey):
    changing = True
    submission: Submission

    @property
    def files(self) -> QuerySet[Attachment]:
        return held(self.dossier.key, self.submission).exclude(pk__in=self.dossier.left_out)

    @property
    def taken_out(self) -> list[Attachment]:
        return list(self.submission.attachments.filter(pk__in=self.dossier.left_out, removed_at=None))

    def drop(self, pk: int) -> None:
        """A file that was sent stays in the record; it is left out of the next version when that is saved."""
        if self.submission.attachments.filter(pk=pk).exists():
            self.dossier.leave_out(pk)
        else:
            super().drop(pk)

    def attach(self, upload: UploadedFile) -> None:
        attach(
            hearing=self.hearing,
            form_key=self.dossier.key,
            upload=upload,
            now=self.now,
            beside=self.files.filter(submission=self.submission).count(),
        )

    @property
    def send_label(self) -> str:
        return _("Save the changes")

    @property
    def leave_url(self) -> str:
        return reverse("hearings:receipt", args=[self.submission.receipt_no])

    def save(self) -> HttpResponse:
        revise(
            submission=self.submission,
            edit_code=self.request.POST.get("code", ""),
            data=self.dossier.submission_data(),
            comments=self.dossier.comments(),
            now=self.now,
            answers=self.dossier.answers(),
            form_key=self.dossier.key,
            taken_out=self.dossier.left_out,
            opened_at=self.dossier.opened_at,
        )
        return HttpResponseRedirect(self.leave_url)


# Checked inside, so that an expired form keeps its text (hearings.views.csrf).
@csrf_exempt
@cache_control(private=True)
@require_http_methods(["GET", "HEAD", "POST"])
@of_receipt
def edit_receipt(request: HttpRequest, submission: Submission) -> HttpResponse:
    now = timezone.now()
    if submission.withdrawn_at:
        return refuse_change(request, submission)
    comments = comments_of(submission)
    sections = offered_sections(submission, comments)
    topics = topics_to_keep(submission.hearing, comments)
    if "step" in request.POST:
        dossier = Dossier(request.POST, sections, get_language() or "th", submission.hearing, topics)
        return private(journey(request, submission, dossier, now).answer())
    if not submission.hearing.can_comment(now):
        return refuse_change(request, submission)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and opens(form, request, submission, now):
        dossier = Dossier.stored(submission, comments, sections, now, topics)
        dossier.data["code"] = form.cleaned_data["code"]
        return private(journey(request, submission, dossier, now).show(CHECK))
    return ask_code(request, submission, form)


def opens(form: CodeForm, request: HttpRequest, submission: Submission, now: dt.datetime) -> bool:
    """The right code, asked from our own page. Wrong ones are counted by the service."""
    if form.is_valid() and expired(request):
        form.add_error(None, _("This page was open for a long time. Please press the button once more."))
        return False
    return fits(form, submission, now)


def ask_code(request: HttpRequest, submission: Submission, form: CodeForm) -> HttpResponse:
    context = {
        "form": form,
        "submission": submission,
        "hearing": submission.hearing,
        "number": receipts.group(submission.receipt_no),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return private(render(request, "hearings/receipt/code.html", context, status=status))


def journey(
    request: HttpRequest, submission: Submission, dossier: Dossier, now: dt.datetime
) -> ChangedComment:
    walk = ChangedComment(request, submission.hearing, dossier, now)
    walk.submission = submission
    return walk


def offered_sections(submission: Submission, comments: list[Comment]) -> list[DraftBlock]:
    """The sections of today's draft, and those of an earlier one the author wrote about."""
    sections = sections_of(submission.hearing)
    known = {section.key for section in sections}
    return [*sections, *(c.block for c in comments if c.block and c.block_key not in known)]
