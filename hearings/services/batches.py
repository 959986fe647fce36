"""The views of a village in one grid (P110): written by a change agent, checked by a second person, counted apart.

A show of hands is no list of individual submissions. ``heads`` is counted for the village; a row whose person agreed
becomes a submission of the batch, readable like any other and left out of the individual totals (hearings.totals).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Action, require
from core.text import clean_text
from geography.models import District, Province, Subdistrict
from hearings.agents import may_here
from hearings.consent import CONSENT_VERSION
from hearings.enums import BatchStatus, Channel, PublishName, Stage, Stance
from hearings.models import Hearing, ProxyBatch, ProxyRow, QuestionRevision, Submission
from hearings.services import records
from hearings.services.answers import AnswerData, checked_answers
from hearings.services.data import CommentData, SubmissionData, checked_comments, checked_data
from hearings.services.errors import WrongStage
from hearings.services.scans import clean_scan
from hearings.services.submit import record

MOST_ROWS = 60
MOST_HEADS = 5000
WRITABLE = (BatchStatus.DRAFT, BatchStatus.RETURNED)
# Until the result is published; after that its numbers stand.
COUNTABLE = (Stage.ANNOUNCED, Stage.SUMMARISING)
ROW_KEYS = uuid.UUID("0c7e0a34-7f0a-4a36-8e5b-0c1d2e3f4a5b")


@dataclass(frozen=True, kw_only=True)
class RowData:
    """What one villager said."""

    stance: str
    block_key: uuid.UUID | None = None
    people: int = 1
    reason: str = ""
    suggestion: str = ""
    sector: str = "citizen"
    name: str = ""
    agreed: bool = False
    agreed_name: bool = False
    under_20: bool = False
    answers: Sequence[AnswerData] = ()

    @property
    def has_words(self) -> bool:
        return bool(self.reason.strip() or self.suggestion.strip() or self.answers)


@dataclass(frozen=True, kw_only=True)
class BatchData:
    """Where and when, and the show of hands."""

    held_on: dt.date
    people: int
    heads: Mapping[str, int]
    province: Province | None
    district: District | None
    subdistrict: Subdistrict | None = None
    village_no: int | None = None
    note: str = ""


def may_write_batch(user: User, hearing: Hearing) -> bool:
    """Staff as the table of permissions says; a change agent for announced hearings of the own province."""
    return may_here(user, Action.WRITE_BATCH, hearing)


@transaction.atomic
def save_batch(
    *,
    hearing: Hearing,
    data: BatchData,
    rows: list[RowData],
    idempotency_key: uuid.UUID,
    by: User,
    now: dt.datetime,
    source: UploadedFile | None = None,
) -> ProxyBatch:
    """Keep the grid. The same key is the same grid: sent again from a phone, it replaces itself and is never doubled.

    A grid that waits for its check or was counted is answered as it is: what arrives late must not change it.
    """
    if not may_write_batch(by, hearing):
        raise PermissionDenied(_("You can write for hearings of your own province. Ask the office."))
    records.require_open(Hearing.objects.get(pk=hearing.pk), now)
    photo = _sheet(source) if source else None
    batch = _own_batch(hearing, idempotency_key, by, now)
    if batch.status not in WRITABLE:
        return batch
    _fill(batch, data, now)
    if photo:
        batch.source.save(f"{uuid.uuid4().hex}.jpg", ContentFile(photo), save=False)
    batch.save()
    _replace_rows(batch, rows)
    return batch


def _own_batch(hearing: Hearing, key: uuid.UUID, by: User, now: dt.datetime) -> ProxyBatch:
    """The batch of this key, locked; a new one if there is none."""
    find = ProxyBatch.objects.select_for_update(of=("self",)).filter(idempotency_key=key)
    batch = find.first()
    if batch is None:
        new = ProxyBatch(
            hearing=hearing, idempotency_key=key, held_on=now.date(), people=0, entered_by=by, entered_at=now
        )
        try:
            with transaction.atomic():
                new.save(force_insert=True)
        except IntegrityError:
            batch = find.get()
        else:
            return new
    return _require_own(batch, hearing, by)


@transaction.atomic
def take_in(
    *,
    hearing: Hearing,
    data: BatchData,
    rows: list[RowData],
    idempotency_key: uuid.UUID,
    by: User,
    now: dt.datetime,
    source: UploadedFile | None = None,
) -> ProxyBatch:
    """What was written on a phone without signal, kept and sent in one step (P111).

    The phone sends until it hears an answer. What arrived before is answered as it is, also after closing and when
    the second person has given it back meanwhile: an old copy on a phone must not undo the correction.
    """
    arrived = (
        ProxyBatch.objects.filter(idempotency_key=idempotency_key).exclude(status=BatchStatus.DRAFT).first()
    )
    if arrived:
        return _require_own(arrived, hearing, by)
    kept = save_batch(
        hearing=hearing, data=data, rows=rows, idempotency_key=idempotency_key, by=by, now=now, source=source
    )
    return send_batch(batch=kept, by=by, now=now)


def _require_own(batch: ProxyBatch, hearing: Hearing, by: User) -> ProxyBatch:
    if batch.entered_by_id != by.pk or batch.hearing_id != hearing.pk:
        raise PermissionDenied(_("This sheet was written by somebody else. Start a new one."))
    return batch


def _fill(batch: ProxyBatch, data: BatchData, now: dt.datetime) -> None:
    _require_day_within(batch.hearing, data.held_on, now)
    heads = {stance: int(data.heads.get(stance, 0)) for stance in Stance.values}
    if any(not 0 <= number <= MOST_HEADS for number in (*heads.values(), data.people)):
        raise ValidationError({"people": _("Type a number of people from 0 to 5000.")}, code="people")
    if sum(heads.values()) > data.people:
        raise ValidationError(
            {"people": _("More hands were counted (%(hands)d) than people were there (%(people)d). Count again.")
             % {"hands": sum(heads.values()), "people": data.people}},
            code="hands",
        )  # fmt: skip
    batch.held_on, batch.people, batch.heads = data.held_on, data.people, heads
    batch.province, batch.district, batch.subdistrict = data.province, data.district, data.subdistrict
    batch.village_no, batch.note = data.village_no, clean_text(data.note)[:1000]


def _require_day_within(hearing: Hearing, held_on: dt.date, now: dt.datetime) -> None:
    """What was said before the hearing opened is no comment on it, and nobody writes down a talk of tomorrow."""
    if held_on > timezone.localdate(now):
        raise ValidationError(
            {"held_on": _("This day is still to come. Correct the day of the talk.")}, code="day"
        )
    if hearing.opens_at and held_on < timezone.localdate(hearing.opens_at):
        raise ValidationError(
            {"held_on": _("The hearing was not open yet on this day. Correct the day of the talk.")},
            code="day",
        )


def _replace_rows(batch: ProxyBatch, rows: list[RowData]) -> None:
    """The checks are those of a submission: what is kept here can be stored when the second person has checked it."""
    if len(rows) > MOST_ROWS:
        raise ValidationError(_("One sheet takes 60 people. Start another one for the rest."), code="rows")
    known = set(records.sections_by_key(batch.hearing))
    made = [_checked_row(batch, order, row, known) for order, row in enumerate(rows, start=1)]
    for row in made:
        row.clean_fields(exclude={"batch", "block_key", "submission", "answers"})
    batch.rows.all().delete()
    ProxyRow.objects.bulk_create(made)


def _checked_row(batch: ProxyBatch, order: int, row: RowData, known: set[uuid.UUID]) -> ProxyRow:
    if row.has_words and not row.agreed:
        raise ValidationError(
            _("Person %(number)s did not agree that the words are written down. Ask, or take the words out."),
            code="consent", params={"number": order},
        )  # fmt: skip
    [said] = checked_comments([_comment(row)], known)
    # A name nobody agreed to is not kept (PDPA section 19).
    name = clean_text(row.name)[:120] if row.agreed else ""
    kept = ProxyRow(
        batch=batch, order=order, block_key=row.block_key, stance=row.stance, people=row.people,
        reason=said.reason, suggestion=said.suggestion, sector=row.sector, name=name, agreed=row.agreed,
        agreed_name=row.agreed and row.agreed_name and bool(name) and not row.under_20, under_20=row.under_20,
        answers=[answer.as_json() for answer in checked_answers(batch.hearing, row.answers)],
    )  # fmt: skip
    checked_data(_person(batch, kept, name))
    return kept


def _sheet(source: UploadedFile) -> bytes:
    pages = clean_scan(source)
    if len(pages) != 1:
        raise ValidationError({"source": _("Choose one photo of the sheet.")}, code="pages")
    return pages[0]


@transaction.atomic
def send_batch(*, batch: ProxyBatch, by: User, now: dt.datetime) -> ProxyBatch:
    """Hand it to the second person. Sent twice, it is sent once."""
    batch = _locked(batch)
    if batch.entered_by_id != by.pk or not may_write_batch(by, batch.hearing):
        raise PermissionDenied(_("This sheet was written by somebody else. Start a new one."))
    if batch.status not in WRITABLE:
        return batch
    records.require_open(batch.hearing, now)
    if not batch.people or batch.district_id is None:
        raise ValidationError(
            _("Before sending, say which village it was and how many people were there."), code="incomplete"
        )
    batch.status, batch.sent_at = BatchStatus.SENT, now
    batch.save(update_fields=["status", "sent_at"])
    return batch


@transaction.atomic
def return_batch(*, batch: ProxyBatch, note: str, by: User, now: dt.datetime) -> ProxyBatch:
    """Something does not fit the photo of the sheet: back to the writer, with the reason."""
    batch = _locked(batch)
    _require_checkable(batch, by)
    note = clean_text(note)
    if not note:
        raise ValidationError({"note": _("Write what should be corrected.")}, code="required")
    batch.status, batch.check_note = BatchStatus.RETURNED, note[:1000]
    batch.checked_by, batch.checked_at = by, now
    batch.save(update_fields=["status", "check_note", "checked_by", "checked_at"])
    return batch


@transaction.atomic
def check_batch(*, batch: ProxyBatch, by: User, now: dt.datetime, note: str = "") -> ProxyBatch:
    """The second person vouches for it: it is counted, and rows that agreed become submissions of the batch.

    Checking may come after closing; what counts is that the batch was sent in time.
    """
    batch = _locked(batch)
    if batch.status == BatchStatus.CHECKED and batch.checked_by_id == by.pk:
        return batch  # the same button, pressed twice
    _require_checkable(batch, by)
    if batch.hearing.stage not in COUNTABLE:
        raise WrongStage(batch.hearing.get_stage_display())
    batch.status, batch.checked_by, batch.checked_at = BatchStatus.CHECKED, by, now
    batch.check_note = clean_text(note)[:1000]
    batch.save(update_fields=["status", "checked_by", "checked_at", "check_note"])
    rows = list(batch.rows.all())
    revisions = revisions_of(rows)
    for row in rows:
        if row.agreed and (row.reason or row.suggestion or row.answers):
            row.submission = _store(batch, row, answers_of(row, revisions))
            row.save(update_fields=["submission"])
    records.clear_totals_on_commit(batch.hearing_id)
    return batch


def revisions_of(rows: Iterable[ProxyRow]) -> dict[tuple[str, int], QuestionRevision]:
    """The questions as they were put to these people; one query for all rows."""
    keys = {answer["question"] for row in rows for answer in row.answers}
    found = QuestionRevision.objects.filter(question__key__in=keys).select_related("question") if keys else []
    return {(str(revision.question.key), revision.number): revision for revision in found}


def answers_of(row: ProxyRow, revisions: Mapping[tuple[str, int], QuestionRevision]) -> list[AnswerData]:
    return [AnswerData(revisions[a["question"], a["revision"]], a["value"]) for a in row.answers]


def _require_checkable(batch: ProxyBatch, by: User) -> None:
    require(by, Action.CHECK_BATCH, batch)
    if batch.entered_by_id == by.pk:
        raise PermissionDenied(_("You wrote this sheet. Somebody else must check it."))
    if batch.status != BatchStatus.SENT:
        raise ValidationError(
            _("This sheet is “%(status)s”; there is nothing to check."),
            code="status", params={"status": batch.get_status_display()},
        )  # fmt: skip


def _locked(batch: ProxyBatch) -> ProxyBatch:
    return ProxyBatch.objects.select_for_update(of=("self",)).select_related("hearing").get(pk=batch.pk)


def _comment(row: RowData | ProxyRow) -> CommentData:
    return CommentData(
        stance=row.stance, block_key=row.block_key, reason=row.reason, suggestion=row.suggestion
    )


def _person(batch: ProxyBatch, row: ProxyRow, name: str) -> SubmissionData:
    """Who speaks, as a submission knows it: from the village of the sheet, written down by its writer."""
    return SubmissionData(
        stance=row.stance, sector=row.sector, consent_version=CONSENT_VERSION, province=batch.province,
        district=batch.district, subdistrict=batch.subdistrict, village_no=batch.village_no,
        channel=Channel.ON_BEHALF, name=name, under_20=row.under_20, entered_by=batch.entered_by,
        publish_name=PublishName.NAME if row.agreed_name else PublishName.NONE,
    )  # fmt: skip


def _store(batch: ProxyBatch, row: ProxyRow, answers: list[AnswerData]) -> Submission:
    """Not ``submit``: the writer may be a change agent, and the moment that counts is when the batch was sent."""
    data = checked_data(_person(batch, row, row.name if row.agreed_name else ""))
    key = uuid.uuid5(ROW_KEYS, f"{batch.idempotency_key}:{row.order}")
    said = checked_answers(batch.hearing, answers)
    # The check requires a sheet that was sent; a sent one has its moment.
    sent_at = batch.sent_at or batch.entered_at
    return record(batch.hearing, data, [_comment(row)], said, key, sent_at, batch=batch)
