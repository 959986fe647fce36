"""Six digits are few: wrong codes and unknown receipt numbers are counted where nothing forgets them."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from hearings import receipts
from hearings.models import Submission
from hearings.services.edit_codes import TRIES, verify_edit_code
from hearings.services.errors import TooManyTries, WrongEditCode
from hearings.views.receipt import LOOKUP_LIMIT
from tests.factories.hearings import HearingFactory, comment

pytestmark = pytest.mark.django_db


def wrong_tries_within(days: int, submission: Submission, now: dt.datetime) -> int:
    """How many wrong codes get an answer if somebody tries every minute."""
    made = 0
    for minute in range(days * 24 * 60):
        try:
            verify_edit_code(submission, "x", now + dt.timedelta(minutes=minute))
        except WrongEditCode:
            made += 1
        except TooManyTries:
            continue
    return made


def test_the_first_block_lasts_a_quarter_of_an_hour_and_the_next_longer(now) -> None:
    submission = comment(HearingFactory.open(now), now).submission
    for wait in (15, 30, 60):
        for _ in range(TRIES):
            with pytest.raises(WrongEditCode):
                verify_edit_code(submission, "x", now)
        with pytest.raises(TooManyTries) as refused:
            verify_edit_code(submission, "x", now)
        assert refused.value.params == {"minutes": wait}
        now += dt.timedelta(minutes=wait)


def test_a_day_of_trying_gets_a_handful_of_codes(now) -> None:
    assert wrong_tries_within(1, comment(HearingFactory.open(now), now).submission, now) <= 35


def test_an_emptied_cache_gives_no_new_tries(now) -> None:
    submission = comment(HearingFactory.open(now), now).submission
    for _ in range(TRIES):
        with pytest.raises(WrongEditCode):
            verify_edit_code(submission, "x", now)
    cache.clear()
    with pytest.raises(TooManyTries):
        verify_edit_code(submission, "x", now)


def test_the_author_comes_in_after_the_block_and_clears_it(now) -> None:
    receipt = comment(HearingFactory.open(now), now)
    for _ in range(TRIES):
        with pytest.raises(WrongEditCode):
            verify_edit_code(receipt.submission, "x", now)
    verify_edit_code(receipt.submission, receipt.edit_code, now + dt.timedelta(minutes=15))
    row = Submission.objects.get(pk=receipt.submission.pk)
    assert (row.wrong_codes, row.codes_blocked_until) == (0, None)


@pytest.mark.django_db(transaction=True)
def test_many_tries_at_once_are_not_more_than_one_after_the_other(now) -> None:
    submission = comment(HearingFactory.open(now), now).submission
    answers = []

    def attempt() -> None:
        try:
            verify_edit_code(submission, "x", now)
        except (WrongEditCode, TooManyTries) as refused:
            answers.append(type(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count(WrongEditCode) == TRIES
    assert answers.count(TooManyTries) == 20 - TRIES


@pytest.mark.parametrize("name", ["receipt", "receipt_edit", "receipt_withdraw"])
def test_nobody_tries_receipt_numbers_in_a_row(client, now, name) -> None:
    mine = comment(HearingFactory.open(now), now).submission.receipt_no
    for _ in range(LOOKUP_LIMIT.capacity):
        unknown = receipts.make_receipt_no()
        assert client.get(reverse(f"hearings:{name}", args=[unknown])).status_code == 404
    assert client.get(reverse(f"hearings:{name}", args=[mine])).status_code == 429
    other = client.get(reverse(f"hearings:{name}", args=[mine]), REMOTE_ADDR="192.0.2.9")
    assert other.status_code in (200, 409)


def test_reading_the_own_receipt_is_never_counted(client, now) -> None:
    address = reverse("hearings:receipt", args=[comment(HearingFactory.open(now), now).submission.receipt_no])
    assert {client.get(address).status_code for _ in range(LOOKUP_LIMIT.capacity + 5)} == {200}
