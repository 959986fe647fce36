"""Twenty hands at once: one form is stored once, and the last seat is taken once."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from hearings.models import Comment, MeetingRegistration, Reply, Submission, SubmissionVersion
from hearings.services.data import CommentData
from hearings.services.errors import ChangedMeanwhile
from hearings.services.register_for_meeting import register_for_meeting
from hearings.services.reply import ReplyReceipt, reply, withdraw_reply
from hearings.services.revise import revise
from tests.factories.hearings import HearingFactory, comment, day, submission_data
from tests.hearings.test_services_meetings import meeting

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 20


def at_once(action: Callable[[int], Any], hands: int = HANDS) -> list[Any]:
    """Run ``action`` in as many threads, all let go at the same moment; errors are returned like results."""
    gate = threading.Barrier(hands)

    def hand(number: int) -> Any:
        try:
            gate.wait(timeout=30)
            return action(number)
        except Exception as error:  # noqa: BLE001  (handed to the test, which looks at each)
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(hands) as pool:
        return list(pool.map(hand, range(hands)))


def test_one_form_sent_twenty_times_at_once_is_stored_once_and_answered_twenty_times(now):
    hearing, key = HearingFactory.open(now), uuid.uuid4()
    results = at_once(lambda _: comment(hearing, now, key=key))
    assert {type(result).__name__ for result in results} == {"Receipt"}
    assert len({(result.submission.receipt_no, result.edit_code) for result in results}) == 1
    assert sum(result.created for result in results) == 1
    assert Submission.objects.count() == Comment.objects.count() == SubmissionVersion.objects.count() == 1


def test_twenty_different_forms_at_once_are_all_stored(now):
    hearing = HearingFactory.open(now)
    results = at_once(lambda _: comment(hearing, now))
    assert {type(result).__name__ for result in results} == {"Receipt"}
    assert Submission.objects.count() == HANDS


def test_at_the_closing_instant_those_before_are_stored_and_those_after_are_not(now):
    hearing = HearingFactory.open(now)
    tick = hearing.closes_at - now

    def send(number: int) -> Any:
        return comment(hearing, now + tick - day(now, 0).resolution * (1 if number % 2 else 0))

    results = at_once(send)
    assert [type(result).__name__ for result in results] == ["HearingClosed", "Receipt"] * (HANDS // 2)
    assert Submission.objects.count() == HANDS // 2


def test_two_windows_changing_the_same_submission_leave_one_current_comment(now):
    hearing = HearingFactory.open(now)
    receipt = comment(hearing, now)

    def change(number: int) -> Any:
        words = [CommentData(stance="agree", reason=f"แก้ {number}")]
        return revise(
            submission=receipt.submission,
            edit_code=receipt.edit_code,
            data=submission_data(),
            comments=words,
            now=now,
        )

    results = at_once(change, hands=6)
    stored = [result for result in results if isinstance(result, Submission)]
    assert all(isinstance(result, Submission | ChangedMeanwhile) for result in results), results
    assert stored
    assert Comment.objects.current().filter(hearing=hearing).count() == 1
    assert SubmissionVersion.objects.count() == 1 + len(stored)


def test_replies_at_the_moment_of_a_change_stand_below_the_new_words_or_are_refused(now):
    receipt = comment(HearingFactory.open(now), now)
    old = receipt.submission.comments.get()

    def answer(key: uuid.UUID) -> ReplyReceipt:
        return reply(comment=old, text="ที่หมู่ 7 ก็เหมือนกัน", idempotency_key=key, now=now)

    first = answer(uuid.uuid4())

    def press(number: int) -> Any:
        if number == 2:
            return revise(
                submission=receipt.submission, edit_code=receipt.edit_code, data=submission_data(),
                comments=[CommentData(stance="agree", reason="คิดใหม่แล้ว")], now=now,
            )  # fmt: skip
        if number == 3:
            return withdraw_reply(reply=first.reply, edit_code=first.edit_code, now=now)
        return answer(uuid.uuid4())

    results = at_once(press, hands=6)
    stored = [result for result in results if isinstance(result, ReplyReceipt)]
    refused = [result for result in results if isinstance(result, ValidationError)]
    assert len(stored) + len(refused) == 4, results
    shown = Comment.objects.current().get()
    assert Reply.objects.filter(comment=shown).count() == len(stored) + 1
    assert shown.replies_counted == len(stored)


def test_the_last_seats_are_given_once(now):
    subject = meeting(now, seats=3)

    def register(_number: int) -> Any:
        return register_for_meeting(
            meeting=subject,
            name="สมศรี",
            phone="",
            sector="citizen",
            people=1,
            idempotency_key=uuid.uuid4(),
            now=now,
        )

    results = at_once(register, hands=8)
    assert sum(isinstance(result, MeetingRegistration) for result in results) == 3
    assert MeetingRegistration.objects.count() == 3
