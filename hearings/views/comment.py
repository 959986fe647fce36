"""Saying something: the form at /hearings/<slug>/comment/."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.urls_for import page_path
from hearings.forms.dossier import Dossier
from hearings.forms.guards import patience
from hearings.forms.short import SHORT, ShortDossier
from hearings.forms.step_forms import CHECK, STANCE
from hearings.page_marks import WHOLE_PAGE, rect_value
from hearings.services.submit import Receipt, sent_before, submit
from hearings.services.taking_part import comment_rule, fits
from hearings.views.journey import Journey
from hearings.views.keep import keep
from hearings.views.limits import comment_buckets
from hearings.views.lookup import hearing_of_form, sections_of
from hearings.views.sent import remember_sent


class NewComment(Journey):
    @property
    def send_label(self) -> str:
        return _("Send my comment")

    @property
    def leave_url(self) -> str:
        return page_path(self.hearing, self.request)

    @property
    def form_url(self) -> str:
        return reverse("hearings:comment", args=[self.hearing.slug])

    def keep(self, step: str) -> HttpResponse:
        return keep(self, step)

    def try_to_save(self) -> HttpResponse:
        if seconds := patience(self.request.POST, self.now):
            sentence = _(
                "Please wait %(seconds)s seconds and press the button again. This keeps machines away; there is "
                "nothing else to do."
            )
            response = self.show(CHECK, sentence % {"seconds": seconds}, HTTPStatus.TOO_MANY_REQUESTS)
            response.headers["Retry-After"] = str(seconds)
            return response
        return super().try_to_save()

    def save(self) -> HttpResponse:
        user = self.request.user
        receipt = submit(
            hearing=self.hearing,
            data=self.dossier.submission_data(),
            comments=self.dossier.comments(),
            idempotency_key=self.dossier.key,
            now=self.now,
            author=user if user.is_authenticated else None,
            answers=self.dossier.answers(),
            opened_at=self.dossier.opened_at,
            buckets=comment_buckets(self.request, self.hearing, self.dossier.opened_at, self.now),
        )
        return self.hand_out(receipt)

    def closed(self) -> HttpResponse:
        """Who sent it in time, lost the answer and presses again gets the receipt again, not a refusal."""
        if self.request.POST.get("go") == "send" and (receipt := sent_before(self.hearing, self.dossier.key)):
            return self.hand_out(receipt)
        return super().closed()

    def hand_out(self, receipt: Receipt) -> HttpResponse:
        number = receipt.submission.receipt_no
        response = HttpResponseRedirect(reverse("hearings:receipt", args=[number]))
        remember_sent(response, number, receipt.edit_code, again=not receipt.created)
        return response


class ShortComment(NewComment):
    """The one page of the short form; "long" goes on to the steps with everything typed."""

    def turn(self, step: str, go: str) -> HttpResponse | None:
        if go != "long":
            return None
        dossier = Dossier(self.request.POST, self.dossier.sections, self.dossier.language, self.hearing)
        return NewComment(self.request, self.hearing, dossier, self.now).show(STANCE)

    def forward(self, step: str, *, sending: bool) -> HttpResponse:
        return super().forward(CHECK, sending=True)

    def template(self, step: str) -> str:
        return "hearings/comment/short.html"


# Checked inside, so that an expired form keeps its text (hearings.views.csrf).
@csrf_exempt
# Holds a key of its own for each dossier; "back" still shows what was typed, so it is not "no-store".
@cache_control(private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, slug: str) -> HttpResponse:
    hearing, now = hearing_of_form(slug), timezone.now()
    sections, language = sections_of(hearing), get_language() or "th"
    is_short = SHORT in (request.POST if request.method == "POST" else request.GET)
    walk: type[NewComment] = ShortComment if is_short else NewComment
    written: type[Dossier] = ShortDossier if is_short else Dossier
    if request.method == "POST":
        return walk(request, hearing, written(request.POST, sections, language, hearing), now).answer()
    if not hearing.can_comment(now):
        context = {"hearing": hearing, "now": now}
        return render(request, "hearings/comment/closed.html", context, status=HTTPStatus.FORBIDDEN)
    wanted = {name: request.GET.get(name, "") for name in ("block", "paragraph", "quote")}
    if not fits(comment_rule(hearing), request.user if request.user.is_authenticated else None):
        return render(
            request, "hearings/comment/who_may.html", {"hearing": hearing}, status=HTTPStatus.FORBIDDEN
        )
    page, part = (request.GET.get(name, "") for name in ("page", "part"))
    if page:
        wanted["mark"] = f"{page}/{part or rect_value(WHOLE_PAGE)}"
    dossier = written.fresh(sections, now, language, hearing, **({} if is_short else wanted))
    return walk(request, hearing, dossier, now).show(STANCE)
