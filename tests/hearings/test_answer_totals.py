"""Counting answers: people, not ticks; what is not counted; and small numbers in public."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from accounts.roles import Role
from hearings.answer_totals import QuestionTotals, answer_totals, answered_wording
from hearings.enums import SubmissionStatus, Visibility
from hearings.models import Hearing, ProxyBatch, Question, QuestionRevision, Submission
from hearings.services.answers import AnswerData, replace_answers, store_answers
from tests.factories.accounts import person
from tests.factories.hearings import HearingFactory, comment
from tests.factories.questions import question, revision

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def hearing() -> Hearing:
    return HearingFactory.open(NOW)


def say(hearing: Hearing, asked: QuestionRevision, *values: Any) -> list[Submission]:
    sent = [comment(hearing, NOW).submission for _value in values]
    for submission, value in zip(sent, values, strict=True):
        store_answers(submission, [AnswerData(asked, value)], NOW)
    return sent


def only(hearing: Hearing, **options: Any) -> QuestionTotals:
    (totals,) = answer_totals(hearing, **options)
    return totals


def people(totals: QuestionTotals) -> list[int]:
    return [bar.people for bar in totals.bars]


def test_shares_are_of_people_not_of_ticks(hearing: Hearing) -> None:
    say(hearing, question(hearing, "multiple", NOW), ["a1", "a2"], ["a1"], ["a3"], ["a1", "a2"])
    totals = only(hearing)
    assert totals.n == 4
    assert people(totals) == [3, 2, 1]
    assert [bar.percent for bar in totals.bars] == [75, 50, 25]


def test_the_ends_of_a_scale_have_words_in_both_languages(hearing: Hearing) -> None:
    say(hearing, question(hearing, "scale", NOW), 1)
    say(hearing, question(hearing, "number", NOW), 10)
    for language, low, unit in (("th", "1 ไม่พอเลย", "ไร่"), ("en", "1 not enough", "rai")):
        with override(language):
            scale, number = answer_totals(hearing)
            assert (scale.bars[0].label, number.unit) == (low, unit)


def test_a_scale_and_a_number_have_mean_and_middle(hearing: Hearing) -> None:
    say(hearing, question(hearing, "scale", NOW), 1, 5, 5)
    say(hearing, question(hearing, "number", NOW), 10, 2.5)
    scale, number = answer_totals(hearing)
    assert people(scale) == [1, 0, 0, 0, 2]
    assert (round(scale.mean or 0, 2), scale.middle) == (3.67, 5)
    assert (number.mean, number.smallest, number.greatest) == (6.25, 2.5, 10)


def test_a_ranking_is_sorted_by_mean_place_with_borda_points(hearing: Hearing) -> None:
    say(hearing, question(hearing, "ranking", NOW), ["a2", "a1", "a3"], ["a2", "a3", "a1"])
    bars = only(hearing).bars
    assert [(bar.mean_place, bar.points) for bar in bars] == [(1, 4), (2.5, 1), (2.5, 1)]


def test_a_matrix_counts_each_row_with_its_own_n(hearing: Hearing) -> None:
    say(hearing, question(hearing, "matrix", NOW), {"r1": "a1", "r2": "a2"}, {"r1": "a1"})
    first, second = only(hearing).rows
    assert ([bar.people for bar in first.bars], first.n) == ([2, 0, 0], 2)
    assert ([bar.people for bar in second.bars], second.n) == ([0, 1, 0], 1)


def test_places_are_counted_by_name(hearing: Hearing) -> None:
    place = {"province": "60", "district": "6003", "subdistrict": ""}
    say(hearing, question(hearing, "place", NOW), place, place)
    assert [(bar.people, bool(bar.label)) for bar in only(hearing).bars] == [(2, True)]


def test_withdrawn_hidden_replaced_and_village_answers_are_not_counted(hearing: Hearing) -> None:
    asked = question(hearing, "single", NOW)
    gone, hidden, changed, village, _kept = say(hearing, asked, "a1", "a1", "a1", "a1", "a2")
    Submission.objects.filter(pk=gone.pk).update(status=SubmissionStatus.WITHDRAWN)
    Submission.objects.filter(pk=hidden.pk).update(visibility=Visibility.HIDDEN)
    replace_answers(changed, [AnswerData(asked, "a3")], NOW + dt.timedelta(minutes=1))
    batch = ProxyBatch.objects.create(
        hearing=hearing, idempotency_key=uuid.uuid4(), held_on=NOW.date(), people=9, entered_at=NOW
    )
    Submission.objects.filter(pk=village.pk).update(batch=batch)
    assert people(only(hearing)) == [0, 1, 1]


def test_wordings_are_counted_together_while_the_kind_stays(hearing: Hearing) -> None:
    old = question(hearing, "single", NOW)
    new = revision(old.question, "single", NOW, text="ถามใหม่")
    say(hearing, old, "a1")
    say(hearing, new, "a1")
    totals = only(hearing)
    assert (totals.n, totals.wordings, totals.revision.text) == (2, 2, "ถามใหม่")
    revision(old.question, "scale", NOW)
    assert [one.revision.kind for one in answer_totals(hearing)] == ["single", "scale"]


def test_answers_stand_under_the_words_that_were_answered(hearing: Hearing, client: Client) -> None:
    old = question(hearing, "single", NOW, text="ถามเดิม")
    say(hearing, old, *(["a1"] * 6))
    other = [{"key": "a1", "label": "คำใหม่"}, {"key": "a2", "label": "ใช้น้ำบาดาล"}]
    new = revision(old.question, "single", NOW, text="ถามใหม่", options=other)
    totals = only(hearing)
    assert (totals.revision.text, totals.asked_now, totals.bars[0].label) == ("ถามเดิม", "ถามใหม่", "ใช้น้ำจากบึง")
    say(hearing, new, "a1")
    totals = only(hearing)
    assert (totals.revision.text, totals.asked_now, totals.wordings) == ("ถามใหม่", "", 2)
    assert [(text.text, text.people) for text in totals.texts] == [("ถามใหม่", 1), ("ถามเดิม", 6)]
    assert "คำใหม่" in totals.bars[0].label and "ใช้น้ำจากบึง" in totals.bars[0].label
    assert [text.people for text in only(hearing, public=True).texts] == [None, None], (
        "one of them is a small number"
    )
    client.force_login(person(Role.OFFICE_HEAD))
    page = client.get(f"/desk/hearings/{hearing.pk}/answers/").content.decode()
    assert "“ถามเดิม”" in page and "“ถามใหม่”" in page


def test_a_wording_counts_as_asked_only_while_its_question_asks_it(hearing: Hearing) -> None:
    old, other = (question(hearing, "single", NOW, text=text) for text in ("ถามเดิม", "อีกข้อ"))
    for asked in (old, other):
        say(hearing, asked, "a1")
        revision(asked.question, "single", NOW, text=f"{asked.text} ใหม่")
    assert [one.asked_now for one in answer_totals(hearing)] == ["ถามเดิม ใหม่", "อีกข้อ ใหม่"]
    revision(old.question, "long_text", NOW, text="เขียนเอง")
    totals = answer_totals(hearing)
    assert [(one.revision.text, one.asked_now) for one in totals] == [
        ("ถามเดิม", ""), ("เขียนเอง", ""), ("อีกข้อ", "อีกข้อ ใหม่"),
    ]  # fmt: skip
    Question.objects.filter(pk=other.question_id).update(removed_at=NOW)
    assert [one.asked_now for one in answer_totals(hearing)] == ["", "", ""]


def test_texts_are_read_under_the_words_that_were_answered(hearing: Hearing) -> None:
    old = question(hearing, "long_text", NOW, text="ถามเดิม")
    new = revision(old.question, "long_text", NOW, text="ถามใหม่")
    assert answered_wording(old.question) == new, "nobody answered yet"
    say(hearing, old, "น้ำไม่พอ")
    assert answered_wording(old.question) == old


def test_small_numbers_are_hidden_in_public_only(hearing: Hearing) -> None:
    say(hearing, question(hearing, "single", NOW), *(["a1"] * 9), *(["a2"] * 6), "a3")
    say(hearing, question(hearing, "number", NOW), 7, 9)
    staff, public = only_first(hearing), answer_totals(hearing, public=True)
    assert [bar.is_hidden for bar in staff.bars] == [False, False, False]
    assert [bar.is_hidden for bar in public[0].bars] == [False, True, True]
    assert public[0].n == 16
    assert (public[1].is_withheld, public[1].n, public[1].mean) == (True, 0, None)


def test_a_scale_with_a_missing_step_tells_no_mean_in_public(hearing: Hearing) -> None:
    say(hearing, question(hearing, "scale", NOW), *([4] * 9), *([5] * 6), 1)
    (public,) = answer_totals(hearing, public=True)
    assert (public.hides_some, public.mean, public.middle) == (True, None, None)
    assert only_first(hearing).mean


def test_places_with_few_people_are_one_line_in_public(hearing: Hearing) -> None:
    def at(code: str) -> dict[str, str]:
        return {"province": "60", "district": code, "subdistrict": ""}

    say(hearing, question(hearing, "place", NOW), *([at("6003")] * 6), *([at("6001")] * 7), at("6002"))
    (public,) = answer_totals(hearing, public=True)
    assert people(public) == [7, 7]
    assert not public.hides_some


def test_a_row_of_a_table_is_a_table_of_its_own(hearing: Hearing) -> None:
    asked = question(hearing, "matrix", NOW)
    say(hearing, asked, *([{"r1": "a1", "r2": "a2"}] * 3), *([{"r1": "a1"}] * 4))
    (public,) = answer_totals(hearing, public=True)
    assert [(row.is_withheld, row.n) for row in public.rows] == [(False, 7), (True, 0)]


def test_who_was_asked_does_not_tell_what_others_answered(hearing: Hearing) -> None:
    deciding = question(hearing, "single", NOW)
    rule = {"question": str(deciding.question.key), "options": ["a1"]}
    below = question(hearing, "number", NOW, show_if=rule)
    for submission in say(hearing, deciding, *(["a1"] * 6), *(["a2"] * 9), "a3")[:6]:
        store_answers(submission, [AnswerData(below, 12)], NOW)
    first, second = answer_totals(hearing, public=True)
    assert [bar.is_hidden for bar in first.bars] == [True, False, True]
    assert second.is_withheld


def only_first(hearing: Hearing) -> QuestionTotals:
    return answer_totals(hearing)[0]


def test_the_cost_does_not_grow_with_questions(hearing: Hearing, django_assert_max_num_queries: Any) -> None:
    for kind in ("single", "scale", "matrix", "number", "place", "ranking", "long_text"):
        question(hearing, kind, NOW)
    with django_assert_max_num_queries(4):
        assert len(answer_totals(hearing)) == 7


def test_a_hearing_without_questions_has_no_totals(hearing: Hearing) -> None:
    assert answer_totals(hearing) == []


def test_everyone_reads_the_answers_once_it_is_over_and_not_before(client: Client, hearing: Hearing) -> None:
    asked = question(hearing, "multiple", NOW, text="เรื่องใดก่อน")
    say(hearing, asked, *([["a1", "a2"]] * 9), ["a1"], ["a3"])
    assert "เรื่องใดก่อน" not in client.get(f"/hearings/{hearing.slug}/").content.decode()
    Hearing.objects.filter(pk=hearing.pk).update(closes_at=NOW - dt.timedelta(days=1))
    for prefix in ("", "/en"):
        text = client.get(f"{prefix}/hearings/{hearing.slug}/").content.decode()
        assert "เรื่องใดก่อน" in text
        assert "91%" in text, "of eleven people ten chose it"
        assert "<b>1</b>" not in text
