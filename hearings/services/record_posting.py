"""Write down where a notice hangs, since when, with the photo that shows it (ข้อ 11, R6)."""

from __future__ import annotations

import datetime as dt
import secrets

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Collection

from accounts.models import User
from accounts.permissions import Action
from core.models import CustomImage
from core.text import clean_text
from core.thaidate import local_day
from geography.models import District
from hearings.agents import require_here
from hearings.enums import BoardKind
from hearings.models import Hearing, NoticeBoard

# Without letters and digits that look alike: the code is printed under the QR and read out over the telephone.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_LENGTH = 6
COLLECTION = "ภาพถ่ายการปิดประกาศ"
FOLDER = "postings"


@transaction.atomic
def record_posting(
    *,
    hearing: Hearing,
    actor: User,
    now: dt.datetime,
    kind: str,
    place: str,
    board: NoticeBoard | None = None,
    district: District | None = None,
    village_no: int | None = None,
    posted_on: dt.date | None = None,
    removed_on: dt.date | None = None,
    photo: UploadedFile | None = None,
) -> NoticeBoard:
    """A new board, or what is known now about ``board``. The photo comes from a form that checked and cleaned it;
    without a new one the old one stays.

    ``photo_since`` is our clock, never a typed day or a phone's (hearings.notice_days)."""
    require_here(actor, Action.RECORD_POSTING, hearing)
    place = clean_text(place)
    _check_days(now, posted_on, removed_on)
    if kind not in BoardKind.values or not place:
        raise ValidationError({"place": _("Say where it hangs.")}, code="required")
    if board is None:
        board = NoticeBoard(hearing=hearing, code=new_code(), created_at=now)
    elif board.hearing_id != hearing.pk:
        raise ValidationError(_("This board belongs to another hearing."), code="other_hearing")
    board.kind, board.place, board.district, board.village_no = kind, place, district, village_no
    board.posted_on, board.removed_on, board.recorded_by = posted_on, removed_on, actor
    if photo is not None:
        if board.photo_id is None:  # a newer one takes nothing from what the first proved
            board.photo_since = now
        board.photo = _stored(photo, hearing, place, actor)
    board.save()
    return board


def new_code() -> str:
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        if not NoticeBoard.objects.filter(code=code).exists():
            return code


def _check_days(now: dt.datetime, posted_on: dt.date | None, removed_on: dt.date | None) -> None:
    today = local_day(now)
    if posted_on and posted_on > today:
        raise ValidationError({"posted_on": _("This day has not come yet.")}, code="future")
    if removed_on and (posted_on is None or removed_on < posted_on or removed_on > today):
        raise ValidationError(
            {"removed_on": _("It was taken down after it was posted, and not later than today.")},
            code="order",
        )


def _stored(photo: UploadedFile, hearing: Hearing, place: str, actor: User) -> CustomImage:
    """In a collection of their own, so that nobody takes a villager's yard for a picture of the news; the original
    in a closed folder."""
    description = _("The notice of “%(title)s” at %(place)s") % {"title": hearing.title, "place": place}
    image = CustomImage(
        title=f"{hearing.code or hearing.pk} {place}"[:255],
        file=photo,
        description=description[:255],
        uploaded_by_user=actor,
        collection=photos_of_postings(),
    )
    image.closed_folder = FOLDER
    image.save()
    return image


def photos_of_postings() -> Collection:
    root = Collection.get_first_root_node()
    found = root.get_children().filter(name=COLLECTION).first()
    return found or root.add_child(name=COLLECTION)
