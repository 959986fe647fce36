"""A pile of scanned pages becomes forms again by the codes printed on them (P109)."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from accounts.roles import Role
from hearings.documents.form import form_data, form_pdf
from hearings.enums import Channel, QuestionKind
from hearings.models import PaperForm, Question, QuestionRevision
from hearings.services.page_codes import PageCode, forms_of, read_page
from hearings.services.scans import add_scans
from tests.factories.hearings import HearingFactory
from tests.hearings.people import person
from tests.hearings.sheets import photo

pytestmark = pytest.mark.django_db


def filled(hearing, mark: str) -> list[bytes]:
    """The printed form with something written on each page, as a scanner sends it."""
    pages = []
    for page in pypdfium2.PdfDocument(form_pdf(form_data(hearing))):
        picture = page.render(scale=2).to_pil().convert("RGB")
        ImageDraw.Draw(picture).text((300, 500), mark, fill="navy")
        saved = io.BytesIO()
        picture.save(saved, "JPEG", quality=82)
        pages.append(saved.getvalue())
    return pages


@pytest.fixture
def hearing(db, now):
    made = HearingFactory.open(now)
    for order in range(4):
        question = Question.objects.create(hearing=made, order=order)
        QuestionRevision.objects.create(
            question=question, number=1, kind=QuestionKind.LONG_TEXT, text=f"ข้อถาม {order}", created_at=now
        )
    return made


def test_the_code_of_each_page_is_read_from_a_scan(hearing):
    pages = filled(hearing, "a")
    assert len(pages) >= 2
    codes = [read_page(page).code for page in pages]
    edition = form_data(hearing)["sheet"]
    assert codes == [PageCode(hearing.pk, 1, number, edition) for number in range(1, len(pages) + 1)]


def test_a_picture_turned_upside_down_is_read_and_one_without_a_code_is_not(hearing):
    turned = io.BytesIO()
    Image.open(io.BytesIO(filled(hearing, "a")[0])).rotate(180).save(turned, "JPEG")
    assert read_page(turned.getvalue()).code == PageCode(hearing.pk, 1, 1, form_data(hearing)["sheet"])
    assert read_page(photo().read()).code is None


def test_pages_that_follow_each_other_become_one_form_in_the_queue(hearing, now):
    first, second = filled(hearing, "first person"), filled(hearing, "second person")
    uploads = [SimpleUploadedFile(f"{n}.jpg", page) for n, page in enumerate([*first, *second])]
    made, twice = add_scans(
        hearing=hearing, uploads=[*uploads, photo()], channel=Channel.PAPER, received_on=now.date(),
        by=person(Role.STRATEGY), now=now,
    )  # fmt: skip
    assert (len(made), twice) == (3, 0)
    heights = [Image.open(form.scan).height for form in made]
    assert heights[0] == heights[1] == sum(Image.open(io.BytesIO(page)).height for page in first)


def test_a_page_that_is_missing_joins_nothing(hearing):
    first, second = filled(hearing, "a"), filled(hearing, "b")
    assert len(forms_of(hearing, [first[0], second[0], second[1]])) == 2
    assert len(forms_of(hearing, [first[1], first[0]])) == 2


def test_a_page_of_another_hearing_is_refused_and_nothing_is_queued(hearing, now):
    other = HearingFactory.open(now)
    upload = SimpleUploadedFile("a.jpg", filled(other, "a")[0])
    with pytest.raises(ValidationError) as refused:
        add_scans(
            hearing=hearing, uploads=[photo(), upload], channel=Channel.PAPER, received_on=now.date(),
            by=person(Role.STRATEGY), now=now,
        )  # fmt: skip
    assert refused.value.code == "foreign_page"
    assert not PaperForm.objects.exists()
