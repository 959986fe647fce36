"""Hearings in templates: of the hearing's own pages and of pages of other apps that list hearings."""

from __future__ import annotations

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from core import names
from core.enums import Sector
from core.urls_for import page_path
from hearings.enums import HearingState, Stance
from hearings.forms.entries import STANCE_HINTS
from hearings.forms.places import Place, place_of
from hearings.forms.places import section_label as label_of_section
from hearings.models import Comment, DraftBlock, Hearing, Submission
from hearings.querysets import HearingQuerySet
from hearings.said import line_of
from hearings.views.hearing import HearingRoom
from hearings.views.index import index_context

register = template.Library()


@register.simple_tag(takes_context=True)
def hearing_room(context: template.Context, hearing: Hearing) -> HearingRoom:
    """One hearing now: state, days, and (asked for only when used) tallies, latest comments, meetings."""
    is_preview = bool(
        context.get("is_secret_preview") or getattr(context.get("request"), "is_preview", False)
    )
    return HearingRoom(hearing, timezone.now(), is_preview=is_preview)


@register.simple_tag(takes_context=True)
def hearing_list(context: template.Context) -> dict:
    """Filter form and page of the list of hearings."""
    return index_context(context["request"])


@register.simple_tag(takes_context=True)
def hearing_url(context: template.Context, hearing: Hearing) -> str:
    return page_path(hearing, context.get("request"))


@register.simple_tag
def open_hearings(count: int = 4) -> list[Hearing]:
    """Open now, the one that closes first on top. For the home page: ``{% open_hearings 4 as hearings %}``."""
    return list(_with_places(Hearing.objects.visible().open(timezone.now()))[:count])


@register.simple_tag
def upcoming_hearings(count: int = 2) -> list[Hearing]:
    return list(_with_places(Hearing.objects.visible().upcoming(timezone.now()))[:count])


@register.simple_tag
def latest_result() -> Hearing | None:
    """The hearing whose result came out last; None as long as there is none."""
    return _with_places(Hearing.objects.visible().with_result()).first()


def _with_places(hearings: HearingQuerySet) -> HearingQuerySet:
    return hearings.prefetch_related("provinces", "districts")


@register.simple_tag
def hearing_state(hearing: Hearing) -> HearingState:
    """What it is at this moment; its ``label`` is translated."""
    return hearing.state(timezone.now())


@register.simple_tag
def days_left(hearing: Hearing) -> int:
    """Whole days until the last day; 0 on the last day and when it is not open."""
    return hearing.days_left(timezone.now())


@register.filter
def section_label(block: DraftBlock) -> str:
    return label_of_section(block)


@register.filter
def comment_place(comment: Comment) -> Place:
    """Section or paragraph as it was read, for its ``label``."""
    return place_of(comment)


@register.filter
def stance_label(stance: str) -> str:
    return str(Stance(stance).label) if stance in Stance.values else ""


@register.filter
def sector_label(sector: str) -> str:
    return str(Sector(sector).label) if sector in Sector.values else ""


@register.filter
def stance_hint(stance: str) -> str:
    return str(STANCE_HINTS[Stance(stance)]) if stance in Stance.values else ""


@register.filter
def area_of(submission: Submission, levels: int = 3) -> SafeString:
    """``ต.เกยไชย อ.ชุมแสง จ.นครสวรรค์``: the smallest areas first, each on one line."""
    areas = [submission.subdistrict, submission.district, submission.province]
    return join_areas([area for area in areas if area][:levels])


@register.filter
def join_areas(areas: list) -> SafeString:
    return names.keep_together(line_of(areas))
