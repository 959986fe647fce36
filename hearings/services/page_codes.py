"""The code printed on each page of a form (documents.form) finds the pages of one form in a pile of scans (P109).

Only the code is read by machine; what is written stays with the person who types it.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

import zxingcpp
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image

from hearings.models import Hearing

PRINTED = re.compile(r"PK1\.(\d{1,9})\.(\d{1,6})\.(\d{1,2})", re.ASCII)
FOREIGN = _("Page %(page)s belongs to a form of another hearing. Take it out and add it there.")


@dataclass(frozen=True)
class PageCode:
    hearing: int
    version: int
    page: int

    def follows(self, other: PageCode | None) -> bool:
        """Whether this page comes next in the form whose last page was ``other``."""
        return other is not None and self == PageCode(other.hearing, other.version, other.page + 1)


def read_code(page: bytes) -> PageCode | None:
    """None where nobody printed one, or where it cannot be read: then the page is a form of its own."""
    with Image.open(io.BytesIO(page)) as picture:
        for found in zxingcpp.read_barcodes(picture.convert("L")):
            if printed := PRINTED.fullmatch(found.text):
                return PageCode(*(int(part) for part in printed.groups()))
    return None


def forms_of(hearing: Hearing, pages: list[bytes]) -> list[bytes]:
    """One picture a form: pages whose codes follow each other are put below each other.

    Raises ValidationError for a page of another hearing's form.
    """
    forms: list[list[bytes]] = []
    last: PageCode | None = None
    for number, page in enumerate(pages, start=1):
        code = read_code(page)
        if code and code.hearing != hearing.pk:
            raise ValidationError(FOREIGN, code="foreign_page", params={"page": number})
        if code and code.follows(last):
            forms[-1].append(page)
        else:
            forms.append([page])
        last = code
    return [found[0] if len(found) == 1 else _below_each_other(found) for found in forms]


def _below_each_other(pages: list[bytes]) -> bytes:
    pictures = [Image.open(io.BytesIO(page)) for page in pages]
    sheet = Image.new("RGB", (max(p.width for p in pictures), sum(p.height for p in pictures)), "white")
    top = 0
    for picture in pictures:
        sheet.paste(picture, (0, top))
        top += picture.height
    saved = io.BytesIO()
    sheet.save(saved, "JPEG", quality=82)
    return saved.getvalue()
