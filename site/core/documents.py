"""Who may read a file: whoever may read a page that shows it. Staff read all of them.

Wagtail asks only about the privacy of collections, so the paper of an unpublished page, of a lesson for the office or
of a hearing that is not announced yet would be open to whoever guesses its address (A032).

Which page shows a file stands in Wagtail's reference index, which the worker brings up to date after a page was saved.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Model
from django.http import HttpRequest
from wagtail.models import Page, ReferenceIndex

from core.models import CustomDocument


def may_read(document: CustomDocument, request: HttpRequest) -> bool:
    """True if something that shows the document is open to this reader. A file nobody shows is for staff."""
    user: Any = request.user
    if user.is_authenticated and user.has_perm("wagtailadmin.access_admin"):
        return True
    places = ReferenceIndex.get_grouped_references_to(document)
    return any(_is_open(place, user, request) for place, _references in places)


def _is_open(place: Model, user: AbstractBaseUser | AnonymousUser, request: HttpRequest) -> bool:
    if not getattr(place, "live", True):
        return False
    if isinstance(place, Page):
        if not _passes_restrictions(place, request):
            return False
        place = place.specific
    # A model with its own rule says so itself: lessons of the network, hearings before the announcement.
    rule = getattr(place, "readable_by", None)
    return rule is None or rule(user)


def _passes_restrictions(page: Page, request: HttpRequest) -> bool:
    return all(restriction.accept_request(request) for restriction in page.get_view_restrictions())
