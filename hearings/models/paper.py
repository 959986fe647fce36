"""What comes from the field: scanned forms, the views of a village in one grid, a spreadsheet (P106-P111)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import Sector
from hearings.enums import BatchStatus, Channel, ImportStatus, PaperStatus, Stance


class PrintedForm(models.Model):
    """Where the boxes of one edition of the printed form stand (hearings.form_places): what was printed last month is
    still read after the questions have changed."""

    hearing = models.ForeignKey("hearings.Hearing", on_delete=models.CASCADE, related_name="printed_forms")
    edition = models.CharField(_("edition"), max_length=10)
    places = models.JSONField(_("places of the boxes"), default=dict)
    printed_at = models.DateTimeField(_("first printed at"))

    class Meta:
        verbose_name = _("edition of the printed form")
        verbose_name_plural = _("editions of the printed form")
        ordering = ["hearing", "printed_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["hearing", "edition"], name="form_edition_once")]

    def __str__(self) -> str:
        return self.edition


class PaperForm(models.Model):
    """One filled-in paper form: its scan, beside which somebody types. The scan is personal data (handwriting)."""

    hearing = models.ForeignKey("hearings.Hearing", on_delete=models.PROTECT, related_name="paper_forms")
    code = models.CharField(_("code on the form"), max_length=20, blank=True)
    scan = models.FileField(_("scan"), upload_to="paper/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    channel = models.CharField(_("came by"), max_length=10, choices=Channel.choices, default=Channel.PAPER)
    received_on = models.DateField(_("received on"))
    status = models.CharField(
        _("status"), max_length=10, choices=PaperStatus.choices, default=PaperStatus.WAITING
    )
    # Why nobody could read it.
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    # Which boxes the picture shows ticked (hearings.paper_reading): proposals for whoever types, gone when typed.
    reading = models.JSONField(_("read from the picture"), default=dict)
    submission = models.OneToOneField(
        "hearings.Submission", null=True, on_delete=models.SET_NULL, related_name="paper_form"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("recorded at"))
    # Somebody else typed it a second time without seeing the first (hearings.services.second_typing).
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    checked_at = models.DateTimeField(_("checked at"), null=True)
    # Names of the fields that differed, never what stood there.
    differences = models.JSONField(_("fields that differed"), default=list)

    class Meta:
        verbose_name = _("paper form")
        verbose_name_plural = _("paper forms")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.code or str(self.pk)

    @property
    def is_late(self) -> bool:
        """It reached the office after the last day: it stays in the list and is not counted."""
        return self.hearing.ended_on is not None and self.received_on > self.hearing.ended_on


class ProxyBatch(models.Model):
    """Many people's views written down by one change agent. Counted apart from individual submissions.

    ``heads`` is the show of hands, {"agree": 12, "partly": 3, ...}; ``section_heads`` the same for each section the
    village voted on, {key of the section: {"agree": 12, ...}}; rows are the reasons people gave.
    """

    hearing = models.ForeignKey("hearings.Hearing", on_delete=models.PROTECT, related_name="batches")
    meeting = models.ForeignKey(
        "hearings.Meeting", null=True, blank=True, on_delete=models.SET_NULL, related_name="batches"
    )
    idempotency_key = models.UUIDField(unique=True, editable=False)
    digest = models.CharField(max_length=64, default="", db_default="", editable=False)  # as a phone sent it
    status = models.CharField(
        _("status"), max_length=10, choices=BatchStatus.choices, default=BatchStatus.DRAFT
    )
    held_on = models.DateField(_("day of the talk"))
    province = models.ForeignKey("geography.Province", null=True, on_delete=models.PROTECT, related_name="+")
    district = models.ForeignKey("geography.District", null=True, on_delete=models.PROTECT, related_name="+")
    subdistrict = models.ForeignKey(
        "geography.Subdistrict", null=True, on_delete=models.PROTECT, related_name="+"
    )
    village_no = models.PositiveSmallIntegerField(_("village number"), null=True)
    people = models.PositiveIntegerField(_("people present"))
    heads = models.JSONField(_("heads per stance"), default=dict)
    # The database fills it in for a process of the release before, which does not know it.
    section_heads = models.JSONField(_("heads per section and stance"), default=dict, db_default={})
    source = models.FileField(_("photo of the sheet"), upload_to="batches/", blank=True)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    entered_at = models.DateTimeField(_("written down at"))
    sent_at = models.DateTimeField(_("sent for checking"), null=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    checked_at = models.DateTimeField(_("checked at"), null=True)
    check_note = models.TextField(_("note of the second person"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("village batch")
        verbose_name_plural = _("village batches")
        ordering = ["-entered_at", "-pk"]
        constraints = [
            # The second person is another person.
            models.CheckConstraint(
                name="batch_checked_by_somebody_else",
                condition=models.Q(checked_by__isnull=True)
                | models.Q(entered_by__isnull=True)
                | ~models.Q(checked_by=models.F("entered_by")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.hearing_id} {self.held_on}"

    def acting_provinces(self) -> list[str]:
        """Whose coordinator may work on it (accounts.permissions)."""
        return self.hearing.acting_provinces()


class ProxyRow(models.Model):
    """One villager's words in a batch. Becomes a submission of the batch when the second person has checked it."""

    batch = models.ForeignKey(ProxyBatch, on_delete=models.CASCADE, related_name="rows")
    order = models.PositiveSmallIntegerField(_("row"))
    block_key = models.UUIDField(_("section"), null=True)
    stance = models.CharField(_("stance"), max_length=10, choices=Stance.choices)
    people = models.PositiveSmallIntegerField(_("people"), default=1)
    reason = models.TextField(_("reason"), blank=True)
    suggestion = models.TextField(_("suggestion"), blank=True)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices, default=Sector.CITIZEN)
    name = models.CharField(_("name"), max_length=120, blank=True)
    agreed = models.BooleanField(_("agreed that this is written down"), default=False)
    agreed_name = models.BooleanField(_("agreed that the name is shown"), default=False)
    under_20 = models.BooleanField(_("under 20 years old"), default=False)
    # Answers to the hearing's questions, as services.answers.AnswerData.as_json writes them.
    answers = models.JSONField(_("answers"), default=list)
    submission = models.OneToOneField(
        "hearings.Submission", null=True, on_delete=models.SET_NULL, related_name="proxy_row"
    )

    class Meta:
        verbose_name = _("row of a village batch")
        verbose_name_plural = _("rows of village batches")
        ordering = ["batch", "order"]
        constraints = [models.UniqueConstraint(fields=["batch", "order"], name="proxy_row_order_once")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.order}"


class ImportRun(models.Model):
    """A spreadsheet of comments: read, shown, and stored only when somebody has looked at it (P108)."""

    hearing = models.ForeignKey("hearings.Hearing", on_delete=models.PROTECT, related_name="imports")
    file_name = models.CharField(_("file"), max_length=120)
    sha256 = models.CharField(max_length=64)
    status = models.CharField(
        _("status"), max_length=10, choices=ImportStatus.choices, default=ImportStatus.PREVIEW
    )
    rows = models.JSONField(_("rows that can be stored"), default=list)
    problems = models.JSONField(_("rows that cannot"), default=list)
    # Kept while the import is being looked at; afterwards only the rows that have to be corrected.
    source = models.FileField(_("spreadsheet"), upload_to="imports/", blank=True)
    # Where each of our columns stands in the file, {"stance": 0, "q12": 7}.
    columns = models.JSONField(_("columns"), default=dict)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("read at"))
    finished_at = models.DateTimeField(_("imported at"), null=True)
    # All of it withdrawn again (hearings.services.undo_import); the comments stay in the record as withdrawn.
    undone_at = models.DateTimeField(_("taken back"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    undo_reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["hearing", "sha256"],
                condition=models.Q(status=ImportStatus.IMPORTED),
                name="same_file_imported_once",
            )
        ]

    def __str__(self) -> str:
        return self.file_name
