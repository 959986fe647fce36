"""Reads of home, in words of the domain."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, F, Q, When

from accounts.permissions import can_act_in_province
from home.enums import AgencyKind, LinkCategory, TicketState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User

ONE_YEAR = dt.timedelta(days=365)
SOON = dt.timedelta(days=7)


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


class SharedTaskQuerySet(models.QuerySet):
    def open(self) -> SharedTaskQuerySet:
        """Not done, the first due on top, those without a day last."""
        return self.filter(done_at__isnull=True).order_by(F("due_on").asc(nulls_last=True), "pk")

    def late(self, today: dt.date) -> SharedTaskQuerySet:
        return self.open().filter(due_on__lt=today)

    def due_soon(self, today: dt.date) -> SharedTaskQuerySet:
        return self.open().filter(due_on__lt=today + SOON)

    def done(self) -> SharedTaskQuerySet:
        """The last finished on top."""
        return self.filter(done_at__isnull=False).order_by("-done_at", "-pk")

    def in_province(self, code: str) -> SharedTaskQuerySet:
        """Of the province, and those of the whole cluster, which have none."""
        return self.filter(Q(province_id=code) | Q(province=None)) if code else self

    def finished_by(self, user: User) -> SharedTaskQuerySet:
        """What ``home.services.may_finish`` would allow this member of staff, asked of the database."""
        if can_act_in_province(user, None):
            return self
        own = Q(owner=user) | Q(created_by=user)
        return self.filter(own | Q(province_id=user.province_id) if user.province_id else own)

    def for_lists(self) -> SharedTaskQuerySet:
        return self.select_related("province", "owner", "done_by", "created_by")


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

    def by_kind(self) -> AgencyQuerySet:
        """Ministries first, as the kinds are listed; within a kind as in a dictionary."""
        places = [When(kind=kind, then=place) for place, kind in enumerate(AgencyKind.values)]
        return self.order_by(Case(*places), "sort_key", "pk")
