"""Take in what a phone kept about a notice board while it had no signal (P111, R6): a photo, a day, a place."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Action
from geography.models import District
from hearings.agents import require_here
from hearings.models import Hearing, NoticeBoard, PostingEntry
from hearings.services.arrivals import is_same, same_words, with_photo_of
from hearings.services.record_posting import record_posting

CLOCK_SLACK = dt.timedelta(minutes=10)  # a phone's clock runs a little ahead; one of tomorrow proves nothing


class Taken(NamedTuple):
    """``note``: what the agent should know. ``differs``: the entry holds words we did not take, and stays on the
    phone."""

    entry: PostingEntry
    note: str = ""
    differs: bool = False


class Photo(NamedTuple):
    file: UploadedFile
    taken: dt.datetime | None


@transaction.atomic
def take_posting(
    *,
    hearing: Hearing,
    actor: User,
    now: dt.datetime,
    idempotency_key: uuid.UUID,
    digest: str = "",
    board: NoticeBoard | None = None,
    kind: str = "",
    place: str = "",
    district: District | None = None,
    village_no: int | None = None,
    posted_on: dt.date | None = None,
    photo: UploadedFile | None = None,
    taken: dt.datetime | None = None,
) -> Taken:
    """The phone sends until it hears an answer: one key makes one board. ``taken``: when the photo was made.

    Of a board that is recorded already only the photo is taken, and the day if none is known: the words on a phone are
    older than what the office wrote meanwhile.
    """
    require_here(actor, Action.RECORD_POSTING, hearing)
    shot = Photo(photo, taken) if photo else None
    entry = PostingEntry(key=idempotency_key, digest=digest, received_at=now)
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError:
        before = arrived_before(hearing=hearing, idempotency_key=idempotency_key, digest=digest)
        return before or _changed(idempotency_key, digest, hearing, actor, now, shot)
    note = ""
    if board is None:
        entry.board = record_posting(
            hearing=hearing, actor=actor, now=now, kind=kind, place=place, district=district,
            village_no=village_no, posted_on=posted_on, photo=photo,
        )  # fmt: skip
    else:
        entry.board = known = _locked(board.pk)
        note = _add(known, hearing, actor, now, posted_on, shot)
    entry.save(update_fields=["board"])
    return Taken(entry, note)


def arrived_before(*, hearing: Hearing, idempotency_key: uuid.UUID, digest: str) -> Taken | None:
    """The answer for an entry whose contents need no second look, whatever became of its board meanwhile. None: it is
    new, or was changed after it arrived."""
    entry = PostingEntry.objects.select_related("board").filter(key=idempotency_key).first()
    if entry is None:
        return None
    if entry.board and entry.board.hearing_id != hearing.pk:
        raise PermissionDenied(_("This board belongs to another hearing."))
    if is_same(entry.digest, digest):
        return Taken(entry)
    if entry.board is None:
        gone = _(
            "This board arrived before, and the office deleted it. If it still hangs, write a new entry; then delete "
            "this one from the phone."
        )
        return Taken(entry, gone, differs=True)
    return None


def _changed(
    key: uuid.UUID, digest: str, hearing: Hearing, actor: User, now: dt.datetime, shot: Photo | None
) -> Taken:
    """Changed on the phone after it arrived: a photo that is missing or newer is taken, the words are not."""
    entry = PostingEntry.objects.select_for_update(of=("self",)).get(key=key)
    note = _add(_locked(entry.board_id or 0), hearing, actor, now, None, shot)
    differs = not same_words(entry.digest, digest)
    entry.digest = with_photo_of(entry.digest, digest) if shot else entry.digest
    entry.save(update_fields=["digest"])
    if differs:
        stays = _(
            "This entry arrived before, with other words; those stay. Tell the office what to correct, then delete the "
            "entry from the phone."
        )
        stored = _("The photo is stored.") if shot and not note else note
        note = f"{stored} {stays}".strip()
    return Taken(entry, note, differs)


def _locked(pk: int) -> NoticeBoard:
    found = NoticeBoard.objects.select_for_update(of=("self",)).select_related("photo").filter(pk=pk).first()
    if found is None:
        raise ValidationError(
            {"board": _("This board was deleted meanwhile. Choose another one, or a new place.")}, code="gone"
        )
    return found


def _add(
    known: NoticeBoard,
    hearing: Hearing,
    actor: User,
    now: dt.datetime,
    posted_on: dt.date | None,
    shot: Photo | None,
) -> str:
    """Returns a note when the photo we have stays: a phone may have kept an older one for days."""
    new = shot if shot and _is_better(known, shot, now) else None
    day = known.posted_on or posted_on
    if new or day != known.posted_on:
        record_posting(
            hearing=hearing, actor=actor, now=now, board=known, kind=known.kind, place=known.place,
            district=known.district, village_no=known.village_no, posted_on=day, removed_on=known.removed_on,
            photo=new.file if new else None,
        )  # fmt: skip
    if shot and not new:
        return _("%(place)s: there is a newer photo already, which stays.") % {"place": known.place}
    return ""


def _is_better(known: NoticeBoard, shot: Photo, now: dt.datetime) -> bool:
    if known.photo is None:
        return True
    return shot.taken is not None and known.photo.created_at < shot.taken <= now + CLOCK_SLACK
