"""Keep a read spreadsheet for a look, then store its good rows exactly once (P108)."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Action, require
from geography.models import District, Province, Subdistrict
from hearings import receipts
from hearings.consent import CONSENT_VERSION
from hearings.enums import ImportStatus, ModerationMode, PublishName, Visibility
from hearings.models import Comment, Hearing, ImportRun, Submission, SubmissionVersion
from hearings.services import records
from hearings.services.data import CommentData, SubmissionData, checked_comments, checked_data
from hearings.services.read_import import read_import

CHUNK = 500
IMPORT_KEYS = uuid.UUID("e2c0a1d6-51d7-4b5c-9b1f-7f1e5a0c9d42")
# Another import of the same file may hold a key we are about to write; it is seen at the next try.
TRIES = 3


def preview_import(*, hearing: Hearing, upload: UploadedFile, by: User, now: dt.datetime) -> ImportRun:
    """Read the file and keep what was understood. Nothing of it is a submission yet."""
    require(by, Action.IMPORT_SUBMISSIONS, hearing)
    upload.seek(0)
    digest = hashlib.file_digest(upload, "sha256").hexdigest()
    upload.seek(0)
    if ImportRun.objects.filter(hearing=hearing, sha256=digest, status=ImportStatus.IMPORTED).exists():
        raise ValidationError(
            _("This very file was imported already. Correct it and save it, then it can be read again."),
            code="again",
        )
    reading = read_import(hearing, upload)
    return ImportRun.objects.create(
        hearing=hearing, file_name=(upload.name or "")[-120:], sha256=digest, rows=reading.rows,
        problems=reading.problems, created_by=by, created_at=now,
    )  # fmt: skip


@transaction.atomic
def discard_import(*, run: ImportRun, by: User) -> None:
    require(by, Action.IMPORT_SUBMISSIONS, run.hearing)
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.status == ImportStatus.PREVIEW:
        run.status, run.rows, run.problems = ImportStatus.DISCARDED, [], []
        run.save(update_fields=["status", "rows", "problems"])


def run_import(*, run: ImportRun, by: User, now: dt.datetime) -> int:
    """Store the good rows; returns how many were new. Pressed twice, or killed half-way and pressed again: once.

    The steps are those of ``submit`` (checks, receipt, version, comment), in chunks with a transaction each, so that
    10,000 rows neither take minutes nor keep everybody else's comments waiting. Keys come from file and row.
    """
    require(by, Action.IMPORT_SUBMISSIONS, run.hearing)
    records.require_open(Hearing.objects.get(pk=run.hearing_id), now)
    stored = 0
    for rows in _chunks(run.rows):
        for attempt in range(TRIES):
            try:
                stored += _store_chunk(run, rows, by, now)
            except IntegrityError:
                if attempt == TRIES - 1:
                    raise
            else:
                break
    _finish(run, now)
    return stored


def _chunks(rows: list[dict]) -> Iterator[list[dict]]:
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]


@transaction.atomic
def _store_chunk(run: ImportRun, rows: list[dict], by: User, now: dt.datetime) -> int:
    locked = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if locked.status != ImportStatus.PREVIEW:
        return 0
    hearing = Hearing.objects.get(pk=run.hearing_id)
    records.require_open(hearing, now)
    keys = {
        row["row"]: uuid.uuid5(IMPORT_KEYS, f"{run.hearing_id}:{run.sha256}:{row['row']}") for row in rows
    }
    there = set(
        Submission.objects.filter(idempotency_key__in=keys.values()).values_list("idempotency_key", flat=True)
    )
    sections, areas = records.sections_by_key(hearing), _areas(rows)
    made = []
    for row in rows:
        if keys[row["row"]] not in there:
            made.append(_prepare(hearing, row, keys[row["row"]], by, now, areas, set(sections)))
    Submission.objects.bulk_create(submission for submission, _data, _comment in made)
    SubmissionVersion.objects.bulk_create(
        SubmissionVersion(
            submission=submission, number=1, created_at=now,
            data={**data.as_json(), "comments": [comment.as_json()]},
        )
        for submission, data, comment in made
    )  # fmt: skip
    Comment.objects.bulk_create(
        records.new_comment(submission, comment, sections.get(comment.block_key), now)
        for submission, _data, comment in made
    )
    records.clear_totals_on_commit(hearing.pk)
    return len(made)


def _areas(rows: list[dict]) -> dict[str, dict]:
    """The places of a chunk by code, three queries."""
    models = {"province": Province, "district": District, "subdistrict": Subdistrict}
    return {
        level: model.objects.in_bulk({row[level] for row in rows if row.get(level)})
        for level, model in models.items()
    }


def _prepare(
    hearing: Hearing, row: dict, key: uuid.UUID, by: User, now: dt.datetime, areas: dict, known: set
) -> tuple[Submission, SubmissionData, CommentData]:
    place = {level: areas[level].get(row.get(level)) for level in areas}
    data = checked_data(
        SubmissionData(
            stance=row["stance"], sector=row["sector"], consent_version=CONSENT_VERSION, channel=row["channel"],
            village_no=row["village_no"], name=row["name"], entered_by=by, **place,
            publish_name=PublishName.NAME if row["name"] else PublishName.NONE,
        )
    )  # fmt: skip
    block_key = uuid.UUID(row["block_key"]) if row["block_key"] else None
    [comment] = checked_comments(
        [
            CommentData(
                stance=row["stance"], block_key=block_key, reason=row["reason"], suggestion=row["suggestion"]
            )
        ],
        known,
    )
    number = receipts.make_receipt_no()
    waits = hearing.moderation_mode == ModerationMode.PRE
    submission = Submission(
        hearing=hearing, receipt_no=number, idempotency_key=key, submitted_at=now, entered_by=by,
        edit_code_hash=receipts.hash_edit_code(number, receipts.make_edit_code(key)),
        visibility=Visibility.PENDING if waits else Visibility.PUBLIC,
    )  # fmt: skip
    records.set_fields(submission, data)
    return submission, data, comment


def _finish(run: ImportRun, now: dt.datetime) -> None:
    """What was imported lives in the submissions; names do not stay here a second time."""
    try:
        with transaction.atomic():
            run.refresh_from_db()
            if run.status == ImportStatus.PREVIEW:
                run.rows = [{"row": row["row"]} for row in run.rows]
                run.problems = [{**problem, "value": ""} for problem in run.problems]
                run.status, run.finished_at = ImportStatus.IMPORTED, now
                run.save(update_fields=["rows", "problems", "status", "finished_at"])
    except IntegrityError:
        # The same file, read twice and confirmed in both windows: every row is stored once, this run is the second.
        ImportRun.objects.filter(pk=run.pk).update(status=ImportStatus.DISCARDED, rows=[], problems=[])
