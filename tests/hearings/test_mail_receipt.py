"""The copy by e-mail: all that was sent, and nothing of what was withdrawn, hidden or changed before it left."""

from __future__ import annotations

import uuid

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hearings.models import Attachment
from hearings.privacy import anonymise
from hearings.services.answers import AnswerData
from hearings.services.attach import attach
from hearings.services.data import CommentData
from hearings.services.mail_receipt import MOST_LETTERS
from hearings.services.moderate import moderate
from hearings.services.revise import revise
from hearings.services.show_file import decide_file
from hearings.services.submit import Receipt, submit
from hearings.services.withdraw import withdraw
from notifications.models import OutboxMessage
from notifications.services import outbox
from tests.factories.hearings import HearingFactory, comment, office_head, submission_data
from tests.factories.questions import question
from tests.hearings.test_services_attach import photo

pytestmark = pytest.mark.django_db
ADDRESS, WORDS = "somchai@example.org", "แนวหมุดกินที่นา"


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def sent(now) -> Receipt:
    return comment(HearingFactory.open(now), now, email=ADDRESS, suggestion="เดินแนวร่วมกัน")


def delivered(now) -> str:
    outbox.deliver(now)
    return "\n".join(str(letter.body) for letter in mail.outbox)


def changed(sent: Receipt, now, **fields) -> None:
    data = submission_data(**fields)
    said = [CommentData(stance=data.stance, reason="คำใหม่")]
    revise(submission=sent.submission, edit_code=sent.edit_code, data=data, comments=said, now=now)


def test_the_copy_holds_stance_words_answers_and_names_of_files(now, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    hearing, key = HearingFactory.open(now), uuid.uuid4()
    asked = question(hearing, "multiple", now, text="ใช้น้ำจากที่ใด")
    attach(hearing=hearing, form_key=key, upload=SimpleUploadedFile("หลักหมุด.jpg", photo()), now=now)
    data = submission_data(email=ADDRESS)
    block = hearing.current_draft.blocks.order_by("order").first()
    said = [CommentData(stance=data.stance, reason=WORDS, suggestion="เดินแนวร่วมกัน", block_key=block.key)]
    answers = [AnswerData(asked, ["a1"])]
    submit(hearing=hearing, data=data, comments=said, idempotency_key=key, now=now, answers=answers)
    text = delivered(now)
    for part in (
        block.heading,
        "เห็นด้วยบางส่วน",
        WORDS,
        "เดินแนวร่วมกัน",
        "ใช้น้ำจากที่ใด\nใช้น้ำจากบึง",
        "หลักหมุด.jpg",
    ):
        assert part in text


def test_what_is_withdrawn_before_the_letter_leaves_is_not_in_it(now, sent):
    withdraw(submission=sent.submission, edit_code=sent.edit_code, now=now)
    text = delivered(now)
    assert f"/r/{sent.submission.receipt_no}/" in text
    assert WORDS not in text
    assert "เดินแนวร่วมกัน" not in text


def test_what_is_hidden_before_the_letter_leaves_is_not_in_it(now, sent):
    moderate(submission=sent.submission, actor=office_head(), decision="hide", reason_code="threat", now=now)
    assert WORDS not in delivered(now)


def test_a_file_that_is_hidden_before_the_letter_leaves_is_not_named_in_it(now, sent):
    given = {
        "hearing": sent.submission.hearing,
        "submission": sent.submission,
        "kind": "photo",
        "created_at": now,
    }
    for name in ("บัตรประชาชน.jpg", "คันนา.jpg"):
        Attachment.objects.create(form_key=uuid.uuid4(), name=name, file=name, size=5, sha256=name, **given)
    for file in Attachment.objects.order_by("pk"):
        decide_file(attachment=file, publish=file.name == "คันนา.jpg", by=office_head(), now=now)
    text = delivered(now)
    assert "คันนา.jpg" in text
    assert "บัตรประชาชน.jpg" not in text


def test_a_change_reaches_the_waiting_letter_with_its_address(now, sent):
    changed(sent, now, email="malee@example.org")
    text = delivered(now)
    assert mail.outbox[0].to == ["malee@example.org"]
    assert "คำใหม่" in text
    assert WORDS not in text


def test_an_address_corrected_after_the_letter_left_gets_it_once(now, sent):
    for address in ("malee@example.org", "malee@example.org", ADDRESS, "Malee@example.org"):
        delivered(now)
        changed(sent, now, email=address)
    delivered(now)
    assert [letter.to for letter in mail.outbox] == [[ADDRESS], ["malee@example.org"]]
    assert "คำใหม่" in mail.outbox[1].body


def test_an_address_given_only_later_gets_the_letter_and_strangers_do_not_get_many(now):
    sent = comment(HearingFactory.open(now), now)
    for number in range(6):
        changed(sent, now, email=f"somebody{number}@example.org")
        delivered(now)
    assert len(mail.outbox) == MOST_LETTERS
    anonymise([sent.submission.pk])
    assert not OutboxMessage.objects.exclude(to="").exists()


def test_a_dead_letter_leaves_to_the_corrected_address_at_once(now, sent):
    OutboxMessage.objects.update(next_try_at=None, tries=7, last_error="550")
    changed(sent, now, email="malee@example.org")
    row = OutboxMessage.objects.get()
    assert (row.tries, row.last_error, row.next_try_at) == (0, "", now)
    delivered(now)
    assert mail.outbox[0].to == ["malee@example.org"]


def test_an_address_corrected_while_the_letter_leaves_gets_it_too(now, sent):
    read_before = OutboxMessage.objects.get()
    assert outbox._claim(read_before, now)
    changed(sent, now, email="malee@example.org")
    outbox._send(read_before, now)
    delivered(now)
    assert [letter.to for letter in mail.outbox] == [[ADDRESS], ["malee@example.org"]]


def test_a_dead_letter_put_back_later_does_not_hold_what_was_withdrawn(now, sent):
    OutboxMessage.objects.update(next_try_at=None, tries=7)
    withdraw(submission=sent.submission, edit_code=sent.edit_code, now=now)
    assert outbox.try_again(message=OutboxMessage.objects.get(), now=now)
    assert WORDS not in delivered(now)


def test_a_worker_that_read_the_letter_before_it_was_rewritten_leaves_it(now, sent):
    read_before = OutboxMessage.objects.get()
    withdraw(submission=sent.submission, edit_code=sent.edit_code, now=now)
    assert not outbox._claim(read_before, now)
    assert WORDS not in delivered(now)


@pytest.mark.parametrize("leave", ["change", "erase"])
def test_nothing_leaves_to_an_address_that_was_taken_out(now, sent, leave):
    if leave == "change":
        changed(sent, now, email="")
    else:
        anonymise([sent.submission.pk])
    assert delivered(now) == ""
    assert not OutboxMessage.objects.exclude(to="", body="").exists()
