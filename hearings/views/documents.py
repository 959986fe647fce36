"""Printed papers of a hearing, its calendar files and the kit for change agents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from core import typeset
from core.urls_for import page_path
from hearings import calendar
from hearings.documents import poster
from hearings.documents.notice import notice_pdf
from hearings.documents.receipt import receipt_pdf
from hearings.documents.speech import line_text, loudspeaker
from hearings.documents.three_minutes import three_minutes_pdf
from hearings.documents.words import hearing_link
from hearings.enums import STILL_ASKS
from hearings.models import Hearing, Meeting, Notice, NoticeBoard, Submission
from hearings.services.count_visit import count_visit
from hearings.services.printed_forms import print_form
from hearings.views.lookup import visible_hearing
from hearings.views.receipt import of_receipt, private
from hearings.views.sent import just_sent

MINUTES = 5 * 60
# Programs that open links to show a preview or to build an index; people behind a phone do not say this.
BOTS = (
    "bot",
    "crawl",
    "spider",
    "preview",
    "facebookexternalhit",
    "slurp",
    "curl",
    "wget",
    "python",
    "headless",
)


def file_of(content: bytes, kind: str, name: str) -> HttpResponse:
    """Shown in the browser; a download gets the Thai name."""
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def file_name(word: str, hearing: Hearing, ending: str) -> str:
    return f"{word}-{slugify(hearing.title, allow_unicode=True)[:60] or hearing.pk}.{ending}"


def still_asks(hearing: Hearing) -> bool:
    return hearing.state(timezone.now()) in STILL_ASKS


def no_longer_printed(hearing: Hearing) -> HttpResponse:
    """An old link to a poster or form leads to the page that says why there is none."""
    return HttpResponseRedirect(reverse("hearings:share", args=[hearing.slug]))


def public_file(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    return cache_control(public=True, max_age=MINUTES)(require_safe(view))


@public_file
def notice_file(request: HttpRequest, slug: str) -> HttpResponse:
    hearing = visible_hearing(slug)
    return file_of(
        notice_pdf(notice_of(request, hearing)), "application/pdf", file_name("ประกาศ", hearing, "pdf")
    )


def notice_of(request: HttpRequest, hearing: Hearing) -> Notice:
    """The one ``?paper=`` names, else the first: the announcement itself."""
    notices = Notice.objects.filter(hearing=hearing)
    wanted = request.GET.get("paper", "")
    notice = (
        notices.filter(pk=int(wanted)).first() if wanted.isdecimal() and len(wanted) < 10 else notices.first()
    )
    if notice is None:
        raise Http404
    return notice


@cache_control(public=True, max_age=MINUTES)
@require_safe
def notice(request: HttpRequest, slug: str) -> HttpResponse:
    """The official paper as a page: what was frozen when it was issued."""
    hearing = visible_hearing(slug)
    shown = notice_of(request, hearing)
    boards = hearing.boards.filter(posted_on__isnull=False).select_related("photo", "district", "subdistrict")
    context = {
        "hearing": hearing,
        "notice": shown,
        "data": shown.data,
        "others": hearing.notices.exclude(pk=shown.pk),
        "later": hearing.notices.filter(issued_at__gte=shown.issued_at, pk__gt=shown.pk),
        "boards": boards,
        "now": timezone.now(),
    }
    return render(request, "hearings/notice.html", context)


def poster_file(template: Path, word: str) -> Callable[..., HttpResponse]:
    """A poster of the hearing, or with ``?board=<code>`` of one of its boards."""

    @public_file
    def view(request: HttpRequest, slug: str) -> HttpResponse:
        hearing = visible_hearing(slug)
        if not still_asks(hearing):
            return no_longer_printed(hearing)
        code = request.GET.get("board", "")
        board = get_object_or_404(hearing.boards, code=code[:12]) if code else None
        made = poster.poster_pdf(hearing, timezone.now(), template=template, board=board)
        return file_of(made, "application/pdf", file_name(word, hearing, "pdf"))

    return view


poster_a4 = poster_file(poster.A4, "โปสเตอร์")
poster_a3 = poster_file(poster.A3, "โปสเตอร์-A3")
slips = poster_file(poster.SLIPS, "ใบฉีก")


@public_file
def three_minutes(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan on one page; only where editors wrote its plain words, without them it would say nothing."""
    hearing = visible_hearing(slug)
    if not hearing.plain_summary:
        raise Http404
    made = three_minutes_pdf(hearing, timezone.now())
    return file_of(made, "application/pdf", file_name("อ่านใน-3-นาที", hearing, "pdf"))


@public_file
def form_file(request: HttpRequest, slug: str) -> HttpResponse:
    hearing = visible_hearing(slug)
    if not still_asks(hearing):
        return no_longer_printed(hearing)
    large = request.GET.get("large") == "1"
    word = "แบบแสดงความเห็น-ตัวใหญ่" if large else "แบบแสดงความเห็น"
    made = print_form(hearing=hearing, now=timezone.now(), large=large)
    return file_of(made, "application/pdf", file_name(word, hearing, "pdf"))


@public_file
def share_qr(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    hearing = visible_hearing(slug)
    link = hearing_link(hearing)
    if kind == "svg":
        return file_of(typeset.qr_svg(link).encode(), "image/svg+xml", file_name("คิวอาร์", hearing, "svg"))
    return file_of(typeset.qr_png(link), "image/png", file_name("คิวอาร์", hearing, "png"))


@public_file
def hearing_dates(request: HttpRequest, slug: str) -> HttpResponse:
    hearing = visible_hearing(slug)
    made = calendar.hearing_calendar(hearing, hearing_link(hearing), timezone.now())
    return file_of(made, "text/calendar; charset=utf-8", file_name("วันรับฟัง", hearing, "ics"))


@public_file
def meeting_dates(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    hearing = visible_hearing(slug)
    meeting = get_object_or_404(Meeting.objects.filter(hearing=hearing), pk=pk)
    made = calendar.meeting_calendar(meeting, hearing_link(hearing), timezone.now())
    return file_of(made, "text/calendar; charset=utf-8", file_name("ประชุม", hearing, "ics"))


@cache_control(public=True, max_age=MINUTES)
@require_safe
def share(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything a change agent needs to make a hearing known where nobody opens websites."""
    hearing, now = visible_hearing(slug), timezone.now()
    context = {
        "hearing": hearing,
        "speech": loudspeaker(hearing, now),
        "line": line_text(hearing, now),
        "link": hearing_link(hearing),
        "still_asks": hearing.state(now) in STILL_ASKS,
        "now": now,
    }
    return render(request, "hearings/share.html", context)


@never_cache
@require_safe
@of_receipt
def receipt_file(request: HttpRequest, submission: Submission) -> HttpResponse:
    """With the edit code, and with what was sent, only where the page shows them."""
    sent = just_sent(request, submission.receipt_no)
    whole = sent is not None and submission.withdrawn_at is None
    made = receipt_pdf(submission, sent.edit_code if sent else "", whole=whole)
    return private(file_of(made, "application/pdf", f"ใบรับ-{submission.receipt_no}.pdf"))


@require_safe
def short(request: HttpRequest, pk: int) -> HttpResponse:
    """``/h/14/``: the address that people type from paper."""
    hearing = get_object_or_404(Hearing.objects.visible(), pk=pk)
    return HttpResponseRedirect(page_path(hearing, request))


@never_cache
@require_safe
def board(request: HttpRequest, code: str) -> HttpResponse:
    """``/b/<code>/``: counts the visit of this board and leads to the hearing. No cookie, no address, no name."""
    # Phones begin what is typed with a capital.
    found = get_object_or_404(NoticeBoard, code=code[:12].lower())
    hearing = get_object_or_404(Hearing.objects.visible(), pk=found.hearing_id)
    if request.method == "GET" and not is_bot(request.headers.get("User-Agent", "")):
        count_visit(board=found, now=timezone.now())
    return HttpResponseRedirect(page_path(hearing, request))


def is_bot(agent: str) -> bool:
    lowered = agent.lower()
    return not lowered or any(word in lowered for word in BOTS)
