"""Checks of uploaded files: allowed kinds, size, real type by content, photos drawn anew."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path
from typing import Any

import filetype
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, ImageSequence
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

# What the first bytes of each allowed extension must say. Office files are zip archives.
REAL_TYPES: dict[str, set[str | None]] = {
    "pdf": {"pdf"},
    "docx": {"docx", "zip"},
    "xlsx": {"xlsx", "zip"},
    "pptx": {"pptx", "zip"},
    "odt": {"odt", "zip"},
    "ods": {"ods", "zip"},
    "zip": {"zip"},
    "csv": {None},
    "txt": {None},
}
# What a real office file holds beside its text; another zip under its name does not.
INSIDE = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
    "odt": "content.xml",
    "ods": "content.xml",
}
BROKEN_PICTURE = _("This picture cannot be opened. Try taking it again.")
LONG_ANIMATION = _("This animation is too long. Choose a shorter or smaller one.")
PHOTO_FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}


def check_real_type(upload: UploadedFile) -> None:
    """Raise ValidationError if the content is not what the file's name says."""
    extension = Path(upload.name or "").suffix.lower().lstrip(".")
    upload.seek(0)
    kind = filetype.guess(upload.read(8192))
    upload.seek(0)
    fits = (kind.extension if kind else None) in REAL_TYPES.get(extension, set())
    if not fits or (extension in INSIDE and not _holds(upload, INSIDE[extension])):
        raise ValidationError(
            _("This file is not a real .%(extension)s file. Open it, save it again and choose the new file."),
            code="wrong_type",
            params={"extension": extension},
        )


def _holds(upload: UploadedFile, name: str) -> bool:
    """Whether the zip archive has this file. Only its list of contents is read, nothing is unpacked."""
    try:
        return name in zipfile.ZipFile(upload).namelist()
    except (zipfile.BadZipFile, OSError, ValueError, struct.error):
        return False
    finally:
        upload.seek(0)


def strip_photo(upload: UploadedFile) -> UploadedFile:
    """Return the picture drawn anew and upright: nothing but its pixels comes along (place, time and camera of a
    villager's photo, comments, profiles, the second picture of a phone's file). Another format is refused."""
    upload.seek(0)
    try:
        picture: Image.Image = Image.open(upload, formats=[*PHOTO_FORMATS])
        # A phone's file of several pictures (MPO) is a JPEG with more behind it.
        picture_format = "JPEG" if picture.format == "MPO" else picture.format or ""
        clean = io.BytesIO()
        if picture_format == "GIF":
            _draw_frames(picture, clean)
        else:
            picture = ImageOps.exif_transpose(picture)
            _pixels(picture, picture_format).save(clean, picture_format, quality=88)
    except (OSError, SyntaxError, ValueError, struct.error, Image.DecompressionBombError) as error:
        raise ValidationError(BROKEN_PICTURE, code="broken_picture") from error
    clean.seek(0)
    return InMemoryUploadedFile(
        clean, "file", upload.name, PHOTO_FORMATS[picture_format], clean.getbuffer().nbytes, None
    )


def _pixels(picture: Image.Image, picture_format: str) -> Image.Image:
    """On a new canvas; a copy would keep what the file said about itself."""
    see_through = picture_format != "JPEG" and picture.has_transparency_data
    picture = picture.convert("RGBA" if see_through else "L" if picture.mode == "L" else "RGB")
    canvas = Image.new(picture.mode, picture.size)
    canvas.paste(picture)
    return canvas


def _draw_frames(animation: Image.Image, clean: io.BytesIO) -> None:
    """A GIF keeps moving."""
    count = getattr(animation, "n_frames", 1)
    if animation.width * animation.height * count > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise ValidationError(LONG_ANIMATION, code="too_long")
    frames, pauses = [], []
    for frame in ImageSequence.Iterator(animation):
        frames.append(_pixels(frame, "GIF"))
        pauses.append(int(frame.info.get("duration", 0)))
    again = {"loop": int(animation.info["loop"])} if "loop" in animation.info else {}
    frames[0].save(
        clean, "GIF", save_all=True, append_images=frames[1:], duration=pauses, disposal=2, **again
    )


class OpenableImageField(WagtailImageField):
    """Wagtail's field, which answers a picture that ends too early with an error 500 and forgets the given hint."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if hint := kwargs.get("help_text"):
            self.help_text = hint

    def to_python(self, data: UploadedFile | None) -> UploadedFile | None:
        try:
            return super().to_python(data)
        except (OSError, SyntaxError, ValueError, OverflowError, struct.error) as error:
            raise ValidationError(BROKEN_PICTURE, code="broken_picture") from error


class CleanImageForm(BaseImageForm):
    """Wagtail's picture form; a new file is drawn anew before it is stored."""

    file = OpenableImageField(label=_("File"), widget=forms.FileInput())

    def clean_file(self) -> UploadedFile:
        upload = self.cleaned_data["file"]
        if "file" in self.changed_data and isinstance(upload, UploadedFile):
            return strip_photo(upload)
        return upload


class CheckedDocumentForm(BaseDocumentForm):
    """Wagtail's document form; a new file must be what its name says."""

    def clean_file(self) -> UploadedFile:
        upload = self.cleaned_data["file"]
        if "file" in self.changed_data and isinstance(upload, UploadedFile):
            check_real_type(upload)
            self.instance.pages = count_pages(upload)
        return upload


def count_pages(upload: UploadedFile) -> int:
    """Pages of a PDF; 0 for anything else or a file that cannot be read."""
    import pypdfium2  # loaded late: only uploads need it

    if not (upload.name or "").lower().endswith(".pdf"):
        return 0
    upload.seek(0)
    try:
        return len(pypdfium2.PdfDocument(upload.read()))
    except pypdfium2.PdfiumError:
        return 0
    finally:
        upload.seek(0)
