"""What concerns the reader's local government, by area (requirement A186)."""

from __future__ import annotations

from django import forms
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.enums import Sector
from geography.forms import AreaPickerMixin
from geography.models import District, Province
from hearings.models import Hearing, HearingBenefit
from hearings.views.index import CANCELLED, OPEN, RESULT, UPCOMING, listed

MOST = 20


class LocalForm(AreaPickerMixin, forms.Form):
    """A province is enough; with a district only what concerns it, or the whole province, is shown."""

    area_required = ("province",)


@require_safe
def local(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    form = _form(request)
    groups: list[tuple[str, list[Hearing]]] = []
    province = district = None
    if form.is_bound and form.is_valid():
        province, district, _subdistrict = form.cleaned_area()
        found = concerning(listed(now), province, district)
        groups = [
            (name, list(found.filter(wanted)[:MOST]))
            for name, wanted in (
                ("open", Q(group=OPEN)),
                ("upcoming", Q(group=UPCOMING)),
                ("past", Q(group__gt=UPCOMING, group__lte=RESULT)),
            )
        ]
    context = {
        "form": form, "province": province, "district": district, "now": now,
        "groups": [(name, hearings) for name, hearings in groups if hearings],
    }  # fmt: skip
    return render(request, "hearings/local.html", context)


def _form(request: HttpRequest) -> LocalForm:
    if LocalForm.area_step_requested(request.GET):
        return LocalForm.reloaded(request.GET)  # type: ignore[return-value]
    return LocalForm(request.GET if "province" in request.GET else None)


def concerning(
    hearings: QuerySet[Hearing], province: Province | None, district: District | None
) -> QuerySet[Hearing]:
    """Hearings of the place. One that names no district of the province concerns all of it."""
    found = hearings.filter(provinces=province).exclude(group=CANCELLED)
    if district:
        elsewhere = Q(districts__province=province) & ~Q(districts=district)
        found = found.exclude(pk__in=Hearing.objects.filter(elsewhere).values("pk"))
    ours = HearingBenefit.objects.filter(sector=Sector.LOCAL_GOV)
    return found.prefetch_related(Prefetch("benefits", queryset=ours, to_attr="for_local_government"))
