"""The public directory of the network (A020)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import ChangeAgent, NetworkMember
from accounts.person_forms import NetworkFilter
from accounts.querysets import ChangeAgentQuerySet
from core.enums import Sector
from core.pagination import PER_PAGE, paginate


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    form = NetworkFilter(request.GET or None)
    province = form.cleaned_data["province"] if form.is_bound and form.is_valid() else ""
    members = NetworkMember.objects.public().select_related("province")
    agents = ChangeAgent.objects.public().with_area().in_order()
    if province:
        members, agents = members.in_province(province), agents.in_province(province)
    page = paginate(request, agents, start=_page_of(request.GET.get("person", ""), agents))
    organisations = list(members) if page.number == 1 else []
    context = {
        "form": form,
        "province": province,
        "sectors": [
            (sector.label, [one for one in organisations if one.sector == sector])
            for sector in Sector
            if any(one.sector == sector for one in organisations)
        ],
        "page": page,
        "count": len(organisations),
    }
    return render(request, "accounts/network.html", context)


def _page_of(person: str, agents: ChangeAgentQuerySet) -> int:
    """On which page somebody stands: search leads to the person, wherever the list has grown to since."""
    if not (person.isascii() and person.isdigit() and len(person) < 10):
        return 1
    pks = list(agents.values_list("pk", flat=True))
    return pks.index(int(person)) // PER_PAGE + 1 if int(person) in pks else 1
