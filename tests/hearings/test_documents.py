"""Printed papers: PDF/UA-1 whatever people wrote, the text read back, the QR readable; visits and calendars."""

from __future__ import annotations

import datetime as dt
import io
import re

import pypdfium2
import pytest
import zxingcpp
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from wagtail.rich_text import RichText

from core import typeset
from core.typeset.words import clean, cut
from hearings.calendar import FOLD, fold, hearing_calendar, meeting_calendar
from hearings.documents import form, notice, poster, receipt, three_minutes
from hearings.documents.speech import line_text, loudspeaker
from hearings.documents.words import board_link, hearing_link, open_days
from hearings.enums import BoardKind, QuestionKind
from hearings.models import BoardVisit, Meeting, NoticeBoard, Question, QuestionRevision
from hearings.notices import notice_data
from hearings.services.cancel import cancel
from hearings.services.extend import extend
from hearings.services.force_close import force_close
from notifications.models import OutboxMessage
from tests.factories.hearings import SECTIONS, HearingFactory, comment, day, office_head

pytestmark = pytest.mark.django_db

HOSTILE = (
    "#strong[x] $x^2$ */ /* // <script> @ref `raw` _a_ *b* \\n #{panic()} ก\u200b\ufeff😀 漢 ที่ปี้น้ำ \u0000ๆ"
)
LONG = "การบริหารจัดการน้ำในฤดูแล้งของประชาชนที่อยู่ริมบึงสามแพรก " * 3
OPTIONS = [{"key": "a1", "label": "บึงสามแพรก"}, {"key": "a2", "label": "น้ำบาดาล"}]
PHONE = "Mozilla/5.0 (Linux; Android 9) Mobile"


def read_back(content: bytes) -> str:
    """All text without white space: pdfium sets some spaces and line ends in its own way."""
    document = pypdfium2.PdfDocument(content)
    return squeeze("".join(page.get_textpage().get_text_range() for page in document))


def squeeze(text: str) -> str:
    return re.sub(r"[\s\u00a0\u00ad\ufffe]+", "", text)


def codes(content: bytes) -> set[str]:
    found = set()
    for page in pypdfium2.PdfDocument(content):
        found |= {code.text for code in zxingcpp.read_barcodes(page.render(scale=3).to_pil().convert("L"))}
    return found


@pytest.fixture
def now() -> dt.datetime:
    return timezone.now()


@pytest.fixture
def hearing(db, now):
    return HearingFactory.open(now)


def ask_everything(hearing, now) -> None:
    for order, kind in enumerate(QuestionKind.values):
        question = Question.objects.create(hearing=hearing, order=order)
        QuestionRevision.objects.create(
            question=question, number=1, kind=kind, text=f"คำถามที่ {order} เรื่องน้ำ", options=OPTIONS, rows=OPTIONS,
            limits={"min": 1, "max": 5, "unit": "ไร่"}, created_at=now,
        )  # fmt: skip


def new_board(hearing, now) -> NoticeBoard:
    return NoticeBoard.objects.create(
        hearing=hearing, code="k7m2x", kind=BoardKind.VILLAGE, place="ศาลาหมู่ 4", created_at=now
    )


@pytest.mark.parametrize("words", ["เรื่องน้ำ", HOSTILE, LONG, "W" * 200])
def test_every_paper_compiles_whatever_people_wrote(now, words):
    hearing = HearingFactory.open(now, title=clean(words)[:255], summary=words.replace("\0", "")[:400])
    hearing.how_to_comment = words
    sent = comment(hearing, now).submission
    assert typeset.pdf(notice.TEMPLATE, notice.notice_document(notice_data(hearing, now))).startswith(b"%PDF")
    for template in (poster.A4, poster.A3):
        assert len(pypdfium2.PdfDocument(poster.poster_pdf(hearing, now, template=template))) == 1
    assert poster.poster_pdf(hearing, now, template=poster.SLIPS).startswith(b"%PDF")
    assert len(pypdfium2.PdfDocument(receipt.receipt_pdf(sent, "123456"))) == 1
    for large in (False, True):
        assert form.form_pdf(form.form_data(hearing, large=large)).startswith(b"%PDF")


@pytest.mark.parametrize("words", ["ชาวนาราว 1,900 ครัวเรือนมีน้ำหน้าแล้งเพิ่ม", HOSTILE, LONG[:300], "W" * 300])
def test_a_plan_in_three_minutes_stays_one_page(now, words):
    hearing = HearingFactory.open(now, sections=SECTIONS * 8)
    hearing.plain_summary = [("fact", {"question": f"ข้อ {n}", "answer": clean(words)}) for n in range(12)]
    hearing.plain_summary.append(("paragraph", RichText(f"<p>{escape(clean(words))}</p><p>นา &amp; บ่อ</p>")))
    data = three_minutes.three_minutes_data(hearing, now)
    assert data["paragraphs"][-1] == "นา & บ่อ"
    content = three_minutes.three_minutes_pdf(hearing, now)
    text = read_back(content)
    assert len(pypdfium2.PdfDocument(content)) == 1
    assert codes(content) == {hearing_link(hearing)}
    assert squeeze(open_days(hearing)) in text
    for line in ("ข้อ 11", SECTIONS[0][0], f"และอีก {len(SECTIONS) * 8 - three_minutes.MOST_SECTIONS} ข้อ"):
        assert squeeze(line) in text


def test_a_plan_in_three_minutes_is_offered_where_its_plain_words_stand(client, hearing):
    address, kit = (
        reverse(f"hearings:{name}", args=[hearing.slug]) for name in ("three_minutes_pdf", "share")
    )
    assert client.get(address).status_code == 404
    assert address not in client.get(kit).content.decode()
    hearing.plain_summary = [("fact", {"question": "ใครได้", "answer": "ชาวนา"})]
    hearing.save()
    for page in (kit, hearing.url, reverse("hearings:draft", args=[hearing.slug])):
        assert address in client.get(page).content.decode(), page
    assert "public" in client.get(address).headers["Cache-Control"]


@pytest.mark.parametrize("count", [0, 1, 12])
def test_the_form_carries_every_section_and_every_kind_of_question(now, count):
    hearing = HearingFactory.open(now, sections=(SECTIONS * 4)[:count] or SECTIONS[:1])
    if count == 0:
        hearing.draft_versions.all().delete()
        hearing = type(hearing).objects.get(pk=hearing.pk)
    ask_everything(hearing, now)
    data = form.form_data(hearing)
    content = form.form_pdf(data)
    text = read_back(content)
    for order in range(len(QuestionKind.values)):
        assert squeeze(f"คำถามที่ {order} เรื่องน้ำ") in text
    pages = len(pypdfium2.PdfDocument(content))
    number = 1 if count else 0
    wanted = {f"PK1.{hearing.pk}.{number}.{page}.{data['sheet']}" for page in range(1, pages + 1)}
    assert wanted <= codes(content)


@pytest.mark.parametrize("large", [False, True])
def test_the_form_asks_for_what_whoever_types_it_must_see_and_for_nothing_that_is_not_kept(now, large):
    text = read_back(form.form_pdf(form.form_data(HearingFactory.open(now), large=large)))
    for words in ("ข้าพเจ้ายินยอมให้ใช้ความเห็นนี้สรุปผลการรับฟังเรื่องนี้", "ลายมือชื่อ", "หรือให้ความยินยอมด้วยวาจาต่อ"):
        assert words in text
    assert "เบอร์" not in text


def test_the_text_read_back_is_the_source(hearing, now):
    data = notice_data(hearing, now) | {"digits": "arabic"}
    text = read_back(typeset.pdf(notice.TEMPLATE, notice.notice_document(data)))
    for words in (data["title"], data["preamble"], data["period"], data["result_due"], data["contact"]):
        assert squeeze(clean(words)) in text


def test_every_thai_cluster_is_read_back(hearing, now):
    consonants = [chr(code) for code in range(0x0E01, 0x0E2F)]
    rows = ["".join(c + vowel + tone for c in consonants) for vowel in "ัิีึืุู" for tone in ("", *"่้๊๋")]
    data = notice_data(hearing, now) | {"digits": "arabic", "methods": rows}
    text = read_back(typeset.pdf(notice.TEMPLATE, notice.notice_document(data)))
    assert [row for row in rows if row not in text] == []


def test_digits_are_thai_where_the_office_wants_it(hearing, now):
    data = notice_data(hearing, now) | {"digits": "thai", "number": "14/2569"}
    assert "๑๔/๒๕๖๙" in read_back(typeset.pdf(notice.TEMPLATE, notice.notice_document(data)))


def test_a_decoder_reads_the_codes_of_posters_and_receipt(hearing, now):
    board = new_board(hearing, now)
    assert codes(poster.poster_pdf(hearing, now)) == {hearing_link(hearing)}
    assert codes(poster.poster_pdf(hearing, now, template=poster.A3, board=board)) == {board_link(board)}
    sent = comment(hearing, now).submission
    assert codes(receipt.receipt_pdf(sent)) == {f"http://localhost:8000/r/{sent.receipt_no}/"}


def test_the_same_data_gives_the_same_bytes(hearing, now):
    assert poster.poster_pdf(hearing, now) == poster.poster_pdf(hearing, now)


@pytest.mark.parametrize(
    "name",
    [
        "notice",
        "poster_pdf",
        "poster_a3_pdf",
        "slips_pdf",
        "form_pdf",
        "share",
        "qr_svg",
        "qr_png",
        "calendar",
        "notice_pdf",
    ],
)
def test_everyone_gets_the_papers_and_caches_may_keep_them(client, hearing, now, name):
    if not hearing.notices.exists():
        hearing.notices.create(
            kind="announcement",
            number="1/2569",
            dated=now.date(),
            data=notice_data(hearing, now),
            issued_at=now,
        )
    response = client.get(reverse(f"hearings:{name}", args=[hearing.slug]))
    assert response.status_code == 200
    assert "public" in response.headers["Cache-Control"]
    if name in ("notice", "share"):
        assert response.content.decode().count("<h1") == 1


def test_the_slip_of_a_receipt_is_private_and_has_no_code_for_others(client, hearing, now):
    sent = comment(hearing, now)
    response = client.get(reverse("hearings:receipt_pdf", args=[sent.submission.receipt_no]))
    assert "no-store" in response.headers["Cache-Control"]
    assert sent.edit_code not in read_back(response.content)


STATES = {
    "upcoming": ("จะเปิดรับฟังตั้งแต่", "จะเปิดรับฟังความเห็น"),
    "open": ("ขณะนี้เปิดรับฟังความคิดเห็น", "รับฟังความเห็น"),
    "closed": ("ปิดรับฟังความคิดเห็นแล้ว", "ปิดรับความเห็นแล้ว"),
    "result": ("ประกาศผลการรับฟังความคิดเห็นแล้ว", "ประกาศผลการรับฟังแล้ว"),
}


@pytest.mark.parametrize("state", STATES)
def test_what_is_said_fits_the_moment_and_papers_are_offered_while_they_are_true(client, now, state):
    hearing = getattr(HearingFactory, state)(now)
    speech, line = "\n".join(loudspeaker(hearing, now)), line_text(hearing, now)
    assert STATES[state][0] in speech
    assert line.startswith(f"{STATES[state][1]}: ")
    for other, (said, head) in STATES.items():
        if other != state:
            assert said not in speech
            assert not line.startswith(f"{head}: ")
    still_asks = state in ("upcoming", "open")
    assert (open_days(hearing) in line) == still_asks
    kit = reverse("hearings:share", args=[hearing.slug])
    page = client.get(kit).content.decode()
    for name in ("poster_pdf", "poster_a3_pdf", "slips_pdf", "form_pdf"):
        address = reverse(f"hearings:{name}", args=[hearing.slug])
        assert (address in page) == still_asks
        if not still_asks:
            assert client.get(address).headers["Location"] == kit
    assert ("#result" in page) == (state == "result")


def test_posters_and_slips_say_both_days(now):
    hearing = HearingFactory.upcoming(now)
    for template in (poster.A4, poster.A3, poster.SLIPS):
        assert squeeze(open_days(hearing)) in read_back(poster.poster_pdf(hearing, now, template=template))


def test_what_is_said_and_printed_tells_of_an_extension(client, hearing, now):
    hearing = extend(hearing=hearing, actor=office_head(), closes_at=day(now, 30), now=now, reason="น้ำท่วม")
    _first, later = hearing.notices.order_by("pk")
    address = reverse("hearings:notice", args=[hearing.slug])
    assert f'href="?paper={later.pk}"' in client.get(address).content.decode().partition('class="split"')[0]
    assert 'id="later"' not in client.get(f"{address}?paper={later.pk}").content.decode()
    assert "ขยายเวลาแล้ว" in "\n".join(loudspeaker(hearing, now))
    assert "ขยายเวลาแล้ว" in line_text(hearing, now)
    for template in (poster.A4, poster.A3):
        assert squeeze(poster.EXTENDED) in read_back(poster.poster_pdf(hearing, now, template=template))


@pytest.mark.parametrize("before", ["", "เรื่อง", "โครงการของ", "ร่างแผนปฏิบัติ"])
def test_titles_on_slips_end_where_a_word_ends(hearing, now, before):
    """ "อำเภอชุม…" names a district that does not exist."""
    hearing.title = f"{before}ขยายแก้มลิงบึงสามแพรก อำเภอชุมแสง จังหวัดนครสวรรค์"
    pieces = re.split("[ \u200b]+", cut(clean(hearing.title)))
    text = read_back(poster.poster_pdf(hearing, now))
    ends = [squeeze("".join(pieces[:count])) for count in range(1, len(pieces))]
    assert text.count("…") == 8
    assert sum(text.count(f"{end}…") for end in ends) == 8


def test_a_draft_prints_nothing(client, now):
    hearing = HearingFactory.draft(now)
    for name in ("notice", "poster_pdf", "form_pdf", "share", "calendar"):
        assert client.get(reverse(f"hearings:{name}", args=[hearing.slug])).status_code == 404


def test_a_visit_of_a_board_is_counted_once_and_sets_no_cookie(client, hearing, now):
    board = new_board(hearing, now)
    address = reverse("hearings:board", args=[board.code])
    for typed in (address, reverse("hearings:board", args=[board.code.upper()])):
        response = client.get(typed, headers={"user-agent": PHONE})
    client.head(address, headers={"user-agent": PHONE})
    client.get(address, headers={"user-agent": "facebookexternalhit/1.1"})
    assert response.status_code == 302
    assert not response.cookies
    assert [row.visits for row in BoardVisit.objects.all()] == [2]
    assert client.get(reverse("hearings:board", args=["nothing"])).status_code == 404


def test_the_short_address_leads_to_the_hearing(client, hearing):
    response = client.get(reverse("hearings:short", args=[hearing.pk]))
    assert response.headers["Location"].endswith(f"/{hearing.slug}/")


@pytest.mark.parametrize(("verb", "gone"), [(extend, 0), (force_close, 1), (cancel, 3)])
def test_a_calendar_file_opened_again_puts_the_earlier_one_right(now, verb, gone):
    hearing = HearingFactory.upcoming(now)
    meeting = Meeting.objects.create(hearing=hearing, title="ประชุม", starts_at=day(now, 12))
    more = {"closes_at": day(now, 40)} if verb is extend else {}
    opened = day(now, 11)
    hearing = verb(hearing=hearing, actor=office_head(), now=opened, reason="น้ำท่วม", **more)
    meeting.hearing = hearing
    years_later = day(now, 800)
    made = hearing_calendar(hearing, "http://x/", opened) + meeting_calendar(
        meeting, "http://x/", years_later
    )
    assert made.count(b"STATUS:CANCELLED") == gone
    assert made.count(b"SEQUENCE:2") == 2
    assert made.count(b"BEGIN:VALARM") == (verb is extend)


def test_calendar_lines_are_folded_between_characters(hearing, now):
    assert all(len(line) <= FOLD for line in fold("SUMMARY:" + "ประชุมที่บึงสามแพรก" * 20).split(b"\r\n"))
    meeting = Meeting.objects.create(hearing=hearing, title="ประชุม, วัน; ที่\nหนึ่ง", starts_at=now, agenda=LONG)
    made = meeting_calendar(meeting, "http://localhost/", now)
    unfolded = made.replace(b"\r\n ", b"").decode()
    assert "SUMMARY:ประชุม\\, วัน\\; ที่\\nหนึ่ง\r\n" in unfolded
    assert f"UID:meeting-{meeting.pk}@" in unfolded
    assert io.BytesIO(made).read().endswith(b"END:VCALENDAR\r\n")


def test_a_copy_of_the_receipt_goes_to_the_address_once_and_without_the_edit_code(hearing, now):
    sent = comment(hearing, now, email="somchai@example.org")
    letter = OutboxMessage.objects.get()
    assert letter.to == "somchai@example.org"
    assert sent.submission.receipt_no[:4] in letter.subject
    assert sent.edit_code not in letter.body
    assert "แนวหมุดกินที่นา" in letter.body
    comment(hearing, now)
    assert OutboxMessage.objects.count() == 1
