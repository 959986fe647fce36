"""Take in what a phone kept about a notice board while it had no signal (P111, R6): a photo, a day, a place."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Action
from geography.models import District
from hearings.agents import require_here
from hearings.models import Hearing, NoticeBoard, PostingEntry
from hearings.services.record_posting import record_posting


@transaction.atomic
def take_posting(
    *,
    hearing: Hearing,
    actor: User,
    now: dt.datetime,
    idempotency_key: uuid.UUID,
    board: NoticeBoard | None = None,
    kind: str = "",
    place: str = "",
    district: District | None = None,
    village_no: int | None = None,
    posted_on: dt.date | None = None,
    photo: UploadedFile | None = None,
) -> PostingEntry:
    """The phone sends until it hears an answer; what arrived before is answered as it is.

    Of a board that is recorded already only the photo is taken, and the day if none is known: the words on a phone are
    older than what the office wrote meanwhile.
    """
    require_here(actor, Action.RECORD_POSTING, hearing)
    entry = PostingEntry(key=idempotency_key, received_at=now)
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError:
        return _arrived(idempotency_key, hearing)
    if board is None:
        entry.board = record_posting(
            hearing=hearing, actor=actor, now=now, kind=kind, place=place, district=district,
            village_no=village_no, posted_on=posted_on, photo=photo,
        )  # fmt: skip
    else:
        known = NoticeBoard.objects.select_for_update(of=("self",)).get(pk=board.pk)
        entry.board = record_posting(
            hearing=hearing, actor=actor, now=now, board=known, kind=known.kind, place=known.place,
            district=known.district, village_no=known.village_no, posted_on=known.posted_on or posted_on,
            removed_on=known.removed_on, photo=photo,
        )  # fmt: skip
    entry.save(update_fields=["board"])
    return entry


def _arrived(key: uuid.UUID, hearing: Hearing) -> PostingEntry:
    entry = PostingEntry.objects.select_related("board").get(key=key)
    if entry.board and entry.board.hearing_id != hearing.pk:
        raise PermissionDenied(_("This board belongs to another hearing."))
    return entry
