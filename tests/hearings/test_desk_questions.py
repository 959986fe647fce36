"""The desk's rooms for questions: who enters, adding and changing without JavaScript, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from hearings.enums import QuestionKind
from hearings.models import Answer, Hearing, Question
from hearings.services.answers import AnswerData, store_answers
from tests.factories.hearings import HearingFactory, comment, office_head
from tests.factories.questions import question
from tests.hearings.people import person

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def head(client: Client) -> Client:
    client.force_login(office_head())
    return client


def room(name: str, *args: Any) -> str:
    return reverse(f"hearings_desk:{name}", args=args)


@pytest.mark.parametrize("name", ["questions", "question_preview", "answers"])
def test_rooms_open_for_staff_only_and_have_one_heading(client: Client, name: str) -> None:
    hearing = HearingFactory.open(NOW)
    for kind in QuestionKind.values:
        question(hearing, kind, NOW)
    assert client.get(room(name, hearing.pk)).status_code == 302
    for user, status in ((person(None), 403), (office_head(), 200)):
        client.force_login(user)
        page = client.get(room(name, hearing.pk))
        assert page.status_code == status
    assert page.content.decode().count("<h1") == 1


def test_a_room_of_another_province_is_closed(client: Client) -> None:
    hearing = HearingFactory.draft(NOW)
    user = person(Role.PROVINCE_COORDINATOR, "66")
    client.force_login(user)
    assert client.get(room("questions", hearing.pk)).status_code == 403


def test_an_empty_list_says_what_to_do(head: Client) -> None:
    hearing = HearingFactory.draft(NOW)
    assert 'class="void card"' in head.get(room("questions", hearing.pk)).content.decode()
    assert 'class="void card"' in head.get(room("answers", hearing.pk)).content.decode()


@pytest.mark.parametrize("kind", QuestionKind.values)
def test_every_kind_is_added_with_lines_of_text(head: Client, kind: str) -> None:
    hearing = HearingFactory.draft(NOW)
    address = f"{room('question_add', hearing.pk)}?kind={kind}"
    assert head.get(address).status_code == 200
    fields = {
        "text": "คำถาม",
        "options": "บึง | The lake\n\nบ่อ",
        "rows": "หน้าแล้ง\nหน้าฝน",
        "min": "๑",
        "max": "7",
    }
    sent = head.post(address, fields)
    assert sent.status_code == 302, sent.context["form"].errors
    (asked,) = Question.objects.asked(hearing)
    assert asked.kind == kind
    if asked.options:
        assert asked.options[0] == {"key": "a1", "label": "บึง", "label_en": "The lake"}


def test_a_corrected_line_keeps_its_key_and_a_rule_is_chosen_from_answers_above(head: Client) -> None:
    hearing = HearingFactory.draft(NOW)
    first, second = question(hearing, "single", NOW), question(hearing, "number", NOW)
    changed = {"text": "ใหม่", "options": "ใช้น้ำจากบึง\nน้ำบาดาล\nไม่ได้ใช้"}
    assert head.post(room("question", hearing.pk, first.question_id), changed).status_code == 302
    rule = f"{first.question.key}:a2"
    fields = {"text": "กี่ไร่", "show_if": [rule], "unit": "ไร่"}
    assert head.post(room("question", hearing.pk, second.question_id), fields).status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert [line["key"] for line in first.options] == ["a1", "a2", "a3"]
    assert second.show_if == {"question": str(first.question.key), "options": ["a2"]}


def test_the_ends_of_a_scale_and_the_help_are_written_in_both_languages(head: Client) -> None:
    hearing = HearingFactory.draft(NOW)
    words = {
        "text": "น้ำพอไหม", "text_en": "Enough water?", "help": "หน้าแล้ง", "help_en": "In the dry season", "min": "1",
        "max": "5", "min_label": "ไม่พอเลย", "min_label_en": "not enough", "max_label": "พอมาก",
        "max_label_en": "quite enough",
    }  # fmt: skip
    assert head.post(f"{room('question_add', hearing.pk)}?kind=scale", words).status_code == 302
    [asked] = Question.objects.asked(hearing)
    assert asked.limits == {
        name: int(v) if v.isdigit() else v for name, v in words.items() if name[:3] in ("min", "max")
    }
    assert asked.help_en == "In the dry season"
    page = head.get(room("question", hearing.pk, asked.question_id)).content.decode()
    assert all(f'value="{word}"' in page for word in words.values())
    english = head.get(f"/en{room('question_preview', hearing.pk)}").content.decode()
    assert "quite enough" in english
    assert "In the dry season" in english


def test_mistakes_stand_at_their_fields_and_nothing_is_stored(head: Client) -> None:
    hearing = HearingFactory.open(NOW)
    address = f"{room('question_add', hearing.pk)}?kind=scale"
    sent = head.post(address, {"text": "\x00", "min": "ห้า", "max": "1e9"})
    assert sent.status_code == 422
    assert {"text", "min", "max", "reason"} <= set(sent.context["form"].errors)
    assert not hearing.questions.exists()


@pytest.mark.parametrize("kind", ["", "poem", "single" * 99])
def test_an_unknown_kind_is_not_found(head: Client, kind: str) -> None:
    hearing = HearingFactory.draft(NOW)
    assert head.get(room("question_add", hearing.pk), {"kind": kind}).status_code == 404


def test_buttons_move_and_take_out(head: Client) -> None:
    hearing = HearingFactory.draft(NOW)
    first, second = question(hearing, "single", NOW), question(hearing, "scale", NOW)
    head.post(room("question_step", hearing.pk, second.question_id), {"go": "up"})
    assert Question.objects.asked(hearing) == [second, first]
    head.post(room("question_step", hearing.pk, second.question_id), {"go": "remove"})
    assert Question.objects.asked(hearing) == [first]
    other = HearingFactory.draft(NOW)
    for address, verb in (
        (room("question_step", other.pk, first.question_id), "up"),
        (room("question_step", hearing.pk, first.question_id), "burn"),
    ):
        assert head.post(address, {"go": verb}).status_code == 404


def test_a_nul_character_in_the_reason_is_taken_out_before_it_is_logged(head: Client) -> None:
    hearing = HearingFactory.open(timezone.now())
    asked = question(hearing, "single", timezone.now())
    sent = {"go": "remove", "reason": "พิมพ์\x00ผิด"}
    assert head.post(room("question_step", hearing.pk, asked.question_id), sent).status_code == 302
    assert hearing.stage_changes.filter(reason__contains="พิมพ์ผิด").exists()


def test_a_preview_checks_and_stores_nothing(head: Client) -> None:
    hearing = HearingFactory.draft(NOW)
    asked = question(hearing, "number", NOW)
    page = head.post(room("question_preview", hearing.pk), {f"q-r{asked.pk}": "มาก"})
    assert 'class="err"' in page.content.decode()


def test_answers_are_shown_with_people_and_per_cent(head: Client) -> None:
    hearing: Hearing = HearingFactory.open(NOW)
    asked = question(hearing, "single", NOW)
    store_answers(comment(hearing, NOW).submission, [AnswerData(asked, "a1")], NOW)
    assert "100%" in head.get(room("answers", hearing.pk)).content.decode()


def test_texts_are_read_fifty_at_a_time_and_not_by_strangers(
    head: Client, django_assert_num_queries: Any
) -> None:
    hearing = HearingFactory.open(NOW)
    asked = question(hearing, "long_text", NOW)
    sender = comment(hearing, NOW).submission
    others = [comment(hearing, NOW).submission for _number in range(3)]
    for number, submission in enumerate([sender, *others]):
        store_answers(submission, [AnswerData(asked, f"เขียนไว้-{number}.")], NOW)
    address = room("answers", hearing.pk) + f"{asked.question_id}/"
    assert address in head.get(room("answers", hearing.pk)).content.decode()
    with django_assert_num_queries(12):
        text = head.get(address).content.decode()
    assert text.index("เขียนไว้-3.") < text.index("เขียนไว้-0.")
    newest = Answer.objects.order_by("pk").last()
    older = head.get(f"{address}?before={newest.pk}").content.decode()
    assert "เขียนไว้-3." not in older
    assert "เขียนไว้-2." in older
    assert head.get(f"{address}?before=x").status_code == 404
    assert head.get(f"{address}?before=1").status_code == 200
    assert Client().get(address).status_code == 302
