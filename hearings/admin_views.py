"""Screens of hearings in the admin: a step with its confirmation, and the whole file of one submission."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from accounts.permissions import Action, may, require, signed_in
from core.forms.fields import CleanCharField, ThaiDateTimeField
from hearings.enums import Capacity
from hearings.models import Hearing, Submission
from hearings.same_words import same_words
from hearings.services.announce import missing_for_announcement, newest
from hearings.services.confirm_organisation import confirm_organisation
from hearings.steps import Step, step_of


class StepForm(forms.Form):
    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if step.asks_closing:
            self.fields["closes_at"] = ThaiDateTimeField(label=gettext_lazy("New closing time"))
        if step.words:
            self.fields[step.words] = CleanCharField(
                label=step.words_label, required=step.words_required, max_length=1000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )  # fmt: skip
        if step.asks_approver:
            self.fields["approver"] = CleanCharField(
                label=gettext_lazy("Who approved the short notice"), required=False, max_length=200
            )


class StepView(WagtailAdminTemplateMixin, FormView):
    """Says what the step does, asks what it needs, and calls the service; the service decides."""

    template_name = "hearings/admin/step.html"
    form_class = StepForm
    header_icon = "group"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.now = timezone.now()
        self.hearing = get_object_or_404(Hearing, pk=kwargs["pk"])
        found = step_of(kwargs["verb"])
        if found is None:
            raise Http404
        self.step = found
        require(request.user, found.action, self.hearing)
        if not found.is_offered(self.hearing, signed_in(request), self.now):
            messages.error(request, _("This step is not possible now."))
            return HttpResponseRedirect(self.back_url)
        return super().dispatch(request, *args, **kwargs)

    @property
    def back_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.hearing.pk])

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "step": self.step}

    def get_page_title(self) -> str:
        return str(self.step.label)

    def get_page_subtitle(self) -> str:
        return self.hearing.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        missing = (
            missing_for_announcement(newest(self.hearing), self.now) if self.step.verb == "announce" else []
        )
        return super().get_context_data(
            step=self.step, hearing=self.hearing, back_url=self.back_url, missing=missing, **kwargs
        )

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            self.step.service(
                hearing=self.hearing, actor=signed_in(self.request), now=self.now, **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self.form_invalid(form)
        messages.success(self.request, _("Done: %(step)s.") % {"step": self.step.label})
        return HttpResponseRedirect(self.back_url)


def confirm_group(request: HttpRequest, pk: int) -> HttpResponse:
    """Store whether the group confirmed that it sent this; a POST of two buttons on the inspect screen."""
    submission = get_object_or_404(Submission.objects.select_related("hearing"), pk=pk)
    if request.method != "POST" or submission.capacity != Capacity.GROUP:
        raise PermissionDenied
    confirmed = request.POST.get("confirmed") == "yes"
    confirm_organisation(submission=submission, actor=signed_in(request), confirmed=confirmed)
    messages.success(request, _("The decision is stored."))
    return HttpResponseRedirect(reverse("hearings_submission:inspect", args=[pk]))


class InspectContext:
    """What the inspect screen shows of one submission beyond its fields."""

    def __init__(self, request: HttpRequest, submission: Submission) -> None:
        self.submission = submission
        self.sees_person = may(request.user, Action.SEE_PERSONAL_DATA, submission)

    @cached_property
    def comments(self) -> list:
        return list(self.submission.comments.select_related("block", "topic").order_by("created_at", "pk"))

    @cached_property
    def copies(self) -> list[Submission]:
        """Others who sent the same words: read once, counted each."""
        return list(same_words(self.submission))

    @cached_property
    def decisions(self) -> list:
        return list(self.submission.decisions.select_related("by"))

    @cached_property
    def versions(self) -> list:
        return list(self.submission.versions.all())
