"""What the frame around every page needs. No query here: site settings are read lazily by templates."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from core.preferences import text_size
from core.urls_for import language_path

THAI_PART = mark_safe(' lang="th"')


def chrome(request: HttpRequest) -> dict:
    language = get_language() or "th"
    other = "en" if language == "th" else "th"
    return {
        "text_size": text_size(request),
        "ui_language": language,
        "demo": settings.DEMO,
        # For pieces that are Thai whatever the language of the frame (WCAG 3.1.2): a hearing's text, people's words.
        "thai_part": "" if language == "th" else THAI_PART,
        "other_language": other,
        "thai_path": language_path(request.path, "th"),
        "english_path": language_path(request.path, "en"),
        "language_prefix": "" if language == "th" else f"/{language}",
        "absolute_url": request.build_absolute_uri(request.path),
    }
