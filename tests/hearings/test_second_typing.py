"""Sheets in time and late, the questions on paper, and the second person who types some of them again (P106)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts.roles import Role
from hearings.enums import Capacity, Channel, PublishName, QuestionKind, Stage
from hearings.models import Answer, Comment, Hearing, PaperForm, Question, QuestionRevision, Submission
from hearings.services.paper import enter_paper
from hearings.services.scans import add_scans
from hearings.services.second_typing import check_typing, due
from tests.factories.hearings import HearingFactory
from tests.hearings.people import person
from tests.hearings.sheets import photo

pytestmark = pytest.mark.django_db

OPTIONS = [{"key": "a1", "label": "ทุกวัน"}, {"key": "a2", "label": "บางวัน"}]
SHEET = {
    "code": "0714", "channel": "paper", "received_on": "24/11/2569", "stance": "against", "reason": "รถดินวิ่งเร็ว",
    "sector": "citizen", "village_no": "๖", "agreed": "on", "publish_name": "none",
}  # fmt: skip


@pytest.fixture(autouse=True)
def every_sheet(monkeypatch, now, settings):
    settings.HEARING_PAPER_CHECK_EVERY = 1
    monkeypatch.setattr("hearings.views.desk.paper.timezone.now", lambda: now)


@pytest.fixture
def first(db):
    return person(Role.STRATEGY)


@pytest.fixture
def second(db):
    return person(Role.ADMINISTRATION)


def queue(hearing, by, now, colour="white"):
    return add_scans(
        hearing=hearing,
        uploads=[photo(colour)],
        channel=Channel.PAPER,
        received_on=now.date(),
        by=by,
        now=now,
    )[0][0]


def ask(hearing, now):
    question = Question.objects.create(hearing=hearing)
    return QuestionRevision.objects.create(
        question=question, number=1, kind=QuestionKind.SINGLE, text="บ่อยไหม", options=OPTIONS, is_required=True,
        created_at=now,
    )  # fmt: skip


def address(name, sheet):
    return reverse(f"hearings_desk:{name}", args=[sheet.hearing_id, sheet.pk])


def type_it(client, by, sheet, where="paper_form", **changes):
    client.force_login(by)
    return client.post(address(where, sheet), {**SHEET, **changes})


def reload(sheet):
    return PaperForm.objects.get(pk=sheet.pk)


# --- the sheet as it is printed ----------------------------------------------------------------------------------


def test_questions_sections_age_and_group_are_typed_with_the_sheet(client, first, now):
    hearing = HearingFactory.open(now)
    asked, sheet = ask(hearing, now), queue(hearing, first, now)
    block = hearing.current_draft.blocks.order_by("order").first()
    sent = type_it(
        client, first, sheet, **{
            "q-seen": str(asked.pk), f"q-r{asked.pk}": "a2", f"on_{block.key}": "partly", "under_20": "on",
            "organisation": "กลุ่มใช้น้ำ", "publish_name": "name", "name": "ด.ช. แดง",
        },
    )  # fmt: skip
    assert sent.status_code == 302
    stored = Submission.objects.get()
    assert Answer.objects.get().value == "a2"
    assert (stored.under_20, stored.publish_name, stored.name) == (True, PublishName.NONE, "")
    assert (stored.capacity, stored.organisation) == (Capacity.GROUP, "กลุ่มใช้น้ำ")
    assert set(stored.comments.values_list("block_key", "stance")) == {
        (None, "against"),
        (block.key, "partly"),
    }
    assert stored.received_on == now.date()


def test_a_question_left_empty_on_paper_is_no_mistake(client, first, now):
    hearing = HearingFactory.open(now)
    asked, sheet = ask(hearing, now), queue(hearing, first, now)
    assert type_it(client, first, sheet, **{"q-seen": str(asked.pk)}).status_code == 302
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"q-r999999": "a1"},
        {"code": "1-2345-67890-12-1"},
        {"organisation": "1234567890121"},
        {"reason": "บัตร 1-2345-67890-12-1"},
        {"received_on": "1/1/2560"},
        {"received_on": "1/1/2600"},
        {"received_on": ""},
        {"publish_name": "name", "name": ""},
        {"block": "5a1f7d0e-3f6b-4d0a-9f5e-6d1c3a4b2e10"},
        {"channel": "web"},
    ],
)
def test_what_submit_refuses_is_refused_on_paper_and_stays_on_the_screen(client, first, now, changes):
    hearing = HearingFactory.open(now)
    ask(hearing, now)
    sent = type_it(client, first, queue(hearing, first, now), **changes)
    assert sent.status_code == 422
    assert 'role="alert"' in sent.content.decode()
    assert not Submission.objects.exists()


def test_a_sheet_of_the_last_day_is_typed_after_closing_until_the_result(client, first, now, monkeypatch):
    hearing = HearingFactory.open(now)
    sheet, later = queue(hearing, first, now), queue(hearing, first, now, "red")
    after = hearing.closes_at + dt.timedelta(days=2)
    monkeypatch.setattr("hearings.views.desk.paper.timezone.now", lambda: after)
    assert type_it(client, first, sheet).status_code == 302
    Hearing.objects.filter(pk=hearing.pk).update(stage=Stage.RESULT_PUBLISHED)
    assert type_it(client, first, later).status_code == 422
    assert Submission.objects.count() == 1


def test_a_late_sheet_is_marked_and_never_counted(client, first, now, monkeypatch):
    hearing = HearingFactory.open(now)
    after = hearing.closes_at + dt.timedelta(days=2)
    monkeypatch.setattr("hearings.views.desk.paper.timezone.now", lambda: after)
    sheet = queue(hearing, first, after)
    client.force_login(first)
    queue_page = client.get(reverse("hearings_desk:paper", args=[hearing.pk])).content.decode()
    assert address("paper_form", sheet) not in queue_page
    on_that_day = f"{after.day}/{after.month}/{after.year + 543}"
    assert type_it(client, first, sheet, received_on=on_that_day).status_code == 422
    assert not Submission.objects.exists()


# --- the second person ----------------------------------------------------------------------------------------------


def test_typed_the_same_it_is_checked(client, first, second, now):
    sheet = queue(HearingFactory.open(now), first, now)
    type_it(client, first, sheet)
    assert due(sheet.hearing, first) == []
    assert due(sheet.hearing, second) == [sheet.pk]
    assert type_it(client, second, sheet, "paper_check", reason="  รถดินวิ่งเร็ว ").status_code == 302
    assert (reload(sheet).checked_by, reload(sheet).differences) == (second, [])
    assert due(sheet.hearing, second) == []
    assert Submission.objects.get().versions.count() == 1


def test_the_first_typing_is_not_shown_before_the_second_is_complete(client, first, second, now):
    sheet = queue(HearingFactory.open(now), first, now)
    type_it(client, first, sheet)
    client.force_login(second)
    page = client.get(address("paper_check", sheet))
    assert "รถดินวิ่งเร็ว" not in page.content.decode()
    assert page.content.count(b"<h1") == 1


def test_differences_are_shown_and_nothing_is_stored_before_somebody_decides(client, first, second, now):
    hearing = HearingFactory.open(now)
    asked, sheet = ask(hearing, now), queue(hearing, first, now)
    type_it(client, first, sheet, **{"q-seen": str(asked.pk), f"q-r{asked.pk}": "a1"})
    changes = {"stance": "partly", "village_no": "9", "q-seen": str(asked.pk), f"q-r{asked.pk}": "a2"}
    shown = type_it(client, second, sheet, "paper_check", **changes).content.decode()
    assert shown.count('<tr class="odd">') == 4  # the matter twice: for the person and for the words
    assert "ทุกวัน" in shown
    assert reload(sheet).checked_at is None
    return hearing, sheet, changes


def test_the_first_typing_can_stay(client, first, second, now):
    _hearing, sheet, changes = test_differences_are_shown_and_nothing_is_stored_before_somebody_decides(
        client, first, second, now
    )
    type_it(client, second, sheet, "paper_check", decide="first", **changes)
    assert Submission.objects.get().village_no == 6
    assert len(reload(sheet).differences) == 4
    assert "ทุกวัน" not in str(reload(sheet).differences)


def test_the_second_typing_replaces_the_first_which_stays_a_version(client, first, second, now, monkeypatch):
    hearing, sheet, changes = test_differences_are_shown_and_nothing_is_stored_before_somebody_decides(
        client, first, second, now
    )
    after = hearing.closes_at + dt.timedelta(days=1)
    monkeypatch.setattr("hearings.views.desk.paper.timezone.now", lambda: after)
    assert type_it(client, second, sheet, "paper_check", decide="second", **changes).status_code == 302
    stored = Submission.objects.get()
    assert (stored.village_no, stored.stance, stored.entered_by, stored.received_on) == (
        9,
        "partly",
        first,
        now.date(),
    )
    assert [version.data["village_no"] for version in stored.versions.order_by("number")] == [6, 9]
    assert Comment.objects.current().get().stance == "partly"
    assert Answer.objects.get(superseded_at=None).value == "a2"


def test_nobody_checks_the_own_typing(client, first, second, now):
    hearing = HearingFactory.open(now)
    sheet, waiting = queue(hearing, first, now), queue(hearing, first, now, "red")
    type_it(client, first, sheet)
    assert type_it(client, first, sheet, "paper_check").status_code == 403
    assert type_it(client, second, waiting, "paper_check").status_code == 403
    assert type_it(client, person(Role.MONITORING), sheet, "paper_check").status_code == 403


def test_how_many_are_checked_is_a_setting(client, first, second, now, settings):
    hearing = HearingFactory.open(now)
    for number in range(12):
        type_it(client, first, queue(hearing, first, now, f"rgb({number * 20},0,0)"))
    assert len(due(hearing, second)) == 12
    settings.HEARING_PAPER_CHECK_EVERY = 3
    assert 0 < len(due(hearing, second)) < 12
    settings.HEARING_PAPER_CHECK_EVERY = 0
    assert due(hearing, second) == []


def test_what_its_author_changed_meanwhile_is_not_checked_any_more(client, first, second, now):
    sheet = queue(HearingFactory.open(now), first, now)
    type_it(client, first, sheet)
    Submission.objects.update(revised_at=now)
    assert due(sheet.hearing, second) == []
    assert type_it(client, second, sheet, "paper_check").status_code == 422


def test_the_service_asks_for_the_role_and_another_person(first, now):
    from hearings.services.second_typing import Typed
    from tests.factories.hearings import submission_data

    sheet = queue(HearingFactory.open(now), first, now)
    typed = Typed(submission_data(channel="paper"), [])
    with pytest.raises(ValidationError):
        check_typing(form=sheet, second=typed, by=first, now=now)
    enter_paper(form=sheet, code="1", data=typed.data, comments=[], by=first, now=now)
    for by in (first, person(Role.CHANGE_AGENT)):
        with pytest.raises(PermissionDenied):
            check_typing(form=sheet, second=typed, by=by, now=now)
