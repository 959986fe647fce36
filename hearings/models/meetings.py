"""Meetings of a hearing: invitation, registration, attendance by sector, minutes (requirements A165)."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from core.enums import Sector
from core.thaidate import format_day, format_time
from hearings.enums import MeetingMode, MeetingSeries


class Meeting(ClusterableModel):
    hearing = ParentalKey("hearings.Hearing", on_delete=models.CASCADE, related_name="meetings")
    title = models.CharField(_("name of the meeting"), max_length=200)
    mode = models.CharField(_("how"), max_length=10, choices=MeetingMode.choices, default=MeetingMode.ONSITE)
    series = models.CharField(
        _("kind of meeting"),
        max_length=12,
        choices=MeetingSeries.choices,
        default=MeetingSeries.SINGLE,
        blank=True,
    )
    # Empty only before the announcement: a copied hearing keeps its meetings without their days.
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=250, blank=True)
    online_url = models.URLField(_("address of the online meeting"), blank=True)
    seats = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    agenda = models.TextField(_("agenda"), max_length=4000, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, editable=False)
    minutes = models.ForeignKey(
        "core.CustomDocument", verbose_name=_("minutes"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip

    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldRowPanel([FieldPanel("mode"), FieldPanel("series"), FieldPanel("seats")]),
        FieldPanel("place"),
        FieldPanel("online_url"),
        FieldPanel("agenda"),
        FieldPanel("minutes"),
        InlinePanel("attendance", label=_("Attendance of one sector"), heading=_("Who came")),
    ]

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="meeting_ends_after_it_starts",
                condition=models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=models.F("starts_at")),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def begins(self) -> dt.datetime:
        """For papers and calendars: what is announced has its day (hearings.checklist)."""
        if self.starts_at is None:
            raise ValueError("this meeting has no day yet")
        return self.starts_at

    def in_words(self) -> str:
        """All that is announced of it, to compare before and after a correction (R10)."""
        when = _spoken(self.starts_at) if self.starts_at else ""
        if self.starts_at and self.ends_at:
            is_same_day = format_day(self.starts_at) == format_day(self.ends_at)
            when += " – " + (format_time(self.ends_at) if is_same_day else _spoken(self.ends_at))
        series = "" if self.series in ("", MeetingSeries.SINGLE) else str(self.get_series_display())
        seats = "" if self.seats is None else _("%(number)s seats") % {"number": self.seats}
        parts = (
            self.title,
            series,
            when,
            str(self.get_mode_display()),
            self.place,
            self.online_url,
            str(seats),
        )
        off = str(_("This meeting is cancelled.")) if self.cancelled_at else ""
        lines = (off, ", ".join(part for part in parts if part), self.agenda)
        return "\n".join(line for line in lines if line)

    def is_upcoming(self, now: dt.datetime) -> bool:
        end = self.ends_at or self.starts_at
        return end is None or now < end

    def seats_left(self) -> int | None:
        """None where seats are not counted. One query; ask for one meeting at a time."""
        if self.seats is None:
            return None
        taken = self.registrations.aggregate(people=models.Sum("people"))["people"] or 0
        return max(0, self.seats - taken)


def _spoken(moment: dt.datetime) -> str:
    return f"{format_day(moment, 'full')} {format_time(moment)}"


class MeetingAttendance(models.Model):
    """How many people of a sector came; counted at the door, separate from what was sent (R9)."""

    meeting = ParentalKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices)
    people = models.PositiveIntegerField(_("people"))

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "sector"], name="attendance_once_per_sector")
        ]

    def __str__(self) -> str:
        return f"{self.get_sector_display()} {self.people}"


class MeetingRegistration(models.Model):
    """Somebody who says they will come. Name and telephone are personal data (hearings.privacy)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="registrations")
    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices)
    people = models.PositiveSmallIntegerField(_("people"), default=1)
    idempotency_key = models.UUIDField(unique=True, editable=False)
    created_at = models.DateTimeField(_("registered at"))

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.sector} {self.people}"
