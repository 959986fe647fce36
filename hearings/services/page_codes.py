"""The code printed on each page of a form (documents.form) finds the pages of one form in a pile of scans (P109)."""

from __future__ import annotations

import io
import math
import re
from dataclasses import dataclass

import zxingcpp
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image

from hearings.form_places import Spot
from hearings.models import Hearing

PRINTED = re.compile(r"PK1\.(\d{1,9})\.(\d{1,6})\.(\d{1,2})(?:\.([A-Z2-7]{6}))?", re.ASCII)
FOREIGN = _("Page %(page)s belongs to a form of another hearing. Take it out and add it there.")


@dataclass(frozen=True)
class PageCode:
    hearing: int
    version: int
    page: int
    edition: str = ""  # none on forms printed before their boxes could be read

    def follows(self, other: PageCode | None) -> bool:
        """Whether this page comes next in the form whose last page was ``other``."""
        return other is not None and self == PageCode(
            other.hearing, other.version, other.page + 1, other.edition
        )


@dataclass(frozen=True)
class Page:
    """One scanned page, the right way up; where its code lies, from the code's own upper left corner on."""

    picture: bytes
    code: PageCode | None = None
    at: tuple[Spot, ...] = ()


def read_page(picture: bytes) -> Page:
    """Without a code where nobody printed one, or where it cannot be read: then the page is a form of its own."""
    page = _found(picture)
    quarters = _quarter_turns(page.at)
    if not quarters:
        return page
    with Image.open(io.BytesIO(picture)) as lying:
        return _found(_jpeg(lying.rotate(90 * quarters, expand=True)))


def _found(picture: bytes) -> Page:
    with Image.open(io.BytesIO(picture)) as image:
        for found in zxingcpp.read_barcodes(image.convert("L")):
            if printed := PRINTED.fullmatch(found.text):
                hearing, version, number, edition = printed.groups()
                code = PageCode(int(hearing), int(version), int(number), edition or "")
                at = found.position
                corners = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
                return Page(picture, code, tuple((float(spot.x), float(spot.y)) for spot in corners))
    return Page(picture)


def _quarter_turns(at: tuple[Spot, ...]) -> int:
    """By how many quarters a page has to be turned until it stands upright."""
    if not at:
        return 0
    (x0, y0), (x1, y1) = at[:2]
    return round(math.atan2(y1 - y0, x1 - x0) / (math.pi / 2)) % 4


def forms_of(hearing: Hearing, pictures: list[bytes]) -> list[list[Page]]:
    """The pages of each form: pages whose codes follow each other are one.

    Raises ValidationError for a page of another hearing's form.
    """
    forms: list[list[Page]] = []
    last: PageCode | None = None
    for number, picture in enumerate(pictures, start=1):
        page = read_page(picture)
        if page.code and page.code.hearing != hearing.pk:
            raise ValidationError(FOREIGN, code="foreign_page", params={"page": number})
        if page.code and page.code.follows(last):
            forms[-1].append(page)
        else:
            forms.append([page])
        last = page.code
    return forms


def below_each_other(pages: list[Page]) -> bytes:
    """One picture a form, as one sheet is stored and shown."""
    if len(pages) == 1:
        return pages[0].picture
    pictures = [Image.open(io.BytesIO(page.picture)) for page in pages]
    sheet = Image.new("RGB", (max(p.width for p in pictures), sum(p.height for p in pictures)), "white")
    top = 0
    for picture in pictures:
        sheet.paste(picture, (0, top))
        top += picture.height
    return _jpeg(sheet)


def _jpeg(picture: Image.Image) -> bytes:
    saved = io.BytesIO()
    picture.save(saved, "JPEG", quality=82)
    return saved.getvalue()
