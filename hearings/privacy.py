"""Personal data in hearings: what it is, how it is exported, erased and, in time, purged (PDPA sections 19, 30, 33).

Personal are the name, e-mail, organisation and village number of who sent something (in the submission and in each
of its stored versions), the link to an account, points, lines and own words in answers, half-written forms, and the
name and telephone of who registered for a meeting. The words of a comment belong to the record of the hearing and
stay (standards.md D5). Scanned forms and photos of a village's sheet show handwriting and names: they are deleted;
names in village grids and in spreadsheets that were read are blanked.

Retention: rules.retention_days() after the result was published, or after the end of a cancelled hearing.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from hearings import talk_privacy
from hearings.enums import ImportStatus, PublishName, Stage
from hearings.form_privacy import (
    erase_saved,
    export_saved,
    forget_words,
    saved_forms_of,
    submissions_with_words,
)
from hearings.models import (
    Attachment,
    Hearing,
    ImportRun,
    MeetingRegistration,
    PaperForm,
    ProxyBatch,
    ProxyRow,
    SavedForm,
    Submission,
    SubmissionVersion,
)
from hearings.querysets import RESULT_STAGES
from hearings.rules import retention_days, saved_form_days
from hearings.services.attach import delete_attachment
from hearings.services.mail_receipt import forget_letters
from hearings.services.run_import import forget_import
from hearings.services.scans import delete_scan, delete_source
from hearings.spot_privacy import forget_spots, submissions_with_spot

PERSONAL = ("name", "email", "organisation", "village_no")
BATCH = 500


def submissions_of(*, email: str = "", user: User | None = None) -> QuerySet[Submission]:
    """Everything a person sent: by the account, or by the e-mail given for the result."""
    wanted = Q(author=user) if user else Q(pk__in=())
    for address in _addresses(email, user):
        wanted |= Q(email__iexact=address)
    return Submission.objects.filter(wanted)


def _addresses(email: str, user: User | None) -> set[str]:
    return {email.strip(), user.email if user else ""} - {""}


def export_person(*, email: str = "", user: User | None = None) -> list[dict]:
    """All we hold about a person here, as plain values for a file the person can read."""
    found = (
        submissions_of(email=email, user=user)
        .select_related("hearing", "satisfaction")
        .prefetch_related("versions", "decisions", "attachments")
    )
    sent = [_export(submission) for submission in found.order_by("submitted_at")]
    sent += [export_saved(form) for form in saved_forms_of(_addresses(email, user))]
    return sent + talk_privacy.export_replies(user) + talk_privacy.export_presses(user)


def _export(submission: Submission) -> dict:
    return {
        "hearing": submission.hearing.title,
        "receipt": submission.grouped_receipt_no,
        "status": submission.status,
        "shown": submission.visibility,
        "sent": submission.submitted_at.isoformat(),
        "withdrawn": submission.withdrawn_at.isoformat() if submission.withdrawn_at else None,
        "content": mark.score if (mark := getattr(submission, "satisfaction", None)) else None,
        "versions": [
            {"number": version.number, "sent": version.created_at.isoformat(), **version.data}
            for version in submission.versions.all()
        ],
        "files": [
            {"name": file.name, "bytes": file.size, "written_down": file.transcript, "shown": file.visibility}
            for file in submission.attachments.all()
        ],
        "decisions": [
            {"decision": d.decision, "reason": d.reason_code, "at": d.at.isoformat()}
            for d in submission.decisions.all()
        ],
    }


@transaction.atomic
def erase_person(*, email: str = "", user: User | None = None) -> int:
    """Make everything a person sent nameless; returns how many submissions. Safe to repeat."""
    talk_privacy.erase_talk(user)
    erase_saved(saved_forms_of(_addresses(email, user)))
    return anonymise(list(submissions_of(email=email, user=user).values_list("pk", flat=True)))


def purge(now: dt.datetime, *, dry_run: bool = False) -> dict[str, int]:
    """Make submissions and registrations of long finished hearings nameless; returns how many (in a dry run, would be)."""
    old = list(expired_hearings(now).values_list("pk", flat=True))
    tables = _imports(now, old)
    forms, files = old_forms(now, old), old_files(now, old)
    submissions = list(with_personal_data().filter(hearing__in=old).values_list("pk", flat=True))
    registrations = MeetingRegistration.objects.filter(meeting__hearing__in=old).exclude(name="", phone="")
    counts = {"submissions": len(submissions), "registrations": registrations.count(), **_field_counts(old)}
    counts["imports"] = tables.count()
    counts |= talk_privacy.purge_talk(old, dry_run=dry_run)
    spots = submissions_with_spot(old)
    words = submissions_with_words(old)
    counts |= {"spots": len(spots), "own_words": len(words)}
    counts |= {"saved_forms": forms.count(), "attachments": files.count()}
    if not dry_run:
        for start in range(0, len(submissions), BATCH):
            anonymise(submissions[start : start + BATCH])
        registrations.update(name="", phone="")
        forget_spots(spots)
        forget_words(words)
        for attachment in list(files):
            delete_attachment(attachment)
        forms.delete()
        _clear_field_work(old)
        _forget_tables(tables)
    return counts


def expired_hearings(now: dt.datetime) -> QuerySet[Hearing]:
    """Hearings whose result (or cancelled end) lies longer back than the retention."""
    limit = now - dt.timedelta(days=retention_days())
    with_result = Q(stage__in=RESULT_STAGES, result_published_at__lte=limit)
    called_off = Q(stage=Stage.CANCELLED, closes_at__lte=limit)
    return Hearing.objects.filter(with_result | called_off)


def old_forms(now: dt.datetime, finished: list[int]) -> QuerySet[SavedForm]:
    """Half-written forms nobody came back for."""
    oldest = now - dt.timedelta(days=saved_form_days())
    return SavedForm.objects.filter(Q(saved_at__lte=oldest) | Q(hearing__in=finished))


def old_files(now: dt.datetime, finished: list[int]) -> QuerySet[Attachment]:
    """Files that were never sent, and those of long finished hearings: they show faces and voices.

    A file waits as long as the half-written form it belongs to.
    """
    oldest = now - dt.timedelta(days=saved_form_days())
    kept = Exists(SavedForm.objects.filter(form_key=OuterRef("form_key"), saved_at__gt=oldest))
    unsent = Q(submission=None, created_at__lte=oldest) & ~kept
    return Attachment.objects.filter(unsent | Q(hearing__in=finished))


def with_personal_data() -> QuerySet[Submission]:
    """Submissions that still hold something personal, so that a repeated purge finds nothing to do."""
    return Submission.objects.exclude(
        name="", email="", organisation="", village_no__isnull=True, author__isnull=True,
        publish_name=PublishName.NONE,
    )  # fmt: skip


def _field_counts(hearings: list[int]) -> dict[str, int]:
    return {
        "scans": _scans(hearings).count(),
        "batches": _sheets(hearings).count(),
    }


def _scans(hearings: list[int]) -> QuerySet[PaperForm]:
    return PaperForm.objects.filter(hearing__in=hearings).exclude(scan="")


def _sheets(hearings: list[int]) -> QuerySet[ProxyBatch]:
    """Village grids with a photo of the sheet, a name, or a village small enough to point at somebody."""
    named = Exists(ProxyRow.objects.filter(batch=OuterRef("pk")).exclude(name=""))
    return ProxyBatch.objects.filter(hearing__in=hearings).filter(~Q(source="") | named)


def _imports(now: dt.datetime, finished: list[int]) -> QuerySet[ImportRun]:
    """Spreadsheets nobody went on with, and rows that came back and were not corrected; the rest keeps no words."""
    oldest = now - dt.timedelta(days=saved_form_days())
    held = ImportRun.objects.filter(Q(status=ImportStatus.PREVIEW) | ~Q(source=""))
    return held.filter(Q(created_at__lte=oldest) | Q(hearing__in=finished))


@transaction.atomic
def _forget_tables(tables: QuerySet[ImportRun]) -> None:
    for run in tables:
        forget_import(run)


@transaction.atomic
def _clear_field_work(hearings: list[int]) -> None:
    for form in _scans(hearings):
        delete_scan(form)
    sheets = list(_sheets(hearings))
    ProxyRow.objects.filter(batch__in=sheets).update(name="", agreed_name=False)
    for batch in sheets:
        delete_source(batch)


@transaction.atomic
def anonymise(submission_ids: list[int]) -> int:
    """Take the person out of these submissions and of every version of them; sector, area and words stay."""
    forget_spots(submission_ids)
    forget_words(submission_ids)
    forget_letters(submission_ids)
    for version in SubmissionVersion.objects.filter(submission__in=submission_ids):
        version.data = {**version.data, **_blank(version.data)}
        version.save(update_fields=["data"])
    ProxyRow.objects.filter(submission__in=submission_ids).update(name="", agreed_name=False)
    for form in PaperForm.objects.filter(submission__in=submission_ids).exclude(scan=""):
        delete_scan(form)
    for attachment in Attachment.objects.filter(submission__in=submission_ids):
        delete_attachment(attachment)
    return Submission.objects.filter(pk__in=submission_ids).update(
        name="", email="", organisation="", village_no=None, author=None, organisation_confirmed=None,
        publish_name=PublishName.NONE,
    )  # fmt: skip


def _blank(data: dict) -> dict:
    empty = {name: "" if isinstance(data[name], str) else None for name in PERSONAL if name in data}
    return {**empty, "publish_name": PublishName.NONE.value}
