"""The questions form: every kind, rules of asking, forms opened before a change, and hostile posts."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearings.answer_words import in_words
from hearings.enums import QuestionKind
from hearings.forms.posted_answers import posted
from hearings.forms.questions import QuestionsForm
from hearings.models import Hearing, Question
from hearings.services.answers import AnswerData
from tests.factories.hearings import HearingFactory
from tests.factories.questions import question, revision

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def hearing() -> Hearing:
    return HearingFactory.draft(NOW)


def data(**fields: Any) -> QueryDict:
    post = QueryDict(mutable=True)
    for name, value in fields.items():
        post.setlist(name, value if isinstance(value, list) else [value])
    return post


def send(hearing: Hearing, fields: dict[str, Any]) -> QuestionsForm:
    return QuestionsForm.of(hearing, data(**fields))


def value_of(hearing: Hearing, fields: dict[str, Any]) -> Any:
    form = send(hearing, fields)
    assert form.is_valid(), form.errors
    return form.answers()[0].value


def messages_of(hearing: Hearing, fields: dict[str, Any]) -> str:
    form = send(hearing, fields)
    assert not form.is_valid()
    return str(form.errors.as_data())


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("single", {"": "a2"}, "a2"),
        ("multiple", {"": ["a3", "a1"]}, ["a1", "a3"]),
        ("scale", {"": "4"}, 4),
        ("ranking", {"-a1": "3", "-a2": "1", "-a3": "2"}, ["a2", "a3", "a1"]),
        ("matrix", {"-r1": "a1", "-r2": "a3"}, {"r1": "a1", "r2": "a3"}),
        ("matrix", {"-r1": "a1"}, {"r1": "a1"}),
        ("number", {"": "๑๒.๕"}, 12.5),
        ("number", {"": " 1 2 "}, 12),
        ("short_text", {"": "นํ้าไม่พอ\u200b"}, "น้ำไม่พอ"),
        ("long_text", {"": "บรรทัดหนึ่ง\r\nบรรทัดสอง"}, "บรรทัดหนึ่ง\nบรรทัดสอง"),
        ("place", {"-province": "60"}, {"province": "60", "district": "", "subdistrict": ""}),
        (
            "place",
            {"-subdistrict": "600301", "-lat": "15.9", "-lng": "100.2"},
            {"province": "60", "district": "6003", "subdistrict": "600301", "lat": 15.9, "lng": 100.2},
        ),
    ],
)
def test_each_kind_gives_a_plain_value(hearing: Hearing, kind: str, typed: dict, value: Any) -> None:
    asked = question(hearing, kind, NOW)
    assert value_of(hearing, {f"q-r{asked.pk}{end}": said for end, said in typed.items()}) == value


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("single", {"": "zz"}, "invalid_choice"),
        ("multiple", {"": ["a1", "a2", "a3"]}, "too_many"),
        ("multiple", {"": ["a1", "zz"]}, "invalid_choice"),
        ("scale", {"": "6"}, "invalid_choice"),
        ("ranking", {"-a1": "1", "-a2": "1", "-a3": "2"}, "tie"),
        ("ranking", {"-a1": "1"}, "incomplete"),
        ("matrix", {"-r1": "zz"}, "invalid_choice"),
        ("number", {"": "หลายไร่"}, "number"),
        ("number", {"": "501"}, "range"),
        ("number", {"": "nan"}, "number"),
        ("short_text", {"": "ก" * 201}, "max_length"),
        ("long_text", {"": "ก" * 301}, "max_length"),
        ("short_text", {"": "บัตร 1-1037-02071-81-1"}, "citizen_number"),
        ("place", {"-province": "99"}, "invalid_choice"),
        ("place", {"-province": "60", "-district": "6603"}, "invalid_choice"),
        ("place", {"-province": "60", "-lat": "48.1", "-lng": "11.5"}, "point"),
        ("place", {"-province": "60", "-lat": "inf", "-lng": "nan"}, "point"),
        ("place", {"-lat": "15.9", "-lng": "100.2"}, "required"),
    ],
)
def test_what_is_no_answer_is_refused_at_the_question(
    hearing: Hearing, kind: str, typed: dict, code: str
) -> None:
    asked = question(hearing, kind, NOW)
    form = send(hearing, {f"q-r{asked.pk}{end}": said for end, said in typed.items()})
    assert not form.is_valid()
    asked_now = form.questions[0]
    assert asked_now.where.errors if code == "point" else asked_now.errors
    assert f"code='{code}'" in str(form.errors.as_data()) or code in {
        error.code for errors in form.errors.as_data().values() for error in errors
    }


@pytest.mark.parametrize("kind", QuestionKind.values)
def test_a_blank_answer_is_no_answer_unless_it_is_required(hearing: Hearing, kind: str) -> None:
    asked = question(hearing, kind, NOW)
    form = send(hearing, {"q-seen": str(asked.pk)})
    assert form.is_valid()
    assert form.answers() == []
    asked.is_required = True
    asked.save()
    form = send(hearing, {"q-seen": str(asked.pk)})
    assert not form.is_valid()
    assert form.questions[0].errors


def rule(deciding: Any, *options: str) -> dict:
    return {"question": str(deciding.question.key), "options": list(options)}


def test_a_question_not_asked_needs_no_answer_and_its_answer_is_dropped(hearing: Hearing) -> None:
    first = question(hearing, "single", NOW)
    second = question(hearing, "number", NOW, show_if=rule(first, "a1"), is_required=True)
    third = question(hearing, "multiple", NOW)
    fields = {f"q-r{first.pk}": "a2", f"q-r{second.pk}": "ห้าไร่", f"q-r{third.pk}": ["a1"]}
    form = send(hearing, fields)
    assert form.is_valid(), form.errors
    assert [answer.revision for answer in form.answers()] == [first, third]
    assert not send(hearing, {**fields, f"q-r{first.pk}": "a1"}).is_valid()


def test_a_rule_follows_a_chain(hearing: Hearing) -> None:
    first = question(hearing, "single", NOW)
    second = question(hearing, "single", NOW, show_if=rule(first, "a1"))
    third = question(hearing, "short_text", NOW, show_if=rule(second, "a1"))
    form = send(hearing, {f"q-r{first.pk}": "a2", f"q-r{second.pk}": "a1", f"q-r{third.pk}": "ท่อ"})
    assert form.is_valid()
    assert [answer.revision for answer in form.answers()] == [first]


def test_a_form_opened_before_a_change_answers_the_question_as_it_was_read(hearing: Hearing) -> None:
    old = question(hearing, "single", NOW)
    fields = {"q-seen": str(old.pk), f"q-r{old.pk}": "a3"}
    revision(old.question, "single", NOW, options=[{"key": "b1", "label": "อื่น"}])
    form = send(hearing, fields)
    assert form.is_valid()
    assert form.answers() == [AnswerData(old, "a3")]


def test_a_required_question_added_after_the_form_was_opened_is_not_asked_for(hearing: Hearing) -> None:
    old = question(hearing, "single", NOW)
    question(hearing, "number", NOW, is_required=True)
    assert send(hearing, {"q-seen": str(old.pk)}).is_valid()


def test_a_removed_question_is_accepted_from_an_open_form_and_asked_no_more(hearing: Hearing) -> None:
    old = question(hearing, "single", NOW)
    Question.objects.filter(pk=old.question_id).update(removed_at=NOW)
    assert QuestionsForm.of(hearing).questions == []
    assert value_of(hearing, {f"q-r{old.pk}": "a1"}) == "a1"


@pytest.mark.parametrize(
    "name", ["q-r{other}", "q-r999999", "q-r" + "9" * 40, "q-r{mine}-zz", "q-r-1", "q-rx"]
)
def test_forged_and_foreign_names_are_refused_in_words(hearing: Hearing, name: str) -> None:
    mine = question(hearing, "single", NOW)
    other = question(HearingFactory.draft(NOW), "single", NOW)
    form = send(hearing, {name.format(other=other.pk, mine=mine.pk): "a1"})
    assert not form.is_valid()
    assert form.non_field_errors()


def test_a_foreign_seen_id_and_two_revisions_of_one_question_are_refused(hearing: Hearing) -> None:
    mine = question(hearing, "single", NOW)
    newer = revision(mine.question, "single", NOW)
    other = question(HearingFactory.draft(NOW), "single", NOW)
    assert send(hearing, {"q-seen": f"{mine.pk}.{other.pk}"}).non_field_errors()
    assert send(hearing, {f"q-r{mine.pk}": "a1", f"q-r{newer.pk}": "a1"}).non_field_errors()


def test_what_was_typed_is_shown_again_unchecked(hearing: Hearing) -> None:
    number, several = question(hearing, "number", NOW), question(hearing, "multiple", NOW)
    fields = data(**{f"q-r{number.pk}": "ห้าไร่", f"q-r{several.pk}": ["a1", "a2"]})
    form = QuestionsForm.of(hearing, fields, checked=False)
    html = render_to_string("components/questions.html", {"form": form})
    assert 'value="ห้าไร่"' in html
    assert html.count(" checked") == 2
    assert 'class="why"' not in html
    assert set(fields) <= set(form.names)


def test_stored_answers_come_back_as_posted_fields(hearing: Hearing) -> None:
    asked = [question(hearing, kind, NOW) for kind in QuestionKind.values]
    place = {"province": "60", "district": "6003", "subdistrict": ""}
    values = ["a1", ["a1", "a2"], 3, ["a3", "a1", "a2"], {"r1": "a1"}, 4, "สั้น", "ยาว", place]
    answers = [AnswerData(one, value) for one, value in zip(asked, values, strict=True)]
    form = send(hearing, posted(hearing, answers))
    assert form.is_valid(), form.errors
    assert form.answers() == answers


def test_every_kind_renders_with_labels_and_without_repeated_ids(hearing: Hearing) -> None:
    for kind in QuestionKind.values:
        question(hearing, kind, NOW, help="อธิบาย", is_required=True)
    form = send(hearing, {"q-seen": QuestionsForm.of(hearing)["seen"].value()})
    assert not form.is_valid()
    html = render_to_string("components/questions.html", {"form": form})
    ids = [part.split('"')[0] for part in html.split(' id="')[1:]]
    assert len(ids) == len(set(ids))
    assert html.count('class="why"') == len(QuestionKind.values)


def test_the_ends_of_a_scale_and_units_are_said_in_the_readers_language(hearing: Hearing) -> None:
    scale, rai = question(hearing, "scale", NOW), question(hearing, "number", NOW)
    said = {"th": ("ไม่พอเลย", "พอมาก", "ไร่"), "en": ("not enough", "quite enough", "rai")}
    for language, words in said.items():
        with override(language):
            html = render_to_string("components/questions.html", {"form": QuestionsForm.of(hearing)})
            assert all(word in html for word in words), language
            back = [
                *in_words(AnswerData(scale, 1)),
                *in_words(AnswerData(scale, 5)),
                *in_words(AnswerData(rai, 7)),
            ]
        assert back == [f"1 ({words[0]})", f"5 ({words[1]})", f"7 {words[2]}"]
    scale.limits = {"min": 1, "max": 5, "min_label": "น้อย"}
    with override("en"):
        assert scale.limit_words("min_label") == "น้อย", "Thai where there is no English"
        assert scale.limit_words("max_label") == ""


def test_showing_the_form_costs_one_query(hearing: Hearing, django_assert_num_queries: Any) -> None:
    for kind in ("single", "scale", "matrix", "number"):
        question(hearing, kind, NOW)
    with django_assert_num_queries(1):
        render_to_string("components/questions.html", {"form": QuestionsForm.of(hearing)})


NASTY = st.text(alphabet=st.characters(codec="utf-8"), max_size=40) | st.sampled_from(
    ["\x00", "a1", "a2", "-1", "1e999", "٣", "NaN", "60", "6003", "[]", "{}", "9" * 400]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.lists(st.tuples(st.integers(0, 30), st.lists(NASTY, max_size=4)), max_size=12), seen=NASTY)
def test_hostile_posts_never_break_the_form(hearing: Hearing, typed: list, seen: str) -> None:
    if not hearing.questions.exists():
        for kind in QuestionKind.values:
            question(hearing, kind, NOW)
    names = [name for name in QuestionsForm.of(hearing).names if name != "q-seen"]
    post = data(**{names[place % len(names)]: values for place, values in typed})
    post["q-seen"] = seen
    form = QuestionsForm.of(hearing, post)
    if form.is_valid():
        assert all(answer.value is not None for answer in form.answers())
    render_to_string("components/questions.html", {"form": form})
    render_to_string("components/questions.html", {"form": QuestionsForm.of(hearing, post, checked=False)})
