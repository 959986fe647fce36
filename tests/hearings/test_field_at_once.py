"""Several hands on one village's sheet at the same moment: it is kept once, counted once, stored once."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.roles import Role
from geography.models import Province
from hearings.enums import BatchStatus
from hearings.models import Comment, NoticeBoard, PostingEntry, ProxyBatch, Submission
from hearings.services.batches import send_batch, take_in
from hearings.services.check_batch import check_batch
from hearings.services.take_posting import take_posting
from tests.factories.hearings import HearingFactory
from tests.hearings.people import HOME, person
from tests.hearings.sheets import ROWS, batch_data, save
from tests.hearings.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)
CHECKERS = (Role.STRATEGY, Role.OFFICE_HEAD, Role.ADMINISTRATION, Role.PROVINCE_COORDINATOR)


@pytest.fixture
def hearing(now):
    return HearingFactory.open(now, provinces=[Province.objects.get(pk=HOME)])


@pytest.fixture
def agent(db):
    return person(Role.CHANGE_AGENT, HOME)


def test_five_second_persons_confirm_at_once_and_it_is_counted_once(hearing, agent, now):
    batch = send_batch(batch=save(hearing, agent, now), by=agent, now=now)
    checkers = [person(role, HOME) for role in CHECKERS]
    checkers.append(checkers[0])  # and one of them presses twice
    results = at_once(lambda hand: check_batch(batch=batch, by=checkers[hand], now=now), hands=5)
    done = [result for result in results if isinstance(result, ProxyBatch)]
    assert all(isinstance(result, ProxyBatch | ValidationError) for result in results), results
    assert len({result.checked_by_id for result in done}) == 1
    assert ProxyBatch.objects.get().status == BatchStatus.CHECKED
    assert Submission.objects.count() == Comment.objects.count() == 2


def test_one_sheet_sent_five_times_at_once_from_a_phone_is_kept_once(hearing, agent, now):
    key = uuid.uuid4()

    def send(_hand: int) -> Any:
        return take_in(
            hearing=hearing, data=batch_data(now), rows=ROWS, idempotency_key=key, by=agent, now=now
        )

    results = at_once(send, hands=5)
    assert {type(result).__name__ for result in results} == {"ProxyBatch"}, results
    assert len({result.pk for result in results}) == ProxyBatch.objects.count() == 1
    assert ProxyBatch.objects.get().rows.count() == len(ROWS)


def test_one_board_sent_five_times_at_once_from_a_phone_is_kept_once(hearing, agent, now):
    key = uuid.uuid4()

    def send(_hand: int) -> Any:
        return take_posting(
            hearing=hearing, actor=agent, now=now, idempotency_key=key, kind="village", place="ศาลาหมู่ 4"
        )

    results = at_once(send, hands=5)
    assert {type(result).__name__ for result in results} == {"Taken"}, results
    assert len({result.entry.pk for result in results}) == 1
    assert NoticeBoard.objects.count() == PostingEntry.objects.count() == 1
