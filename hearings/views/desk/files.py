"""Photos, papers and voices that came with comments: looked at, published or held, written down (P33)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Action, can_act_in_province, require, signed_in
from core.pagination import paginate
from hearings.enums import Visibility
from hearings.forms.desk_files import FileForm
from hearings.models import Attachment, Hearing
from hearings.services.show_file import decide_file, write_transcript
from hearings.views.desk.rooms import attempt, hearing_for
from hearings.views.files import send

PER_PAGE = 20


@login_required
@never_cache
@require_safe
def files_waiting(request: HttpRequest) -> HttpResponse:
    """Hearings with files nobody has looked at yet, the one that waited longest on top."""
    require(request.user, Action.MODERATE_COMMENT)
    user = signed_in(request)
    hearings = Hearing.objects.all()
    if not can_act_in_province(user, None):
        hearings = hearings.in_province(user.province_id)
    waiting = Attachment.objects.waiting().filter(hearing__in=hearings).order_by()
    rows = waiting.values("hearing", "hearing__title").annotate(number=Count("pk"), oldest=Min("created_at"))
    return render(request, "hearings/desk/files_waiting.html", {"rows": rows.order_by("oldest")})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest, pk: int) -> HttpResponse:
    """Of one hearing: those that wait, or with ``?show=all`` every file that was not taken back."""
    hearing = hearing_for(request, pk, Action.MODERATE_COMMENT)
    shows_all = request.GET.get("show") == "all"
    held = Attachment.objects.sent().filter(hearing=hearing)
    form = FileForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        attachment = get_object_or_404(held, pk=form.cleaned_data["file"])
        if attempt(form, lambda: _decide(request, attachment, form)):
            messages.success(request, _("Stored. It shows on the public page from now on as you decided."))
            return redirect(request.get_full_path())
    shown = held if shows_all else held.filter(visibility=Visibility.PENDING)
    page = paginate(request, shown.select_related("submission", "decided_by").order_by("pk"), PER_PAGE)
    context = {
        "hearing": hearing, "page_obj": page, "shows_all": shows_all, "form": form,
        "wrong": form.data.get("file") if form and form.errors else "",
    }  # fmt: skip
    return render(request, "hearings/desk/files.html", context, status=422 if form and form.errors else 200)


def _decide(request: HttpRequest, attachment: Attachment, form: FileForm) -> Attachment:
    by, go = signed_in(request), form.cleaned_data["go"]
    if go == "write":
        return write_transcript(attachment=attachment, text=form.cleaned_data["transcript"], by=by)
    return decide_file(attachment=attachment, publish=go == "publish", by=by, now=timezone.now())


@login_required
@never_cache
@require_safe
def file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """To staff who decide about it, published or not; what its author took back is nobody's any more."""
    hearing = hearing_for(request, pk, Action.MODERATE_COMMENT)
    return send(get_object_or_404(Attachment.objects.sent(), hearing=hearing, pk=file))
