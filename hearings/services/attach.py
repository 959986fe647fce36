"""Take in a file that goes with a comment: photos are drawn anew, everything else is looked through or refused.

A file is stored the moment it arrives, under the key of the form, so that no later step can lose it; ``bind`` gives
it to the submission when that is sent. Each refusal says what to do.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
import uuid
import zlib
from collections.abc import Sequence

import filetype
import pypdfium2
import pypdfium2.raw as pdfium
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from core.text import clean_text
from core.types import Words
from hearings.enums import AttachmentKind
from hearings.models import Attachment, Hearing, Submission
from hearings.services import records
from hearings.shown_files import reads_differently

MB = 1024 * 1024
LONGEST_SIDE = 2000
MOST_PIXELS = 120_000_000
MOST_PIXELS_UNPACKED = 40_000_000  # PNG and WebP cannot be read at a smaller size
LONGEST_STREAM = 2 * MB
PHOTOS = {"jpg", "png", "webp"}
VOICES = {"webm": "webm", "ogg": "ogg", "m4a": "m4a", "mp4": "m4a", "mp3": "mp3", "opus": "ogg"}
# What makes a recording or a PDF file something else for another program.
STRANGE = re.compile(rb"<script|<html|<svg|<\?php|<!doctype", re.IGNORECASE)
END_OF_ZIP = b"PK\x05\x06"
# A PDF file that acts by itself: scripts, programs, files within.
ACTING = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|OpenAction\s*<<[^>]*/URI)\b")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"stream\r?\n")

WRONG_KIND = _("“%(name)s” cannot be attached. Choose a photo (JPG, PNG), a PDF file or a recording.")
TOO_BIG = _("“%(name)s” is larger than %(limit)s MB. Take a smaller one, or bring it to the office.")
TOO_MANY = _("You can attach %(limit)s files. Take one out first.")
BROKEN = _("“%(name)s” cannot be opened. Take the photo or save the file again, then choose the new one.")
EMPTY = _("“%(name)s” is empty. Choose the file again.")
ACTIVE = _(
    "“%(name)s” holds a program or another file inside. Print it as a new PDF file and choose that one."
)


def attach(
    *, hearing: Hearing, form_key: uuid.UUID, upload: UploadedFile, now: dt.datetime, beside: int = 0
) -> Attachment:
    """Check, clean and store. The same file twice is one attachment. ``beside``: how many an edit keeps already."""
    records.require_open(hearing, now)
    kind, extension, content = clean_attachment(upload)
    digest = hashlib.sha256(content).hexdigest()
    if same := Attachment.objects.filter(form_key=form_key, sha256=digest).first():
        if same.removed_at:
            _require_room(form_key, beside)
            same.removed_at = None
            same.save(update_fields=["removed_at"])
        return same
    _require_room(form_key, beside)
    attachment = Attachment(
        hearing_id=hearing.pk, form_key=form_key, kind=kind, name=_name(upload, extension),
        size=len(content), sha256=digest, created_at=now,
    )  # fmt: skip
    attachment.file.save(f"file.{extension}", ContentFile(content), save=False)
    try:
        with transaction.atomic():
            attachment.save(force_insert=True)
    except IntegrityError:
        # The other copy of the same press was a moment earlier.
        attachment.file.storage.delete(str(attachment.file.name))
        return Attachment.objects.get(form_key=form_key, sha256=digest)
    return attachment


def held(form_key: uuid.UUID | None, submission: Submission | None = None) -> QuerySet[Attachment]:
    """Files waiting under this form and, while a submission is being changed, those it has."""
    keys = [form_key] if form_key else []
    waiting = Attachment.objects.filter(form_key__in=keys, submission=None)
    found = waiting | Attachment.objects.filter(submission=submission) if submission else waiting
    return found.filter(removed_at=None).order_by("pk")


def remove(*, form_key: uuid.UUID, pk: int) -> None:
    """Take a file out of a form that is not sent yet; nothing of it stays."""
    for attachment in Attachment.objects.filter(pk=pk, form_key=form_key, submission=None):
        delete_attachment(attachment)


def bind(submission: Submission, form_key: uuid.UUID | None) -> list[str]:
    """Give the files of the form to what was sent; returns the checksums of all it has now.

    Call within the transaction that stores it. No query more than one for a form without files.
    """
    keys = [form_key] if form_key else []
    waiting = Attachment.objects.filter(hearing_id=submission.hearing_id, form_key__in=keys, submission=None)
    found = list(
        (waiting | Attachment.objects.filter(submission=submission)).filter(removed_at=None).order_by("pk")
    )
    if len(found) > settings.HEARING_MOST_ATTACHMENTS:
        raise _too_many()
    if any(attachment.submission_id is None for attachment in found):
        waiting.filter(removed_at=None).update(submission=submission)
    return [attachment.sha256 for attachment in found]


def take_out(submission: Submission, pks: Sequence[int], now: dt.datetime) -> None:
    """The author does not want these shown any more; the record keeps that they were there."""
    submission.attachments.filter(pk__in=pks, removed_at=None).update(removed_at=now)


def delete_attachment(attachment: Attachment) -> None:
    """The row at once, the file when the transaction is through."""
    storage, name = attachment.file.storage, str(attachment.file.name)
    attachment.delete()
    if attachment.transcript:
        reads_differently(attachment)
    transaction.on_commit(lambda: storage.delete(name))


def _require_room(form_key: uuid.UUID, beside: int) -> None:
    waiting = Attachment.objects.filter(form_key=form_key, submission=None, removed_at=None)
    if waiting.count() + beside >= settings.HEARING_MOST_ATTACHMENTS:
        raise _too_many()


def _too_many() -> ValidationError:
    limit = settings.HEARING_MOST_ATTACHMENTS
    return ValidationError(TOO_MANY, code="too_many", params={"limit": limit})


def _name(upload: UploadedFile, extension: str) -> str:
    """The author's name for it, with the ending it deserves."""
    stem = clean_text(upload.name or "").replace("\n", " ").rsplit(".", 1)[0].strip() or "file"
    return f"{stem[: 118 - len(extension)]}.{extension}"


# --- is it what it says? ---------------------------------------------------------------------------------------


def clean_attachment(upload: UploadedFile) -> tuple[AttachmentKind, str, bytes]:
    """(kind, extension, bytes to store) by content, never by name. Raises ValidationError."""
    upload.seek(0)
    guess = filetype.guess(upload.read(8192))
    extension = guess.extension if guess else ""
    upload.seek(0)
    if not upload.size:
        raise _refused(EMPTY, "empty", upload)
    if extension in PHOTOS:
        _require_size(upload, settings.HEARING_PHOTO_MB)
        return AttachmentKind.PHOTO, "jpg", _photo(upload)
    _require_size(upload, settings.HEARING_FILE_MB)
    content = upload.read()
    if content.startswith(b"%PDF-"):
        return AttachmentKind.PDF, "pdf", _checked_pdf(content, upload)
    if extension in VOICES:
        if STRANGE.search(content) or END_OF_ZIP in content[-66_000:] or b"%PDF-" in content:
            raise _refused(WRONG_KIND, "wrong_kind", upload)
        return AttachmentKind.VOICE, VOICES[extension], content
    raise _refused(WRONG_KIND, "wrong_kind", upload)


def _refused(sentence: Words, code: str, upload: UploadedFile, **params: object) -> ValidationError:
    return ValidationError(sentence, code=code, params={"name": clean_text(upload.name or "")[:80], **params})


def _require_size(upload: UploadedFile, megabytes: int) -> None:
    if (upload.size or 0) > megabytes * MB:
        raise _refused(TOO_BIG, "too_big", upload, limit=megabytes)


def _photo(upload: UploadedFile) -> bytes:
    """Drawn anew: no place, time or camera, nothing behind the picture, at most 2000 pixels."""
    try:
        picture: Image.Image = Image.open(upload, formats=["JPEG", "PNG", "WEBP"])
        # MPO: a JPEG of a phone with more pictures behind it.
        most = MOST_PIXELS if picture.format in ("JPEG", "MPO") else MOST_PIXELS_UNPACKED
        if picture.width * picture.height > most:
            raise _refused(TOO_BIG, "too_big", upload, limit=settings.HEARING_PHOTO_MB)
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        picture = ImageOps.exif_transpose(picture)
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        # A new canvas: nothing of the old file (comment, profile) comes along, see-through parts become white.
        canvas = Image.new("RGB", picture.size, "white")
        picture = picture.convert("RGBA")
        canvas.paste(picture, mask=picture)
        clean = io.BytesIO()
        canvas.save(clean, "JPEG", quality=82)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise _refused(BROKEN, "broken", upload) from error
    return clean.getvalue()


def _checked_pdf(content: bytes, upload: UploadedFile) -> bytes:
    if b"%%EOF" not in content[-2048:] or END_OF_ZIP in content[-66_000:]:
        raise _refused(BROKEN, "broken", upload)
    if any(ACTING.search(ESCAPED.sub(_unescaped, part)) for part in (content, *_inflated(content))):
        raise _refused(ACTIVE, "active", upload)
    try:
        document = pypdfium2.PdfDocument(content)
        acts = pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0
        holds = pdfium.FPDFDoc_GetAttachmentCount(document) > 0
        pages = len(document)
        document.close()
    except pypdfium2.PdfiumError as error:
        raise _refused(BROKEN, "broken", upload) from error
    if acts or holds:
        raise _refused(ACTIVE, "active", upload)
    if not pages:
        raise _refused(BROKEN, "broken", upload)
    return content


def _unescaped(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 16)])


def _inflated(content: bytes) -> list[bytes]:
    """The unpacked object streams: where newer PDF files keep what the first look would find."""
    unpacked = []
    for found in STREAM.finditer(content):
        if b"/ObjStm" in content[max(0, found.start() - 400) : found.start()]:
            try:
                unpacked.append(zlib.decompressobj().decompress(content[found.end() :], LONGEST_STREAM))
            except zlib.error:
                continue
    return unpacked
