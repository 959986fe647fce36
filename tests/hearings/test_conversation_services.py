"""Replies, support, reports, answers of the office, pins: who may, when, how often, and what is left behind."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import override_settings

from accounts.models import User
from accounts.roles import Role
from hearings import privacy
from hearings.enums import HearingState, ModerationMode, Stage, Visibility
from hearings.models import Comment, Hearing, Reply, Report, Support
from hearings.person import Person
from hearings.services.answer_comment import answer_comment
from hearings.services.edit_codes import TRIES
from hearings.services.errors import AlreadyWithdrawn, HearingClosed, TooManyTries, WrongEditCode
from hearings.services.moderate import moderate
from hearings.services.moderate_reply import moderate_reply
from hearings.services.pin import MOST_PINNED, pin, unpin
from hearings.services.reply import reply, withdraw_reply
from hearings.services.report import report, settle_report
from hearings.services.support import support, supported_by, take_back_support
from hearings.services.withdraw import withdraw
from tests.factories.hearings import HearingFactory, comment, day, office_head
from tests.hearings.people import ELSEWHERE, HOME, person, province

pytestmark = pytest.mark.django_db

S = HearingState
HEAD, ADMIN, STRATEGY, MONITORING = Role.OFFICE_HEAD, Role.ADMINISTRATION, Role.STRATEGY, Role.MONITORING
AT_HOME, AWAY = "coordinator at home", "coordinator elsewhere"
EVERYONE = (HEAD, ADMIN, STRATEGY, MONITORING, AT_HOME, AWAY, Role.CHANGE_AGENT, Role.MEMBER, None)
MALI, SOMCHAI = Person("browser:mali"), Person("account:7")
CITIZEN_NUMBER = "1-2345-67890-12-1"


def said(hearing: Hearing, now: dt.datetime, **fields: Any) -> Comment:
    return comment(hearing, now, **fields).submission.comments.get()


def answered(to: Comment, now: dt.datetime, text: str = "ที่หมู่ 7 ก็เหมือนกัน", **fields: Any) -> Reply:
    fields.setdefault("idempotency_key", uuid.uuid4())
    return reply(comment=to, text=text, now=now, **fields).reply


# --- who may do what, in which state -------------------------------------------------------------------------

READABLE = {S.OPEN, S.CLOSED, S.SUMMARISING, S.RESULT_PUBLISHED, S.FOLLOWED_UP, S.CANCELLED}
STAFF_TABLE: dict[str, set] = {
    "answer": {HEAD, STRATEGY},
    "pin": {HEAD, ADMIN, STRATEGY, AT_HOME},
    "moderate_reply": {HEAD, ADMIN, STRATEGY, AT_HOME},
    "settle": {HEAD, ADMIN, STRATEGY, AT_HOME},
}
PUBLIC_TABLE: dict[str, set] = {
    "reply": {S.OPEN},
    "withdraw_reply": {S.OPEN},
    "support": {S.OPEN},
    "take_back": {S.OPEN},
    "report": READABLE,
}


def who(name: Any) -> User:
    if name in (AT_HOME, AWAY):
        return person(Role.PROVINCE_COORDINATOR, HOME if name == AT_HOME else ELSEWHERE)
    return person(name)


def in_state(state: HearingState, now: dt.datetime) -> Hearing:
    hearing = HearingFactory.open(now, provinces=[province(HOME)])
    past = {"closes_at": day(now, -1)}
    changes = {
        S.OPEN: {},
        S.CLOSED: past,
        S.SUMMARISING: {**past, "stage": Stage.SUMMARISING},
        S.RESULT_PUBLISHED: {**past, "stage": Stage.RESULT_PUBLISHED, "result_published_at": now},
        S.FOLLOWED_UP: {**past, "stage": Stage.FOLLOWED_UP, "result_published_at": now},
        S.CANCELLED: {"stage": Stage.CANCELLED},
        S.DRAFT: {"stage": Stage.DRAFT, "announced_at": None},
    }[state]
    first = said(hearing, now)
    answered(first, now)
    report(comment=first, person=SOMCHAI, reason="insult", now=now)
    if changes:
        Hearing.objects.filter(pk=hearing.pk).update(**changes)
    return Hearing.objects.get(pk=hearing.pk)


def staff_actions(hearing: Hearing, now: dt.datetime) -> dict[str, Callable[[User], Any]]:
    of = hearing.comments.get()
    return {
        "answer": lambda actor: answer_comment(
            comment=of, actor=actor, text="จะเดินแนวร่วมทุกแปลง", idempotency_key=uuid.uuid4(), now=now
        ),
        "pin": lambda actor: (pin(comment=of, actor=actor, now=now), unpin(comment=of, actor=actor)),
        "moderate_reply": lambda actor: moderate_reply(
            reply=hearing.replies.first(), actor=actor, decision="hide", reason_code="threat", now=now
        ),
        "settle": lambda actor: settle_report(report=hearing.reports.get(), actor=actor, now=now),
    }


@pytest.mark.parametrize("action", STAFF_TABLE)
def test_staff_verbs_are_for_those_roles_only(now, action):
    hearing = in_state(S.OPEN, now)
    for role in EVERYONE:
        act = staff_actions(hearing, now)[action]
        if role in STAFF_TABLE[action]:
            act(who(role))
        else:
            with pytest.raises(PermissionDenied):
                act(who(role))


@pytest.mark.parametrize("state", sorted(READABLE))
def test_staff_verbs_work_as_long_as_the_hearing_is_readable(now, state):
    hearing, head = in_state(S(state), now), office_head()
    for act in staff_actions(hearing, now).values():
        act(head)


def test_nothing_is_answered_or_pinned_where_nobody_can_read_it(now):
    hearing, head = in_state(S.DRAFT, now), office_head()
    for action in ("answer", "pin"):
        with pytest.raises(ValidationError):
            staff_actions(hearing, now)[action](head)


@pytest.mark.parametrize("state", [*sorted(READABLE), S.DRAFT])
def test_public_verbs_follow_the_state_of_the_hearing(now, state):
    hearing = in_state(S(state), now)
    of, mine = hearing.comments.get(), hearing.replies.get()
    from hearings.receipts import make_edit_code

    actions: dict[str, Callable[[], Any]] = {
        "reply": lambda: answered(of, now),
        "support": lambda: support(comment=of, person=MALI, now=now),
        "take_back": lambda: take_back_support(comment=of, person=MALI, now=now),
        "report": lambda: report(comment=of, person=MALI, reason="other", now=now),
        "withdraw_reply": lambda: withdraw_reply(
            reply=mine, edit_code=make_edit_code(mine.idempotency_key), now=now
        ),
    }
    for name, act in actions.items():
        if state in PUBLIC_TABLE[name]:
            act()
        else:
            with pytest.raises(ValidationError):
                act()


# --- replies -----------------------------------------------------------------------------------------------


def test_the_same_form_sent_five_times_is_one_reply_with_one_code(now):
    of, key = said(HearingFactory.open(now), now), uuid.uuid4()
    receipts = [reply(comment=of, text="เห็นด้วย", idempotency_key=key, now=now) for _ in range(5)]
    assert Reply.objects.count() == 1
    assert {receipt.edit_code for receipt in receipts} == {receipts[0].edit_code}
    assert [receipt.created for receipt in receipts] == [True, False, False, False, False]
    assert receipts[0].edit_code not in str(Reply.objects.values().get())


def test_a_key_used_at_one_comment_is_refused_at_another(now):
    hearing, key = HearingFactory.open(now), uuid.uuid4()
    answered(said(hearing, now), now, idempotency_key=key)
    with pytest.raises(ValidationError):
        answered(said(hearing, now), now, idempotency_key=key)


def test_talk_goes_two_deep_and_no_deeper(now):
    of = said(HearingFactory.open(now), now)
    first = answered(of, now)
    second = answered(of, now, parent=first)
    assert second.parent == first
    with pytest.raises(ValidationError):
        answered(of, now, parent=second)


def test_a_reply_answers_only_what_is_public_and_below_the_same_comment(now):
    hearing = HearingFactory.open(now)
    of, other = said(hearing, now), said(hearing, now)
    with pytest.raises(ValidationError):
        answered(of, now, parent=answered(other, now))
    hidden = answered(of, now)
    moderate_reply(reply=hidden, actor=office_head(), decision="hide", reason_code="threat", now=now)
    with pytest.raises(ValidationError):
        answered(of, now, parent=hidden)


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "ก" * 2001, f"บัตร {CITIZEN_NUMBER}"])
def test_words_that_cannot_be_stored_are_refused_at_their_field(now, text):
    of = said(HearingFactory.open(now), now)
    with pytest.raises(ValidationError) as refused:
        answered(of, now, text)
    assert "text" in refused.value.message_dict
    assert not Reply.objects.exists()


@pytest.mark.parametrize("fields", [{"sector": "king"}, {"name": "ก" * 121}, {"name": CITIZEN_NUMBER}])
def test_wrong_fields_of_a_reply_are_refused(now, fields):
    with pytest.raises(ValidationError):
        answered(said(HearingFactory.open(now), now), now, **fields)


def test_where_staff_read_first_a_reply_waits(now):
    hearing = HearingFactory.open(now)
    of = said(hearing, now)
    Hearing.objects.filter(pk=hearing.pk).update(moderation_mode=ModerationMode.PRE)
    waiting = answered(of, now)
    assert waiting.visibility == Visibility.PENDING
    assert not Reply.objects.public().exists()
    moderate_reply(reply=waiting, actor=office_head(), decision="publish", reason_code="fits_rules", now=now)
    shown = Reply.objects.public().get()
    assert (shown.moderated_by, shown.moderated_at, shown.text) == (office_head(), now, waiting.text)


def test_a_reply_closes_with_the_hearing_to_the_millisecond(now):
    hearing = HearingFactory.open(now)
    of, tick = said(hearing, now), dt.timedelta(milliseconds=1)
    answered(of, hearing.closes_at - tick)
    with pytest.raises(HearingClosed):
        answered(of, hearing.closes_at)


def test_a_hidden_or_withdrawn_comment_hides_its_replies_and_takes_no_new_ones(now):
    hearing = HearingFactory.open(now)
    receipt, hidden = comment(hearing, now), said(hearing, now)
    gone = receipt.submission.comments.get()
    answered(gone, now), answered(hidden, now)
    withdraw(submission=receipt.submission, edit_code=receipt.edit_code, now=now)
    moderate(
        submission=hidden.submission, actor=office_head(), decision="hide", reason_code="threat", now=now
    )
    assert not Reply.objects.public().exists()
    for of in (gone, hidden):
        with pytest.raises(ValidationError):
            answered(of, now)
        with pytest.raises(ValidationError):
            support(comment=of, person=MALI, now=now)


def test_what_is_taken_back_leaves_no_open_report_and_another_ones_waits_on(now):
    hearing = HearingFactory.open(now)
    receipt, other = comment(hearing, now), said(hearing, now)
    gone = receipt.submission.comments.get()
    below = answered(gone, now)
    kept = reply(comment=other, text="ไม่จริง", idempotency_key=uuid.uuid4(), now=now)
    for of, answer in ((gone, None), (gone, below), (other, None), (other, kept.reply)):
        report(comment=of, reply=answer, person=MALI, reason="threat", now=now)
    withdraw(submission=receipt.submission, edit_code=receipt.edit_code, now=now)
    assert {found.comment for found in Report.objects.open()} == {other}
    withdraw_reply(reply=kept.reply, edit_code=kept.edit_code, now=now)
    assert [found.reply for found in Report.objects.open()] == [None]
    assert set(Report.objects.exclude(settled_at=None).values_list("settled_at", "settled_by")) == {
        (now, None)
    }


def test_a_reply_is_withdrawn_by_its_code_once(now):
    of = said(HearingFactory.open(now), now)
    receipt = reply(comment=of, text="ขอคิดดูก่อน", idempotency_key=uuid.uuid4(), now=now)
    wrong = "000000" if receipt.edit_code != "000000" else "000001"
    with pytest.raises(WrongEditCode):
        withdraw_reply(reply=receipt.reply, edit_code=wrong, now=now)
    spaced = f"{receipt.edit_code[:3]} {receipt.edit_code[3:]}"
    assert withdraw_reply(reply=receipt.reply, edit_code=spaced, now=now).withdrawn_at == now
    assert not Reply.objects.public().exists()
    with pytest.raises(AlreadyWithdrawn):
        withdraw_reply(reply=receipt.reply, edit_code=receipt.edit_code, now=now)


def test_guessing_the_code_of_a_reply_is_stopped(now):
    receipt = reply(
        comment=said(HearingFactory.open(now), now), text="คำ", idempotency_key=uuid.uuid4(), now=now
    )
    wrong = "000000" if receipt.edit_code != "000000" else "000001"
    for _ in range(TRIES):
        with pytest.raises(WrongEditCode):
            withdraw_reply(reply=receipt.reply, edit_code=wrong, now=now)
    with pytest.raises(TooManyTries):
        withdraw_reply(reply=receipt.reply, edit_code=receipt.edit_code, now=now)


# --- answers of the office, pins ---------------------------------------------------------------------------


def test_an_answer_of_the_office_marks_the_comment_and_a_hidden_one_unmarks_it(now):
    of, head, key = said(HearingFactory.open(now), now), office_head(), uuid.uuid4()
    for _ in range(2):
        given = answer_comment(comment=of, actor=head, text="รับไปแก้", idempotency_key=key, now=now)
    assert Reply.objects.filter(is_official=True).count() == 1
    of.refresh_from_db()
    assert of.answered_at == now
    moderate_reply(reply=given, actor=head, decision="hide", reason_code="not_about_this", now=now)
    of.refresh_from_db()
    assert of.answered_at is None


def test_only_so_many_comments_are_on_top(now):
    hearing, head = HearingFactory.open(now), office_head()
    comments = [said(hearing, now) for _ in range(MOST_PINNED + 1)]
    for of in comments[:MOST_PINNED]:
        pin(comment=of, actor=head, now=now)
    with pytest.raises(ValidationError):
        pin(comment=comments[-1], actor=head, now=now)
    unpin(comment=comments[0], actor=head)
    pin(comment=comments[-1], actor=head, now=now)
    assert Comment.objects.pinned(hearing).count() == MOST_PINNED


# --- support -----------------------------------------------------------------------------------------------


def test_support_counts_each_person_once_and_leaves_nothing_when_taken_back(now):
    of = said(HearingFactory.open(now), now)
    for someone in (MALI, MALI, SOMCHAI, MALI):
        support(comment=of, person=someone, now=now)
    of.refresh_from_db()
    assert (of.supports_counted, Support.objects.count()) == (2, 2)
    assert supported_by(MALI, [of.pk]) == {of.pk}
    for _ in range(2):
        take_back_support(comment=of, person=MALI, now=now)
    of.refresh_from_db()
    assert (of.supports_counted, Support.objects.count()) == (1, 1)
    assert supported_by(MALI, [of.pk]) == supported_by(None, [of.pk]) == set()


def test_a_row_of_support_leads_back_to_nobody_and_to_no_other_row(now):
    hearing = HearingFactory.open(now)
    for of in (said(hearing, now), said(hearing, now)):
        support(comment=of, person=SOMCHAI, now=now)
    marks = list(Support.objects.values_list("person", flat=True))
    assert len(set(marks)) == 2
    assert not any("account" in mark or mark == "7" for mark in marks)


def test_a_new_secret_key_makes_nobody_a_second_person(now, settings):
    of, old = said(HearingFactory.open(now), now), settings.SECRET_KEY
    support(comment=of, person=MALI, now=now)
    with override_settings(SECRET_KEY="new" * 20, SECRET_KEY_FALLBACKS=[old]):
        assert support(comment=of, person=MALI, now=now).supports_counted == 1
        assert take_back_support(comment=of, person=MALI, now=now).supports_counted == 0


# --- reports -----------------------------------------------------------------------------------------------


def test_reports_go_to_staff_once_per_person_and_hide_nothing(now):
    of = said(HearingFactory.open(now), now)
    below = answered(of, now)
    for number in range(3):
        someone = Person(f"browser:{number}")
        for _ in range(2):
            report(comment=of, person=someone, reason="insult", now=now)
            report(comment=of, reply=below, person=someone, reason="advertising", text="ขายของ", now=now)
    assert Report.objects.open().count() == 6
    of.refresh_from_db()
    assert of.is_public
    assert Reply.objects.public().filter(pk=below.pk).exists()


@pytest.mark.parametrize("fields", [{"reason": "dislike"}, {"reason": "other", "text": "ก" * 1001}])
def test_a_report_without_a_known_reason_or_too_long_is_refused(now, fields):
    with pytest.raises(ValidationError):
        report(comment=said(HearingFactory.open(now), now), person=MALI, now=now, **fields)


def test_the_first_who_settles_a_report_is_kept(now):
    of = said(HearingFactory.open(now), now)
    given = report(comment=of, person=MALI, reason="insult", now=now)
    settle_report(report=given, actor=office_head(), now=now)
    settled = settle_report(report=given, actor=person(Role.STRATEGY), now=day(now, 1))
    assert (settled.settled_by, settled.settled_at) == (office_head(), now)
    assert not Report.objects.open().exists()


# --- personal data -----------------------------------------------------------------------------------------

NAME, NOTE = "ประภาศรี เอกลักษณ์มั่น", "คนนี้คือประภาศรีบ้านข้าง ๆ"


def stored_talk() -> str:
    rows = [str(list(model.objects.values_list())) for model in (Reply, Report, Support)]
    return "\n".join(rows)


def test_an_account_takes_its_replies_along_and_leaves_none_of_its_name(now):
    user = person(Role.MEMBER)
    of = said(HearingFactory.open(now), now)
    answered(of, now, "คำที่ตอบ", name=NAME, author=user)
    answered(of, now, "ของคนอื่น")
    (record,) = privacy.export_person(user=user)
    assert (record["reply"], record["name"]) == ("คำที่ตอบ", NAME)
    privacy.erase_person(user=user)
    assert NAME not in stored_talk()
    assert Reply.objects.filter(author=None, text="คำที่ตอบ").exists()
    assert privacy.export_person(user=user) == []


def test_what_an_account_pressed_is_exported_and_leads_nowhere_once_it_is_erased(now):
    user = person(Role.MEMBER)
    me = Person.of_account(user)
    first, second = (said(HearingFactory.open(now), now) for _ in range(2))
    for who_presses in (me, MALI):
        support(comment=first, person=who_presses, now=now)
        report(comment=second, person=who_presses, reason="insult", text=NOTE, now=now)
    presses = privacy.export_person(user=user)
    assert [(one.get("supports"), one.get("reports")) for one in presses] == [
        (first.pk, None),
        (None, second.pk),
    ]
    privacy.erase_person(user=user)
    assert privacy.export_person(user=user) == []
    assert not Support.objects.filter(person__in=me.marks(first.pk)).exists()
    assert not Report.objects.filter(person__in=me.marks(second.pk)).exists()
    assert sorted(Report.objects.values_list("text", flat=True)) == ["", NOTE]
    first.refresh_from_db()
    assert (first.supports_counted, first.supports.count()) == (2, 2)


def test_a_long_finished_hearing_keeps_no_name_and_no_note_of_its_talk(now):
    hearing = HearingFactory.open(now)
    of = said(hearing, now)
    below = answered(of, now, name=NAME, author=person(Role.MEMBER))
    report(comment=of, reply=below, person=MALI, reason="personal_data", text=NOTE, now=now)
    past = {"stage": Stage.RESULT_PUBLISHED, "result_published_at": day(now, -3000)}
    Hearing.objects.filter(pk=hearing.pk).update(**past)
    dry = privacy.purge(now, dry_run=True)
    assert (dry["replies"], dry["reports"]) == (1, 1)
    assert NAME in stored_talk()
    privacy.purge(now)
    assert NAME not in stored_talk()
    assert NOTE not in stored_talk()
    again = privacy.purge(now)
    assert (again["replies"], again["reports"]) == (0, 0)


# --- the number of replies, to sort by ---------------------------------------------------------------------


def test_the_number_of_replies_follows_what_everyone_can_read(now):
    hearing, head = HearingFactory.open(now), office_head()
    of = said(hearing, now)

    def number() -> int:
        return Comment.objects.get(pk=of.pk).replies_counted

    first = reply(comment=of, text="ที่หมู่ 7 ก็เหมือนกัน", now=now, idempotency_key=uuid.uuid4())
    second = answered(of, now)
    assert number() == 2
    moderate_reply(reply=second, actor=head, decision="hide", reason_code="threat", now=now)
    assert number() == 1
    moderate_reply(reply=second, actor=head, decision="publish", reason_code="fits_rules", now=now)
    answer_comment(comment=of, actor=head, text="เดินแนวร่วม", idempotency_key=uuid.uuid4(), now=now)
    assert number() == 3
    withdraw_reply(reply=first.reply, edit_code=first.edit_code, now=now)
    assert number() == 2


def test_a_reply_that_waits_is_not_counted_yet(now):
    hearing = HearingFactory.open(now)
    of = said(hearing, now)
    Hearing.objects.filter(pk=hearing.pk).update(moderation_mode=ModerationMode.PRE)
    answered(of, now)
    assert Comment.objects.get(pk=of.pk).replies_counted == 0
