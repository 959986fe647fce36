"""Questions about followers and letters, in the words of those who ask them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

# Long enough to answer "I never got it"; the text itself goes as soon as it is sent.
KEEP_SENT = dt.timedelta(days=30)
KEEP_UNCONFIRMED = dt.timedelta(days=7)
KEEP_GIVEN_UP = dt.timedelta(days=90)


class FollowQuerySet(QuerySet):
    def of_any(self, things: Iterable[tuple[str, str]]) -> FollowQuerySet:
        wanted = Q(pk__in=())
        for kind, key in things:
            wanted |= Q(kind=kind, key=key)
        return self.filter(wanted)

    def of_person(self, email: str) -> FollowQuerySet:
        return self.filter(email=email.strip().lower()) if email.strip() else self.none()

    def confirmed_by(self, moment: dt.datetime) -> FollowQuerySet:
        """Who was waiting at that moment: nobody gets letters about what came before."""
        return self.filter(confirmed_at__lte=moment)

    def forgotten(self, now: dt.datetime) -> FollowQuerySet:
        """Asked for, never confirmed."""
        return self.filter(confirmed_at__isnull=True, created_at__lte=now - KEEP_UNCONFIRMED)


class OutboxQuerySet(QuerySet):
    def due(self, now: dt.datetime) -> OutboxQuerySet:
        return self.filter(next_try_at__lte=now).order_by("next_try_at", "pk")

    def given_up(self) -> OutboxQuerySet:
        """Dead letters: tried often enough; a person must look."""
        return self.filter(sent_at__isnull=True, next_try_at__isnull=True).exclude(to="")

    def waiting(self) -> OutboxQuerySet:
        return self.filter(next_try_at__isnull=False)

    def of_person(self, email: str) -> OutboxQuerySet:
        return self.filter(to__iexact=email.strip()) if email.strip() else self.none()

    def with_personal_data(self) -> OutboxQuerySet:
        return self.exclude(to="")

    def kept_too_long(self, now: dt.datetime) -> OutboxQuerySet:
        sent = self.with_personal_data().filter(sent_at__lte=now - KEEP_SENT)
        return sent | self.given_up().filter(created_at__lte=now - KEEP_GIVEN_UP)
