"""Who may do what in which state: every service, every role, every state, as two tables.

The tables are written out by hand on purpose. They are the expectation; accounts.permissions and the services are
what is tested.
"""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
import pkgutil
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from core.enums import Sector
from hearings import services
from hearings.enums import Channel, HearingState, Stage
from hearings.models import Comment, Hearing, Submission
from hearings.services.announce import announce
from hearings.services.cancel import cancel
from hearings.services.confirm_organisation import confirm_organisation
from hearings.services.errors import HearingClosed, HearingNotOpen, WrongEditCode
from hearings.services.extend import extend
from hearings.services.force_close import force_close
from hearings.services.moderate import moderate
from hearings.services.prepare import mark_followed_up, send_to_review, start_summarising
from hearings.services.publish_draft_version import publish_draft_version
from hearings.services.publish_result import publish_result
from hearings.services.revise import revise
from hearings.services.withdraw import withdraw
from tests.factories.hearings import HearingFactory, comment, day, submission_data
from tests.hearings.people import ELSEWHERE, HOME, person, province
from tests.hearings.staff_verbs import Desk

pytestmark = pytest.mark.django_db

S = HearingState
HEAD, ADMIN, STRATEGY, MONITORING = Role.OFFICE_HEAD, Role.ADMINISTRATION, Role.STRATEGY, Role.MONITORING
AT_HOME, AWAY = "coordinator at home", "coordinator elsewhere"
EDITORS = {HEAD, ADMIN, STRATEGY, AT_HOME}
PREPARERS = {HEAD, STRATEGY, AT_HOME}
UP_TO_CLOSING = {S.DRAFT, S.IN_REVIEW, S.ANNOUNCED, S.OPEN}
READABLE = set(S) - {S.DRAFT, S.IN_REVIEW}
EVERYONE = (HEAD, ADMIN, STRATEGY, MONITORING, AT_HOME, AWAY, Role.CHANGE_AGENT, Role.MEMBER, None)

# action: (who may, in which states)
STAFF_TABLE: dict[str, tuple[set, set]] = {
    "review": ({HEAD, STRATEGY, AT_HOME}, {S.DRAFT}),
    "announce": ({HEAD}, {S.DRAFT, S.IN_REVIEW}),
    "extend": ({HEAD}, {S.ANNOUNCED, S.OPEN}),
    "force_close": ({HEAD}, {S.ANNOUNCED, S.OPEN}),
    "summarise": ({HEAD, STRATEGY, MONITORING, AT_HOME}, {S.CLOSED}),
    "draft_version": (
        {HEAD},
        {S.SUMMARISING, S.RESULT_PUBLISHED},
    ),
    "publish_result": ({HEAD}, {S.CLOSED, S.SUMMARISING}),
    "follow_up": ({HEAD}, {S.RESULT_PUBLISHED}),
    "cancel": (
        {HEAD},
        {S.DRAFT, S.IN_REVIEW, S.ANNOUNCED, S.OPEN, S.CLOSED, S.SUMMARISING},
    ),
    "moderate": ({HEAD, ADMIN, STRATEGY, AT_HOME}, set(S)),
    "confirm_group": ({HEAD, ADMIN, STRATEGY, AT_HOME}, set(S)),
    "enter_on_paper": (EDITORS, {S.OPEN}),
    # what was announced
    "amend": ({HEAD}, {S.ANNOUNCED, S.OPEN}),
    "amend_rows": ({HEAD}, {S.ANNOUNCED, S.OPEN}),
    "add_meeting": ({HEAD}, READABLE - {S.CANCELLED}),
    "change_meeting": ({HEAD}, READABLE - {S.CANCELLED}),
    "cancel_meeting": ({HEAD}, READABLE - {S.CANCELLED}),
    "clone": (PREPARERS, set(S)),
    "make_preview": (PREPARERS, {S.DRAFT, S.IN_REVIEW}),
    "revoke_preview": (PREPARERS, set(S)),
    "record_posting": (EDITORS, set(S)),  # change agents: the own province, and this one has none
    "take_posting": (EDITORS, set(S)),
    # questions and draft
    "add_question": (PREPARERS, UP_TO_CLOSING),
    "change_question": (PREPARERS, UP_TO_CLOSING),
    "move_question": (PREPARERS, UP_TO_CLOSING),
    "remove_question": (PREPARERS, UP_TO_CLOSING),
    "import_draft": (PREPARERS, {S.DRAFT, S.IN_REVIEW, S.SUMMARISING, S.RESULT_PUBLISHED, S.FOLLOWED_UP}),
    # conversation
    "answer_comment": ({HEAD, STRATEGY}, READABLE),
    "pin": (EDITORS, READABLE),
    "unpin": (EDITORS, set(S)),
    "settle_report": (EDITORS, set(S)),
    "moderate_reply": (EDITORS, set(S)),
    "decide_file": (EDITORS, set(S)),
    "write_transcript": (EDITORS, set(S)),
    # paper, spreadsheets, meetings
    "enter_on_behalf": (EDITORS, {S.OPEN}),
    "enter_paper": (EDITORS, {S.OPEN}),
    "mark_unreadable": (EDITORS, set(S)),
    "add_scans": (EDITORS, set(S)),
    "record_attendance": (EDITORS, set(S)),
    "keep_minutes": (EDITORS, set(S)),
    "preview_import": (EDITORS, set(S)),
    "discard_import": (EDITORS, set(S)),
    # village grids: a change agent writes for the own province only, and this one has none
    "save_batch": (EDITORS, {S.OPEN}),
    "take_in": (EDITORS, {S.OPEN}),
    "send_batch": (EDITORS, {S.OPEN}),
    "return_batch": (EDITORS, set(S)),
    "check_batch": (EDITORS, {S.ANNOUNCED, S.OPEN, S.CLOSED, S.SUMMARISING}),
}
# Verbs under another name above, or tried elsewhere with the file or the state they need.
NAMED_OTHERWISE = {
    "send_to_review": "review", "start_summarising": "summarise", "mark_followed_up": "follow_up",
    "publish_draft_version": "draft_version", "confirm_organisation": "confirm_group",
}  # fmt: skip
# They need a file that was read, or a sheet typed twice: test_import.py, test_undo_import.py, test_second_typing.py.
TRIED_ELSEWHERE = {"run_import", "undo_import", "match_columns", "check_typing"}


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def who(name: Any) -> User:
    if name in (AT_HOME, AWAY):
        return person(Role.PROVINCE_COORDINATOR, HOME if name == AT_HOME else ELSEWHERE)
    return person(name)


def in_state(state: HearingState, now: dt.datetime) -> tuple[Hearing, Any]:
    """A hearing in this state now, with a submission sent while it was open."""
    body = [("paragraph", "<p>ผล</p>")]
    hearing = HearingFactory.open(now, provinces=[province(HOME)], result_body=body)
    receipt = comment(hearing, now, capacity="group", organisation="กลุ่ม")
    hearing.draft[0].value["heading"] = "แก้แล้ว"
    hearing.save_revision()
    past = {"closes_at": day(now, -1)}
    changes = {
        S.DRAFT: {"stage": Stage.DRAFT, "announced_at": None, "opens_at": day(now, 20), "closes_at": day(now, 40)},
        S.IN_REVIEW: {"stage": Stage.IN_REVIEW, "announced_at": None, "opens_at": day(now, 20), "closes_at": day(now, 40)},
        S.ANNOUNCED: {"opens_at": day(now, 5)},
        S.OPEN: {},
        S.CLOSED: past,
        S.SUMMARISING: {**past, "stage": Stage.SUMMARISING},
        S.RESULT_PUBLISHED: {**past, "stage": Stage.RESULT_PUBLISHED, "result_published_at": now},
        S.FOLLOWED_UP: {**past, "stage": Stage.FOLLOWED_UP, "result_published_at": now},
        S.CANCELLED: {"stage": Stage.CANCELLED},
    }[state]  # fmt: skip
    page = Hearing.objects.get(pk=hearing.pk)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save()
    page.draft[0].value["heading"] = "แก้แล้ว"
    page.save_revision()
    page = Hearing.objects.get(pk=hearing.pk)
    assert page.state(now) == state
    return page, receipt


def actions(hearing: Hearing, submission: Submission, now: dt.datetime) -> dict[str, Callable[[User], Any]]:
    def act(service: Callable, **values: Any) -> Callable[[User], Any]:
        return lambda actor: service(hearing=hearing, actor=actor, now=now, **values)

    return {
        "review": act(send_to_review),
        "announce": act(announce, reason="น้ำมาเร็ว"),
        "extend": act(extend, closes_at=day(now, 60), reason="ขอเวลา"),
        "force_close": act(force_close, reason="สถานที่น้ำท่วม"),
        "summarise": act(start_summarising),
        "draft_version": act(publish_draft_version, note="แก้แนวเขต"),
        "publish_result": act(publish_result),
        "follow_up": act(mark_followed_up),
        "cancel": act(cancel, reason="งบประมาณเปลี่ยน"),
        "moderate": lambda actor: moderate(
            submission=submission, actor=actor, decision="hide", reason_code="defamation", now=now
        ),
        "confirm_group": lambda actor: confirm_organisation(
            submission=submission, actor=actor, confirmed=True
        ),
        "enter_on_paper": lambda actor: comment(hearing, now, channel=Channel.PAPER, entered_by=actor),
        **Desk(hearing, submission, now, writer()).verbs(),
    }


def writer() -> User:
    """Somebody else, who wrote what others check."""
    return User.objects.get_or_create(email="writer@example.org")[0]


def verbs_of_staff() -> set[str]:
    """Public functions of the services that are told who acts."""
    found = set()
    for module in pkgutil.iter_modules(services.__path__):
        loaded = importlib.import_module(f"hearings.services.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            if name.startswith("_") or function.__module__ != loaded.__name__:
                continue
            parameters = inspect.signature(function).parameters.values()
            told = {p.name for p in parameters if p.kind == p.KEYWORD_ONLY}
            if told & {"actor", "by"}:
                found.add(name)
    return found


# Steps inside other services; they are handed the actor and have asked already.
INNER = {"move", "log", "issue", "issue_about_step", "record", "settle_unseen", "take_down"}


def test_every_verb_of_staff_has_a_row():
    rows = STAFF_TABLE.keys() | TRIED_ELSEWHERE | INNER
    assert {NAMED_OTHERWISE.get(name, name) for name in verbs_of_staff()} - rows == set()
    assert verbs_of_staff() >= TRIED_ELSEWHERE | INNER


class Undo(Exception):  # noqa: N818
    pass


def outcome(action: Callable[[User], Any], actor: User) -> str:
    """``done``, ``denied`` or ``refused``; leaves no trace."""
    try:
        with transaction.atomic():
            action(actor)
            raise Undo
    except Undo:
        return "done"
    except PermissionDenied:
        return "denied"
    except ValidationError:
        return "refused"


@pytest.mark.parametrize("state", list(S))
def test_staff_do_what_their_role_allows_where_the_hearing_stands(now, state):
    hearing, receipt = in_state(state, now)
    people = {name: who(name) for name in EVERYONE}
    wrong = []
    tried = actions(hearing, receipt.submission, now)
    assert tried.keys() == STAFF_TABLE.keys()
    for name, action in tried.items():
        may, states = STAFF_TABLE[name]
        for role, actor in people.items():
            expected = "denied" if role not in may else "done" if state in states else "refused"
            found = outcome(action, actor)
            if found != expected:
                wrong.append(f"{name} by {role} while {state}: {found}, expected {expected}")
    assert not wrong, "\n".join(wrong)


def test_a_superuser_is_held_to_the_state_all_the_same(now):
    root = User.objects.create_superuser("root@example.org", "tests")
    hearing, receipt = in_state(S.OPEN, now)
    for name, action in actions(hearing, receipt.submission, now).items():
        assert outcome(action, root) == ("done" if S.OPEN in STAFF_TABLE[name][1] else "refused"), name


def test_somebody_whose_time_in_the_office_is_over_may_nothing(now):
    hearing, receipt = in_state(S.OPEN, now)
    head = person(HEAD)
    User.objects.filter(pk=head.pk).update(is_active=False)
    head = User.objects.get(pk=head.pk)
    assert {outcome(action, head) for action in actions(hearing, receipt.submission, now).values()} == {
        "denied"
    }


@pytest.mark.parametrize("state", list(S))
def test_an_author_sends_changes_and_withdraws_only_while_it_is_open(now, state):
    hearing, receipt = in_state(state, now)
    submission, code = receipt.submission, receipt.edit_code
    data = submission_data(sector=Sector.PRIVATE)
    tries = {
        "submit": lambda: comment(hearing, now),
        "revise": lambda: revise(submission=submission, edit_code=code, data=data, comments=[], now=now),
        "withdraw": lambda: withdraw(submission=submission, edit_code=code, now=now),
    }
    for name, action in tries.items():
        before = (Submission.objects.count(), Comment.objects.count())
        if state == S.OPEN:
            assert outcome(lambda _, do=action: do(), None) == "done", name
        else:
            not_yet = state in (S.DRAFT, S.IN_REVIEW, S.ANNOUNCED)
            with pytest.raises(HearingNotOpen if not_yet else HearingClosed):
                action()
        assert (Submission.objects.count(), Comment.objects.count()) == before
    submission.refresh_from_db()
    assert (submission.sector, submission.status) == (Sector.CITIZEN, "submitted")


@pytest.mark.parametrize("state", [S.OPEN, S.CLOSED])
def test_a_wrong_code_opens_nothing_in_any_state(now, state):
    _hearing, receipt = in_state(state, now)
    wrong = f"{(int(receipt.edit_code) + 1) % 1_000_000:06d}"
    with pytest.raises(WrongEditCode):
        withdraw(submission=receipt.submission, edit_code=wrong, now=now)
    with pytest.raises(WrongEditCode):
        revise(submission=receipt.submission, edit_code=wrong, data=submission_data(), comments=[], now=now)
