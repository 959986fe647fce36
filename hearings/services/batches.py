"""The views of a village in one grid (P110): written by a change agent, checked by a second person, counted apart.

A show of hands is no list of individual submissions. ``heads`` is counted for the village; a row whose person agreed
becomes a submission of the batch, readable like any other and left out of the individual totals (hearings.totals).
The check is hearings.services.check_batch.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Action
from core.text import clean_text
from hearings.agents import may_here
from hearings.enums import BatchStatus
from hearings.models import DraftBlock, Hearing, ProxyBatch, ProxyRow
from hearings.services import records
from hearings.services.answers import checked_answers
from hearings.services.arrivals import Differs, is_same, same_words, with_photo_of
from hearings.services.batch_data import (
    MOST_ROWS,
    BatchData,
    RowData,
    as_comment,
    checked_heads,
    checked_section_heads,
    who_speaks,
)
from hearings.services.data import checked_comments, checked_data
from hearings.services.errors import WrongStage
from hearings.services.scans import clean_scan

WRITABLE = (BatchStatus.DRAFT, BatchStatus.RETURNED)


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
    digest: str = "",
) -> ProxyBatch:
    """Keep the grid. The same key is the same grid: sent again from a phone, it replaces itself and is never doubled.

    A grid that waits for its check or was counted is answered as it is: what arrives late must not change it.
    """
    if not may_write_batch(by, hearing):
        raise PermissionDenied(_("You can write for hearings of your own province. Ask the office."))
    photo = _sheet(source) if source else None
    batch = _own_batch(hearing, idempotency_key, by, now)
    _require_in_time(batch, Hearing.objects.get(pk=hearing.pk), now)
    if batch.status not in WRITABLE:
        return batch
    sections = records.sections_by_key(hearing)
    _fill(batch, data, sections, now)
    batch.digest = digest or batch.digest
    if photo:
        batch.source.save(f"{uuid.uuid4().hex}.jpg", ContentFile(photo), save=False)
    batch.save()
    _replace_rows(batch, rows, set(sections))
    return batch


def _require_in_time(batch: ProxyBatch, hearing: Hearing, now: dt.datetime) -> None:
    """What was sent in time and given back is put right after closing too: a village is not lost for a slip of the pen."""
    if batch.status != BatchStatus.RETURNED or batch.sent_at is None:
        records.require_open(hearing, now)
    elif hearing.stage not in records.COUNTABLE:
        raise WrongStage(hearing.get_stage_display())


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
    digest: str = "",
) -> ProxyBatch:
    """What was written on a phone without signal, kept and sent in one step (P111).

    The phone sends until it hears an answer. What arrived before is answered as it is, also after closing and when
    the second person has given it back meanwhile: an old copy on a phone must not undo the correction.
    """
    if arrived := arrived_before(hearing=hearing, idempotency_key=idempotency_key, digest=digest, writer=by):
        return arrived if is_same(arrived.digest, digest) else _add_photo(arrived, source, digest, by)
    kept = save_batch(
        hearing=hearing, data=data, rows=rows, idempotency_key=idempotency_key, by=by, now=now, source=source,
        digest=digest,
    )  # fmt: skip
    if not is_same(kept.digest, digest):  # another one of this key was a moment earlier
        raise _differs()
    return send_batch(batch=kept, by=by, now=now)


def arrived_before(
    *, hearing: Hearing, idempotency_key: uuid.UUID, digest: str, writer: User
) -> ProxyBatch | None:
    """The sheet of this key, which is not to be read again; at most its photo is not the one we have. Raises Differs."""
    sent = ProxyBatch.objects.filter(idempotency_key=idempotency_key).exclude(status=BatchStatus.DRAFT)
    if (arrived := sent.first()) is None:
        return None
    _require_own(arrived, hearing, writer)
    if not is_same(arrived.digest, digest) and not same_words(arrived.digest, digest):
        raise _differs()
    return arrived


def _add_photo(arrived: ProxyBatch, source: UploadedFile | None, digest: str, by: User) -> ProxyBatch:
    """A photo added on the phone after the sheet arrived without one."""
    if not may_write_batch(by, arrived.hearing):
        raise PermissionDenied(_("You can write for hearings of your own province. Ask the office."))
    batch = locked_batch(arrived)
    if source is None or batch.source or batch.status == BatchStatus.CHECKED:
        raise _differs()
    batch.digest = with_photo_of(batch.digest, digest)
    batch.source.save(f"{uuid.uuid4().hex}.jpg", ContentFile(_sheet(source)), save=False)
    batch.save(update_fields=["digest", "source"])
    return batch


def _differs() -> Differs:
    return Differs(
        _(
            "This sheet arrived before, with other contents; those stay. Ask the office to give it back, correct it "
            "there, then delete this one from the phone."
        )
    )


def _require_own(batch: ProxyBatch, hearing: Hearing, by: User) -> ProxyBatch:
    if batch.entered_by_id != by.pk or batch.hearing_id != hearing.pk:
        raise PermissionDenied(_("This sheet was written by somebody else. Start a new one."))
    return batch


def _fill(
    batch: ProxyBatch, data: BatchData, sections: dict[uuid.UUID, DraftBlock], now: dt.datetime
) -> None:
    _require_day_within(batch.hearing, data.held_on, now)
    heads = checked_heads(data.heads, data.people)
    batch.section_heads = checked_section_heads(data.section_heads, data.people, sections)
    batch.held_on, batch.people, batch.heads = data.held_on, data.people, heads
    batch.province, batch.district, batch.subdistrict = data.province, data.district, data.subdistrict
    batch.village_no, batch.note = data.village_no, clean_text(data.note)[:1000]


def _require_day_within(hearing: Hearing, held_on: dt.date, now: dt.datetime) -> None:
    """What was said before the hearing opened is no comment on it, and nobody writes down a talk of tomorrow."""
    if held_on > timezone.localdate(now):
        raise ValidationError(
            {"held_on": _("This day is still to come. Correct the day of the talk.")}, code="day"
        )
    if hearing.ended_on and held_on > hearing.ended_on:
        raise ValidationError(
            {"held_on": _("The hearing was over on this day. Correct the day of the talk.")}, code="day"
        )
    if hearing.opens_at and held_on < timezone.localdate(hearing.opens_at):
        raise ValidationError(
            {"held_on": _("The hearing was not open yet on this day. Correct the day of the talk.")},
            code="day",
        )


def _replace_rows(batch: ProxyBatch, rows: list[RowData], known: set[uuid.UUID]) -> None:
    """The checks are those of a submission: what is kept here can be stored when the second person has checked it."""
    if len(rows) > MOST_ROWS:
        raise ValidationError(_("One sheet takes 60 people. Start another one for the rest."), code="rows")
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
    [said] = checked_comments([as_comment(row)], known)
    # A name nobody agreed to is not kept (PDPA section 19).
    name = clean_text(row.name)[:120] if row.agreed else ""
    kept = ProxyRow(
        batch=batch, order=order, block_key=row.block_key, stance=row.stance, people=row.people,
        reason=said.reason, suggestion=said.suggestion, sector=row.sector, name=name, agreed=row.agreed,
        agreed_name=row.agreed and row.agreed_name and bool(name) and not row.under_20, under_20=row.under_20,
        answers=[answer.as_json() for answer in checked_answers(batch.hearing, row.answers)],
    )  # fmt: skip
    checked_data(who_speaks(batch, kept, name))
    return kept


def _sheet(source: UploadedFile) -> bytes:
    pages = clean_scan(source)
    if len(pages) != 1:
        raise ValidationError({"source": _("Choose one photo of the sheet.")}, code="pages")
    return pages[0]


@transaction.atomic
def send_batch(*, batch: ProxyBatch, by: User, now: dt.datetime) -> ProxyBatch:
    """Hand it to the second person. Sent twice, it is sent once."""
    batch = locked_batch(batch)
    if batch.entered_by_id != by.pk or not may_write_batch(by, batch.hearing):
        raise PermissionDenied(_("This sheet was written by somebody else. Start a new one."))
    if batch.status not in WRITABLE:
        return batch
    _require_in_time(batch, batch.hearing, now)
    if not batch.people or batch.district_id is None:
        raise ValidationError(
            _("Before sending, say which village it was and how many people were there."), code="incomplete"
        )
    batch.status, batch.sent_at = BatchStatus.SENT, batch.sent_at or now
    batch.save(update_fields=["status", "sent_at"])
    return batch


def locked_batch(batch: ProxyBatch) -> ProxyBatch:
    return ProxyBatch.objects.select_for_update(of=("self",)).select_related("hearing").get(pk=batch.pk)
