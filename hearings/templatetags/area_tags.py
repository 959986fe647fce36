"""Hearings by area in templates."""

from __future__ import annotations

from django import template
from django.utils import timezone

from hearings.areas import Overview, overview

register = template.Library()


@register.simple_tag
def hearing_areas() -> Overview:
    """Map and list of the hearings that are not finished, by province."""
    return overview(timezone.now())
