"""What a copy of a hearing is called until somebody gives it a name of its own (hearings.services.clone)."""

from __future__ import annotations

import re
import uuid

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.slugs import ascii_slug
from hearings.models import Hearing

LONGEST_TITLE = 255
SLUG_OF_COPY = re.compile(r"hearing-[0-9a-f]{10}")


def copied_title(title: str) -> str:
    return (_("Copy: %(title)s") % {"title": title})[:LONGEST_TITLE]


def is_named_as_copy(title: str) -> bool:
    """In whichever language of the desk it was copied."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            if title.startswith((_("Copy: %(title)s") % {"title": ""}).strip()):
                return True
    return False


def slug_of_copy() -> str:
    """Of no meaning: the copy has neither a code nor a title yet."""
    return f"hearing-{uuid.uuid4().hex[:10]}"


def slug_for_announcement(hearing: Hearing) -> str:
    """The address people get to read: a copy's is made of its title, or of its code where another hearing has that
    already; what an editor wrote stays."""
    if not SLUG_OF_COPY.fullmatch(hearing.slug):
        return hearing.slug
    parent = hearing.get_parent()
    wanted = [ascii_slug(hearing.title, hearing.slug_prefix)]
    if hearing.code:
        wanted.append(ascii_slug(f"{hearing.slug_prefix} {hearing.code}", hearing.slug_prefix))
    return next((slug for slug in wanted if Page._slug_is_available(slug, parent, hearing)), hearing.slug)
