"""Ticked boxes read from scans and photos of the printed form (P109): sure only where it is right, unsure otherwise."""

from __future__ import annotations

import random
import re
from collections import Counter

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image, ImageDraw

from accounts.roles import Role
from hearings.documents.form import form_data, form_pdf
from hearings.enums import Channel, QuestionKind
from hearings.form_places import FormPlaces
from hearings.models import PaperForm, PrintedForm, Question, QuestionRevision
from hearings.paper_reading.boxes import Mark
from hearings.paper_reading.reading import PageReading, ReadBox, Reading, Trouble
from hearings.services.data import CommentData
from hearings.services.page_codes import read_page
from hearings.services.paper import enter_paper
from hearings.services.printed_forms import print_form
from hearings.services.read_boxes import editions_of, read_form
from hearings.services.scans import add_scans, delete_scan
from tests.factories.hearings import HearingFactory, comment, submission_data
from tests.hearings import pens
from tests.hearings.people import person
from tests.hearings.sheets import photo

pytestmark = pytest.mark.django_db

OPTIONS = [{"key": f"a{n}", "label": f"คำตอบที่ {n}"} for n in range(1, 5)]


@pytest.fixture
def hearing(db, now):
    made = HearingFactory.open(now)
    kinds = (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.SCALE, QuestionKind.MATRIX)
    for order, kind in enumerate(kinds):
        question = Question.objects.create(hearing=made, order=order)
        QuestionRevision.objects.create(
            question=question, number=1, kind=kind, text=f"ข้อถาม {order}", created_at=now, options=OPTIONS,
            rows=OPTIONS[:2], limits={"min": 1, "max": 5} if kind == QuestionKind.SCALE else {},
        )  # fmt: skip
    return made


@pytest.fixture
def pdf(hearing, now) -> bytes:
    return print_form(hearing=hearing, now=now)


@pytest.fixture
def places(hearing, pdf) -> FormPlaces:
    return FormPlaces.from_json(PrintedForm.objects.get(hearing=hearing).places)


def read(hearing, *pictures: bytes) -> Reading:
    pages = [read_page(picture) for picture in pictures]
    return read_form(pages, editions_of(hearing, [pages]))


def marks(reading: Reading) -> dict[tuple[str, str], str]:
    return {(box.field, box.value): box.mark for page in reading.pages for box in page.boxes}


def filled(
    pdf: bytes, places: FormPlaces, ticked: set[tuple[str, str]], number: int = 1, **how
) -> Image.Image:
    hand = random.Random(7)
    page = pens.printed(pdf, 200)[number - 1]
    draw = ImageDraw.Draw(page)
    for box in places.on_page(number):
        if (box.field, box.value) in ticked:
            pens.mark(draw, box, page.width / pens.A4[0], hand, kind=how.get("kind", pens.tick))
    return page


# --- what is printed ---------------------------------------------------------------------------------------


def test_every_box_that_can_be_read_stands_where_the_document_says(hearing, pdf, places):
    """The dots of the outline are dark, the middle is paper: on the page itself, not only in our arithmetic."""
    names = {box.field for box in places.boxes}
    pages = pens.printed(pdf, 300)
    for box in places.boxes:
        page, scale = pages[box.page - 1].convert("L"), 300 / 25.4
        x, y, half = (box.x + box.size / 2) * scale, (box.y + box.size / 2) * scale, box.size / 2 * scale
        assert page.getpixel((round(x), round(y))) > 240
        sides = ((x - half, y), (x + half, y), (x, y - half), (x, y + half))
        assert all(page.getpixel((round(at), round(down))) < 128 for at, down in sides), box
    asked = [question.revisions.get().pk for question in hearing.questions.all()]
    wanted = {f"q-r{pk}" for pk in asked[:3]} | {f"q-r{asked[3]}-a1", f"q-r{asked[3]}-a2"}
    sections = {f"on_{block.key}" for block in hearing.current_draft.blocks.all()}
    assert names == {"stance", "sector", "publish_name", "under_20", *wanted, *sections}


def test_consent_is_never_read_by_a_machine(places):
    assert not [box for box in places.boxes if "agree" in box.field]


def test_an_edition_is_kept_once_and_another_wording_is_another(hearing, now, pdf):
    print_form(hearing=hearing, now=now)
    assert hearing.printed_forms.count() == 1
    QuestionRevision.objects.filter(question__hearing=hearing, question__order=0).update(text="ถามใหม่")
    print_form(hearing=hearing, now=now)
    print_form(hearing=hearing, now=now, large=True)
    assert hearing.printed_forms.count() == 3


def test_printing_a_known_edition_asks_the_database_one_question_more(hearing, now, pdf):
    fresh = type(hearing).objects
    form_data(fresh.get(pk=hearing.pk))  # what every process remembers for seconds
    with CaptureQueriesContext(connection) as plain:
        form_data(fresh.get(pk=hearing.pk))
    with CaptureQueriesContext(connection) as printing:
        print_form(hearing=fresh.get(pk=hearing.pk), now=now)
    assert len(printing) == len(plain) + 1


def test_the_form_stays_readable_as_text(hearing, pdf):
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    assert "ท่านเห็นอย่างไรกับร่างแต่ละข้อ" in text
    assert "on_" not in text
    assert form_pdf(form_data(hearing)) == pdf


# --- reading -----------------------------------------------------------------------------------------------


WAYS = (
    (150, pens.scanned, 0, ()),
    (300, pens.scanned, 180, (pens.PENCIL, pens.FAINT)),
    (170, pens.photographed, 0, ()),
    (150, pens.photographed, 180, (pens.PENCIL, pens.BLUE)),
)


@pytest.mark.parametrize(("large", "ways"), [(False, WAYS), (True, WAYS[:1])], ids=["usual", "large print"])
def test_what_is_called_ticked_or_empty_is_right(hearing, now, large, ways):
    """Hundreds of boxes: pens and pencils, scanner and phone, 150 to 300 dots an inch, upside down, JPEG at 60."""
    pdf = print_form(hearing=hearing, now=now, large=large)
    code = form_data(hearing, large=large)["sheet"]
    places = FormPlaces.from_json(PrintedForm.objects.get(hearing=hearing, edition=code).places)
    hand, told = random.Random(2569), Counter()
    for dpi, take, turn, inks in ways:
        for number, page in enumerate(pens.printed(pdf, dpi), start=1):
            truth = pens.fill_in(page, places.on_page(number), hand, inks=inks)
            if not truth:
                continue
            reading = read(hearing, pens.jpeg(kept(take(page, hand).rotate(turn))))
            assert reading.has_read
            for key, mark in marks(reading).items():
                told["unsure" if mark == Mark.UNSURE else truth[key] == (mark == Mark.TICKED)] += 1
    sure = told[True] + told[False]
    assert sure >= 40 * len(ways), told
    assert told[True] / sure >= 0.99, told
    assert told["unsure"] / told.total() <= 0.05, told


def kept(picture: Image.Image) -> Image.Image:
    """No larger than a scan is stored."""
    picture.thumbnail((2000, 2000))
    return picture


@pytest.mark.parametrize("quarter", [90, 180, 270])
def test_a_page_lying_on_its_side_is_turned(hearing, pdf, places, quarter):
    page = filled(pdf, places, {("stance", "partly")}).rotate(quarter, expand=True)
    reading = read(hearing, pens.jpeg(page))
    assert reading.proposals().sure == {"stance": "partly"}
    assert reading.height > reading.width


def test_two_ticks_on_one_question_are_unsure_and_several_squares_are_not(hearing, pdf, places):
    multiple = hearing.questions.get(order=1).revisions.get().pk
    single = hearing.questions.get(order=0).revisions.get().pk
    ticked = {
        (f"q-r{single}", "a1"), (f"q-r{single}", "a3"), (f"q-r{multiple}", "a2"), (f"q-r{multiple}", "a4"),
    }  # fmt: skip
    numbers = {box.page for box in places.boxes if (box.field, box.value) in ticked}
    reading = read(hearing, *(pens.jpeg(filled(pdf, places, ticked, number)) for number in sorted(numbers)))
    proposals = reading.proposals()
    assert proposals.unsure == {f"q-r{single}"}
    assert proposals.sure == {f"q-r{multiple}": ["a2", "a4"]}


def test_a_hair_of_a_line_is_unsure_and_dust_is_nothing(hearing, pdf, places):
    page = pens.printed(pdf, 200)[0]
    first, second = [box for box in places.on_page(1) if box.field == "stance"][:2]
    draw, scale = ImageDraw.Draw(page), page.width / pens.A4[0]
    x, y = (first.x + first.size / 2) * scale, (first.y + first.size / 2) * scale
    draw.line((x - 4, y, x + 4, y), fill=(90, 90, 90), width=2)
    draw.point(((second.x + 2) * scale, (second.y + 2) * scale), fill=(120, 120, 120))
    found = marks(read(hearing, pens.jpeg(page)))
    assert found["stance", first.value] == Mark.UNSURE
    assert found["stance", second.value] == Mark.EMPTY


def test_a_crumpled_or_foreign_picture_is_not_guessed_at(hearing, pdf, places):
    page = pens.printed(pdf, 150)[0]
    scale = page.width / pens.A4[0]
    folded = page.copy()
    ImageDraw.Draw(folded).rectangle((0, 270 * scale, 20 * scale, page.height), fill="white")
    no_boxes = page.copy()
    ImageDraw.Draw(no_boxes).rectangle((15 * scale, 60 * scale, 196 * scale, 275 * scale), fill="white")
    blank = Image.new("RGB", page.size, "white")
    troubles = [read(hearing, pens.jpeg(one)).pages[0].trouble for one in (folded, no_boxes, blank)]
    assert troubles == [Trouble.CORNERS, Trouble.OUTLINES, Trouble.NO_CODE]


def test_a_form_of_an_unknown_edition_says_so(hearing, now, pdf, places):
    hearing.printed_forms.all().delete()
    reading = read(hearing, pens.jpeg(pens.printed(pdf, 150)[0]))
    assert reading.troubles == [(1, Trouble.EDITION)]
    assert not reading.has_read


def test_a_form_printed_before_the_questions_changed_is_still_read(hearing, now, pdf, places):
    page = filled(pdf, places, {("stance", "against")})
    QuestionRevision.objects.filter(question__hearing=hearing).update(text="ถามใหม่ ยาวกว่าเดิมมาก " * 5)
    print_form(hearing=hearing, now=now)
    assert read(hearing, pens.jpeg(page)).proposals().sure == {"stance": "against"}


# --- the queue ---------------------------------------------------------------------------------------------


def upload(page: Image.Image, name: str = "a.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pens.jpeg(page, 85))


def test_scans_are_read_when_they_are_taken_in_and_the_reading_goes_when_they_are_typed(
    hearing, now, pdf, places
):
    staff = person(Role.STRATEGY)
    [form, letter], _ = add_scans(
        hearing=hearing, uploads=[upload(filled(pdf, places, {("stance", "against")})), photo()],
        channel=Channel.PAPER, received_on=now.date(), by=staff, now=now,
    )  # fmt: skip
    assert Reading.from_json(PaperForm.objects.get(pk=form.pk).reading).proposals().sure == {
        "stance": "against"
    }
    assert Reading.from_json(letter.reading).troubles == [(1, Trouble.NO_CODE)]
    data = submission_data(stance="partly", channel=Channel.PAPER)
    said = [CommentData(stance="partly", reason="รถดินวิ่งเร็ว")]
    receipt = enter_paper(form=form, code="0714", data=data, comments=said, by=staff, now=now)
    form.refresh_from_db()
    assert receipt.submission.stance == "partly", "the person's word counts, not the picture's"
    assert form.reading == {}


def test_with_the_scan_goes_what_was_read_from_it(hearing, now, pdf, places):
    [form], _ = add_scans(
        hearing=hearing, uploads=[upload(filled(pdf, places, {("stance", "against")}))], channel=Channel.PAPER,
        received_on=now.date(), by=person(Role.STRATEGY), now=now,
    )  # fmt: skip
    delete_scan(form)
    assert PaperForm.objects.get().reading == {}


def test_editions_of_a_pile_are_asked_for_once(hearing, pdf, django_assert_num_queries):
    pages = [[read_page(pens.jpeg(page))] for page in pens.printed(pdf, 150)]
    with django_assert_num_queries(1):
        assert len(editions_of(hearing, pages * 3)) == 1


def test_boxes_of_later_pages_lie_below_those_of_earlier_ones():
    box = ReadBox("stance", "agree", Mark.TICKED, is_round=True, at=(5, 6, 7, 8))
    reading = Reading([PageReading(100, 140, 1, boxes=[box]), PageReading(120, 150, 2, boxes=[box])])
    assert [at for _box, at in Reading.from_json(reading.as_json()).boxes] == [(5, 6, 7, 8), (5, 146, 7, 8)]
    assert (reading.width, reading.height) == (120, 290)


def test_a_picture_says_nothing_about_a_form_without_pages():
    assert not Reading.from_json({}).has_read


# --- the screen --------------------------------------------------------------------------------------------


@pytest.fixture
def at_the_desk(client, monkeypatch, now):
    monkeypatch.setattr("hearings.views.desk.paper.timezone.now", lambda: now)
    client.force_login(person(Role.STRATEGY))
    return client


def queued(hearing, now, boxes: list[ReadBox], trouble: str = "") -> str:
    """A form of one page with this reading; its address at the desk."""
    page = PageReading(1000, 1400, 1, trouble, boxes)
    made = PaperForm.objects.create(
        hearing=hearing, received_on=now.date(), created_at=now, scan="paper/a.jpg", sha256="a" * 64,
        reading=Reading([page]).as_json(),
    )  # fmt: skip
    return reverse("hearings_desk:paper_form", args=[hearing.pk, made.pk])


def seen(field: str, value: str, mark: str = Mark.TICKED, *, is_round: bool = True) -> ReadBox:
    return ReadBox(field, value, mark, is_round, (10, 20, 30, 30))


def ticked_in(page) -> set[tuple[str, str]]:
    inputs = re.findall(r"<input[^>]*>", page.content.decode())
    pairs = [
        (re.search(r'name="([^"]*)"', one), re.search(r'value="([^"]*)"', one))
        for one in inputs
        if "checked" in one
    ]
    return {(name[1], value[1] if value else "on") for name, value in pairs if name}


def test_what_was_read_stands_in_the_fields_marked_and_what_is_unsure_does_not(at_the_desk, hearing, now):
    single, several = (hearing.questions.get(order=order).revisions.get().pk for order in (0, 1))
    address = queued(hearing, now, [
        seen("stance", "partly"), seen("sector", "citizen"), seen("sector", "private"),
        seen(f"q-r{single}", "a2"), seen(f"q-r{several}", "a1", is_round=False),
        seen(f"q-r{several}", "a3", is_round=False), seen("under_20", "on", Mark.UNSURE, is_round=False),
        seen("q-r999999", "a1"),
    ])  # fmt: skip
    page = at_the_desk.get(address)
    text = page.content.decode()
    assert {("stance", "partly"), (f"q-r{single}", "a2"), (f"q-r{several}", "a1")} <= ticked_in(page)
    assert ("under_20", "on") not in ticked_in(page)
    assert ("agreed", "on") not in ticked_in(page)
    assert text.count('class="read sure"') == 3
    assert text.count('class="read unsure"') == 2
    assert 'class="ticked" data-of="stance"' in text
    assert page.context["not_asked"] == 1


def test_the_person_has_the_last_word_also_after_a_mistake(at_the_desk, hearing, now):
    address = queued(hearing, now, [seen("stance", "partly")])
    page = at_the_desk.post(address, {"channel": "paper", "stance": "against", "received_on": "x"})
    assert page.status_code == 422
    assert ("stance", "against") in ticked_in(page)
    assert ("stance", "partly") not in ticked_in(page)


def test_a_page_that_cannot_be_read_says_why_and_is_typed_by_hand(at_the_desk, hearing, now):
    page = at_the_desk.get(queued(hearing, now, [], Trouble.CORNERS))
    assert str(Trouble.CORNERS.label) in page.content.decode()
    assert b'class="read' not in page.content
    assert b"<svg viewBox" not in page.content


def test_the_second_person_sees_no_proposals(at_the_desk, hearing, now):
    address = queued(hearing, now, [seen("stance", "partly")])
    form = PaperForm.objects.get()
    form.submission = comment(hearing, now).submission
    form.save(update_fields=["submission"])
    page = at_the_desk.get(address.rstrip("/") + "/check/")
    assert page.status_code == 200
    assert b'class="read' not in page.content
    assert ("stance", "partly") not in ticked_in(page)
