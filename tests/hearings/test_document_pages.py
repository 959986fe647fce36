"""A PDF file of a hearing, page by page, and comments on a part of a page (P21)."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.models import Collection, CollectionViewRestriction

from core.models import CustomDocument
from hearings.models import Comment, Hearing, HearingDocument, SubmissionVersion
from hearings.page_marks import GRID, MOST_PAGES, WHOLE_PAGE, PageMark, parse_rect, part_label
from hearings.services.data import CommentData
from hearings.services.force_close import force_close
from hearings.services.revise import revise
from tests.factories.hearings import HearingFactory, comment, office_head, submission_data
from tests.hearings.journey import address, answers, fields_of, send

pytestmark = pytest.mark.django_db


def pdf(pages: int = 2, width: float = 595, height: float = 842) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _number in range(pages):
        document.new_page(width, height)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def attached(hearing: Hearing, content: bytes | None = None, pages: int = 2, name: str = "map.pdf", **fields):
    file = ContentFile(content or pdf(pages), name=name)
    document = CustomDocument.objects.create(title="แผนผัง", file=file, pages=pages, **fields)
    return HearingDocument.objects.create(hearing=hearing, title="แผนผังคลอง", document=document)


@pytest.fixture
def hearing(db) -> Hearing:
    return HearingFactory.open(timezone.now())


@pytest.fixture
def item(hearing) -> HearingDocument:
    return attached(hearing)


def page_of(item: HearingDocument, number: int = 1) -> str:
    return reverse("hearings:document_page", args=[item.hearing.slug, item.pk, number])


def picture_of(item: HearingDocument, number: int = 1) -> str:
    return reverse("hearings:document_picture", args=[item.hearing.slug, item.pk, number])


def mark_of(item: HearingDocument, **changes) -> PageMark:
    return PageMark(**{"document": item.pk, "page": 2, "rect": (0, 0, 500, 333), **changes})


# --- rectangles in words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["", "0,0,500", "0,0,1001,5", "5,0,5,9", "0,9,5,9", "9,0,5,9", "-1,0,5,9", "๐,๐,๕,๙", "a,b,c,d", "0,0,5,9,", "9" * 99],
)  # fmt: skip
def test_what_is_no_rectangle_on_a_page_is_not_read(text):
    assert parse_rect(text) is None
    assert PageMark.parse(f"1/1/{text}") is None


def test_parts_are_told_in_words():
    english = [part_label(rect) for rect in (WHOLE_PAGE, *GRID)]
    assert len(set(english)) == 7
    assert part_label((0, 0, 1000, 200)) not in english
    assert part_label((450, 450, 550, 550)) == part_label((450, 0, 550, 1000))


def test_a_mark_is_the_same_after_a_form_and_after_the_database():
    mark = PageMark(document=3, page=4, rect=(1, 2, 3, 4), title="แผนผัง")
    assert PageMark.parse(mark.value) == PageMark(document=3, page=4, rect=(1, 2, 3, 4))
    assert PageMark.from_json(mark.as_json()) == mark


# --- reading -------------------------------------------------------------------------------------------------


def test_a_page_shows_its_picture_and_the_way_to_the_next_one(client, item):
    page = client.get(page_of(item))
    text = page.content.decode()
    assert page.status_code == 200
    assert text.count("<h1") == 1
    assert picture_of(item) in text
    assert page_of(item, 2) in text
    assert f'name="page" value="{item.pk}/1"' in text
    picture = client.get(picture_of(item))
    drawn = Image.open(io.BytesIO(b"".join(picture.streaming_content)))
    assert drawn.format == "WEBP"
    assert 1000 < drawn.width <= 1200
    assert f'width="{drawn.width}" height="{drawn.height}"' in text
    assert "private" in picture.headers["Cache-Control"]


def test_the_words_of_a_page_are_text_and_spelt_as_people_type_them(client):
    hearing = HearingFactory.open(timezone.now(), title="กำหนดแนวน้ำ")
    poster = client.get(reverse("hearings:poster_pdf", args=[hearing.slug])).content
    item = attached(hearing, poster, pages=1)
    words = client.get(page_of(item)).content.decode().split('id="words"')[1].split("</section>")[0]
    assert "น้ำ" in words
    assert "\u0e4d\u0e32" not in words


def test_a_page_is_drawn_once_and_a_replaced_file_anew(client, item, monkeypatch):
    client.get(page_of(item))
    monkeypatch.setattr("hearings.document_pages._draw", lambda *args: pytest.fail("drawn twice"))
    assert client.get(page_of(item)).status_code == 200
    assert client.get(picture_of(item)).status_code == 200
    monkeypatch.undo()
    item.document.file = ContentFile(pdf(2, width=842, height=595), name="new.pdf")
    item.document.file_hash = ""
    item.document.save()
    text = client.get(page_of(item)).content.decode()
    assert 'height="84' in text


def test_a_page_of_a_strange_size_is_drawn_no_larger_than_we_keep(client, hearing):
    item = attached(hearing, pdf(1, width=20, height=14_000), pages=1)
    drawn = Image.open(io.BytesIO(b"".join(client.get(picture_of(item)).streaming_content)))
    assert max(drawn.size) <= 2400


@pytest.mark.parametrize("number", [0, 3, 99_999, 10**30])
def test_a_page_that_is_not_there_says_so(client, item, number):
    at = page_of(item).replace("/1/", f"/{number}/")
    assert client.get(at).status_code == 404
    assert client.get(picture_of(item).replace("/1.webp", f"/{number}.webp")).status_code == 404


def test_only_the_first_pages_of_a_very_long_file_are_shown(client, hearing):
    item = attached(hearing, pdf(2), pages=MOST_PAGES + 9)
    assert item.page_count == MOST_PAGES
    assert client.get(page_of(item, MOST_PAGES + 1)).status_code == 404
    # The database says more pages than the file has.
    assert client.get(page_of(item, 3)).status_code == 404


@pytest.mark.parametrize(("name", "content"), [("map.txt", b"x"), ("map.pdf", b"%PDF-1.4 broken")])
def test_what_cannot_be_shown_page_by_page_says_so(client, hearing, name, content):
    item = attached(hearing, content, name=name)
    assert client.get(page_of(item)).status_code == 404
    assert client.get(picture_of(item)).status_code == 404


def test_a_file_that_got_lost_says_so(client, item):
    item.document.get_file_hash()
    item.document.file.storage.delete(item.document.file.name)
    assert client.get(page_of(item)).status_code == 404


def test_documents_of_other_hearings_and_unknown_ones_are_not_found(client, hearing, item):
    other = HearingFactory.open(timezone.now())
    at = reverse("hearings:document_page", args=[other.slug, item.pk, 1])
    assert client.get(at).status_code == 404
    assert client.get(at.replace(f"/{item.pk}/", f"/{10**30}/")).status_code == 404


def test_nobody_reads_pages_of_what_is_not_public(client, item, hearing):
    draft = HearingFactory.draft(timezone.now())
    hidden = attached(draft)
    assert client.get(page_of(hidden)).status_code == 404
    assert client.get(picture_of(hidden)).status_code == 404
    closed = Collection.get_first_root_node().add_child(name="ปิด")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    item.document.collection = closed
    item.document.save()
    assert client.get(page_of(item)).status_code == 404
    assert client.get(picture_of(item)).status_code == 404


def test_a_part_is_outlined_and_a_forged_one_is_named(client, item):
    text = client.get(page_of(item), {"part": "10,20,510,220"}).content.decode()
    assert '<rect class="said" x="10" y="20" width="500" height="200"/>' in text
    assert "style=" not in text.split("<main")[1].split("</main")[0]
    forged = client.get(page_of(item), {"part": '9"><script>,0,1,1'})
    assert forged.status_code == 200
    assert b'class="said"' not in forged.content
    assert b"<script>,0" not in forged.content


def test_the_page_of_the_hearing_leads_to_the_pages_only_while_it_is_open(client, item, hearing):
    assert page_of(item) in client.get(hearing.url).content.decode()
    closed = HearingFactory.closed(timezone.now())
    after = attached(closed)
    assert page_of(after) not in client.get(closed.url).content.decode()
    text = client.get(page_of(after)).content.decode()
    assert address(closed) not in text


# --- commenting ----------------------------------------------------------------------------------------------


def test_a_marked_part_is_carried_through_every_step_into_the_record(client, hearing, item):
    page = client.get(address(hearing), {"page": f"{item.pk}/2", "part": "0,0,500,333"})
    text = page.content.decode()
    assert f'name="c0-mark" value="{item.pk}/2/0,0,500,333"' in text
    assert "แผนผังคลอง" in text
    given = {"c0-stance": "partly", "c0-reason": "เส้นทางนี้น้ำท่วม"}
    page = client.post(address(hearing), {**fields_of(page), **given, "go": "next"})
    page = client.post(address(hearing), {**fields_of(page), **given, "go": "next"})
    who = {"sector": "citizen", "province": "60", "consent": "on", "publish_name": "none", "capacity": "self"}
    page = client.post(address(hearing), {**fields_of(page), **who, "go": "next"})
    started = answers()["started"]
    page = client.post(address(hearing), {**fields_of(page), "started": started, "go": "send"})
    assert page.status_code == 302
    sent = Comment.objects.get()
    stored = {"document": item.pk, "title": "แผนผังคลอง", "page": 2, "rect": [0, 0, 500, 333]}
    assert sent.on_page == stored
    assert SubmissionVersion.objects.get().data["comments"][0]["on_page"] == stored
    link = f"{hearing.url}documents/{item.pk}/2/?part=0,0,500,333"
    shown = [page.headers["Location"], reverse("hearings:comment_page", args=[hearing.slug, sent.pk])]
    for at in (*shown, reverse("hearings:comments", args=[hearing.slug])):
        assert link in client.get(at).content.decode(), at
    assert client.get(link).status_code == 200


def test_the_whole_page_is_meant_where_no_part_is_named(client, hearing, item):
    text = client.get(address(hearing), {"page": f"{item.pk}/1"}).content.decode()
    assert f'value="{item.pk}/1/0,0,1000,1000"' in text


def test_a_page_that_was_unticked_is_not_kept(client, hearing, item):
    assert send(client, hearing).status_code == 302
    assert Comment.objects.get().on_page is None


def test_who_is_too_late_finds_the_marked_page_beside_the_words(client, hearing, item):
    force_close(hearing=hearing, actor=office_head(), now=timezone.now(), reason="น้ำท่วมศาลาประชาคม")
    page = send(client, hearing, **{"c0-mark": f"{item.pk}/2/0,0,500,333"})
    assert page.status_code == 409
    assert "แผนผังคลอง" in page.content.decode()
    forged = send(client, hearing, **{"c0-mark": "x" * 99})
    assert forged.status_code == 409


@pytest.mark.parametrize(
    "value",
    ["{0}/3/0,0,9,9", "{0}/0/0,0,9,9", "{1}/1/0,0,9,9", "999999/1/0,0,9,9", "{0}/1/9,0,9,9", "{0}/1/0,0,1001,9", "x", "x" * 99],
)  # fmt: skip
def test_a_forged_page_is_named_and_nothing_typed_is_lost(client, hearing, item, value):
    foreign = attached(HearingFactory.open(timezone.now()))
    page = send(client, hearing, **{"c0-mark": value.format(item.pk, foreign.pk)})
    text = page.content.decode()
    assert page.status_code == 422
    assert "#id_c0-mark" in text
    assert "แนวหมุดด้านเหนือกินที่นา" in text
    assert not Comment.objects.exists()
    fresh = client.get(address(hearing), {"page": f"{foreign.pk}/1"})
    assert fresh.status_code == 200
    assert b'name="c0-mark"' not in fresh.content


def test_the_service_refuses_a_page_the_hearing_has_not(hearing, item):
    said = CommentData(stance="agree", reason="ดี", mark=mark_of(item, page=3))
    with pytest.raises(ValidationError) as caught:
        comment(hearing, timezone.now(), comments=[said])
    assert caught.value.error_dict["mark"][0].code == "unknown_page"


def test_an_edit_keeps_an_untouched_page_and_replaces_a_changed_one(hearing, item):
    said = CommentData(stance="agree", reason="ดี", mark=mark_of(item))
    receipt = comment(hearing, timezone.now(), comments=[said])
    before = Comment.objects.get()
    again = {"submission": receipt.submission, "edit_code": receipt.edit_code, "data": submission_data()}
    revise(**again, comments=[said], now=timezone.now())
    assert Comment.objects.current().get() == before
    moved = CommentData(stance="agree", reason="ดี", mark=mark_of(item, page=1))
    revise(**again, comments=[moved], now=timezone.now())
    assert Comment.objects.current().get().mark.page == 1


def test_the_title_of_that_day_stays_when_the_document_is_gone(client, hearing, item):
    comment(hearing, timezone.now(), comments=[CommentData(stance="agree", reason="ดี", mark=mark_of(item))])
    item.delete()
    text = client.get(reverse("hearings:comments", args=[hearing.slug])).content.decode()
    assert "แผนผังคลอง" in text


def test_lists_of_comments_ask_nothing_more_for_their_pages(
    client, hearing, item, django_assert_max_num_queries
):
    at = reverse("hearings:comments", args=[hearing.slug])
    comment(hearing, timezone.now(), comments=[CommentData(stance="agree", reason="ดี")])
    client.get(at)
    with CaptureQueriesContext(connection) as asked:
        client.get(at)
    plain = len(asked)
    for number in range(3):
        said = CommentData(stance="agree", reason=f"ดี {number}", mark=mark_of(item))
        comment(hearing, timezone.now(), comments=[said])
    client.get(at)
    with django_assert_max_num_queries(plain):
        client.get(at)
