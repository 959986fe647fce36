"""Read the ticked boxes of a scanned form (P109). What comes out are proposals: nothing is stored before a person has
looked at the scan (services.paper). Handwriting is not read at all."""

from __future__ import annotations

import io

from PIL import Image

from hearings.form_places import FormPlaces
from hearings.models import Hearing, PrintedForm
from hearings.paper_reading.boxes import SeenBox, look_at
from hearings.paper_reading.corners import find_plane
from hearings.paper_reading.plane import Plane
from hearings.paper_reading.reading import PageReading, ReadBox, Reading, Trouble
from hearings.services.page_codes import Page

LEAST_OUTLINES = 0.8  # of the boxes of a page must be where they were printed
MARGIN = 0.4  # millimetres shown round a box on the scan


def editions_of(hearing: Hearing, forms: list[list[Page]]) -> dict[str, FormPlaces]:
    """Where the boxes of the scanned editions stand, in one query."""
    wanted = {page.code.edition for pages in forms for page in pages if page.code and page.code.edition}
    if not wanted:
        return {}
    found = PrintedForm.objects.filter(hearing=hearing, edition__in=wanted)
    return {printed.edition: FormPlaces.from_json(printed.places) for printed in found}


def read_form(pages: list[Page], editions: dict[str, FormPlaces]) -> Reading:
    return Reading([_read(page, editions) for page in pages])


def _read(page: Page, editions: dict[str, FormPlaces]) -> PageReading:
    with Image.open(io.BytesIO(page.picture)) as opened:
        picture = opened.convert("L")
    width, height = picture.size
    if page.code is None:
        return PageReading(width, height, trouble=Trouble.NO_CODE)
    if page.code.edition not in editions:
        return PageReading(width, height, page.code.page, Trouble.EDITION)
    places = editions[page.code.edition]
    boxes = places.on_page(page.code.page)
    if not boxes:
        return PageReading(width, height, page.code.page)
    plane = find_plane(picture, list(page.at), places)
    if plane is None:
        return PageReading(width, height, page.code.page, Trouble.CORNERS)
    seen = [look_at(picture, plane, box) for box in boxes]
    if sum(one.has_outline for one in seen) < LEAST_OUTLINES * len(seen):
        return PageReading(width, height, page.code.page, Trouble.OUTLINES)
    return PageReading(width, height, page.code.page, boxes=[_kept(one, plane) for one in seen])


def _kept(seen: SeenBox, plane: Plane) -> ReadBox:
    box = seen.box
    left, top, side = box.x - MARGIN, box.y - MARGIN, box.size + 2 * MARGIN
    corners = [plane.at((left + x, top + y)) for x in (0, side) for y in (0, side)]
    xs, ys = [round(x) for x, _y in corners], [round(y) for _x, y in corners]
    at = (min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
    return ReadBox(box.field, box.value, seen.mark.value, box.is_round, at)
