"""Finding one's way at the desk of one hearing."""

from __future__ import annotations

from django import template

from accounts.permissions import signed_in
from hearings.desk_rooms import Wing, wings
from hearings.models import Hearing

register = template.Library()


@register.simple_tag(takes_context=True)
def hearing_wings(context: template.Context, hearing: Hearing) -> list[Wing]:
    """The rooms of a hearing that this person may enter: ``{% hearing_wings hearing as wings %}``."""
    request = context["request"]
    return wings(hearing, signed_in(request), request.path)
