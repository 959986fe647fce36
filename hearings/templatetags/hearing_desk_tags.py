"""Finding one's way at the desk of one hearing."""

from __future__ import annotations

from django import template

from accounts.permissions import signed_in
from hearings.desk_rooms import Door, doors
from hearings.models import Hearing

register = template.Library()


@register.simple_tag(takes_context=True)
def hearing_doors(context: template.Context, hearing: Hearing) -> list[Door]:
    """The rooms of a hearing that this person may enter: ``{% hearing_doors hearing as doors %}``."""
    request = context["request"]
    return doors(hearing, signed_in(request), request.path)
