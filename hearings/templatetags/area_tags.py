"""Hearings by area, and places of comments, in templates."""

from __future__ import annotations

from django import template
from django.utils import timezone

from hearings.areas import Overview, overview
from hearings.models import Comment
from hearings.spots import Spot, spots_for_everyone

register = template.Library()


@register.simple_tag
def hearing_areas() -> Overview:
    """Map and list of the hearings that are not finished, by province."""
    return overview(timezone.now())


@register.simple_tag
def shown_spots(comment: Comment) -> list[Spot]:
    """The places its author chose to show, rounded."""
    return spots_for_everyone(comment.hearing, comment.submission)
