"""A village behind one address gets through, one script at the same rate does not, and nobody loses a word."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from core.models import Bucket
from hearings.forms.guards import new_start
from hearings.models import Attachment, Submission
from hearings.views import limits
from tests.factories.hearings import HearingFactory
from tests.hearings.journey import address, answers

pytestmark = pytest.mark.django_db

VILLAGE = "203.0.113.7"
OLD_FORM = new_start(dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC))
moments = itertools.count(1)


@pytest.fixture
def clock(now, monkeypatch) -> Clock:
    return Clock(now, monkeypatch)


class Clock:
    """The time every view and service asks for; stands still until it is moved."""

    def __init__(self, now: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = now
        monkeypatch.setattr(timezone, "now", lambda: self.now)

    def pass_by(self, seconds: float) -> None:
        self.now += dt.timedelta(seconds=seconds)


@pytest.fixture
def hearing(now):
    return HearingFactory.open(now)


def browser(number: int) -> Client:
    """A phone in the village: the address of all, a cookie of its own."""
    client = Client(REMOTE_ADDR=VILLAGE)
    client.cookies["csrftoken"] = f"{number:032d}"
    return client


def form(opened: dt.datetime, **changes: Any) -> dict[str, Any]:
    """No two people open a form in the same millionth of a second."""
    mark = new_start(opened - next(moments) * dt.timedelta.resolution)
    return {**answers(), "started": mark, **changes}


def ten_minutes(clock: Clock, hearing, post: Callable[[int], Any]) -> list[int]:
    """The status of sixty posts, one every ten seconds."""
    statuses = []
    for number in range(60):
        statuses.append(post(number).status_code)
        clock.pass_by(10)
    return statuses


def villager(clock: Clock, hearing, number: int) -> Any:
    return browser(number).post(address(hearing), form(clock.now - dt.timedelta(minutes=4)))


def test_sixty_villagers_behind_one_address_get_through_in_ten_minutes(clock, hearing):
    assert ten_minutes(clock, hearing, lambda number: villager(clock, hearing, number)) == [302] * 60
    assert Submission.objects.count() == 60


def test_sixty_villagers_who_press_send_in_the_same_second_get_through_and_the_next_waits(clock, hearing):
    assert {villager(clock, hearing, number).status_code for number in range(60)} == {302}
    page = villager(clock, hearing, 61)
    assert page.status_code == 429
    assert page.headers["Retry-After"] == "10"
    clock.pass_by(10)
    assert villager(clock, hearing, 61).status_code == 302


SCRIPTS = {
    "one browser that opens each form in time": lambda clock, number: (
        browser(1),
        form(clock.now - dt.timedelta(minutes=4)),
    ),
    "new cookies each time, but forms opened just now": lambda clock, number: (
        browser(number),
        form(clock.now - dt.timedelta(seconds=5)),
    ),
    "new cookies each time, but always the same form": lambda clock, number: (
        browser(number),
        form(clock.now, started=OLD_FORM),
    ),
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_a_script_at_the_rate_of_sixty_villagers_is_slowed_down(clock, hearing, script):
    def post(number: int) -> Any:
        client, fields = script(clock, number)
        return client.post(address(hearing), fields)

    statuses = ten_minutes(clock, hearing, post)
    assert set(statuses) == {302, 429}
    assert statuses.count(302) <= 16, statuses
    assert Submission.objects.count() == statuses.count(302)


def test_a_script_in_the_village_takes_nothing_from_its_neighbours(clock, hearing):
    def both(number: int) -> Any:
        browser(999).post(address(hearing), form(clock.now - dt.timedelta(minutes=4)))
        return villager(clock, hearing, number)

    assert ten_minutes(clock, hearing, both) == [302] * 60


def test_who_must_wait_keeps_every_word_and_is_told_when_to_press_again(clock, hearing):
    for _ in range(limits.BROWSER.capacity):
        browser(1).post(address(hearing), form(clock.now - dt.timedelta(minutes=4)))
    fields = form(clock.now - dt.timedelta(minutes=4), name="สมชาย ใจดี", publish_name="name")
    page = browser(1).post(address(hearing), fields)
    text = page.content.decode()
    assert page.status_code == 429
    assert page.headers["Retry-After"] == "60"
    assert "10.43 น." in text
    for words in ("แนวหมุดด้านเหนือกินที่นา", "เดินแนวร่วมกัน", "สมชาย ใจดี", fields["key"], fields["started"]):
        assert words in text
    clock.pass_by(60)
    assert browser(1).post(address(hearing), fields).status_code == 302


def test_pressing_send_again_costs_nothing(clock, hearing):
    fields = form(clock.now - dt.timedelta(minutes=4))
    found = {browser(1).post(address(hearing), fields).headers["Location"] for _ in range(20)}
    assert len(found) == 1
    assert villager(clock, hearing, 1).status_code == 302


def test_a_mistake_in_the_form_costs_nothing(clock, hearing):
    for _ in range(10):
        wrong = form(clock.now - dt.timedelta(minutes=4), sector="king")
        assert browser(1).post(address(hearing), wrong).status_code == 422
    assert Bucket.objects.count() == 0


def test_other_hearings_have_buckets_of_their_own(clock, hearing, now):
    for number in range(60):
        villager(clock, hearing, number)
    assert villager(clock, HearingFactory.open(now), 61).status_code == 302


def test_what_is_kept_of_a_sender_is_no_address_and_is_gone_soon(clock, hearing):
    villager(clock, hearing, 1)
    assert VILLAGE not in str(list(Bucket.objects.values()))
    assert max(Bucket.objects.values_list("full_at", flat=True)) <= clock.now.timestamp() + 600


# --- proof of work ---------------------------------------------------------------------------------------------


def proof_of(mark: str, bits: int) -> str:
    """What static/js/work.js looks for."""
    for number in itertools.count():
        digest = hashlib.sha256(f"{mark}:{number}".encode()).digest()
        if int.from_bytes(digest) >> (256 - bits) == 0:
            return str(number)
    raise AssertionError


def test_no_work_is_asked_for_by_default(clock, hearing):
    page = browser(1).post(address(hearing), form(clock.now, step="3", go="next"))
    assert "work.js" not in page.content.decode()


def test_with_proof_of_work_a_form_opened_just_now_goes_through(clock, hearing, settings):
    settings.HEARING_WORK_BITS = 8
    fields = form(clock.now - dt.timedelta(seconds=20))
    assert 'data-work="8"' in browser(1).post(address(hearing), {**fields, "go": "next"}).content.decode()
    fields["work"] = proof_of(fields["started"], 8)
    assert browser(1).post(address(hearing), fields).status_code == 302


@pytest.mark.parametrize("work", ["", "1", "ก", "9" * 50, "\x00"])
def test_without_a_script_the_same_form_waits_a_minute_and_keeps_its_words(clock, hearing, settings, work):
    settings.HEARING_WORK_BITS = 16
    fields = form(clock.now - dt.timedelta(seconds=20), work=work)
    page = browser(1).post(address(hearing), fields)
    assert page.status_code == 429
    assert page.headers["Retry-After"] == "40"
    assert "แนวหมุดด้านเหนือกินที่นา" in page.content.decode()
    clock.pass_by(40)
    assert browser(1).post(address(hearing), fields).status_code == 302


def test_the_proof_of_one_form_is_worth_nothing_in_another(clock, hearing, settings):
    settings.HEARING_WORK_BITS = 12
    first, second = (form(clock.now - dt.timedelta(seconds=20)) for _ in range(2))
    page = browser(1).post(address(hearing), {**second, "work": proof_of(first["started"], 12)})
    assert page.status_code == 429


# --- files ---------------------------------------------------------------------------------------------------


def test_too_many_files_wait_and_the_words_stay(clock, hearing):
    fields = form(clock.now - dt.timedelta(minutes=4), step="2", go="attach")

    def upload(number: int) -> Any:
        files = SimpleUploadedFile(f"{number}.txt", f"no photo {number}".encode())
        return browser(1).post(address(hearing), {**fields, "files": files})

    statuses = [upload(number).status_code for number in range(limits.FILES_OF_FORM.capacity)]
    assert set(statuses) == {422}
    page = upload(99)
    assert page.status_code == 429
    assert page.headers["Retry-After"] == "60"
    assert "แนวหมุดด้านเหนือกินที่นา" in page.content.decode()
    assert Attachment.objects.count() == 0


def test_sixty_villagers_may_each_bring_two_photos(clock, hearing, monkeypatch):
    monkeypatch.setattr("hearings.views.journey.attach", lambda **_kwargs: None)
    for number in range(60):
        fields = form(clock.now - dt.timedelta(minutes=4 + number), step="2", go="attach")
        photos = [SimpleUploadedFile(f"{n}.jpg", b"photo") for n in range(2)]
        assert browser(number).post(address(hearing), {**fields, "files": photos}).status_code == 200
