"""Photos of notice boards kept on a phone arrive once, clean, and change nothing the office knows better (P111, R6)."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from geography.models import Province
from hearings.models import NoticeBoard, PostingEntry
from hearings.services.record_posting import record_posting
from hearings.services.take_posting import take_posting
from tests.factories.hearings import HearingFactory, office_head
from tests.hearings.people import ELSEWHERE, HOME, person
from tests.hearings.test_field_pages import today
from tests.hearings.test_posting import photo

pytestmark = pytest.mark.django_db
WHERE = {"kind": "village", "place": "ศาลาหมู่ 4"}


@pytest.fixture
def now():
    """The pages ask the real clock, so the hearings of these tests are open now."""
    return timezone.now()


@pytest.fixture
def hearing(now):
    return HearingFactory.open(now, provinces=[Province.objects.get(pk=HOME)])


@pytest.fixture
def agent(db):
    return person(Role.CHANGE_AGENT, HOME)


def take(hearing, actor, now, **changes):
    return take_posting(
        hearing=hearing, actor=actor, now=now, **{"idempotency_key": uuid.uuid4(), **WHERE, **changes}
    ).entry


def test_the_same_key_twice_makes_one_board(hearing, agent, now):
    key = uuid.uuid4()
    first = take(hearing, agent, now, idempotency_key=key, photo=photo())
    again = take(hearing, agent, now, idempotency_key=key, place="ที่อื่น", photo=photo())
    assert first.board == again.board == NoticeBoard.objects.get()
    assert NoticeBoard.objects.get().place == "ศาลาหมู่ 4"


def test_a_late_copy_does_not_bring_a_deleted_board_back(hearing, agent, now):
    key = uuid.uuid4()
    take(hearing, agent, now, idempotency_key=key).board.delete()
    assert take(hearing, agent, now, idempotency_key=key).board is None
    assert not NoticeBoard.objects.exists()


def test_a_board_that_is_known_gets_its_photo_and_keeps_the_words_and_the_day_of_the_office(
    hearing, agent, now
):
    office = {"hearing": hearing, "actor": office_head(), "now": now, **WHERE}
    known, dayless = (
        record_posting(posted_on=now.date() - dt.timedelta(days=3), **office),
        record_posting(**office),
    )
    for board in (known, dayless):
        sent = {"place": "คำเก่าบนเครื่อง", "posted_on": now.date(), "photo": photo()}
        take(hearing, agent, now, board=board, **sent)
        board.refresh_from_db()
        assert (board.place, bool(board.photo_id)) == ("ศาลาหมู่ 4", True)
    assert (now.date() - known.posted_on).days == 3
    assert dayless.posted_on == now.date()


def test_what_is_refused_leaves_its_key_free(hearing, agent, now):
    key = uuid.uuid4()
    with pytest.raises(ValidationError):
        take(hearing, agent, now, idempotency_key=key, place=" ")
    assert not PostingEntry.objects.exists()
    assert take(hearing, agent, now, idempotency_key=key).board


def test_a_key_of_another_hearing_is_refused(hearing, agent, now):
    key = uuid.uuid4()
    take(hearing, agent, now, idempotency_key=key)
    other = HearingFactory.open(now, provinces=[Province.objects.get(pk=HOME)])
    with pytest.raises(PermissionDenied):
        take(other, agent, now, idempotency_key=key)


@pytest.mark.parametrize(
    ("minutes", "is_replaced"), [(-60, False), (None, False), (60, True), (3 * 24 * 60, False)]
)
def test_a_photo_replaces_only_an_older_one(hearing, agent, now, minutes, is_replaced):
    """The office took a better one while the phone was without signal; a clock of next week proves nothing. What the
    first photo proved stays (R1)."""
    office = record_posting(
        hearing=hearing, actor=office_head(), now=now, posted_on=now.date(), photo=photo(), **WHERE
    )
    old, later = office.photo, now + dt.timedelta(hours=2)
    made = None if minutes is None else now + dt.timedelta(minutes=minutes)
    taken = take_posting(
        hearing=hearing, actor=agent, now=later, idempotency_key=uuid.uuid4(), board=office, photo=photo(),
        taken=made,
    )  # fmt: skip
    office.refresh_from_db()
    assert (office.photo != old, taken.differs) == (is_replaced, False)
    assert ("ศาลาหมู่ 4" in taken.note) is not is_replaced
    assert office.recorded_by == (agent if is_replaced else office.recorded_by)
    assert office.photo_since == now


def test_the_days_of_notice_begin_when_a_photo_arrives_not_when_a_phone_says_it_was_taken(
    hearing, agent, now
):
    hung = now - dt.timedelta(days=9)
    board = take(hearing, agent, now, posted_on=hung.date(), photo=photo(), taken=hung).board
    assert (board.posted_on, board.photo_since) == (hung.date(), now)


def test_a_board_deleted_at_the_same_moment_is_said_at_the_field(hearing, agent, now):
    board = record_posting(hearing=hearing, actor=office_head(), now=now, **WHERE)
    NoticeBoard.objects.all().delete()
    with pytest.raises(ValidationError) as refused:
        take(hearing, agent, now, board=board, photo=photo())
    assert "board" in refused.value.error_dict
    assert not PostingEntry.objects.exists()


# --- the pages ----------------------------------------------------------------------------------------------


def entry(hearing, **changes):
    return {
        "kind": "board", "hearing": hearing.pk, "key": uuid.uuid4(), "posted_on": today(), "photo": photo("photo.jpg"),
        **changes,
    }  # fmt: skip


def new_place(hearing, **changes):
    return entry(hearing, **{"board_kind": "village", "place": "ศาลาหมู่ 4", **changes})


def address(name, *args):
    return reverse(f"hearings_field:{name}", args=args)


def test_a_photo_from_the_phone_is_stored_once_and_clean(client, hearing, agent):
    client.force_login(agent)
    sent = new_place(hearing)
    for _ in range(2):
        answer = client.post(address("sync"), {**sent, "photo": photo("photo.jpg")})
        assert answer.json() == {"stored": str(sent["key"])}
    board = NoticeBoard.objects.get()
    assert (board.place, board.kind, board.recorded_by) == ("ศาลาหมู่ 4", "village", agent)
    with board.photo.file.open() as stored:
        assert b"SecretCamera" not in stored.read()


@pytest.mark.parametrize(
    ("changes", "anchor"),
    [
        ({"place": ""}, "id_place"),
        ({"board_kind": ""}, "id_board_kind_0"),
        ({"board": "999999"}, "id_board"),
        ({"board": "x"}, "id_board"),
        ({"posted_on": "1/1/2900"}, "id_posted_on"),
        ({"photo": photo("photo.jpg", b"<html>")}, "id_photo"),
        ({"key": "x"}, ""),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_stored(client, hearing, agent, changes, anchor):
    client.force_login(agent)
    answer = client.post(address("sync"), new_place(hearing, **changes))
    assert answer.status_code == 422
    problems = answer.json()["problems"]
    assert not anchor or anchor in [problem["anchor"] for problem in problems], problems
    assert not NoticeBoard.objects.exists()


def test_a_board_of_another_hearing_is_not_to_choose(client, hearing, agent, now):
    other = HearingFactory.open(now, provinces=[Province.objects.get(pk=HOME)])
    board = record_posting(hearing=other, actor=office_head(), now=now, **WHERE)
    client.force_login(agent)
    assert client.post(address("sync"), entry(hearing, board=board.pk)).status_code == 422


def test_an_agent_of_another_province_gets_no_form_and_stores_nothing(client, hearing):
    client.force_login(person(Role.CHANGE_AGENT, ELSEWHERE))
    assert client.get(address("offline_board", hearing.pk)).status_code == 403
    assert client.post(address("sync"), new_place(hearing)).status_code == 403


def test_boards_without_a_photo_stand_first_and_an_upcoming_hearing_has_its_page(client, agent, now):
    hearing = HearingFactory.upcoming(now, provinces=[Province.objects.get(pk=HOME)])
    office = {"hearing": hearing, "actor": office_head(), "now": now, "kind": "village"}
    record_posting(place="มีรูปแล้ว", photo=photo(), **office)
    record_posting(place="ยังไม่มี", **office)
    client.force_login(agent)
    page = client.get(address("offline_board", hearing.pk)).content.decode()
    assert page.index("ยังไม่มี") < page.index("มีรูปแล้ว")
    assert address("offline_board", hearing.pk) in client.get(address("home")).content.decode()


# --- sent again after the answer was lost ------------------------------------------------------------------------


@pytest.fixture
def phone(client, agent):
    client.force_login(agent)

    def send(sent, **changes):
        answer = client.post(address("sync"), {**sent, **changes})
        return answer.status_code, answer.json()

    return send


def test_a_photo_added_after_the_first_try_is_stored(phone, hearing):
    sent = new_place(hearing, photo="")
    assert phone(sent)[0] == 200
    assert phone(sent, photo=photo("photo.jpg")) == (200, {"stored": str(sent["key"])})
    assert NoticeBoard.objects.get().photo
    assert phone(sent, photo=photo("photo.jpg"))[0] == 200


def test_words_changed_after_the_first_try_stay_on_the_phone_and_say_what_to_do(phone, hearing):
    sent = new_place(hearing, photo="")
    phone(sent)
    for _ in range(2):
        status, answer = phone(sent, place="ศาลาหมู่ 5", photo=photo("photo.jpg"))
        assert status == 409
        assert answer["problems"][0]["message"]
        assert "stored" not in answer
    board = NoticeBoard.objects.get()
    assert (board.place, bool(board.photo)) == ("ศาลาหมู่ 4", True)
    assert phone(sent, photo=photo("photo.jpg"))[0] == 200


def test_a_copy_is_stored_also_when_its_board_is_deleted_and_a_changed_one_stays(phone, hearing, now):
    board = record_posting(hearing=hearing, actor=office_head(), now=now, **WHERE)
    sent = entry(hearing, board=board.pk, photo="")
    phone(sent)
    board.delete()
    assert phone(sent) == (200, {"stored": str(sent["key"])})
    assert phone(sent, photo=photo("photo.jpg"))[0] == 409
    assert not NoticeBoard.objects.exists()


def test_a_board_whose_day_is_known_needs_a_photo(phone, client, hearing, now):
    office = {"hearing": hearing, "actor": office_head(), "now": now, "kind": "village"}
    known = record_posting(place="ก", posted_on=now.date(), **office)
    dayless = record_posting(place="ข", **office)
    for board, day, anchor in ((known, today(), "id_photo"), (dayless, "", "id_posted_on")):
        status, answer = phone(entry(hearing, board=board.pk, posted_on=day, photo=""))
        assert (status, answer["problems"][0]["anchor"]) == (422, anchor)
    assert phone(entry(hearing, board=dayless.pk, photo=""))[0] == 200
    page = client.get(address("offline_board", hearing.pk)).content.decode()
    assert page.count("data-posted") == 2


def test_a_photo_that_was_not_needed_is_said(phone, hearing, now):
    board = record_posting(hearing=hearing, actor=office_head(), now=now, photo=photo(), **WHERE)
    long_ago = int((now - dt.timedelta(days=2)).timestamp() * 1000)
    status, answer = phone(entry(hearing, board=board.pk, taken=long_ago))
    assert (status, "ศาลาหมู่ 4" in answer["note"]) == (200, True)
    assert phone(entry(hearing, board=board.pk, taken="x"))[0] == 422
