"""Hearings in templates: of the hearing's own pages and of pages of other apps that list hearings."""

from __future__ import annotations

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.rich_text import expand_db_html

from core import names
from core.enums import Sector
from core.urls_for import page_path
from hearings.enums import Stance
from hearings.forms.entries import STANCE_HINTS
from hearings.forms.entries import section_label as label_of_section
from hearings.models import DraftBlock, Hearing, Submission
from hearings.views.hearing import HearingRoom
from hearings.views.index import index_context

register = template.Library()


@register.simple_tag
def hearing_room(hearing: Hearing) -> HearingRoom:
    """One hearing now: state, days, and (asked for only when used) tallies, latest comments, meetings."""
    return HearingRoom(hearing, timezone.now())


@register.simple_tag(takes_context=True)
def hearing_list(context: template.Context) -> dict:
    """Filter form and page of the list of hearings."""
    return index_context(context["request"])


@register.simple_tag(takes_context=True)
def hearing_url(context: template.Context, hearing: Hearing) -> str:
    return page_path(hearing, context.get("request"))


@register.filter
def section_label(block: DraftBlock) -> str:
    return label_of_section(block)


@register.filter
def stance_label(stance: str) -> str:
    return str(Stance(stance).label) if stance in Stance.values else ""


@register.filter
def sector_label(sector: str) -> str:
    return str(Sector(sector).label) if sector in Sector.values else ""


@register.filter
def stance_hint(stance: str) -> str:
    return str(STANCE_HINTS.get(stance, ""))


@register.filter
def section_text(block: DraftBlock) -> SafeString:
    """The frozen rich text as it was announced."""
    return expand_db_html(block.body)


@register.filter
def area_of(submission: Submission, levels: int = 3) -> SafeString:
    """``ต.เกยไชย อ.ชุมแสง จ.นครสวรรค์``: the smallest areas first, each on one line."""
    areas = [submission.subdistrict, submission.district, submission.province]
    return join_areas([area for area in areas if area][:levels])


@register.filter
def join_areas(areas: list) -> SafeString:
    separator = " " if (get_language() or "th").startswith("th") else ", "
    return names.keep_together(separator.join(area.short_name for area in areas if area))
