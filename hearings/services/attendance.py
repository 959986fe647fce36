"""Write down who came to a meeting, and keep its minutes (P9, R9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Action, require
from core.enums import Sector
from core.forms.uploads import check_real_type, count_pages
from core.models import CustomDocument
from hearings.models import Meeting, MeetingAttendance

MOST_PEOPLE = 100_000


@transaction.atomic
def record_attendance(*, meeting: Meeting, people: Mapping[str, int], by: User, now: dt.datetime) -> None:
    """``people``: {sector: heads}. Replaces what was written before; a sector of 0 has no row."""
    require(by, Action.ENTER_ON_BEHALF, meeting.hearing)
    if meeting.cancelled_at:
        raise ValidationError(_("This meeting was cancelled."), code="cancelled")
    if meeting.starts_at is None or now < meeting.starts_at:
        raise ValidationError(_("The meeting has not begun yet. Count the people there."), code="not_begun")
    if not set(people) <= set(Sector.values) or any(not 0 <= n <= MOST_PEOPLE for n in people.values()):
        raise ValidationError(_("Type how many people came, 0 if nobody."), code="people")
    meeting.attendance.all().delete()
    MeetingAttendance.objects.bulk_create(
        MeetingAttendance(meeting=meeting, sector=sector, people=number)
        for sector, number in people.items()
        if number
    )


@transaction.atomic
def keep_minutes(*, meeting: Meeting, upload: UploadedFile, by: User) -> CustomDocument:
    """The minutes are a public document of the hearing; the one before stays in the library."""
    require(by, Action.ENTER_ON_BEHALF, meeting.hearing)
    check_real_type(upload)
    document = CustomDocument(
        title=_("Minutes: %(meeting)s") % {"meeting": meeting.title},
        file=upload, uploaded_by_user=by, pages=count_pages(upload),
    )  # fmt: skip
    document.save()
    meeting.minutes = document
    Meeting.objects.filter(pk=meeting.pk).update(minutes=document)
    return document
