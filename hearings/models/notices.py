"""What was announced, where it hangs, and what was corrected afterwards (R1, R5, R6, R10; peers P5)."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hearings.enums import BoardKind, NoticeKind

# ``Amendment.field`` of a change of the form while people answer: no paper belongs to it.
FORM = "questions"


class Notice(models.Model):
    """One official paper as it was issued. ``data`` holds everything its page and PDF print, so that later changes
    of the hearing or of the office never change what was announced. Written by services only."""

    hearing = models.ForeignKey("hearings.Hearing", on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(_("kind"), max_length=20, choices=NoticeKind.choices)
    number = models.CharField(_("number"), max_length=60)
    dated = models.DateField(_("dated"))
    signer_name = models.CharField(_("signed by"), max_length=160, blank=True)
    signer_position = models.CharField(_("position of the signer"), max_length=200, blank=True)
    data = models.JSONField(_("as issued"))
    issued_at = models.DateTimeField(_("issued"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["hearing", "issued_at", "pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.get_kind_display()}"


class NoticeBoard(models.Model):
    """A place where the notice hangs or hung: evidence for ข้อ 11, and the address its QR carries (``/b/<code>/``)."""

    hearing = models.ForeignKey("hearings.Hearing", on_delete=models.CASCADE, related_name="boards")
    code = models.CharField(_("code in the QR"), max_length=12, unique=True, editable=False)
    kind = models.CharField(_("kind of place"), max_length=10, choices=BoardKind.choices)
    place = models.CharField(_("place"), max_length=200)
    district = models.ForeignKey(
        "geography.District",
        verbose_name=_("district"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    subdistrict = models.ForeignKey(
        "geography.Subdistrict",
        verbose_name=_("sub-district"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    village_no = models.PositiveSmallIntegerField(_("village number"), null=True, blank=True)
    posted_on = models.DateField(_("posted on"), null=True, blank=True)
    removed_on = models.DateField(_("taken down on"), null=True, blank=True)
    photo = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # When its first photo reached us; a newer photo does not move it. Days of notice are proved from here (R1).
    photo_since = models.DateTimeField(_("photo since"), null=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("notice board")
        verbose_name_plural = _("notice boards")
        ordering = ["hearing", "pk"]
        constraints = [
            models.CheckConstraint(
                name="board_taken_down_after_posting",
                condition=models.Q(removed_on__isnull=True)
                | models.Q(posted_on__isnull=False, removed_on__gte=models.F("posted_on")),
            )
        ]

    def __str__(self) -> str:
        return self.place


class PostingEntry(models.Model):
    """What a phone sent about a board after it had been without signal (P111): its key makes it arrive once. The row
    stays when the board goes, so that a late copy does not bring it back. ``digest`` tells whether what comes again is
    the same (hearings.services.arrivals)."""

    key = models.UUIDField(unique=True, editable=False)
    digest = models.CharField(max_length=64, default="", db_default="", editable=False)
    board = models.ForeignKey(NoticeBoard, null=True, on_delete=models.SET_NULL, related_name="entries")
    received_at = models.DateTimeField(_("received at"))

    class Meta:
        verbose_name = _("posting sent from a phone")
        verbose_name_plural = _("postings sent from phones")

    def __str__(self) -> str:
        return str(self.key)


class BoardVisit(models.Model):
    """How often the QR of a board was opened on a day: a number, and nothing about who (peers, section 4.2)."""

    board = models.ForeignKey(NoticeBoard, on_delete=models.CASCADE, related_name="visits")
    day = models.DateField(_("day"))
    visits = models.PositiveIntegerField(_("visits"), default=0)

    class Meta:
        verbose_name = _("visits by a board")
        verbose_name_plural = _("visits by boards")
        constraints = [models.UniqueConstraint(fields=["board", "day"], name="board_visits_once_a_day")]

    def __str__(self) -> str:
        return f"{self.board_id} {self.day} {self.visits}"


class Amendment(models.Model):
    """A dated correction of something already announced (R10). A material one lets the days of notice count anew (R1).
    Also a change of the questions while people answer (``FORM``)."""

    hearing = models.ForeignKey("hearings.Hearing", on_delete=models.CASCADE, related_name="amendments")
    field = models.CharField(_("what"), max_length=40)
    before = models.TextField(_("before"), blank=True)
    after = models.TextField(_("after"), blank=True)
    reason = models.TextField(_("reason"), max_length=1000)
    is_material = models.BooleanField(_("changes the matter"), default=False)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    notice = models.ForeignKey(
        Notice, verbose_name=_("notice"), null=True, on_delete=models.PROTECT, related_name="amendments"
    )
    meeting = models.ForeignKey(
        "hearings.Meeting",
        verbose_name=_("meeting"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="amendments",
    )

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.hearing_id} {self.field}"

    @property
    def field_label(self) -> str:
        """What was corrected, in words."""
        return disclosed_label(self.field)


def disclosed_label(name: str) -> str:
    """The name of a field of the hearing, or of rows that belong to it (hearings.editor.DISCLOSED_*)."""
    if name == "title":  # Wagtail's own field; its word in Thai is that before a name
        return str(_("Matter"))
    field = apps.get_model("hearings", "Hearing")._meta.get_field(name)
    words = field.related_model._meta.verbose_name_plural if field.is_relation else field.verbose_name
    return str(words)
