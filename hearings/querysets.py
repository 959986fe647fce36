"""Questions about hearings, submissions and comments, in the words of the people who ask them."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import CharField, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat
from django.utils import timezone
from wagtail.models import PageManager, PageQuerySet

from core.querysets import OneQueryPrivacy
from core.thaidate import local_day
from hearings import receipts
from hearings.enums import AttachmentKind, Stage, SubmissionStatus, Visibility
from hearings.rules import closing_soon_days, result_deadline_days

# A cancelled hearing stays readable if it had been announced: its announcement is a public record.
PUBLIC_STAGES = (Stage.ANNOUNCED, Stage.SUMMARISING, Stage.RESULT_PUBLISHED, Stage.FOLLOWED_UP)
AREAS = ("province", "district", "subdistrict")
NOT_IN_LISTS = tuple(
    f"submission__{field}"
    for field in (
        "edit_code_hash",
        "idempotency_key",
        "wrong_codes",
        "codes_blocked_until",
        "email",
        "consent_version",
    )
)
RESULT_STAGES = (Stage.RESULT_PUBLISHED, Stage.FOLLOWED_UP)


class HearingQuerySet(OneQueryPrivacy, PageQuerySet):
    def visible(self) -> HearingQuerySet:
        """What anyone may read."""
        announced = Q(stage__in=PUBLIC_STAGES) | Q(stage=Stage.CANCELLED, announced_at__isnull=False)
        return self.filter(announced).live().public()

    def announced(self, now: dt.datetime) -> HearingQuerySet:
        """Announced and not open yet."""
        return self.live().filter(stage=Stage.ANNOUNCED, opens_at__gt=now).exclude(self._force_closed(now))

    def upcoming(self, now: dt.datetime) -> HearingQuerySet:
        """Announced, the one that opens first on top."""
        return self.announced(now).order_by("opens_at", "pk")

    def open(self, now: dt.datetime) -> HearingQuerySet:
        """Open for comments now, the one that closes first on top."""
        return (
            self.live()
            .filter(stage=Stage.ANNOUNCED, opens_at__lte=now, closes_at__gt=now)
            .exclude(self._force_closed(now))
            .order_by("closes_at", "pk")
        )

    def closing_soon(self, now: dt.datetime) -> HearingQuerySet:
        return self.open(now).filter(closes_at__lte=now + dt.timedelta(days=closing_soon_days()))

    def closed(self, now: dt.datetime) -> HearingQuerySet:
        """Closed and without a result yet, the one closed last on top."""
        ended = Q(closes_at__lte=now) | self._force_closed(now)
        return (
            self.live()
            .filter((Q(stage=Stage.ANNOUNCED) & ended) | Q(stage=Stage.SUMMARISING))
            .order_by("-closes_at", "-pk")
        )

    def with_result(self) -> HearingQuerySet:
        """The newest result on top."""
        return self.live().filter(stage__in=RESULT_STAGES).order_by("-result_published_at", "-pk")

    def result_late(self, now: dt.datetime) -> HearingQuerySet:
        """Ended, without a result, and its last day has passed (ข้อ 12); what Hearing.is_result_late says of one."""
        # Ended before this midnight in Bangkok: closing at midnight belongs to the day before.
        limit = timezone.make_aware(
            dt.datetime.combine(local_day(now) - dt.timedelta(days=result_deadline_days()), dt.time.min)
        )
        ended = Q(closes_at__lte=limit) | Q(force_closed_at__lt=limit)
        return self.closed(now).filter(ended)

    def in_preparation(self) -> HearingQuerySet:
        """Not announced yet, the one worked on last on top."""
        return self.filter(stage__in=(Stage.DRAFT, Stage.IN_REVIEW)).order_by(
            "-latest_revision_created_at", "-pk"
        )

    def in_province(self, province_code: str | None) -> HearingQuerySet:
        return self.filter(provinces__code=province_code) if province_code else self.none()

    @staticmethod
    def _force_closed(now: dt.datetime) -> Q:
        return Q(force_closed_at__isnull=False, force_closed_at__lte=now)


HearingManager = PageManager.from_queryset(HearingQuerySet)


class SubmissionQuerySet(QuerySet):
    def by_receipt(self, text: str) -> SubmissionQuerySet:
        """The submission whose number somebody typed, with spaces, hyphens or Thai digits; none if it is no number."""
        number = receipts.normalise(text)
        return self.filter(receipt_no=number) if number else self.none()

    def counted(self) -> SubmissionQuerySet:
        """What the totals count: neither withdrawn nor hidden."""
        return self.filter(status=SubmissionStatus.SUBMITTED).exclude(visibility=Visibility.HIDDEN)

    def waiting(self) -> SubmissionQuerySet:
        return self.filter(status=SubmissionStatus.SUBMITTED, visibility=Visibility.PENDING)

    def hidden(self) -> SubmissionQuerySet:
        """Read and not shown; what its author or the office took back is not among them."""
        return self.filter(status=SubmissionStatus.SUBMITTED, visibility=Visibility.HIDDEN)

    def with_seen(self) -> SubmissionQuerySet:
        """Each with ``seen``: which words stand there, and after which decision.

        It is read with the row, before any words: what is read afterwards is never older than it says.
        """
        of_this = self.model._default_manager.filter(pk=OuterRef("pk")).order_by().values("pk")
        decision = Subquery(of_this.annotate(newest=Max("decisions__pk")).values("newest"))
        version = Subquery(of_this.annotate(newest=Max("versions__number")).values("newest"))
        zero = Value(0)
        seen = Concat(Coalesce(decision, zero), Value("."), Coalesce(version, zero), output_field=CharField())
        return self.annotate(seen=seen)

    def in_province(self, province_code: str | None) -> SubmissionQuerySet:
        """Submissions to hearings of a province; what its coordinator works with (requirements A056)."""
        return self.filter(hearing__provinces__code=province_code) if province_code else self.none()


class CommentQuerySet(QuerySet):
    def public(self, hearing: object) -> CommentQuerySet:
        """What anyone may read of one hearing, newest first, ready for keyset pages."""
        return (
            self.filter(hearing=hearing, is_public=True)
            .select_related("block", "topic", *(f"submission__{area}" for area in AREAS))
            .order_by("-created_at", "-pk")
        )

    def for_lists(self, hearing: object) -> CommentQuerySet:
        """``public`` without what no list shows and without the sections, which the page has read once already."""
        found = self.public(hearing).select_related(None)
        shown = found.select_related("topic", *(f"submission__{area}" for area in AREAS))
        return shown.defer(*NOT_IN_LISTS)

    def current(self) -> CommentQuerySet:
        """Not replaced by a later edit of its author."""
        return self.filter(superseded_at__isnull=True)

    def for_block(self, key: uuid.UUID | str | None) -> CommentQuerySet:
        """About one section of the draft, in every version of it; None asks for those about the whole."""
        return self.filter(block_key__isnull=True) if key is None else self.filter(block_key=key)

    def with_stance(self, stance: str) -> CommentQuerySet:
        return self.filter(stance=stance)

    def with_topic(self, topic: int | str) -> CommentQuerySet:
        return self.filter(topic_id=topic)

    def by_sector(self, sector: str) -> CommentQuerySet:
        return self.filter(submission__sector=sector)

    def pinned(self, hearing: object) -> CommentQuerySet:
        """What staff put on top, the latest first."""
        return self.for_lists(hearing).filter(pinned_at__isnull=False).order_by("-pinned_at", "pk")


class ReplyQuerySet(QuerySet):
    def public(self) -> ReplyQuerySet:
        """What anyone may read under comments that are themselves public; the caller starts from those."""
        return self.shown().filter(comment__is_public=True)

    def shown(self) -> ReplyQuerySet:
        """Published and not taken back, whatever became of the comment above."""
        return self.filter(visibility=Visibility.PUBLIC, withdrawn_at__isnull=True)

    def waiting(self) -> ReplyQuerySet:
        """Sent to a hearing where staff read first, and not read yet."""
        return self.filter(visibility=Visibility.PENDING, withdrawn_at__isnull=True)

    def in_province(self, province_code: str | None) -> ReplyQuerySet:
        return self.filter(hearing__provinces__code=province_code) if province_code else self.none()


class ReportQuerySet(QuerySet):
    def open(self) -> ReportQuerySet:
        """Nobody has looked at it yet. However many there are, they hide nothing by themselves."""
        return self.filter(settled_at__isnull=True)

    def in_province(self, province_code: str | None) -> ReportQuerySet:
        return self.filter(hearing__provinces__code=province_code) if province_code else self.none()


class AttachmentQuerySet(QuerySet):
    def sent(self) -> AttachmentQuerySet:
        """With a comment that stands; neither the comment nor the file was taken back."""
        return self.filter(submission__status=SubmissionStatus.SUBMITTED, removed_at=None)

    def waiting(self) -> AttachmentQuerySet:
        """Nobody of the office has looked at it yet."""
        return self.sent().filter(visibility=Visibility.PENDING)

    def published(self) -> AttachmentQuerySet:
        """What anyone may download: staff published it, and the comment it came with is public."""
        return self._public().filter(visibility=Visibility.PUBLIC)

    def readable(self) -> AttachmentQuerySet:
        """What a public page mentions: published files, and the words of recordings instead of the voice."""
        words = Q(kind=AttachmentKind.VOICE) & ~Q(transcript="")
        return self._public().filter(Q(visibility=Visibility.PUBLIC) | words)

    def with_words(self) -> AttachmentQuerySet:
        """Recordings that somebody wrote down."""
        return self.exclude(transcript="")

    def _public(self) -> AttachmentQuerySet:
        return self.sent().filter(submission__visibility=Visibility.PUBLIC)
