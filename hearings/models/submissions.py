"""What people send. A submission is a legal record: decisions are layers beside it, never changes of its words."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.enums import Sector
from hearings import receipts
from hearings.enums import (
    Capacity,
    Channel,
    Decision,
    PublishName,
    ReasonCode,
    Stance,
    SubmissionStatus,
    Visibility,
    WithdrawnBy,
)
from hearings.page_marks import PageMark
from hearings.querysets import CommentQuerySet, SubmissionQuerySet


class Submission(models.Model):
    """One respondent's dossier on one hearing: who speaks, from where, how, with which consent."""

    hearing = models.ForeignKey(
        "hearings.Hearing", verbose_name=_("hearing"), on_delete=models.PROTECT, related_name="submissions"
    )
    receipt_no = models.CharField(_("receipt number"), max_length=12, unique=True, editable=False)
    edit_code_hash = models.CharField(max_length=64, editable=False)
    idempotency_key = models.UUIDField(unique=True, editable=False)
    # Wrong edit codes since the last right one; kept by hearings.services.edit_codes only.
    wrong_codes = models.PositiveIntegerField(default=0, editable=False)
    codes_blocked_until = models.DateTimeField(null=True, editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=SubmissionStatus.choices, default=SubmissionStatus.SUBMITTED
    )
    visibility = models.CharField(_("shown"), max_length=10, choices=Visibility.choices)
    stance = models.CharField(_("stance"), max_length=10, choices=Stance.choices)

    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices)
    capacity = models.CharField(_("speaks"), max_length=20, choices=Capacity.choices, default=Capacity.SELF)
    organisation = models.CharField(_("organisation or group"), max_length=200, blank=True)
    organisation_confirmed = models.BooleanField(_("organisation confirmed"), null=True)
    province = models.ForeignKey(
        "geography.Province",
        verbose_name=_("province"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    district = models.ForeignKey(
        "geography.District",
        verbose_name=_("district"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    subdistrict = models.ForeignKey(
        "geography.Subdistrict", verbose_name=_("sub-district"), null=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    village_no = models.PositiveSmallIntegerField(_("village number"), null=True)
    channel = models.CharField(_("sent by"), max_length=10, choices=Channel.choices, default=Channel.WEB)
    under_20 = models.BooleanField(_("under 20"), default=False)
    publish_name = models.CharField(
        _("name in public"), max_length=10, choices=PublishName.choices, default=PublishName.NONE
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail for the result"), blank=True)
    consent_version = models.CharField(_("version of the consent text"), max_length=20)
    language = models.CharField(_("language of the form"), max_length=5, default="th")

    # When paper, letter or call reached the office; empty for what was sent by the website.
    received_on = models.DateField(_("received on"), null=True)
    submitted_at = models.DateTimeField(_("sent"))
    revised_at = models.DateTimeField(_("changed"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    withdrawn_by = models.CharField(_("withdrawn by"), max_length=10, choices=WithdrawnBy.choices, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written down by"), null=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    # Written down in a village grid: counted apart from what people sent themselves (peers P110).
    batch = models.ForeignKey(
        "hearings.ProxyBatch", verbose_name=_("village batch"), null=True,
        on_delete=models.PROTECT, related_name="submissions",
    )  # fmt: skip
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("account of the author"), null=True,
        on_delete=models.SET_NULL, related_name="submissions",
    )  # fmt: skip

    objects = SubmissionQuerySet.as_manager()

    # Wagtail would note at each sending which page it belongs to; PROTECT keeps the page already.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-submitted_at", "-pk"]
        indexes = [
            models.Index(fields=["hearing", "-submitted_at", "-id"], name="submission_of_hearing"),
            # What the totals group by; hidden and withdrawn rows and those of a village grid are not in it.
            models.Index(
                fields=["hearing", "sector", "stance"],
                name="submission_totals",
                condition=Q(status=SubmissionStatus.SUBMITTED, batch__isnull=True)
                & ~Q(visibility=Visibility.HIDDEN),
            ),
            models.Index(fields=["email"], name="submission_email", condition=~Q(email="")),
            # The few marks between the comments of a page, without reading every dossier of its days.
            models.Index(
                fields=["hearing", "-submitted_at", "-id"],
                name="submission_withdrawn",
                condition=Q(withdrawn_at__isnull=False),
            ),
            # The queues of the desk, over all hearings: few rows, in the order they are read.
            models.Index(
                fields=["submitted_at", "id"],
                name="submission_waiting",
                condition=Q(status=SubmissionStatus.SUBMITTED, visibility=Visibility.PENDING),
            ),
            models.Index(
                fields=["submitted_at", "id"],
                name="submission_hidden",
                condition=Q(status=SubmissionStatus.SUBMITTED, visibility=Visibility.HIDDEN),
            ),
        ]

    def __str__(self) -> str:
        return self.grouped_receipt_no

    @property
    def grouped_receipt_no(self) -> str:
        return receipts.group(self.receipt_no)

    @property
    def is_withdrawn(self) -> bool:
        return self.status == SubmissionStatus.WITHDRAWN

    @property
    def public_name(self) -> str:
        """What the author allowed everyone to see; "" means nameless."""
        return shown_name(self.publish_name, self.name)

    @property
    def public_organisation(self) -> str:
        """A group speaks in public under its name once staff asked it; a person's employer stays private."""
        return shown_organisation(
            self.capacity, self.organisation, self.organisation_confirmed, self.publish_name
        )

    def acting_provinces(self) -> list[str]:
        """Whose coordinator may work on it (accounts.permissions)."""
        return self.hearing.acting_provinces()


def shown_name(publish_name: str, name: str) -> str:
    if publish_name == PublishName.NAME:
        return name
    if publish_name == PublishName.INITIALS:
        return " ".join(f"{initial(part)}." for part in name.split()[:3])
    return ""


def shown_organisation(capacity: str, organisation: str, confirmed: bool | None, publish_name: str) -> str:
    is_group = capacity == Capacity.GROUP and confirmed is True
    return organisation if is_group and publish_name != PublishName.NONE else ""


def initial(word: str) -> str:
    """The first consonant or letter of a name: a leading Thai vowel is not an initial (``เสาวนีย์`` gives ``ส``)."""
    return next((c for c in word if c.isalpha() and c not in "เแโใไ"), word[:1])


class SubmissionVersion(models.Model):
    """Everything as sent, each time it was sent. Only hearings.privacy may take personal fields out of it."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    data = models.JSONField(_("as sent"))
    created_at = models.DateTimeField(_("sent"))

    class Meta:
        verbose_name = _("version of a submission")
        verbose_name_plural = _("versions of a submission")
        ordering = ["submission", "number"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="submission_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} v{self.number}"


# What people write in a comment, in the order it is read.
COMMENT_WORDS = ("reason", "suggestion", "expected_impact")


class Comment(models.Model):
    """What a submission says about one section, or (without a key) about the whole draft."""

    hearing = models.ForeignKey("hearings.Hearing", on_delete=models.PROTECT, related_name="comments")
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="comments")
    block_key = models.UUIDField(_("section"), null=True)
    block = models.ForeignKey(
        "hearings.DraftBlock", verbose_name=_("section as it was read"), null=True,
        on_delete=models.PROTECT, related_name="comments",
    )  # fmt: skip
    # A paragraph of the section (data-block-key of the frozen text) and words marked in it; "" = the whole section.
    paragraph_key = models.CharField(_("paragraph"), max_length=12, blank=True)
    quote = models.CharField(_("quoted words"), max_length=500, blank=True)
    # A part of a page of one of the hearing's documents (hearings.page_marks), with the title of that day.
    on_page = models.JSONField(_("page of a document"), null=True, blank=True, editable=False)
    stance = models.CharField(_("stance"), max_length=10, choices=Stance.choices)
    # One of the hearing's topics (hearings.topics), or none; it stays when the hearing loses that topic.
    topic = models.ForeignKey(
        "core.Topic", verbose_name=_("topic"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+", db_index=False,
    )  # fmt: skip
    reason = models.TextField(_("reason"), blank=True)
    suggestion = models.TextField(_("suggestion"), blank=True)
    # What the author thinks will come of it, if it is done as in the draft or as suggested here.
    # The database fills it in for a process of the release before, which does not know it.
    expected_impact = models.TextField(_("expected impact"), blank=True, default="", db_default="")
    # Equal where the words are equal (hearings.same_words); "" where they are too few to tell anything.
    words_hash = models.CharField(max_length=22, blank=True, editable=False)
    created_at = models.DateTimeField(_("sent"))
    superseded_at = models.DateTimeField(_("replaced"), null=True)
    # Kept by services only: submitted, published, not replaced. It makes the public list one index range.
    is_public = models.BooleanField(_("published"), default=False, editable=False)
    # Recounted from the Support rows in the same transaction by hearings.services.support, to sort by.
    supports_counted = models.PositiveIntegerField(_("supporters"), default=0, editable=False)
    # Recounted from the readable replies by hearings.services.talk whenever one comes or goes, to sort by.
    replies_counted = models.PositiveIntegerField(_("replies"), default=0, editable=False)
    pinned_at = models.DateTimeField(_("pinned"), null=True, editable=False)
    answered_at = models.DateTimeField(_("answered by the office"), null=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "block_key", "paragraph_key"],
                condition=Q(superseded_at__isnull=True, block_key__isnull=False),
                name="comment_once_per_section",
            ),
            models.UniqueConstraint(
                fields=["submission"],
                condition=Q(superseded_at__isnull=True, block_key__isnull=True),
                name="comment_once_on_the_whole",
            ),
        ]
        # Every list is of one hearing. There is no index on created_at alone on purpose: a planner would take
        # it for a quiet hearing and walk through everybody else's newer comments.
        indexes = [
            models.Index(
                fields=["hearing", "-created_at", "-id"], name="comment_newest", condition=Q(is_public=True)
            ),
            models.Index(
                fields=["hearing", "block_key", "-created_at", "-id"],
                name="comment_newest_of_section",
                condition=Q(is_public=True),
            ),
            models.Index(
                fields=["hearing", "stance", "-created_at", "-id"],
                name="comment_newest_of_stance",
                condition=Q(is_public=True),
            ),
            models.Index(
                fields=["hearing", "topic", "-created_at", "-id"],
                name="comment_newest_of_topic",
                condition=Q(is_public=True, topic__isnull=False),
            ),
            models.Index(
                fields=["hearing", "-supports_counted", "-id"],
                name="comment_most_supported",
                condition=Q(is_public=True),
            ),
            models.Index(
                fields=["hearing", "-replies_counted", "-id"],
                name="comment_most_discussed",
                condition=Q(is_public=True),
            ),
            models.Index(
                fields=["hearing", "-created_at", "-id"],
                name="comment_answered",
                condition=Q(is_public=True, answered_at__isnull=False),
            ),
            models.Index(
                fields=["hearing", "-pinned_at"],
                name="comment_pinned",
                condition=Q(is_public=True, pinned_at__isnull=False),
            ),
            models.Index(
                fields=["hearing", "words_hash"],
                name="comment_same_words",
                condition=Q(superseded_at__isnull=True) & ~Q(words_hash=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.stance}"

    @property
    def words(self) -> list[str]:
        """Each of COMMENT_WORDS, "" where nothing was written."""
        return [getattr(self, name) for name in COMMENT_WORDS]

    @property
    def has_words(self) -> bool:
        return any(self.words)

    @property
    def mark(self) -> PageMark | None:
        return PageMark.from_json(self.on_page)


class ModerationDecision(models.Model):
    """Why something is shown or not, and who decided. The words of the submission stay as they were sent."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="decisions")
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices)
    reason_code = models.CharField(_("reason"), max_length=20, choices=ReasonCode.choices)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("decision on a submission")
        verbose_name_plural = _("decisions on submissions")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.decision}"
