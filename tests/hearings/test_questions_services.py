"""Putting, changing, moving and taking out questions: who, when, and what stays with those who answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from hearings.follow import _corrections
from hearings.models import Answer, AnswerChoice, Hearing, Question, StageChange
from hearings.services.answers import (
    AnswerData,
    checked_answers,
    current_answers,
    replace_answers,
    store_answers,
)
from hearings.services.errors import NotReady, WrongStage
from hearings.services.questions import (
    QuestionData,
    add_question,
    change_question,
    move_question,
    remove_question,
)
from tests.factories.hearings import HearingFactory, comment, office_head
from tests.factories.questions import question, revision
from tests.hearings.people import ELSEWHERE, HOME, person, province

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LATER = NOW + dt.timedelta(minutes=5)


def lines(*labels: str) -> list[dict[str, str]]:
    return [{"key": "", "label": label} for label in labels]


def single(**fields: Any) -> QuestionData:
    return QuestionData(**{"kind": "single", "text": "ใช้น้ำจากไหน", "options": lines("บึง", "บ่อ"), **fields})


def add(hearing: Hearing, **fields: Any) -> Question:
    return add_question(hearing=hearing, actor=office_head(), data=single(**fields), now=NOW, reason="ถามเพิ่ม")


ROLES = [
    (Role.OFFICE_HEAD, None, True), (Role.STRATEGY, None, True),
    (Role.PROVINCE_COORDINATOR, HOME, True), (Role.PROVINCE_COORDINATOR, ELSEWHERE, False),
    (Role.ADMINISTRATION, None, False), (Role.MONITORING, None, False), (None, None, False),
]  # fmt: skip


@pytest.mark.parametrize(("role", "home", "allowed"), ROLES)
def test_only_who_prepares_the_hearing_touches_its_questions(role: Any, home: Any, allowed: bool) -> None:
    hearing = HearingFactory.draft(NOW, provinces=[province()])
    asked = question(hearing, "single", NOW).question
    actor = person(role, home)
    common = {"actor": actor, "now": NOW}
    steps: list[Callable[[], Any]] = [
        lambda: add_question(hearing=hearing, data=single(), **common),
        lambda: change_question(question=asked, data=single(), **common),
        lambda: move_question(question=asked, up=True, **common),
        lambda: remove_question(question=asked, **common),
    ]
    for step in steps:
        if allowed:
            step()
        else:
            with pytest.raises(PermissionDenied):
                step()


STATES = [
    ("draft", "", None), ("upcoming", "", None), ("open", "", NotReady), ("open", "คำถามกำกวม", None),
    ("closed", "x", WrongStage), ("summarising", "x", WrongStage), ("result", "x", WrongStage),
]  # fmt: skip


@pytest.mark.parametrize(("state", "reason", "refused"), STATES)
def test_each_state_takes_or_refuses_each_change(state: str, reason: str, refused: Any) -> None:
    hearing = getattr(HearingFactory, state)(NOW)
    asked = question(hearing, "single", NOW).question
    common = {"actor": office_head(), "now": NOW, "reason": reason}
    before = StageChange.objects.filter(hearing=hearing).count()
    for step in (
        lambda: add_question(hearing=hearing, data=single(), **common),
        lambda: change_question(question=asked, data=single(), **common),
        lambda: move_question(question=asked, up=True, **common),
        lambda: remove_question(question=asked, **common),
    ):
        if refused:
            with pytest.raises(refused):
                step()
        else:
            step()
    logged = StageChange.objects.filter(hearing=hearing).count() - before
    assert logged == (4 if state == "open" and not refused else 0)


def test_a_draft_nobody_answered_is_rewritten_and_keys_stay() -> None:
    asked = add(HearingFactory.draft(NOW))
    options = [{"key": "a2", "label": "บ่อบาดาล"}, {"key": "zz", "label": "ฝน"}]
    changed = change_question(question=asked, actor=office_head(), data=single(options=options), now=LATER)
    assert changed.number == 1
    assert changed.options == [{"key": "a2", "label": "บ่อบาดาล"}, {"key": "a3", "label": "ฝน"}]


def test_once_announced_a_change_is_a_new_revision_and_answers_keep_theirs() -> None:
    hearing = HearingFactory.open(NOW)
    asked = add(hearing)
    first = asked.revisions.get()
    sent = comment(hearing, NOW).submission
    store_answers(sent, checked_answers(hearing, [AnswerData(first, "a1")]), NOW)
    head = office_head()
    second = change_question(question=asked, actor=head, data=single(text="ใหม่"), now=LATER, reason="ชัดขึ้น")
    assert second.number == 2
    assert Answer.objects.get().revision == first
    first.refresh_from_db()
    assert first.text == "ใช้น้ำจากไหน"
    again = change_question(
        question=asked, actor=head, data=single(text="ใหม่", options=second.options), now=LATER, reason="ซ้ำ"
    )
    assert again == second


def test_asked_gives_the_newest_revisions_in_order_in_one_query(django_assert_num_queries: Any) -> None:
    hearing = HearingFactory.draft(NOW)
    first, second, gone = (question(hearing, kind, NOW) for kind in ("single", "scale", "number"))
    newest = revision(first.question, "single", LATER)
    head = office_head()
    remove_question(question=gone.question, actor=head, now=NOW)
    move_question(question=second.question, actor=head, up=True, now=NOW)
    with django_assert_num_queries(1):
        assert Question.objects.asked(hearing) == [second, newest]


def test_a_deciding_question_is_neither_taken_out_nor_moved_below() -> None:
    hearing = HearingFactory.draft(NOW)
    first = add(hearing)
    rule = {"question": str(first.key), "options": ["a1"]}
    second = add(hearing, show_if=rule)
    for refused in (
        lambda: remove_question(question=first, actor=office_head(), now=NOW),
        lambda: move_question(question=second, actor=office_head(), up=True, now=NOW),
        lambda: change_question(question=first, actor=office_head(), data=single(show_if=rule), now=NOW),
    ):
        with pytest.raises(ValidationError):
            refused()


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"kind": "poem"}, "kind"),
        ({"text": " \u200b "}, "text"),
        ({"options": lines("บึง")}, "options"),
        ({"options": lines("บึง", "บึง")}, "options"),
        ({"options": lines(*map(str, range(21)))}, "options"),
        ({"options": lines("ก" * 201, "ข")}, "options"),
        ({"kind": "matrix"}, "rows"),
        ({"kind": "scale", "limits": {"min": 5, "max": 1}}, "limits"),
        ({"kind": "number", "limits": {"min": 9, "max": 9}}, "limits"),
        ({"kind": "multiple", "limits": {"most": 3}}, "limits"),
        ({"show_if": {"question": "nobody", "options": ["a1"]}}, "show_if"),
    ],
)
def test_what_is_no_question_is_refused_at_its_field(fields: dict, at: str) -> None:
    with pytest.raises(ValidationError) as refused:
        add(HearingFactory.draft(NOW), **fields)
    assert at in refused.value.error_dict


def test_answers_are_superseded_never_overwritten_and_untouched_ones_stay() -> None:
    hearing = HearingFactory.open(NOW)
    one, several = question(hearing, "single", NOW), question(hearing, "multiple", NOW)
    sent = comment(hearing, NOW).submission
    store_answers(sent, [AnswerData(one, "a1"), AnswerData(several, ["a1", "a2"])], NOW)
    replace_answers(sent, [AnswerData(one, "a1"), AnswerData(several, ["a3"])], LATER)
    assert Answer.objects.count() == 3
    assert current_answers(sent) == [AnswerData(one, "a1"), AnswerData(several, ["a3"])]
    assert Answer.objects.filter(superseded_at=LATER).get().value == ["a1", "a2"]
    assert AnswerChoice.objects.count() == 4
    replace_answers(sent, [], LATER)
    assert current_answers(sent) == []


def test_answers_to_other_hearings_twice_or_removed_before_are_refused() -> None:
    hearing = HearingFactory.draft(NOW)
    mine, other = question(hearing, "single", NOW), question(HearingFactory.draft(NOW), "single", NOW)
    removed = question(hearing, "single", NOW)
    remove_question(question=removed.question, actor=office_head(), now=NOW)
    removed.question.refresh_from_db()
    wrong = ([AnswerData(other, "a1")], [AnswerData(mine, "a1")] * 2, [AnswerData(removed, "a1")])
    for answers in wrong:
        with pytest.raises(ValidationError):
            checked_answers(hearing, answers, opened_at=LATER)
    before = NOW - dt.timedelta(minutes=5)
    assert checked_answers(hearing, [AnswerData(removed, "a1")], opened_at=before)


def test_the_record_of_an_answer_is_readable_alone() -> None:
    one = question(HearingFactory.draft(NOW), "single", NOW)
    record = AnswerData(one, "a1").as_json()
    assert record == {"question": str(one.question.key), "revision": 1, "asked": one.text, "value": "a1"}


def test_everyone_reads_why_a_question_was_changed_while_people_answered(client: Client) -> None:
    hearing, head = HearingFactory.open(NOW), office_head()
    asked = question(hearing, "single", NOW, text="ถามเดิม").question
    page = f"/hearings/{hearing.slug}/"
    assert "form-changes" not in client.get(page).content.decode()
    steps = (
        lambda **by: change_question(question=asked, data=single(text="ถามใหม่"), **by),
        lambda **by: change_question(question=asked, data=single(text="ถามใหม่"), **by),
        lambda **by: add_question(hearing=hearing, data=single(text="ถามเพิ่ม"), **by),
        lambda **by: remove_question(question=asked, **by),
    )
    for number, step in enumerate(steps):
        step(actor=head, now=NOW + dt.timedelta(seconds=number), reason=f"เหตุผล {number}")
    told = [(a.before.splitlines()[:1], a.after.splitlines()[:1], a.reason) for a in hearing.amendments.all()]
    assert told == [
        (["ถามเดิม"], ["ถามใหม่"], "เหตุผล 0"),
        ([], ["ถามเพิ่ม"], "เหตุผล 2"),
        (["ถามใหม่"], [], "เหตุผล 3"),
    ], "what changed nothing is not told"
    for prefix in ("", "/en"):
        words = client.get(f"{prefix}{page}").content.decode()
        assert 'id="form-changes"' in words and 'id="corrections"' not in words
        assert "เหตุผล 0" in words and "ถามเดิม" in words
    assert not list(_corrections({"at__gt": NOW - dt.timedelta(days=1)})), "a letter is for the announcement"


@pytest.mark.parametrize(
    ("kind", "before", "after", "told"),
    [
        ("multiple", {"limits": {"most": 2}}, {"limits": {"most": 1}}, "เลือกได้ไม่เกิน 1 ข้อ"),
        ("scale", {}, {"limits": {"min": 1, "max": 10}}, "ตั้งแต่ 1 ถึง 10"),
        ("number", {"limits": {"max": 50}}, {"limits": {"max": 5}}, "ค่าสูงสุด 5"),
        ("long_text", {}, {"limits": {"longest": 100}}, "ยาวไม่เกิน 100 ตัวอักษร"),
        ("single", {}, {"kind": "multiple"}, "แบบคำตอบ: เลือกได้หลายคำตอบ"),
        ("single", {}, {"is_required": True}, "ต้องตอบ"),
        ("single", {}, {"text_en": "Which water?"}, "ใช้น้ำจากไหน | Which water?"),
        ("single", {}, {"show_if": ["a2"]}, "ถามเฉพาะผู้ที่ตอบ “บ่อ” ในคำถาม “มีน้ำหรือไม่”"),
    ],
)
def test_what_may_be_answered_and_by_whom_never_changes_silently(
    kind: str, before: dict, after: dict, told: str
) -> None:
    """R10: these leave the words of the question as they were."""
    hearing, head = HearingFactory.open(NOW), office_head()
    first = add(hearing, text="มีน้ำหรือไม่")
    asked = add(hearing, kind=kind, **before)
    if "show_if" in after:
        after = {"show_if": {"question": str(first.key), "options": after["show_if"]}}
    options = asked.revisions.get().options
    data = single(**{"kind": kind, **before, "options": options, **after})
    change_question(question=asked, actor=head, data=data, now=LATER, reason="แก้ให้ตรง")
    change = hearing.amendments.get(at=LATER)
    assert told in change.after.splitlines()
    assert told not in change.before.splitlines()
