"""The receipt: who has the number sees what was sent, who has the code may change it, until closing."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearings import receipts
from hearings.enums import PublishName
from hearings.models import Submission
from hearings.services.force_close import force_close
from hearings.services.withdraw import withdraw
from hearings.views.sent import MOST
from tests.factories.hearings import HearingFactory, comment, office_head
from tests.factories.questions import question
from tests.hearings.journey import PROVINCE, answers, send
from tests.hearings.journey import address as client_address
from tests.hearings.test_documents import read_back
from tests.hearings.test_services_attach import photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def hearing(db):
    return HearingFactory.open(timezone.now())


@pytest.fixture
def sent(hearing):
    return comment(
        hearing, timezone.now(), publish_name=PublishName.NAME, name="สมชาย ใจดี", email="somchai@example.org"
    )


def address(name: str, submission: Submission) -> str:
    return reverse(f"hearings:{name}", args=[submission.receipt_no])


def close(hearing) -> None:
    force_close(hearing=hearing, actor=office_head(), now=timezone.now(), reason="ปิดก่อนกำหนด")


def test_the_edit_code_is_shown_only_on_the_device_that_sent(client, hearing):
    page = client.get(send(client, hearing).headers["Location"])
    submission = Submission.objects.get()
    code = receipts.make_edit_code(submission.idempotency_key)
    assert f"<span>{code[:3]}</span>" in page.content.decode()
    client.cookies.clear()
    assert f"<span>{code[:3]}</span>" not in client.get(address("receipt", submission)).content.decode()


def test_the_receipt_never_shows_name_or_address_and_is_kept_out_of_caches(client, sent):
    page = client.get(address("receipt", sent.submission))
    text = page.content.decode()
    assert "สมชาย" not in text
    assert "somchai@example.org" not in text
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert "no-store" in page.headers["Cache-Control"]


def test_the_link_for_line_has_no_edit_code(client, hearing):
    text = client.get(send(client, hearing).headers["Location"]).content.decode()
    code = receipts.make_edit_code(Submission.objects.get().idempotency_key)
    link = text.split("line.me/R/share?")[1].split('"')[0]
    assert code not in link


@pytest.mark.parametrize(
    "write",
    [
        str,
        receipts.group,
        lambda number: "-".join(number),
        lambda number: number.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")),
    ],
)
def test_a_receipt_is_found_however_its_number_is_typed(client, sent, write):
    page = client.get(reverse("hearings:receipt_lookup"), {"number": write(sent.submission.receipt_no)})
    assert page.status_code == 302
    assert page.headers["Location"] == address("receipt", sent.submission)


@pytest.mark.parametrize(
    ("number", "status"), [("", 422), ("12", 422), ("ก" * 5000, 422), ("<b>", 422), ("111111111111", 422)]
)
def test_a_wrong_number_gets_a_sentence(client, number, status):
    page = client.get(reverse("hearings:receipt_lookup"), {"number": number})
    assert page.status_code == status
    assert 'href="#id_number"' in page.content.decode()


def test_a_right_number_nobody_has_is_not_found(client):
    number = receipts.make_receipt_no()
    assert client.get(reverse("hearings:receipt_lookup"), {"number": number}).status_code == 404
    assert client.get(reverse("hearings:receipt", args=[number])).status_code == 404
    assert client.get("/r/ก%00/").status_code in (400, 404)


def test_the_code_opens_the_form_with_what_was_sent(client, sent):
    page = client.post(address("receipt_edit", sent.submission), {"code": "000000"})
    assert page.status_code == 422
    assert "แนวหมุดกินที่นา" not in page.content.decode()
    text = client.post(address("receipt_edit", sent.submission), {"code": sent.edit_code}).content.decode()
    assert "แนวหมุดกินที่นา" in text
    assert "somchai@example.org" in text


def test_five_wrong_codes_close_the_door_for_a_while(client, sent):
    for _try in range(5):
        client.post(address("receipt_edit", sent.submission), {"code": "000000"})
    page = client.post(address("receipt_edit", sent.submission), {"code": sent.edit_code})
    assert page.status_code == 422
    assert "15" in page.content.decode()


def test_a_change_is_saved_and_dated(client, sent):
    form = answers(code=sent.edit_code, province=PROVINCE, **{"c0-reason": "แก้คำแล้ว"})
    page = client.post(address("receipt_edit", sent.submission), form)
    assert page.headers["Location"] == address("receipt", sent.submission)
    sent.submission.refresh_from_db()
    assert sent.submission.revised_at
    assert sent.submission.comments.current().get().reason == "แก้คำแล้ว"
    assert "แก้คำแล้ว" in client.get(page.headers["Location"]).content.decode()


def test_a_change_without_the_code_is_refused_and_keeps_the_text(client, sent):
    page = client.post(
        address("receipt_edit", sent.submission), answers(code="1", **{"c0-reason": "ข้อความใหม่"})
    )
    assert page.status_code == 422
    assert "ข้อความใหม่" in page.content.decode()
    assert sent.submission.comments.get().reason == "แนวหมุดกินที่นา"


def test_withdrawing_asks_to_be_sure_and_leaves_a_tombstone(client, hearing, sent):
    comment(hearing, timezone.now())
    url = address("receipt_withdraw", sent.submission)
    assert client.post(url, {"code": sent.edit_code}).status_code == 422
    assert client.post(url, {"code": sent.edit_code, "sure": "on"}).status_code == 302
    sent.submission.refresh_from_db()
    assert sent.submission.is_withdrawn
    assert "แนวหมุดกินที่นา" not in client.get(address("receipt", sent.submission)).content.decode()
    public = client.get(reverse("hearings:comments", args=[hearing.slug])).content.decode()
    assert 'class="tomb"' in public
    assert client.get(url).status_code == 409


def test_after_closing_nothing_can_be_changed(client, hearing, sent):
    close(hearing)
    assert client.get(address("receipt_edit", sent.submission)).status_code == 409
    assert client.get(address("receipt_withdraw", sent.submission)).status_code == 409
    late = client.post(
        address("receipt_edit", sent.submission), answers(code=sent.edit_code, **{"c0-reason": "สายไป"})
    )
    assert late.status_code == 409
    assert "สายไป" in late.content.decode()


@pytest.fixture
def whole(client, hearing, settings, tmp_path):
    """Sent with an answer and a file; the client is the device that sent it."""
    settings.MEDIA_ROOT = tmp_path
    asked = question(hearing, "multiple", timezone.now(), text="ใช้น้ำจากที่ใด")
    form = answers(**{"q-seen": str(asked.pk), f"q-r{asked.pk}": ["a1", "a2"]})
    client.post(client_address(hearing), {**form, "files": SimpleUploadedFile("หลักหมุด.jpg", photo())})
    return Submission.objects.get()


PRIVATE = ("ใช้น้ำจากที่ใด", "ใช้น้ำจากบึง", "หลักหมุด.jpg")


def shows(client, submission: Submission) -> list[bool]:
    page = client.get(address("receipt", submission))
    assert page.status_code == 200
    return [words in page.content.decode() for words in PRIVATE]


def test_answers_and_files_are_shown_on_the_device_that_sent(client, whole):
    assert shows(client, whole) == [True] * 3
    assert shows(Client(), whole) == [False] * 3


def test_the_edit_code_shows_answers_and_files_also_after_closing(hearing, whole):
    code = receipts.make_edit_code(whole.idempotency_key)
    close(hearing)
    other = Client()
    wrong = other.post(address("receipt", whole), {"code": "000000" if code != "000000" else "111111"})
    assert wrong.status_code == 422
    assert 'href="#id_code"' in wrong.content.decode()
    assert shows(other, whole) == [False] * 3
    assert other.post(address("receipt", whole), {"code": code}).status_code == 302
    assert shows(other, whole) == [True] * 3
    assert f"<span>{code[:3]}</span>" not in other.get(address("receipt", whole)).content.decode()


def test_opening_another_receipt_keeps_the_own_new_one(client, hearing):
    """Each for its own minutes, a few of them, and whoever sends next begins anew."""
    opened = [comment(hearing, timezone.now()) for _n in range(MOST)]
    send(client, hearing)
    own = Submission.objects.latest("pk")
    code = f"<span>{receipts.make_edit_code(own.idempotency_key)[:3]}</span>"
    first, second, third = opened

    def open_with_code(one) -> None:
        assert client.post(address("receipt", one.submission), {"code": one.edit_code}).status_code == 302

    def is_known(submission) -> bool:
        return client.get(address("receipt", submission)).context["sent"] is not None

    open_with_code(first)
    open_with_code(first)
    open_with_code(second)
    assert code in client.get(address("receipt", own)).content.decode()
    assert is_known(first.submission) and is_known(second.submission)
    open_with_code(third)
    assert [is_known(one.submission) for one in opened] == [True] * 3
    assert not is_known(own), "only so many"
    client.cookies["sent"] = client.cookies["sent"].value.replace("~", "~x")
    assert [is_known(one.submission) for one in opened] == [False, False, True]
    send(client, hearing)
    assert not is_known(third.submission)


def test_the_slip_holds_what_was_sent_for_its_author_only(client, whole):
    whole.comments.update(suggestion="#[$x$] *หนึ่ง*\n= สอง")
    url = address("receipt_pdf", whole)
    own, others = (read_back(device.get(url).content) for device in (client, Client()))
    for words in ("แนวหมุดด้านเหนือ", "#[$x$]*หนึ่ง*", "ใช้น้ำจากบึง", "หลักหมุด.jpg"):
        assert words in own
        assert words not in others
    withdraw(submission=whole, edit_code=receipts.make_edit_code(whole.idempotency_key), now=timezone.now())
    assert "ใช้น้ำจากบึง" not in read_back(client.get(url).content)


def test_nothing_of_what_was_withdrawn_is_shown_to_anybody(client, whole):
    withdraw(submission=whole, edit_code=receipts.make_edit_code(whole.idempotency_key), now=timezone.now())
    assert shows(client, whole) == [False] * 3
