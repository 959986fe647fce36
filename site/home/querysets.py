"""Reads of home, in words of the domain."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from home.enums import LinkCategory, TicketState

if TYPE_CHECKING:
    from collections.abc import Iterable

ONE_YEAR = dt.timedelta(days=365)


class FaqEntryQuerySet(models.QuerySet):
    def published(self) -> FaqEntryQuerySet:
        return self.filter(is_published=True).select_related("category")


class TicketQuerySet(models.QuerySet):
    def waiting(self) -> TicketQuerySet:
        """New ones, the longest waiting first."""
        return self.filter(state=TicketState.NEW).order_by("created_at", "pk")

    def in_state(self, state: str) -> TicketQuerySet:
        return self.filter(state=state) if state else self

    def with_answers(self) -> TicketQuerySet:
        return self.prefetch_related("answers__by")

    def of_person(self, email: str) -> TicketQuerySet:
        return self.filter(email__iexact=email.strip()) if email.strip() else self.none()

    def with_personal_data(self) -> TicketQuerySet:
        return self.filter(erased_at__isnull=True)

    def kept_too_long(self, now: dt.datetime) -> TicketQuerySet:
        """Received more than a year ago: the name and the words are not needed any more (privacy.py)."""
        return self.with_personal_data().filter(created_at__lt=now - ONE_YEAR)


class DirectoryLinkQuerySet(models.QuerySet):
    def for_reader(self, *, is_staff: bool) -> DirectoryLinkQuerySet:
        return self if is_staff else self.exclude(category=LinkCategory.STAFF)


class AgencyQuerySet(models.QuerySet):
    def matching(self, words: str = "", kind: str = "", provinces: Iterable[str] = ()) -> AgencyQuerySet:
        found = self.select_related("province")
        for word in words.split():
            found = found.filter(
                Q(name__icontains=word) | Q(name_en__icontains=word) | Q(abbreviation__icontains=word)
            )
        if kind:
            found = found.filter(kind=kind)
        codes = [code for code in provinces if code]
        return found.filter(province__in=codes) if codes else found
