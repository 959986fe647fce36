"""Take in photos and PDF files of filled-in paper forms (P106): pictures only, without EXIF, one file a form.

A scan shows handwriting, names and signatures: it is never public, and a PDF is turned into pictures so that nothing
of its own (scripts, attached files) is kept.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import uuid
from typing import Any, NamedTuple

import filetype
import pypdfium2
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image

from accounts.models import User
from accounts.permissions import Action, require
from core.forms.uploads import strip_photo
from hearings.enums import Channel
from hearings.models import Hearing, PaperForm, ProxyBatch
from hearings.services.page_codes import below_each_other, forms_of
from hearings.services.read_boxes import editions_of, read_form

MOST_BYTES = 20 * 1024 * 1024
MOST_PAGES = 100
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 2000  # handwriting stays readable, a page takes about 300 KB
PDF_SCALE = 2.0  # 144 points an inch
PHOTOS = {"jpg", "png", "webp"}

WRONG_KIND = _("Choose photos (JPG, PNG, WebP) or a PDF file. “%(name)s” is neither.")
TOO_BIG = _("“%(name)s” is larger than 20 MB. Scan fewer sheets at a time, or with a lower resolution.")
BROKEN = _("“%(name)s” cannot be opened. Scan it again and choose the new file.")
TOO_MANY = _("“%(name)s” has more than 100 pages. Upload it in parts.")


def clean_scan(upload: UploadedFile) -> list[bytes]:
    """The pages of an uploaded scan as JPEG pictures. Raises ValidationError for anything else."""
    params = {"name": upload.name}
    if (upload.size or 0) > MOST_BYTES:
        raise ValidationError(TOO_BIG, code="too_big", params=params)
    upload.seek(0)
    kind = filetype.guess(upload.read(8192))
    upload.seek(0)
    extension = kind.extension if kind else ""
    if extension == "pdf":
        return _pages(upload)
    if extension not in PHOTOS:
        raise ValidationError(WRONG_KIND, code="wrong_kind", params=params)
    return [_photo(upload)]


def _photo(upload: UploadedFile) -> bytes:
    try:
        with Image.open(upload) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(TOO_BIG, code="too_big", params={"name": upload.name})
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(BROKEN, code="broken", params={"name": upload.name}) from error
    return _jpeg(Image.open(strip_photo(upload)))


def _pages(upload: UploadedFile) -> list[bytes]:
    try:
        document = pypdfium2.PdfDocument(upload.read())
        if len(document) > MOST_PAGES:
            raise ValidationError(TOO_MANY, code="too_many", params={"name": upload.name})
        return [_page(page) for page in document]
    except pypdfium2.PdfiumError as error:
        raise ValidationError(BROKEN, code="broken", params={"name": upload.name}) from error


def _page(page: pypdfium2.PdfPage) -> bytes:
    # A page may say it is a kilometre wide: the picture is drawn no larger than we keep it.
    scale = min(PDF_SCALE, LONGEST_SIDE / max(*page.get_size(), 1))
    return _jpeg(page.render(scale=scale).to_pil())


def _jpeg(picture: Image.Image) -> bytes:
    picture = picture.convert("RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clean = io.BytesIO()
    picture.save(clean, "JPEG", quality=82)
    return clean.getvalue()


def add_scans(
    *,
    hearing: Hearing,
    uploads: list[UploadedFile],
    channel: str,
    received_on: dt.date,
    by: User,
    now: dt.datetime,
) -> tuple[list[PaperForm], int]:
    """Put the sheets into the queue, pages of one printed form together and their boxes read; returns them and how many
    were there already.

    Pictures take seconds to read: nothing is locked until they are.
    """
    require(by, Action.ENTER_ON_BEHALF, hearing)
    if channel not in Channel.values or channel == Channel.WEB:
        raise ValidationError(_("Choose how the forms reached the office."), code="channel")
    forms = forms_of(hearing, [page for upload in uploads for page in clean_scan(upload)])
    editions = editions_of(hearing, forms)
    read = [Sheet(below_each_other(pages), read_form(pages, editions).as_json()) for pages in forms]
    return _store(hearing, read, channel, received_on, by, now)


class Sheet(NamedTuple):
    picture: bytes
    reading: dict[str, Any]


@transaction.atomic
def _store(
    hearing: Hearing, sheets: list[Sheet], channel: str, received_on: dt.date, by: User, now: dt.datetime
) -> tuple[list[PaperForm], int]:
    known = set(PaperForm.objects.filter(hearing=hearing).exclude(sha256="").values_list("sha256", flat=True))
    made: list[PaperForm] = []
    for sheet in sheets:
        digest = hashlib.sha256(sheet.picture).hexdigest()
        if digest in known:
            continue
        known.add(digest)
        form = PaperForm(
            hearing=hearing, sha256=digest, channel=channel, received_on=received_on,
            created_by=by, created_at=now, reading=sheet.reading,
        )  # fmt: skip
        form.scan.save(f"{uuid.uuid4().hex}.jpg", ContentFile(sheet.picture), save=False)
        form.save(force_insert=True)
        made.append(form)
    return made, len(sheets) - len(made)


def delete_scan(form: PaperForm) -> None:
    """Remove the picture and what was read from it when the transaction is through; the row stays as the record of the
    work."""
    storage, name = form.scan.storage, form.scan.name
    form.scan, form.sha256, form.reading = "", "", {}
    form.save(update_fields=["scan", "sha256", "reading"])
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def delete_source(batch: ProxyBatch) -> None:
    """The photo of a village's sheet, in the same way."""
    storage, name = batch.source.storage, batch.source.name
    batch.source = ""
    batch.save(update_fields=["source"])
    if name:
        transaction.on_commit(lambda: storage.delete(name))
