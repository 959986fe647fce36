"""Many hands at the same moment: each is stored exactly once or refused with a sentence, and none is lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from hearings.models import Comment, Submission, SubmissionVersion
from hearings.services.data import CommentData
from hearings.services.errors import HearingClosed
from hearings.services.force_close import force_close
from hearings.services.revise import revise
from tests.factories.hearings import HearingFactory, comment, office_head, submission_data
from tests.hearings.journey import address, answers
from tests.hearings.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)

MILLISECOND = dt.timedelta(milliseconds=1)
WRITERS = 50


def test_a_millisecond_before_closing_all_are_stored_and_a_millisecond_after_none(now):
    hearing = HearingFactory.open(now)

    def send(number: int) -> Any:
        moment = hearing.closes_at + (MILLISECOND if number % 2 else -MILLISECOND)
        return comment(hearing, moment, reason=f"ความเห็นที่ {number}")

    results = at_once(send, WRITERS)
    early, late = results[::2], results[1::2]
    assert {type(result).__name__ for result in early} == {"Receipt"}
    assert {type(result).__name__ for result in late} == {"HearingClosed"}
    assert all(result.messages for result in late)
    stored = set(Comment.objects.values_list("reason", flat=True))
    assert stored == {f"ความเห็นที่ {number}" for number in range(0, WRITERS, 2)}
    assert Submission.objects.count() == SubmissionVersion.objects.count() == WRITERS // 2


def test_the_same_form_sent_five_times_at_once_is_one_comment_with_one_receipt():
    hearing, fields = HearingFactory.open(timezone.now()), answers()

    def send(_number: int) -> Any:
        phone = Client()
        phone.cookies["csrftoken"] = "a" * 32
        return phone.post(address(hearing), fields)

    pages = at_once(send, 5)
    assert [page.status_code for page in pages] == [302] * 5
    assert len({page.headers["Location"] for page in pages}) == 1
    assert Submission.objects.count() == Comment.objects.count() == SubmissionVersion.objects.count() == 1


def test_a_form_sent_again_after_closing_gets_its_receipt_again():
    """The answer to the first press was lost on the line; the words were not."""
    hearing, fields = HearingFactory.open(timezone.now()), answers()
    first = Client().post(address(hearing), fields)
    force_close(hearing=hearing, actor=office_head(), now=timezone.now(), reason="น้ำท่วมศาลาประชาคม")
    again = Client().post(address(hearing), fields)
    assert again.status_code == 302
    assert again.headers["Location"] == first.headers["Location"]
    assert Submission.objects.count() == 1


def test_while_staff_close_each_edit_is_stored_whole_or_refused(now):
    hearing = HearingFactory.open(now)
    written = [comment(hearing, now) for _ in range(8)]
    head = office_head()

    def act(number: int) -> Any:
        if number == len(written):
            return force_close(hearing=hearing, actor=head, now=now, reason="น้ำท่วมศาลาประชาคม")
        return revise(
            submission=written[number].submission,
            edit_code=written[number].edit_code,
            data=submission_data(),
            comments=[CommentData(stance="agree", reason="แก้แล้ว")],
            now=now,
        )

    *edits, closed = at_once(act, len(written) + 1)
    assert not isinstance(closed, Exception), closed
    assert all(isinstance(edit, Submission | HearingClosed) for edit in edits), edits
    stored = sum(isinstance(edit, Submission) for edit in edits)
    assert Comment.objects.current().count() == len(written)
    assert Comment.objects.current().filter(reason="แก้แล้ว").count() == stored
    assert SubmissionVersion.objects.count() == len(written) + stored
    with pytest.raises(HearingClosed):
        revise(
            submission=written[0].submission,
            edit_code=written[0].edit_code,
            data=submission_data(),
            comments=[CommentData(stance="agree", reason="สายไป")],
            now=now,
        )
