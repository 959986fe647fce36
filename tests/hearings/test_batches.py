"""A village's grid: one writes, another checks, and it is counted apart (P110)."""

from __future__ import annotations

import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from accounts.roles import Role
from geography.models import Province
from hearings.enums import BatchStatus, Channel, PublishName, Stage
from hearings.models import Comment, Hearing, ProxyBatch, Submission
from hearings.services.answers import AnswerData, current_answers
from hearings.services.arrivals import Differs
from hearings.services.batch_data import RowData
from hearings.services.batches import save_batch, send_batch, take_in
from hearings.services.check_batch import check_batch, return_batch
from hearings.services.errors import HearingClosed, WrongStage
from hearings.totals import batch_totals, totals_by_block, totals_by_stance_and_sector
from tests.factories.hearings import HearingFactory, comment, day
from tests.factories.questions import question
from tests.hearings.people import ELSEWHERE, HOME, person
from tests.hearings.sheets import ROWS, batch_data, photo, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def hearing(now):
    return HearingFactory.open(now, provinces=[Province.objects.get(pk=HOME)])


@pytest.fixture
def agent(db):
    return person(Role.CHANGE_AGENT, HOME)


def sent(hearing, agent, now, **changes):
    return send_batch(batch=save(hearing, agent, now, **changes), by=agent, now=now)


def test_a_change_agent_keeps_a_grid_and_the_same_key_replaces_it(hearing, agent, now):
    key = uuid.uuid4()
    first = save(hearing, agent, now, idempotency_key=key, source=photo())
    again = save(hearing, agent, now, idempotency_key=key, rows=ROWS[:1])
    assert first == again
    assert ProxyBatch.objects.count() == again.rows.count() == 1
    assert again.heads == {"agree": 11, "partly": 9, "against": 7, "other": 4}
    assert b"SECRET-CAMERA" not in ProxyBatch.objects.get().source.read()


def test_a_name_without_consent_is_not_kept(hearing, agent, now):
    names = [row.name for row in save(hearing, agent, now).rows.all()]
    assert names == ["ป้าสำเนียง", "ลุงบุญช่วย", ""]


def test_a_checked_grid_is_counted_apart_from_individual_submissions(hearing, agent, now):
    comment(hearing, now, stance="agree")
    batch = sent(hearing, agent, now)
    assert batch_totals(hearing).batches == 0
    check_batch(batch=batch, by=person(Role.STRATEGY), now=now)
    from hearings.totals import clear_totals

    clear_totals(hearing.pk)
    totals = batch_totals(hearing)
    assert (totals.batches, totals.people, totals.hands) == (1, 34, 31)
    assert totals_by_stance_and_sector(hearing) == {"citizen": {"agree": 1}}
    whole = totals_by_block(hearing)[None]
    assert whole.stances == {"agree": 1}
    assert whole.readable == 3


def test_only_rows_whose_person_agreed_become_readable(hearing, agent, now):
    check_batch(batch=sent(hearing, agent, now), by=person(Role.STRATEGY), now=now)
    words = list(Comment.objects.public(hearing).values_list("reason", flat=True))
    assert sorted(words) == ["ขอให้หยุดช่วงเลิกเรียน", "รถดินวิ่งเร็ว"]
    named = Submission.objects.get(publish_name=PublishName.NAME)
    assert (named.public_name, named.channel, named.entered_by) == ("ป้าสำเนียง", Channel.ON_BEHALF, agent)
    assert set(Submission.objects.exclude(pk=named.pk).values_list("name", flat=True)) == {""}


def test_checking_after_closing_counts_what_was_sent_in_time(hearing, agent, now):
    batch = sent(hearing, agent, now)
    check_batch(batch=batch, by=person(Role.STRATEGY), now=hearing.closes_at)
    assert Submission.objects.count() == 2
    assert set(Submission.objects.values_list("submitted_at", flat=True)) == {now}


def test_a_grid_that_arrives_after_it_was_sent_changes_nothing(hearing, agent, now):
    key = uuid.uuid4()
    batch = sent(hearing, agent, now, idempotency_key=key)
    save(hearing, agent, now, idempotency_key=key, rows=[])
    assert batch.rows.count() == 3


def test_a_key_of_somebody_else_is_refused(hearing, agent, now):
    key = uuid.uuid4()
    save(hearing, agent, now, idempotency_key=key)
    with pytest.raises(PermissionDenied):
        save(hearing, person(Role.STRATEGY), now, idempotency_key=key)


def test_a_returned_grid_is_corrected_and_sent_again(hearing, agent, now):
    batch = return_batch(
        batch=sent(hearing, agent, now), note="นับมือไม่ตรงกับรูป", by=person(Role.STRATEGY), now=now
    )
    assert (batch.status, batch.check_note) == (BatchStatus.RETURNED, "นับมือไม่ตรงกับรูป")
    again = save(hearing, agent, now, idempotency_key=batch.idempotency_key, rows=ROWS[:1])
    assert send_batch(batch=again, by=agent, now=now).status == BatchStatus.SENT


def test_a_grid_sent_in_time_and_given_back_after_closing_is_not_lost(hearing, agent, now):
    late, checker = hearing.closes_at, person(Role.STRATEGY)
    batch = return_batch(batch=sent(hearing, agent, now), note="นับใหม่", by=checker, now=late)
    again = save(hearing, agent, day(late, 1), idempotency_key=batch.idempotency_key, data=batch_data(now))
    again = send_batch(batch=again, by=agent, now=day(late, 1))
    assert (again.status, again.sent_at) == (BatchStatus.SENT, now)
    batch = return_batch(batch=again, note="อีกครั้ง", by=checker, now=late)
    Hearing.objects.update(stage=Stage.RESULT_PUBLISHED)
    with pytest.raises(WrongStage):
        save(hearing, agent, day(late, 2), idempotency_key=batch.idempotency_key, data=batch_data(now))


def test_a_return_needs_a_reason(hearing, agent, now):
    with pytest.raises(ValidationError):
        return_batch(batch=sent(hearing, agent, now), note=" ", by=person(Role.STRATEGY), now=now)


@pytest.mark.parametrize(
    "changes",
    [
        {"people": 30},
        {"people": -1},
        {"people": 5001},
        {"heads": {"agree": -2}},
    ],
)
def test_numbers_that_cannot_be_are_refused(hearing, agent, now, changes):
    with pytest.raises(ValidationError):
        save(hearing, agent, now, data=batch_data(now, **changes))
    assert not ProxyBatch.objects.exclude(people=0).exists()


@pytest.mark.parametrize(
    "row",
    [
        RowData(stance="maybe"),
        RowData(stance="agree", sector="king"),
        RowData(stance="agree", reason="ก" * 4001, agreed=True),
        RowData(stance="agree", reason="บัตร 1-2345-67890-12-1", agreed=True),
        RowData(stance="agree", name="ป้าสำเนียง 1-2345-67890-12-1", agreed=True),
        RowData(stance="agree", block_key=uuid.uuid4()),
        RowData(stance="agree", reason="คำที่ไม่ได้อนุญาต"),
    ],
)
def test_wrong_rows_are_refused(hearing, agent, now, row):
    with pytest.raises(ValidationError):
        save(hearing, agent, now, rows=[row])


def test_sixty_one_rows_are_refused(hearing, agent, now):
    with pytest.raises(ValidationError):
        save(hearing, agent, now, rows=[RowData(stance="agree")] * 61)


def test_after_closing_nothing_is_written_or_sent(hearing, agent, now):
    batch = save(hearing, agent, now)
    with pytest.raises(HearingClosed):
        save(hearing, agent, hearing.closes_at)
    with pytest.raises(HearingClosed):
        send_batch(batch=batch, by=agent, now=hearing.closes_at)


def test_the_database_refuses_a_writer_who_checks(hearing, agent, now):
    batch = sent(hearing, agent, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProxyBatch.objects.filter(pk=batch.pk).update(checked_by=agent)


# Who may do what, by role. W: write and send for the own province; C: check somebody else's.
ALLOWED = {
    None: "", Role.MEMBER: "", Role.MONITORING: "", Role.CHANGE_AGENT: "W", Role.PROVINCE_COORDINATOR: "WC",
    Role.ADMINISTRATION: "WC", Role.STRATEGY: "WC", Role.OFFICE_HEAD: "WC",
}  # fmt: skip


@pytest.mark.parametrize("role", ALLOWED)
def test_each_role_may_write_what_the_table_says(hearing, now, role):
    if "W" in ALLOWED[role]:
        assert save(hearing, person(role, HOME), now).pk
    else:
        with pytest.raises(PermissionDenied):
            save(hearing, person(role, HOME), now)


@pytest.mark.parametrize("role", [Role.CHANGE_AGENT, Role.PROVINCE_COORDINATOR])
def test_people_of_another_province_may_not_write_or_check(hearing, agent, now, role):
    stranger = person(role, ELSEWHERE)
    with pytest.raises(PermissionDenied):
        save(hearing, stranger, now)
    with pytest.raises(PermissionDenied):
        check_batch(batch=sent(hearing, agent, now), by=stranger, now=now)


@pytest.mark.parametrize("role", ALLOWED)
@pytest.mark.parametrize("status", BatchStatus.values)
def test_each_role_may_check_what_the_table_says_and_only_what_waits(hearing, agent, now, role, status):
    batch = save(hearing, agent, now)
    ProxyBatch.objects.filter(pk=batch.pk).update(status=status, sent_at=now)
    checker = person(role, ELSEWHERE if role == Role.CHANGE_AGENT else HOME)
    if "C" in ALLOWED[role] and status == BatchStatus.SENT:
        assert check_batch(batch=batch, by=checker, now=day(now, 1)).status == BatchStatus.CHECKED
        return
    with pytest.raises(ValidationError if "C" in ALLOWED[role] else PermissionDenied):
        check_batch(batch=batch, by=checker, now=now)
    assert not Submission.objects.exists()


def test_staff_do_not_check_their_own_sheet(hearing, now):
    writer = person(Role.STRATEGY)
    with pytest.raises(PermissionDenied):
        check_batch(batch=sent(hearing, writer, now), by=writer, now=now)


def test_a_grid_saved_by_hand_without_a_village_cannot_be_sent(hearing, agent, now):
    batch = save_batch(
        hearing=hearing, data=batch_data(now, district=None, subdistrict=None), rows=[],
        idempotency_key=uuid.uuid4(), by=agent, now=now,
    )  # fmt: skip
    with pytest.raises(ValidationError):
        send_batch(batch=batch, by=agent, now=now)


def test_answers_of_a_row_become_answers_of_its_submission(hearing, agent, now):
    asked = question(hearing, "single", now)
    row = RowData(stance="agree", agreed=True, answers=[AnswerData(asked, asked.options[0]["key"])])
    check_batch(batch=sent(hearing, agent, now, rows=[row]), by=person(Role.STRATEGY), now=now)
    [stored] = current_answers(Submission.objects.get())
    assert (stored.revision, stored.value) == (asked, asked.options[0]["key"])
    assert Submission.objects.get().versions.get().data["answers"][0]["value"] == asked.options[0]["key"]


def test_an_answer_to_a_question_of_another_hearing_is_refused(hearing, agent, now):
    asked = question(HearingFactory.open(now), "single", now)
    row = RowData(stance="agree", agreed=True, answers=[AnswerData(asked, asked.options[0]["key"])])
    with pytest.raises(ValidationError):
        save(hearing, agent, now, rows=[row])


def test_nobody_under_20_is_named(hearing, agent, now):
    row = RowData(
        stance="agree", reason="เล่นน้ำในบึง", name="ด.ญ. ฝน", agreed=True, agreed_name=True, under_20=True
    )
    check_batch(batch=sent(hearing, agent, now, rows=[row]), by=person(Role.STRATEGY), now=now)
    submission = Submission.objects.get()
    assert (submission.under_20, submission.publish_name, submission.name) == (True, PublishName.NONE, "")


@pytest.mark.parametrize("days", [1, -8])
def test_a_talk_of_tomorrow_or_of_before_the_opening_is_refused(hearing, agent, now, days):
    with pytest.raises(ValidationError) as refused:
        save(hearing, agent, now, data=batch_data(now, held_on=day(now, days).date()))
    assert "held_on" in refused.value.error_dict


def test_a_talk_of_the_opening_day_is_taken(hearing, agent, now):
    assert save(hearing, agent, now, data=batch_data(now, held_on=day(now, -7).date())).pk


def test_after_the_result_nothing_is_counted_any_more(hearing, agent, now):
    batch = sent(hearing, agent, now)
    Hearing.objects.filter(pk=hearing.pk).update(stage=Stage.RESULT_PUBLISHED)
    with pytest.raises(ValidationError):
        check_batch(batch=batch, by=person(Role.STRATEGY), now=now)
    assert not Submission.objects.exists()


def test_the_same_person_may_press_twice(hearing, agent, now):
    batch, checker = sent(hearing, agent, now), person(Role.STRATEGY)
    for _ in range(2):
        assert check_batch(batch=batch, by=checker, now=now).status == BatchStatus.CHECKED
    assert Submission.objects.count() == 2


def taken(hearing, agent, now, **changes):
    return take_in(hearing=hearing, data=batch_data(now), by=agent, now=now, **{"rows": ROWS, **changes})


def test_a_phone_that_sends_again_hears_the_same_answer_even_after_closing(hearing, agent, now):
    key = uuid.uuid4()
    first = taken(hearing, agent, now, idempotency_key=key)
    again = taken(hearing, agent, hearing.closes_at, idempotency_key=key, rows=[])
    assert first == again
    assert (again.status, again.rows.count()) == (BatchStatus.SENT, 3)


def test_an_old_copy_on_a_phone_does_not_undo_a_correction(hearing, agent, now):
    key = uuid.uuid4()
    batch = taken(hearing, agent, now, idempotency_key=key)
    return_batch(batch=batch, note="นับใหม่", by=person(Role.STRATEGY), now=now)
    assert taken(hearing, agent, now, idempotency_key=key).status == BatchStatus.RETURNED


def test_a_phone_cannot_take_somebody_elses_sheet(hearing, agent, now):
    key = uuid.uuid4()
    taken(hearing, agent, now, idempotency_key=key)
    with pytest.raises(PermissionDenied):
        taken(hearing, person(Role.STRATEGY), now, idempotency_key=key)


def test_what_reaches_us_after_closing_is_refused_and_nothing_half_is_kept(hearing, agent, now):
    with pytest.raises(HearingClosed):
        taken(hearing, agent, hearing.closes_at, idempotency_key=uuid.uuid4())
    with pytest.raises(ValidationError):
        take_in(
            hearing=hearing, data=batch_data(now, district=None, subdistrict=None), rows=[],
            idempotency_key=uuid.uuid4(), by=agent, now=now,
        )  # fmt: skip
    assert not ProxyBatch.objects.exists()


WORDS, OTHER_WORDS, PIXELS = "w" * 32, "x" * 32, "p" * 32


def test_a_photo_added_on_the_phone_after_the_sheet_arrived_is_kept(hearing, agent, now):
    key = uuid.uuid4()
    taken(hearing, agent, now, idempotency_key=key, digest=WORDS)
    again = {"idempotency_key": key, "digest": WORDS + PIXELS, "source": photo()}
    assert taken(hearing, agent, hearing.closes_at, **again).source
    assert taken(hearing, agent, now, **again) == ProxyBatch.objects.get()
    with pytest.raises(Differs):
        taken(hearing, agent, now, **{**again, "digest": WORDS + "q" * 32})


def test_a_sheet_changed_on_the_phone_after_it_arrived_is_not_taken_for_a_copy(hearing, agent, now):
    key = uuid.uuid4()
    taken(hearing, agent, now, idempotency_key=key, digest=WORDS)
    with pytest.raises(Differs):
        taken(hearing, agent, now, idempotency_key=key, digest=OTHER_WORDS, rows=[])
    assert ProxyBatch.objects.get().rows.count() == 3


def test_a_photo_does_not_change_a_checked_sheet(hearing, agent, now):
    key = uuid.uuid4()
    batch = taken(hearing, agent, now, idempotency_key=key, digest=WORDS)
    check_batch(batch=batch, by=person(Role.STRATEGY), now=now)
    with pytest.raises(Differs):
        taken(hearing, agent, now, idempotency_key=key, digest=WORDS + PIXELS, source=photo())


def test_a_process_of_the_release_before_may_write_while_the_tables_are_new_already(hearing, agent, now):
    save(hearing, agent, now)
    known = "hearing_id, status, held_on, people, heads, source, note, entered_by_id, entered_at, check_note"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO hearings_proxybatch (idempotency_key, {known})"
            f" SELECT %s, {known} FROM hearings_proxybatch",
            [uuid.uuid4().hex],
        )
    assert list(ProxyBatch.objects.values_list("section_heads", "digest")) == [({}, "")] * 2
