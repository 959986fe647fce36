"""Keep a read spreadsheet for a look, then store its good rows exactly once (P108).

The file itself is kept only as long as it is looked at: to match its columns, and to hand back the rows that have to be
corrected. After the import only those rows stay, and those for a while (hearings.privacy).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Action, require
from core.models import Topic
from core.searchable import changed
from core.thaidate import local_day
from geography.models import District, Province, Subdistrict
from hearings.consent import CONSENT_VERSION
from hearings.enums import Capacity, ImportStatus, PublishName
from hearings.models import Comment, Hearing, ImportRun, QuestionRevision, Submission, SubmissionVersion
from hearings.models.submissions import COMMENT_WORDS
from hearings.services import records
from hearings.services.answers import AnswerData, checked_answers, store_answers_of
from hearings.services.bad_rows import bad_rows_file
from hearings.services.data import CommentData, SubmissionData, checked_comments, checked_data
from hearings.services.import_reading import Reading
from hearings.services.open_sheet import guard
from hearings.services.read_import import read_import
from hearings.services.submit import new_submission

CHUNK = 500
IMPORT_KEYS = uuid.UUID("e2c0a1d6-51d7-4b5c-9b1f-7f1e5a0c9d42")
# Another import of the same file may hold a key we are about to write; it is seen at the next try.
TRIES = 3

Prepared = tuple[Submission, SubmissionData, CommentData, list[AnswerData]]


def preview_import(*, hearing: Hearing, upload: UploadedFile, by: User, now: dt.datetime) -> ImportRun:
    """Read the file and keep what was understood. Nothing of it is a submission yet."""
    require(by, Action.IMPORT_SUBMISSIONS, hearing)
    guard(upload)
    upload.seek(0)
    digest = hashlib.file_digest(upload, "sha256").hexdigest()
    upload.seek(0)
    done = (ImportStatus.IMPORTED, ImportStatus.UNDONE)
    if ImportRun.objects.filter(hearing=hearing, sha256=digest, status__in=done).exists():
        raise ValidationError(
            _("This very file was imported already. Correct it and save it, then it can be read again."),
            code="again",
        )
    reading = read_import(hearing, upload, today=local_day(now))
    run = ImportRun(
        hearing=hearing, file_name=(upload.name or "")[-120:], sha256=digest, created_by=by, created_at=now
    )
    _take(run, reading)
    upload.seek(0)
    run.source.save(f"{uuid.uuid4().hex}.xlsx", ContentFile(upload.read()), save=False)
    run.save(force_insert=True)
    return run


def read_again(run: ImportRun, columns: Mapping[str, int], *, only_headings: bool = False) -> Reading:
    """The kept file with these columns; a row without a day came in when the file was first read."""
    if not run.source:
        raise ValidationError(_("The file is not kept any more. Choose it again."), code="gone")
    with run.source.open("rb") as file:
        return read_import(
            run.hearing, file, today=local_day(run.created_at), columns=columns, only_headings=only_headings
        )


@transaction.atomic
def match_columns(*, run: ImportRun, columns: Mapping[str, int], by: User) -> ImportRun:
    """Somebody said where our columns stand in the file; it is read again."""
    require(by, Action.IMPORT_SUBMISSIONS, run.hearing)
    run = ImportRun.objects.select_for_update(of=("self",)).select_related("hearing").get(pk=run.pk)
    if run.status != ImportStatus.PREVIEW:
        raise ValidationError(_("This file was imported or put away meanwhile."), code="status")
    reading = read_again(run, columns)
    if reading.missing:
        names = ", ".join(str(column.label) for column in reading.missing)
        raise ValidationError(_("Say where these stand: %(names)s."), code="missing", params={"names": names})
    _take(run, reading)
    run.save(update_fields=["rows", "problems", "columns"])
    return run


def _take(run: ImportRun, reading: Reading) -> None:
    run.rows, run.problems, run.columns = reading.rows, reading.problems, reading.columns


@transaction.atomic
def discard_import(*, run: ImportRun, by: User) -> None:
    require(by, Action.IMPORT_SUBMISSIONS, run.hearing)
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.status == ImportStatus.PREVIEW:
        forget_import(run)


def forget_import(run: ImportRun) -> None:
    """Nothing of the file stays; the row says that it was read. What was imported lives in the submissions."""
    if run.status == ImportStatus.PREVIEW:
        run.status = ImportStatus.DISCARDED
    run.rows, run.problems = [{"row": row["row"]} for row in run.rows], []
    if run.status == ImportStatus.DISCARDED:
        run.rows = []
    _delete_source(run)
    run.save(update_fields=["status", "rows", "problems", "source"])


def _delete_source(run: ImportRun) -> None:
    storage, name = run.source.storage, run.source.name
    run.source = ""
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def run_import(*, run: ImportRun, by: User, now: dt.datetime) -> int:
    """Store the good rows; returns how many were new. Pressed twice, or killed half-way and pressed again: once.

    The checks and steps are those of ``submit``, in chunks with a transaction each, so that 10,000 rows neither take
    minutes nor keep everybody else's comments waiting. Keys come from file and row.
    """
    require(by, Action.IMPORT_SUBMISSIONS, run.hearing)
    stored = 0
    for rows in chunks(run.rows):
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


def key_of(run: ImportRun, row: dict) -> uuid.UUID:
    """The key of the submission this row became, or will become."""
    return uuid.uuid5(IMPORT_KEYS, f"{run.hearing_id}:{run.sha256}:{row['row']}")


def chunks(rows: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]


@transaction.atomic
def _store_chunk(run: ImportRun, rows: list[dict], by: User, now: dt.datetime) -> int:
    # Without its rows: twenty chunks would read ten thousand of them twenty times.
    locked = ImportRun.objects.select_for_update(of=("self",)).only("status").get(pk=run.pk)
    if locked.status != ImportStatus.PREVIEW:
        return 0
    hearing = Hearing.objects.get(pk=run.hearing_id)
    keys = {row["row"]: key_of(run, row) for row in rows}
    there = set(
        Submission.objects.filter(idempotency_key__in=keys.values()).values_list("idempotency_key", flat=True)
    )
    sections, prepare = records.sections_by_key(hearing), _Prepare(hearing, run, rows, by, now)
    made = [prepare(row, keys[row["row"]]) for row in rows if keys[row["row"]] not in there]
    Submission.objects.bulk_create(submission for submission, _data, _comment, _answers in made)
    SubmissionVersion.objects.bulk_create(
        records.new_version(submission, 1, data, [comment], now, answers=answers)
        for submission, data, comment, answers in made
    )
    comments = Comment.objects.bulk_create(
        records.new_comment(submission, comment, sections.get(comment.block_key), now)
        for submission, _data, comment, _answers in made
    )
    changed(Comment, [comment.pk for comment in comments if comment.is_public])
    store_answers_of([(submission, answers) for submission, _data, _comment, answers in made], now)
    records.clear_totals_on_commit(hearing.pk)
    return len(made)


class _Prepare:
    """A row as a submission, after the checks every submission passes; what they look up is fetched once a chunk."""

    def __init__(
        self, hearing: Hearing, run: ImportRun, rows: list[dict], by: User, now: dt.datetime
    ) -> None:
        self.hearing, self.run, self.by, self.now = hearing, run, by, now
        self.known = set(records.sections_by_key(hearing))
        levels = {"province": Province, "district": District, "subdistrict": Subdistrict}
        self.areas = {
            level: model.objects.in_bulk({row[level] for row in rows if row.get(level)})
            for level, model in levels.items()
        }
        # Rows that were read before there was this column have none.
        self.topics = Topic.objects.in_bulk({row["topic"] for row in rows if row.get("topic")})
        asked = {pk for row in rows for pk, _value in row["answers"]}
        found = QuestionRevision.objects.filter(pk__in=asked).select_related("question")
        self.revisions = {revision.pk: revision for revision in found}
        for revision in found:
            # An empty line is no mistake on paper (services.answers.checked_answers).
            revision.is_required = False

    def __call__(self, row: dict, key: uuid.UUID) -> Prepared:
        data = checked_data(self._data(row))
        records.require_in_time(self.hearing, data.received_on, self.now)
        words = {"stance": row["stance"], **{name: row.get(name, "") for name in COMMENT_WORDS}}
        block_key = uuid.UUID(row["block_key"]) if row["block_key"] else None
        topic = self.topics.get(row.get("topic"))
        [comment] = checked_comments([CommentData(block_key=block_key, topic=topic, **words)], self.known)
        given = [AnswerData(self.revisions[pk], value) for pk, value in row["answers"]]
        answers = checked_answers(self.hearing, given, opened_at=self.run.created_at)
        return new_submission(self.hearing, data, key, self.now), data, comment, answers

    def _data(self, row: dict) -> SubmissionData:
        place: dict[str, Any] = {level: self.areas[level].get(row.get(level)) for level in self.areas}
        return SubmissionData(
            stance=row["stance"], sector=row["sector"], consent_version=CONSENT_VERSION, channel=row["channel"],
            village_no=row["village_no"], name=row["name"], entered_by=self.by, **place,
            organisation=row["organisation"], under_20=row["under_20"],
            capacity=Capacity.GROUP if row["organisation"] else Capacity.SELF,
            received_on=dt.date.fromisoformat(row["received_on"]),
            publish_name=PublishName.NAME if row["name"] else PublishName.NONE,
        )  # fmt: skip


def _finish(run: ImportRun, now: dt.datetime) -> None:
    """What was imported lives in the submissions; names do not stay here a second time."""
    try:
        with transaction.atomic():
            run = ImportRun.objects.select_for_update(of=("self",)).select_related("hearing").get(pk=run.pk)
            if run.status == ImportStatus.PREVIEW:
                left = bad_rows_file(run) if run.problems else b""
                run.rows = [{"row": row["row"]} for row in run.rows]
                run.problems = [{**problem, "value": ""} for problem in run.problems]
                run.status, run.finished_at = ImportStatus.IMPORTED, now
                _delete_source(run)
                run.save(update_fields=["rows", "problems", "status", "finished_at", "source"])
                if left:
                    run.source.save(f"{uuid.uuid4().hex}.xlsx", ContentFile(left), save=True)
    except IntegrityError:
        # The same file, read twice and confirmed in both windows: every row is stored once, this run is the second.
        run = ImportRun.objects.get(pk=run.pk)
        with transaction.atomic():
            forget_import(run)
