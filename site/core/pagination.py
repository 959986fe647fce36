"""Pages of short lists (news, documents, lessons). Comments use keyset pages instead (hearings.keyset)."""

from __future__ import annotations

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _


class NoSuchListPage(Http404):
    """Its sentence is written for readers; the error page shows it."""


PER_PAGE = 20


def paginate(request: HttpRequest, queryset: QuerySet, per_page: int = PER_PAGE, start: int = 1) -> Page:
    """The page the address asks for (``?page=2``). A number that does not exist is a 404 with a clear sentence.

    ``start`` is the page where the address names none.
    """
    try:
        return Paginator(queryset, per_page).page(request.GET.get("page", start))
    except InvalidPage as error:
        raise NoSuchListPage(_("There is no such page in this list.")) from error
