"""Messages to the office: numbers, sending twice, roles and states, e-mail, erasing."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from accounts.roles import Role
from home import privacy
from home.enums import TicketState
from home.models import FaqCategory, FaqEntry, Ticket, TicketAnswer
from home.services import answer_ticket, close_ticket, promote_ticket
from tests.factories.home import make_person, make_ticket

pytestmark = pytest.mark.django_db

OFFICE = {Role.OFFICE_HEAD, Role.ADMINISTRATION, Role.STRATEGY}
BANGKOK = timezone.get_default_timezone()


def test_numbers_run_through_the_thai_year_and_begin_again():
    first = make_ticket(now=dt.datetime(2026, 12, 31, 23, 50, tzinfo=BANGKOK))
    second = make_ticket("อีกเรื่อง", now=dt.datetime(2026, 12, 31, 23, 55, tzinfo=BANGKOK))
    third = make_ticket("ปีใหม่", now=dt.datetime(2027, 1, 1, 0, 5, tzinfo=BANGKOK))
    assert [t.number for t in (first, second, third)] == ["2569-00001", "2569-00002", "2570-00001"]


def test_a_form_sent_twice_is_one_ticket_and_other_words_are_another():
    first = make_ticket(once="k1", name="สมศรี")
    assert make_ticket(once="k1", name="สมศรี") == first
    assert make_ticket("ข้อความใหม่", once="k1", name="สมศรี") != first
    assert Ticket.objects.count() == 2


def test_without_words_there_is_no_ticket():
    with pytest.raises(ValidationError):
        make_ticket("   ")
    assert not Ticket.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_many_people_at_once_get_different_numbers_without_holes():
    errors: list[Exception] = []

    def send(number: int) -> None:
        try:
            make_ticket(f"เรื่องที่ {number}", once=f"k{number}")
        except Exception as error:  # noqa: BLE001 - a thread would swallow it
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sorted(Ticket.objects.values_list("serial", flat=True)) == list(range(1, 13))


def test_the_asker_is_thanked_by_mail_with_number_and_private_address():
    ticket = make_ticket(email="somsri@example.com")
    assert len(mail.outbox) == 1
    assert ticket.number in mail.outbox[0].subject
    assert f"/contact/{ticket.number}/?key={ticket.key}" in mail.outbox[0].body
    assert mail.outbox[0].to == ["somsri@example.com"]


def test_nobody_gets_mail_without_an_address():
    ticket = make_ticket()
    answer_ticket(ticket=ticket, by=make_person(Role.STRATEGY), text="ตอบ")
    assert mail.outbox == []


def test_an_english_asker_gets_an_english_address():
    ticket = make_ticket(email="a@example.com", language="en")
    assert f"/en/contact/{ticket.number}/" in mail.outbox[0].body


def _answer(ticket: Ticket, user: object) -> None:
    answer_ticket(ticket=ticket, by=user, text="ตอบแล้ว")


def _close(ticket: Ticket, user: object) -> None:
    close_ticket(ticket=ticket, by=user)


def _promote(ticket: Ticket, user: object) -> None:
    category, _created = FaqCategory.objects.get_or_create(name="ทั่วไป")
    promote_ticket(ticket=ticket, by=user, category=category, question="ถาม", answer="ตอบ")


ACTIONS = {"answer": _answer, "close": _close, "promote": _promote}
# What each verb makes of a ticket in each state; None: it says no.
OUTCOME = {
    ("answer", "new"): "answered",
    ("answer", "answered"): "answered",
    ("answer", "closed"): None,
    ("close", "new"): "closed",
    ("close", "answered"): "closed",
    ("close", "closed"): None,
    ("promote", "new"): None,
    ("promote", "answered"): "answered",
    ("promote", "closed"): "closed",
}


def _ticket_in(state: str) -> Ticket:
    ticket = make_ticket()
    head = make_person(superuser=True, email="root@example.go.th")
    if state == "answered":
        answer_ticket(ticket=ticket, by=head, text="ครั้งแรก")
    if state == "closed":
        close_ticket(ticket=ticket, by=head)
    return Ticket.objects.get(pk=ticket.pk)


@pytest.mark.parametrize("role", [*Role.values, ""])
@pytest.mark.parametrize(("action", "state"), list(OUTCOME))
def test_each_role_can_do_in_each_state_what_the_table_says(role, action, state):
    ticket, user = _ticket_in(state), make_person(role)
    expected = OUTCOME[action, state]
    if role not in OFFICE:
        with pytest.raises(PermissionDenied):
            ACTIONS[action](ticket, user)
        expected = state
    elif expected is None:
        with pytest.raises(ValidationError):
            ACTIONS[action](ticket, user)
        expected = state
    else:
        ACTIONS[action](ticket, user)
    assert Ticket.objects.get(pk=ticket.pk).state == expected


def test_a_second_answer_is_added_and_the_first_stays():
    ticket, officer = make_ticket(email="a@example.com"), make_person(Role.STRATEGY)
    answer_ticket(ticket=ticket, by=officer, text="ครั้งแรก")
    answer_ticket(ticket=ticket, by=officer, text="แก้ไข")
    assert [answer.text for answer in ticket.answers.all()] == ["ครั้งแรก", "แก้ไข"]
    assert len(mail.outbox) == 3


def test_a_question_becomes_an_unpublished_entry_once():
    ticket, officer = _ticket_in("answered"), make_person(Role.ADMINISTRATION)
    _promote(ticket, officer)
    entry = FaqEntry.objects.get()
    assert (entry.question, entry.is_published) == ("ถาม", False)
    with pytest.raises(ValidationError):
        _promote(ticket, officer)


PERSONAL = {"name": "สมศรี ใจดี", "email": "somsri@example.com", "phone": "0812345678"}


def _residue(words: list[str]) -> list[str]:
    """Every place in home's tables that still holds one of the words."""
    found = []
    for model in (Ticket, TicketAnswer):
        for row in model.objects.values():
            found += [
                f"{model.__name__}.{key}" for key, value in row.items() if any(w in str(value) for w in words)
            ]
    return found


def test_a_person_gets_a_copy_of_what_was_written():
    ticket = make_ticket("ข้อความของสมศรี", **PERSONAL)
    answer_ticket(ticket=ticket, by=make_person(Role.STRATEGY), text="ตอบสมศรี")
    make_ticket("ของคนอื่น", email="other@example.com")
    copy = privacy.export_person(make_person(email="SOMSRI@example.com"))
    assert len(copy) == 1
    assert copy[0]["message"] == "ข้อความของสมศรี"
    assert copy[0]["answers"][0]["text"] == "ตอบสมศรี"


def test_erasing_leaves_no_word_of_the_person_and_keeps_the_number():
    ticket = make_ticket("ข้อความของสมศรี ใจดี", once="k", **PERSONAL)
    answer_ticket(ticket=ticket, by=make_person(Role.STRATEGY), text="เรียนคุณสมศรี")
    old_key = ticket.key
    privacy.erase_person(make_person(email="somsri@example.com"))
    assert _residue([*PERSONAL.values(), "สมศรี", old_key]) == []
    ticket.refresh_from_db()
    assert (ticket.number, ticket.state) == ("2569-00001", TicketState.ANSWERED)


def test_an_account_without_messages_erases_nothing():
    make_ticket("ไม่มีอีเมล", name="คนอื่น")
    privacy.erase_person(make_person(email="somsri@example.com"))
    assert Ticket.objects.get().message == "ไม่มีอีเมล"


def test_after_a_year_the_words_are_emptied_and_a_dry_run_only_counts(now):
    old = make_ticket("ข้อความของสมศรี", now=now - dt.timedelta(days=366), **PERSONAL)
    young = make_ticket("เรื่องใหม่", name="มานะ", now=now - dt.timedelta(days=364))
    assert privacy.purge(now, dry_run=True) == {"tickets": 1}
    assert Ticket.objects.get(pk=old.pk).name
    assert privacy.purge(now) == {"tickets": 1}
    assert privacy.purge(now) == {"tickets": 0}
    assert _residue([*PERSONAL.values(), "สมศรี"]) == []
    assert Ticket.objects.get(pk=young.pk).name == "มานะ"


def test_the_queue_holds_no_personal_data(settings):
    settings.TASKS = {"default": {"BACKEND": "core.queue.Queue"}}
    from django_tasks_db.models import DBTaskResult

    make_ticket("ข้อความของสมศรี", **PERSONAL)
    rows = str(list(DBTaskResult.objects.values("args_kwargs")))
    assert DBTaskResult.objects.count() >= 1
    assert "somsri" not in rows
    assert "สมศรี" not in rows
