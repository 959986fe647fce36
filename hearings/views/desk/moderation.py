"""Opinions to read: the queue of all hearings or of one, the opened one beside it, and the decision (decision 13).

The list of the admin stays for searching and for the whole file of somebody. Nothing is counted here: a page of the
queue is read from its index (hearings.keyset), however much waits behind it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Prefetch, TextChoices
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.permissions import Action, can_act_in_province, require, signed_in
from core.models import Topic
from core.types import Words
from hearings.enums import ReasonCode, SubmissionStatus, Visibility
from hearings.forms.desk_moderation import STAY, OpinionDecisionForm
from hearings.keyset import SENT_LAST, WAITED_LONGEST, keyset_page
from hearings.models import Attachment, Comment, Hearing, Report, Submission
from hearings.querysets import AREAS, HearingQuerySet, ReportQuerySet, SubmissionQuerySet
from hearings.reported import Piece, pieces
from hearings.same_words import copies_of
from hearings.services.errors import DecidedMeanwhile
from hearings.services.moderate import moderate, what_is_read
from hearings.services.report import settle_report
from hearings.views.desk.rooms import HIDING, hearing_for, number_of

PER_PAGE = 5
MOST_HEARINGS = 100
MOST_REPORTS = 20


class Show(TextChoices):
    WAITING = "waiting", gettext_lazy("Waiting to be read")
    REPORTED = "reported", gettext_lazy("Reported")
    HIDDEN = "hidden", gettext_lazy("Not published")


@dataclass(frozen=True)
class Row:
    submission: Submission
    words: str
    topics: list[Topic]
    copies: int
    reports: list[Report]
    url: str
    is_open: bool


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def moderation(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """``?show=`` takes a list, ``?item=`` opens one opinion, wherever it is; without it the first of the list is open."""
    if pk is None:
        require(request.user, Action.MODERATE_COMMENT)
        if chosen := request.GET.get("hearing"):
            room = reverse("hearings_desk:hearing_moderation", args=[number_of(chosen)])
            return HttpResponseRedirect(f"{room}?{_query(request.GET, 'show')}")
    hearing = hearing_for(request, pk, Action.MODERATE_COMMENT) if pk is not None else None
    queue = Queue(request, signed_in(request), hearing)
    form = OpinionDecisionForm(request.POST) if request.method == "POST" else OpinionDecisionForm()
    if request.method == "POST":
        submission = get_object_or_404(queue.everything, pk=number_of(request.POST.get("submission", "")))
        onward = queue.after(submission)
        require(request.user, Action.MODERATE_COMMENT, submission)
        if form.is_valid() and _decided(request, form, submission):
            return HttpResponseRedirect(onward)
        queue.open(submission.pk)
    # Told beside the opened one, where the next is read, instead of on top.
    told = [*messages.get_messages(request)]
    context: dict[str, object] = {
        "queue": queue, "hearing": hearing, "form": form, "reasons": HIDING, "stay": STAY, "told": told,
    }  # fmt: skip
    name = "hearings/desk/moderation_room.html" if hearing else "hearings/desk/moderation.html"
    return render(request, name, context, status=422 if form.errors else 200)


def _decided(request: HttpRequest, form: OpinionDecisionForm, submission: Submission) -> bool:
    actor = signed_in(request)
    try:
        messages.success(request, _decide(form, submission, actor))
    except DecidedMeanwhile as error:
        if _is_pressed_again(form, submission, actor):
            return True
        form.add_error(None, error)
    except ValidationError as error:
        form.add_error(None, error)
    return not form.errors


def _is_pressed_again(form: OpinionDecisionForm, submission: Submission, actor: User) -> bool:
    """The same person, the same words and the same decision: it is stored, and its message was told."""
    last = submission.decisions.order_by("-pk").first()
    seen, now = form.cleaned_data["seen"].partition("."), what_is_read(submission).partition(".")
    same = last and last.by_id == actor.pk and last.reason_code == form.cleaned_data["decision"]
    return bool(same) and seen[2] == now[2]


@transaction.atomic
def _decide(form: OpinionDecisionForm, submission: Submission, actor: User) -> str:
    """A decision answers the reports that stood beside the words; later ones wait on."""
    clean, now = form.cleaned_data, timezone.now()
    if clean["decision"] != STAY:
        moderate(
            submission=submission, actor=actor, decision=form.outcome, reason_code=clean["decision"],
            note=clean["note"], seen=clean["seen"], now=now,
        )  # fmt: skip
    elif clean["seen"] != what_is_read(Submission.objects.select_for_update().get(pk=submission.pk)):
        raise DecidedMeanwhile
    for report in _reports().filter(comment__submission=submission, pk__lte=clean["reports"] or 0):
        settle_report(report=report, actor=actor, now=now)
    told = {
        STAY: _("Stored. It stays, and the report is settled: receipt %(receipt)s."),
        ReasonCode.FITS_RULES: _("Stored. Everyone can read it now: receipt %(receipt)s."),
    }.get(clean["decision"], _("Stored. It is not shown: receipt %(receipt)s."))
    return told % {"receipt": submission.grouped_receipt_no}


def _reports() -> ReportQuerySet:
    """About opinions; those about replies are read with the replies (views.desk.conversation)."""
    return Report.objects.open().filter(reply=None)


class Queue:
    """One list as one person sees it, and the opinion that is open beside it."""

    def __init__(self, request: HttpRequest, user: User, hearing: Hearing | None) -> None:
        self.params, self.path, self.user, self.hearing = request.GET, request.path, user, hearing
        show = self.params.get("show", Show.WAITING)
        if show not in Show.values:
            raise Http404(_("There is no such list. Open the queue from the desk."))
        self.show = Show(show)
        order = SENT_LAST if self.show == Show.HIDDEN else WAITED_LONGEST
        self.page = keyset_page(self._list(), self.params, PER_PAGE, order=order)
        self._opened: Submission | None = None

    @cached_property
    def _hearings(self) -> HearingQuerySet | None:
        """A coordinator's; None is all of them (A056)."""
        everywhere = can_act_in_province(self.user, None)
        return None if everywhere else Hearing.objects.in_province(self.user.province_id)

    @property
    def everything(self) -> SubmissionQuerySet:
        """What may be opened by its number; whether this person may is asked of the opinion itself."""
        found = Submission.objects.with_seen().select_related("hearing", *AREAS)
        return found.filter(hearing=self.hearing) if self.hearing else found

    def _list(self) -> SubmissionQuerySet:
        found = self.everything.prefetch_related(
            Prefetch(
                "comments",
                Comment.objects.current().select_related("block", "topic").order_by("pk"),
                to_attr="said",
            )
        )
        if not self.hearing and self._hearings is not None:
            found = found.filter(hearing__in=self._hearings.values("pk"))
        if self.show == Show.WAITING:
            return found.waiting()
        if self.show == Show.HIDDEN:
            return found.hidden()
        # What its author withdrew is read by nobody: nothing is left to decide.
        return found.filter(
            status=SubmissionStatus.SUBMITTED, pk__in=_reports().values("comment__submission")
        )

    # --- the opened one ------------------------------------------------------------------------------------

    @property
    def opened(self) -> Submission | None:
        if self._opened is None and "item" in self.params:
            require(self.user, Action.MODERATE_COMMENT, self.open(number_of(self.params["item"])))
        return self._opened or next(iter(self.page.items), None)

    def open(self, pk: int) -> Submission:
        """As it stands now: what a screen shows again after a refusal is what was refused for."""
        self._opened = get_object_or_404(self.everything, pk=pk)
        return self._opened

    @cached_property
    def said(self) -> list[Comment]:
        """What the opened one says, section by section; read after its ``seen``, so that no change slips in between."""
        if self.opened is None:
            return []
        of_page: list[Comment] | None = getattr(self.opened, "said", None)
        if of_page is not None:
            return of_page
        return list(self.opened.comments.current().select_related("block", "topic").order_by("pk"))

    @property
    def seen(self) -> str:
        return getattr(self.opened, "seen", "")

    @cached_property
    def decisions(self) -> list:
        return list(self.opened.decisions.select_related("by")) if self.opened else []

    @cached_property
    def files_waiting(self) -> bool:
        return bool(self.opened) and Attachment.objects.waiting().filter(submission=self.opened).exists()

    @cached_property
    def reports(self) -> list[Report]:
        """Those shown; a decision answers these. The oldest first, as they came."""
        return self._reports_by.get(self.opened.pk, [])[:MOST_REPORTS] if self.opened else []

    @cached_property
    def pieces(self) -> list[Piece]:
        """The same with what readers reported of it."""
        return pieces(self.said, self.reports)

    @property
    def last_report(self) -> int:
        return self.reports[-1].pk if self.reports else 0

    @property
    def copies(self) -> int:
        return self._copies.get(self.opened.pk, 0) if self.opened else 0

    @property
    def may_publish(self) -> bool:
        return self.opened is not None and self.opened.visibility != Visibility.PUBLIC

    # --- the list ------------------------------------------------------------------------------------------

    @cached_property
    def rows(self) -> list[Row]:
        opened = self.opened.pk if self.opened else None
        return [
            Row(
                submission=row,
                words=next((text for one in row.said for text in one.words if text), ""),
                topics=list(dict.fromkeys(one.topic for one in row.said if one.topic)),
                copies=self._copies.get(row.pk, 0),
                reports=self._reports_by.get(row.pk, []),
                url=f"{self._address(item=row.pk)}#item",
                is_open=row.pk == opened,
            )
            for row in self.page.items
        ]

    @cached_property
    def _copies(self) -> dict[int, int]:
        return copies_of([*(one for row in self.page.items for one in row.said), *self.said])

    @cached_property
    def _reports_by(self) -> dict[int, list[Report]]:
        keys = {row.pk for row in self.page.items} | ({self.opened.pk} if self.opened else set())
        found = _reports().filter(comment__submission__in=keys).annotate(of=F("comment__submission"))
        by_submission = defaultdict(list)
        for report in found.order_by("pk"):
            by_submission[report.of].append(report)
        return by_submission

    @cached_property
    def oldest(self) -> Submission | None:
        """Who has waited longest; known without asking only where the list begins."""
        at_start = self.show == Show.WAITING and not (self.params.get("after") or self.params.get("before"))
        return next(iter(self.page.items), None) if at_start else None

    @cached_property
    def hearings(self) -> list[tuple[int, str]]:
        """To choose from, the one announced last on top."""
        found = Hearing.objects.all() if self._hearings is None else self._hearings
        announced = found.filter(announced_at__isnull=False).order_by("-announced_at", "-pk")
        return list(announced.values_list("pk", "title")[:MOST_HEARINGS])

    # --- addresses -----------------------------------------------------------------------------------------

    @property
    def lists(self) -> list[tuple[str, Words, str]]:
        return [(value, label, f"{self.path}?show={value}") for value, label in Show.choices]

    @property
    def start(self) -> str:
        return f"{self.path}?show={self.show}"

    @property
    def is_on_the_way(self) -> bool:
        return bool(self.params.get("after") or self.params.get("before"))

    @property
    def skip(self) -> str:
        """The next one, "" where there is none."""
        return self.after(self.opened) if self.opened and (len(self.rows) > 1 or self.page.has_next) else ""

    def after(self, submission: Submission) -> str:
        """Where the opinion behind this one is open: on this page, on the next, or where the list begins."""
        items = list(self.page.items)
        place = next((i for i, row in enumerate(items) if row.pk == submission.pk), None)
        if place is not None and place + 1 < len(items):
            return f"{self._address(item=items[place + 1].pk)}#item"
        if place is not None and self.page.after:
            return f"{self.start}&after={self.page.after}#item"
        return f"{self.start}#item"

    def _address(self, item: int) -> str:
        where = _query(self.params, "after", "before")
        return f"{self.start}{'&' if where else ''}{where}&item={item}"


def _query(params: QueryDict, *names: str) -> str:
    return urlencode({name: str(params[name]) for name in names if params.get(name)})
