"""Changing and withdrawing: the record stays, only what is counted and shown changes."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError

from hearings.enums import ModerationMode, Stance, SubmissionStatus, Visibility, WithdrawnBy
from hearings.models import Comment, Report, Submission
from hearings.person import Person
from hearings.services.answer_comment import answer_comment
from hearings.services.data import CommentData
from hearings.services.edit_codes import TRIES, verify_edit_code
from hearings.services.errors import AlreadyWithdrawn, HearingClosed, TooManyTries, WrongEditCode
from hearings.services.moderate import moderate
from hearings.services.reply import reply
from hearings.services.report import report
from hearings.services.revise import revise
from hearings.services.withdraw import withdraw
from hearings.talk_privacy import pressed_by
from tests.factories.hearings import HearingFactory, comment, day, office_head, submission_data

pytestmark = pytest.mark.django_db


def change(receipt, now, comments, **fields) -> Submission:
    return revise(
        submission=receipt.submission, edit_code=receipt.edit_code, data=submission_data(**fields),
        comments=comments, now=now,
    )  # fmt: skip


def test_a_change_is_counted_and_shown_and_the_first_words_stay_on_record(now):
    hearing = HearingFactory.open(now)
    receipt = comment(hearing, now, reason="คำแรก")
    submission = change(
        receipt, day(now, 1), [CommentData(stance=Stance.AGREE, reason="คำที่สอง")], stance=Stance.AGREE
    )
    assert submission.stance == Stance.AGREE
    assert submission.revised_at == day(now, 1)
    assert submission.submitted_at == now
    assert [words.reason for words in Comment.objects.public(hearing)] == ["คำที่สอง"]
    old = submission.comments.get(reason="คำแรก")
    assert old.superseded_at == day(now, 1)
    versions = list(submission.versions.all())
    assert [version.data["comments"][0]["reason"] for version in versions] == ["คำแรก", "คำที่สอง"]


def test_an_untouched_comment_keeps_its_place(now):
    hearing = HearingFactory.open(now)
    keys = [block.key for block in hearing.current_draft.blocks.order_by("order")]
    first = CommentData(stance=Stance.PARTLY, block_key=keys[0], reason="คงเดิม")
    second = CommentData(stance=Stance.PARTLY, block_key=keys[1], reason="จะเปลี่ยน")
    receipt = comment(hearing, now, comments=[first, second])
    change(
        receipt, day(now, 1), [first, CommentData(stance=Stance.PARTLY, block_key=keys[1], reason="เปลี่ยนแล้ว")]
    )
    kept = Comment.objects.get(reason="คงเดิม")
    assert kept.created_at == now
    assert kept.superseded_at is None
    assert Comment.objects.get(reason="เปลี่ยนแล้ว").created_at == day(now, 1)


def test_changed_words_keep_what_others_and_the_office_said_to_them(client, now):
    hearing = HearingFactory.open(now)
    receipt = comment(hearing, now, reason="คำแรก")
    first = Comment.objects.get()
    said = reply(comment=first, text="ที่หมู่ 7 ก็เหมือนกัน", idempotency_key=uuid.uuid4(), now=now).reply
    answer_comment(
        comment=first, actor=office_head(), text="จะย้ายหมุด", idempotency_key=uuid.uuid4(), now=day(now, 1)
    )
    reader = office_head()
    report(
        comment=first, reply=said, person=Person.of_account(reader), reason="other", text="-", now=day(now, 1)
    )
    change(receipt, day(now, 2), [CommentData(stance=Stance.AGREE, reason="คำที่สอง")])
    shown = Comment.objects.public(hearing).get()
    assert (shown.reason, shown.replies_counted, shown.answered_at) == ("คำที่สอง", 2, day(now, 1))
    assert pressed_by(reader, Report) == [said.reports.get().pk]  # to be erased with the account
    place = hearing.current_draft.blocks.first().key
    change(receipt, day(now, 3), [CommentData(stance=Stance.AGREE, block_key=place, reason="ที่ข้อหนึ่ง")])
    page = client.get(f"/en/hearings/{hearing.slug}/comments/{first.pk}/", follow=True).content.decode()
    assert page.count("written before the comment was changed") == 2


def test_what_was_said_to_hidden_words_does_not_come_back_with_new_ones(now):
    receipt = comment(HearingFactory.open(now), now, reason="โทรหาเขาที่ 081")
    first, head = Comment.objects.get(), office_head()
    reply(comment=first, text="โทร 081 แล้วไม่รับ", idempotency_key=uuid.uuid4(), now=now)
    decided = {"actor": head, "now": day(now, 1)}
    moderate(submission=receipt.submission, decision="hide", reason_code="personal_data", **decided)
    submission = change(receipt, day(now, 2), [CommentData(stance=Stance.AGREE, reason="คำที่สอง")])
    moderate(submission=submission, decision="publish", reason_code="fits_rules", **decided)
    shown = submission.comments.current().get()
    assert (shown.is_public, shown.replies_counted, first.replies.count()) == (True, 0, 1)


def test_a_comment_that_was_taken_out_is_no_longer_shown(now):
    hearing = HearingFactory.open(now)
    receipt = comment(hearing, now, block=0)
    change(receipt, now, [])
    assert not Comment.objects.public(hearing).exists()
    assert receipt.submission.comments.count() == 1


def test_a_change_keeps_the_channel_and_asks_the_group_again(now):
    hearing = HearingFactory.open(now)
    receipt = comment(
        hearing, now, channel="paper", entered_by=office_head(), capacity="group", organisation="กลุ่ม ก"
    )
    Submission.objects.update(organisation_confirmed=True)
    submission = change(receipt, now, [], capacity="group", organisation="กลุ่ม ข")
    assert (submission.channel, submission.organisation_confirmed) == ("paper", None)


def test_new_words_wait_where_staff_read_first(now):
    hearing = HearingFactory.open(now, moderation_mode=ModerationMode.PRE)
    receipt = comment(hearing, now)
    moderate(
        submission=receipt.submission,
        actor=office_head(),
        decision="publish",
        reason_code="fits_rules",
        now=now,
    )
    assert change(receipt, now, []).visibility == Visibility.PENDING


def test_hidden_words_do_not_come_back_by_changing_them(now):
    hearing = HearingFactory.open(now)
    receipt = comment(hearing, now)
    moderate(
        submission=receipt.submission, actor=office_head(), decision="hide", reason_code="defamation", now=now
    )
    submission = change(receipt, now, [CommentData(stance=Stance.AGREE, reason="คำใหม่")])
    assert submission.visibility == Visibility.PENDING
    assert not Comment.objects.public(hearing).exists()


def test_a_refused_change_leaves_everything_as_it_was(now):
    hearing = HearingFactory.open(now)
    receipt = comment(hearing, now)
    with pytest.raises(ValidationError):
        change(receipt, now, [CommentData(stance="never", reason="คำใหม่")])
    assert Comment.objects.get().superseded_at is None
    assert receipt.submission.versions.count() == 1


def test_withdrawing_hides_and_discounts_but_keeps_the_record(now):
    hearing = HearingFactory.open(now)
    receipt = comment(hearing, now)
    submission = withdraw(submission=receipt.submission, edit_code=receipt.edit_code, now=now)
    assert (submission.status, submission.withdrawn_by) == (SubmissionStatus.WITHDRAWN, WithdrawnBy.AUTHOR)
    assert not Submission.objects.counted().exists()
    assert not Comment.objects.public(hearing).exists()
    assert Comment.objects.get().reason == "แนวหมุดกินที่นา"


def test_what_was_withdrawn_can_neither_be_changed_nor_withdrawn_nor_published_again(now):
    hearing = HearingFactory.open(now)
    receipt = comment(hearing, now)
    withdraw(submission=receipt.submission, edit_code=receipt.edit_code, now=now)
    with pytest.raises(AlreadyWithdrawn):
        withdraw(submission=receipt.submission, edit_code=receipt.edit_code, now=now)
    with pytest.raises(AlreadyWithdrawn):
        change(receipt, now, [])
    with pytest.raises(AlreadyWithdrawn):
        moderate(
            submission=receipt.submission,
            actor=office_head(),
            decision="publish",
            reason_code="fits_rules",
            now=now,
        )


def test_the_last_instant_still_counts_and_the_closing_instant_does_not(now):
    hearing = HearingFactory.open(now)
    receipt = comment(hearing, now)
    change(receipt, hearing.closes_at - dt.timedelta(microseconds=1), [])
    with pytest.raises(HearingClosed):
        change(receipt, hearing.closes_at, [])


def test_five_wrong_codes_block_the_receipt_for_everyone_and_only_it(now):
    hearing = HearingFactory.open(now)
    receipt, other = comment(hearing, now), comment(hearing, now)
    for _ in range(TRIES):
        with pytest.raises(WrongEditCode):
            verify_edit_code(receipt.submission, "000000x")
    with pytest.raises(TooManyTries):
        verify_edit_code(receipt.submission, receipt.edit_code)
    verify_edit_code(other.submission, other.edit_code)


def test_the_right_code_forgets_earlier_mistakes(now):
    receipt = comment(HearingFactory.open(now), now)
    for _ in range(3):
        for _ in range(TRIES - 1):
            with pytest.raises(WrongEditCode):
                verify_edit_code(receipt.submission, "1")
        verify_edit_code(receipt.submission, receipt.edit_code)


@pytest.mark.django_db(transaction=True)
def test_wrong_tries_are_counted_when_the_counter_lives_in_the_same_database(now, settings):
    """With a database cache a counter inside the service's transaction would be rolled back with it."""
    settings.CACHES = {
        **settings.CACHES,
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "tries_cache"},
    }
    from django.core.management import call_command

    call_command("createcachetable", verbosity=0)
    receipt = comment(HearingFactory.open(now), now)
    for _ in range(TRIES):
        with pytest.raises(WrongEditCode):
            withdraw(submission=receipt.submission, edit_code="000000x", now=now)
    with pytest.raises(TooManyTries):
        withdraw(submission=receipt.submission, edit_code=receipt.edit_code, now=now)
    cache.clear()


@pytest.mark.parametrize("typed", ["{} {}", "{}-{}", " {}{} ", "{}.{}"])
def test_a_code_may_be_typed_as_it_is_read_out(now, typed):
    receipt = comment(HearingFactory.open(now), now)
    verify_edit_code(receipt.submission, typed.format(receipt.edit_code[:3], receipt.edit_code[3:]))


def test_decisions_are_kept_and_never_touch_the_words(now):
    hearing = HearingFactory.open(now)
    submission = comment(hearing, now).submission
    head = office_head()
    moderate(submission=submission, actor=head, decision="hide", reason_code="threat", note="โทรแล้ว", now=now)
    assert not Submission.objects.counted().exists()
    moderate(submission=submission, actor=head, decision="publish", reason_code="fits_rules", now=day(now, 1))
    assert [(d.decision, d.by) for d in submission.decisions.all()] == [("hide", head), ("publish", head)]
    assert Comment.objects.public(hearing).get().reason == "แนวหมุดกินที่นา"


@pytest.mark.parametrize(
    ("decision", "reason_code"),
    [("hide", "fits_rules"), ("publish", "threat"), ("burn", "threat"), ("hide", "disagrees"), ("", "")],
)
def test_a_decision_needs_a_reason_of_the_list_that_fits(now, decision, reason_code):
    submission = comment(HearingFactory.open(now), now).submission
    with pytest.raises(ValidationError):
        moderate(
            submission=submission, actor=office_head(), decision=decision, reason_code=reason_code, now=now
        )
    assert not submission.decisions.exists()
