"""Opinions to read at the desk: who, which, in what order, and each decision once."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from core.desk import lines_for
from hearings.enums import ModerationMode, Visibility
from hearings.models import Hearing, ModerationDecision, Report, Submission
from hearings.person import Person
from hearings.services.data import CommentData
from hearings.services.moderate import moderate, what_is_read
from hearings.services.report import report
from hearings.services.revise import revise
from hearings.services.withdraw import withdraw
from hearings.views.desk.moderation import PER_PAGE, Queue
from tests.factories.hearings import HearingFactory, comment, office_head, submission_data
from tests.hearings.people import ELSEWHERE, HOME, person, province

pytestmark = pytest.mark.django_db
ALL = reverse("hearings_desk:moderation")
QUERIES = 15
WORDS = "ขอให้ย้ายแนวหมุดออกจากที่นาซึ่งทำมาตั้งแต่รุ่นพ่อ"


@pytest.fixture
def hearing() -> Hearing:
    return HearingFactory.open(timezone.now(), provinces=[province(HOME)], moderation_mode=ModerationMode.PRE)


def waiting(hearing: Hearing, minutes: int = 0, reason: str = WORDS, **fields) -> Submission:
    return comment(
        hearing, timezone.now() - dt.timedelta(minutes=minutes), reason=reason, **fields
    ).submission


def shown(submission: Submission, actor) -> Submission:
    moderate(
        submission=submission, actor=actor, decision="publish", reason_code="fits_rules", now=timezone.now()
    )
    return submission


def reported(submission: Submission, mark: str = "browser:1") -> Report:
    return report(comment=submission.comments.get(), person=Person(mark), reason="insult", now=timezone.now())


def decided(submission: Submission, choice: str = "fits_rules", **changes) -> dict:
    return {
        "submission": submission.pk, "decision": choice, "seen": what_is_read(submission), "reports": "",
        "note": "", **changes,
    }  # fmt: skip


def listed(response) -> list[int]:
    return [row.submission.pk for row in response.context["queue"].rows]


# --- who ---------------------------------------------------------------------------------------------------

EDITORS = (Role.OFFICE_HEAD, Role.ADMINISTRATION, Role.STRATEGY)
WHO = [
    *((role, None, True, True) for role in EDITORS),
    (Role.PROVINCE_COORDINATOR, HOME, True, True),
    (Role.PROVINCE_COORDINATOR, ELSEWHERE, True, False),
    (Role.MONITORING, None, False, False),
    (Role.CHANGE_AGENT, HOME, False, False),
    (Role.MEMBER, None, False, False),
    (None, None, False, False),
]


@pytest.mark.parametrize(("role", "at", "enters", "reads"), WHO)
def test_who_enters_the_queue_and_who_reads_and_decides_of_this_province(
    client, hearing, role, at, enters, reads
):
    submission = waiting(hearing)
    client.force_login(person(role, at))
    room = reverse("hearings_desk:hearing_moderation", args=[hearing.pk])
    page = client.get(ALL)
    assert page.status_code == (200 if enters else 403)
    if enters:
        assert listed(page) == ([submission.pk] if reads else [])
    assert client.get(room).status_code == (200 if reads else 403)
    assert client.get(f"{ALL}?item={submission.pk}").status_code == (200 if reads else 403)
    for url in (ALL, room):
        assert client.post(url, decided(submission, "defamation")).status_code == (302 if reads else 403)
    submission.refresh_from_db()
    assert submission.visibility == (Visibility.HIDDEN if reads else Visibility.PENDING)


def test_whoever_is_not_signed_in_is_asked_to(client, hearing):
    assert client.get(ALL).status_code == 302
    assert client.post(ALL, decided(waiting(hearing))).status_code == 302
    assert not ModerationDecision.objects.exists()


# --- which -------------------------------------------------------------------------------------------------


def test_each_list_holds_its_own_and_the_first_is_open(client, hearing):
    head = office_head()
    client.force_login(head)
    young, old = waiting(hearing), waiting(hearing, 90)
    public, bad = shown(waiting(hearing, 5), head), waiting(hearing, 7)
    moderate(submission=bad, actor=head, decision="hide", reason_code="threat", now=timezone.now())
    reported(public)
    page = client.get(ALL)
    assert listed(page) == [old.pk, young.pk]
    assert page.context["queue"].opened == old
    assert listed(client.get(f"{ALL}?show=reported")) == [public.pk]
    assert listed(client.get(f"{ALL}?show=hidden")) == [bad.pk]
    other = HearingFactory.open(timezone.now(), moderation_mode=ModerationMode.PRE)
    room = reverse("hearings_desk:hearing_moderation", args=[other.pk])
    assert listed(client.get(room)) == []
    assert client.get(f"{ALL}?hearing={other.pk}&show=hidden").url == f"{room}?show=hidden"


def test_a_row_says_stance_words_place_sector_and_how_many_said_the_same(client, hearing):
    client.force_login(office_head())
    for minutes in (3, 2, 1):
        submission = waiting(hearing, minutes, province=province(HOME))
    page = client.get(f"{ALL}?item={submission.pk}")
    text = page.content.decode()
    row = page.context["queue"].rows[-1]
    assert (row.words, row.copies, row.is_open) == (WORDS, 2, True)
    for words in ("เห็นด้วยบางส่วน", "นครสวรรค์", str(submission.get_sector_display()), WORDS[:40]):
        assert words in text
    assert text.count("<h1") == 1
    assert submission.grouped_receipt_no in text
    assert reverse("hearings_submission:index") in text


def test_pages_go_on_without_counting_and_lead_back(client, hearing):
    client.force_login(office_head())
    sent = [waiting(hearing, 60 - n, f"ความเห็นฉบับที่ {n}").pk for n in range(12)]
    first = client.get(ALL)
    assert listed(first) == sent[:PER_PAGE]
    second = client.get(f"{ALL}?after={first.context['queue'].page.after}")
    assert listed(second) == sent[PER_PAGE : 2 * PER_PAGE]
    assert second.context["queue"].start in second.content.decode()


@pytest.mark.parametrize("show", ["waiting", "reported", "hidden"])
def test_an_empty_list_says_what_to_do_next(client, hearing, show):
    client.force_login(office_head())
    text = client.get(f"{ALL}?show={show}").content.decode()
    assert 'class="void' in text
    assert re.search(r'class="void.*?<a class="btn full"', text, re.S)


def test_the_queue_takes_the_same_queries_for_one_and_for_a_full_page(
    client, hearing, django_assert_num_queries
):
    client.force_login(office_head())
    waiting(hearing, 99)
    client.get(ALL)
    with django_assert_num_queries(QUERIES) as one:
        client.get(ALL)
    for n in range(14):
        waiting(hearing, n)
    with django_assert_num_queries(QUERIES):
        client.get(ALL)
    asked = [q["sql"] for q in one.captured_queries if "hearings_submission" in q["sql"]]
    assert not [sql for sql in asked if "OFFSET" in sql or "COUNT(*)" in sql]


# --- deciding ----------------------------------------------------------------------------------------------


def test_after_a_decision_the_next_is_open_with_what_was_stored(client, hearing):
    client.force_login(office_head())
    first, second = waiting(hearing, 9), waiting(hearing, 3)
    page = client.post(ALL, decided(first, note="ดีมาก"), follow=True)
    assert page.context["queue"].opened == second
    assert page.content.decode().count(first.grouped_receipt_no) == 1
    decision = first.decisions.get()
    assert (decision.decision, decision.reason_code, decision.note) == ("publish", "fits_rules", "ดีมาก")
    assert first.comments.get().is_public
    client.post(ALL, decided(second, "defamation"))
    second.refresh_from_db()
    assert second.visibility == Visibility.HIDDEN


def test_pressing_twice_decides_once(client, hearing):
    client.force_login(office_head())
    submission = waiting(hearing)
    sent = decided(submission)
    assert client.post(ALL, sent).status_code == 302
    assert client.post(ALL, sent).status_code == 302
    assert client.post(ALL, {**sent, "decision": "threat"}).status_code == 422
    assert submission.decisions.count() == 1
    submission.refresh_from_db()
    assert submission.visibility == Visibility.PUBLIC


def test_what_a_colleague_decided_meanwhile_is_told(client, hearing):
    submission = waiting(hearing)
    sent = decided(submission)
    shown(submission, person(Role.STRATEGY))
    client.force_login(office_head())
    assert client.post(ALL, sent).status_code == 422
    assert submission.decisions.count() == 1


def test_nobody_publishes_words_that_were_changed_after_they_were_read(client, hearing):
    client.force_login(office_head())
    receipt = comment(hearing, timezone.now(), reason=WORDS)
    sent = decided(receipt.submission)
    revise(
        submission=receipt.submission, edit_code=receipt.edit_code, data=submission_data(),
        comments=[CommentData(block_key=None, stance="against", reason="เปลี่ยนใจแล้ว")], now=timezone.now(),
    )  # fmt: skip
    assert client.post(ALL, sent).status_code == 422
    with pytest.raises(ValidationError):
        moderate(
            submission=receipt.submission, actor=office_head(), decision="publish",
            reason_code="fits_rules", seen=sent["seen"], now=timezone.now(),
        )  # fmt: skip
    assert not receipt.submission.decisions.exists()


@pytest.mark.parametrize("query", ["", "?item={pk}", "?show=hidden&item={pk}"])
def test_a_change_between_reading_and_showing_is_not_taken_for_read(client, rf, hearing, query):
    head = office_head()
    receipt = comment(hearing, timezone.now(), reason=WORDS)
    request = rf.get(ALL + query.format(pk=receipt.submission.pk))
    queue = Queue(request, head, None)
    assert queue.opened == receipt.submission
    revise(
        submission=receipt.submission, edit_code=receipt.edit_code, data=submission_data(),
        comments=[CommentData(block_key=None, stance="against", reason="เปลี่ยนใจแล้ว")], now=timezone.now(),
    )  # fmt: skip
    assert len(queue.said) == 1
    client.force_login(head)
    page = client.post(ALL, decided(receipt.submission, seen=queue.seen))
    assert page.status_code == 422
    assert "เปลี่ยนใจแล้ว" in page.content.decode()
    again = page.context["queue"].seen
    assert client.post(ALL, decided(receipt.submission, seen=again)).status_code == 302


def test_what_was_withdrawn_meanwhile_stays_withdrawn(client, hearing):
    client.force_login(office_head())
    receipt = comment(hearing, timezone.now(), reason=WORDS)
    sent = decided(receipt.submission)
    withdraw(submission=receipt.submission, edit_code=receipt.edit_code, now=timezone.now())
    page = client.post(ALL, sent)
    assert page.status_code == 422
    assert 'name="decision"' not in page.content.decode()
    assert not receipt.submission.decisions.exists()


def test_no_report_is_settled_beside_words_that_changed_meanwhile(client, hearing):
    head = office_head()
    client.force_login(head)
    receipt = comment(hearing, timezone.now(), reason=WORDS)
    report = reported(shown(receipt.submission, head))
    sent = decided(receipt.submission, "stay", reports=report.pk)
    revise(
        submission=receipt.submission, edit_code=receipt.edit_code, data=submission_data(),
        comments=[CommentData(block_key=None, stance="against", reason="เปลี่ยนใจแล้ว")], now=timezone.now(),
    )  # fmt: skip
    assert client.post(f"{ALL}?show=reported", sent).status_code == 422
    report.refresh_from_db()
    assert report.settled_at is None


def test_what_was_withdrawn_is_no_longer_in_the_list_of_reported_ones(client, hearing):
    head = office_head()
    client.force_login(head)
    receipt = comment(hearing, timezone.now(), reason=WORDS)
    reported(shown(receipt.submission, head))
    assert WORDS in client.get(f"{ALL}?show=reported").content.decode()
    withdraw(submission=receipt.submission, edit_code=receipt.edit_code, now=timezone.now())
    assert WORDS not in client.get(f"{ALL}?show=reported").content.decode()


def test_a_report_is_settled_and_later_ones_wait(client, hearing):
    head = office_head()
    client.force_login(head)
    submission = shown(waiting(hearing), head)
    first = reported(submission)
    page = client.get(f"{ALL}?show=reported")
    late = reported(submission, "browser:2")
    sent = decided(submission, "stay", reports=page.context["queue"].last_report)
    for _twice in range(2):
        assert client.post(f"{ALL}?show=reported", sent).status_code == 302
    first.refresh_from_db()
    late.refresh_from_db()
    assert (first.settled_by, late.settled_at) == (head, None)
    assert submission.decisions.count() == 1
    client.post(f"{ALL}?show=reported", decided(submission, "personal_data", reports=late.pk))
    late.refresh_from_db()
    submission.refresh_from_db()
    assert late.settled_at
    assert submission.visibility == Visibility.HIDDEN


def test_a_hidden_one_can_be_published_again(client, hearing):
    head = office_head()
    client.force_login(head)
    submission = waiting(hearing)
    moderate(submission=submission, actor=head, decision="hide", reason_code="threat", now=timezone.now())
    client.post(f"{ALL}?show=hidden", decided(submission))
    assert submission.comments.get().is_public


def test_without_a_choice_nothing_happens_and_the_note_stays(client, hearing):
    client.force_login(office_head())
    page = client.post(ALL, decided(waiting(hearing), "", note="รอถามหัวหน้า"))
    assert page.status_code == 422
    assert "รอถามหัวหน้า" in page.content.decode()
    assert not ModerationDecision.objects.exists()


BAD = (
    "?show=x", "?show=%00", "?item=x", "?item=0", "?item=9999999999999999999", "?hearing=%00", "?hearing=-1",
    "?after=x", "?after=cy4x", "?before=%00", "?after=" + "x" * 5000,
)  # fmt: skip


@pytest.mark.parametrize("query", BAD)
def test_a_broken_address_is_refused(client, hearing, query):
    client.force_login(office_head())
    assert client.get(ALL + query).status_code in (400, 404)


@pytest.mark.parametrize(
    "change",
    [{"submission": "x"}, {"submission": "\x00"}, {"submission": ""}, {"decision": "because"}, {"seen": ""},
     {"seen": "1"}, {"seen": "๑.๑"}, {"reports": "x"}, {"reports": "9" * 30}, {"note": "ก" * 1001}],
)  # fmt: skip
def test_a_broken_form_is_refused(client, hearing, change):
    client.force_login(office_head())
    submission = waiting(hearing)
    assert client.post(ALL, {**decided(submission), **change}).status_code in (404, 422)
    assert not ModerationDecision.objects.exists()


def test_one_of_another_hearing_is_not_decided_in_this_room(client, hearing):
    client.force_login(office_head())
    other = waiting(HearingFactory.open(timezone.now(), moderation_mode=ModerationMode.PRE))
    room = reverse("hearings_desk:hearing_moderation", args=[hearing.pk])
    assert client.post(room, decided(other)).status_code == 404
    assert not ModerationDecision.objects.exists()


def test_a_form_of_somewhere_else_is_refused(hearing):
    client = Client(enforce_csrf_checks=True)
    client.force_login(office_head())
    assert client.post(ALL, decided(waiting(hearing))).status_code == 403


def test_the_desk_and_the_rooms_lead_here(client, hearing):
    head = office_head()
    client.force_login(head)
    waiting(hearing)
    assert ALL in [line.url for line in lines_for(head)]
    room = reverse("hearings_desk:hearing_moderation", args=[hearing.pk])
    assert room in client.get(reverse("hearings_desk:hearing", args=[hearing.pk])).content.decode()
    submission = shown(waiting(hearing), head)
    reported(submission)
    page = client.get(reverse("hearings_desk:conversation", args=[hearing.pk])).content.decode()
    assert f"{room}?show=reported&amp;item={submission.pk}#item" in page
