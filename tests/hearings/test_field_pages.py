"""The change agent's pages, the second person's check, and the line on the hearing's own page (P110)."""

from __future__ import annotations

import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from geography.models import Province
from hearings.enums import BatchStatus
from hearings.models import ProxyBatch, Submission
from hearings.services.batch_data import RowData
from hearings.services.batches import send_batch
from hearings.services.check_batch import check_batch
from tests.factories.hearings import HearingFactory
from tests.factories.questions import question, revision
from tests.hearings.people import ELSEWHERE, HOME, person
from tests.hearings.sheets import photo, place, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    """The pages ask the real clock, so the hearings of these tests are open now."""
    return timezone.now()


@pytest.fixture
def hearing(now):
    return HearingFactory.open(now, provinces=[Province.objects.get(pk=HOME)])


@pytest.fixture
def agent(db):
    return person(Role.CHANGE_AGENT, HOME)


def today() -> str:
    day = timezone.localdate()
    return f"{day.day}/{day.month}/{day.year + 543}"


def grid(**changes):
    here = place()
    return {
        "key": uuid.uuid4(), "rows": "3", "held_on": today(), "people": "๓๔", "head_agree": "11",
        "head_against": "7", "province": here.district.province_id, "district": here.district_id,
        "subdistrict": here.pk, "village_no": "6", "r0-name": "ป้าสำเนียง", "r0-stance": "against",
        "r0-reason": "รถดินวิ่งเร็ว", "r0-agreed": "on", "send": "1", **changes,
    }  # fmt: skip


def address(name, *args):
    return reverse(f"hearings_field:{name}", args=args)


def test_a_change_agent_reaches_the_field_without_second_factor_and_not_the_desk(
    client, agent, hearing, settings
):
    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    client.force_login(agent)
    page = client.get(address("home"))
    assert page.status_code == 200
    assert hearing.title in page.content.decode()
    assert client.get(reverse("hearings_desk:list")).status_code == 403


def test_an_agent_of_another_province_sees_no_hearing_and_cannot_open_the_grid(client, hearing):
    client.force_login(person(Role.CHANGE_AGENT, ELSEWHERE))
    assert b'class="void"' in client.get(address("home")).content
    assert client.get(address("batch_new", hearing.pk)).status_code == 403


@pytest.mark.parametrize("role", [None, Role.MEMBER, Role.MONITORING])
def test_others_find_the_field_closed(client, hearing, role):
    client.force_login(person(role, HOME))
    assert client.get(address("home")).status_code == 403


def test_a_grid_is_sent_once_however_often_the_button_is_pressed(client, agent, hearing):
    client.force_login(agent)
    sent = grid(source=photo())
    for _ in range(2):
        assert client.post(address("batch_new", hearing.pk), sent).status_code == 302
        sent.pop("source", None)
    batch = ProxyBatch.objects.get()
    assert (batch.status, batch.people, batch.rows.count()) == (BatchStatus.SENT, 34, 1)
    assert client.get(address("source", batch.pk)).status_code == 200


def test_one_more_row_and_the_next_list_keep_what_was_typed(client, agent, hearing):
    client.force_login(agent)
    for button in ("add", "area_step"):
        page = client.post(address("batch_new", hearing.pk), grid(**{button: "1"}))
        assert page.status_code == 200
        assert "ป้าสำเนียง" in page.content.decode()
    assert not ProxyBatch.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"people": "3"},
        {"people": "x"},
        {"district": "", "subdistrict": ""},
        {"r0-stance": ""},
        {"key": "x"},
        {"r0-block": "x"},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(client, agent, hearing, changes):
    client.force_login(agent)
    page = client.post(address("batch_new", hearing.pk), grid(**changes))
    assert page.status_code == 422
    assert "รถดินวิ่งเร็ว" in page.content.decode()
    assert not ProxyBatch.objects.exists()


@pytest.mark.parametrize("rows", ["", "0", "-1", "9999", "๓", "x\x00"])
def test_a_wrong_number_of_rows_is_never_an_error(client, agent, hearing, rows):
    client.force_login(agent)
    assert client.post(address("batch_new", hearing.pk), grid(rows=rows)).status_code in (302, 400, 422)


def test_a_second_person_checks_and_the_writer_cannot(client, agent, hearing, now):
    batch = send_batch(batch=save(hearing, agent, now), by=agent, now=now)
    client.force_login(agent)
    assert client.get(address("batch", batch.pk)).status_code == 200
    client.post(address("batch", batch.pk), {"check": "1"})
    assert not Submission.objects.exists()
    client.force_login(person(Role.STRATEGY))
    assert "ป้าสำเนียง" in client.get(address("batch", batch.pk)).content.decode()
    client.post(address("batch", batch.pk), {"return": "1", "note": ""})
    client.post(address("batch", batch.pk), {"check": "1"})
    batch.refresh_from_db()
    assert batch.status == BatchStatus.CHECKED
    assert Submission.objects.count() == 2
    late = client.post(address("batch", batch.pk), {"return": "1", "note": "รูปไม่ชัด"})
    assert (late.status_code, "รูปไม่ชัด" in late.content.decode()) == (409, True)


def test_a_returned_sheet_opens_again_with_the_note(client, agent, hearing, now):
    batch = send_batch(batch=save(hearing, agent, now), by=agent, now=now)
    client.force_login(person(Role.STRATEGY))
    client.post(address("batch", batch.pk), {"return": "1", "note": "นับใหม่"})
    client.force_login(agent)
    page = client.get(address("batch", batch.pk)).content.decode()
    assert "นับใหม่" in page
    assert "ป้าสำเนียง" in page


def test_a_stranger_sees_neither_sheet_nor_photo(client, agent, hearing, now):
    batch = save(hearing, agent, now, source=photo())
    client.force_login(person(Role.CHANGE_AGENT, ELSEWHERE))
    for name in ("batch", "source"):
        assert client.get(address(name, batch.pk)).status_code == 403


def test_the_hearing_page_shows_the_villages_apart(client, agent, hearing, now):
    batch = send_batch(batch=save(hearing, agent, now), by=agent, now=now)
    assert "31" not in _note(client, hearing)
    check_batch(batch=batch, by=person(Role.STRATEGY), now=now)
    from hearings.totals import clear_totals

    clear_totals(hearing.pk)
    assert "31" in _note(client, hearing)


def _note(client, hearing):
    page = client.get(hearing.get_url()).content.decode()
    start = page.find('id="sum"')
    section = page[start : page.find("</section>", start)]
    return section[section.find('<div class="note">') :] if '<div class="note">' in section else ""


def test_answers_are_kept_with_the_sheet_and_read_by_the_second_person(client, agent, hearing, now):
    asked, rated = question(hearing, "single", now), question(hearing, "matrix", now)
    question(hearing, "place", now)
    client.force_login(agent)
    answers = {
        "r0-q-seen": f"{asked.pk}.{rated.pk}",
        f"r0-q-r{asked.pk}": "a2",
        f"r0-q-r{rated.pk}-r1": "a1",
    }
    kept = {"keep": "1", **{name: value for name, value in grid(**answers).items() if name != "send"}}
    assert client.post(address("batch_new", hearing.pk), kept).status_code == 302
    batch = ProxyBatch.objects.get()
    page = client.get(address("batch", batch.pk)).content.decode()
    assert re.search(rf'name="r0-q-r{asked.pk}" value="a2"[^>]*checked', page)
    assert re.search(rf'name="r0-q-r{rated.pk}-r1" value="a1"[^>]*checked', page)
    assert client.post(address("batch", batch.pk), {**kept, "send": "1"}).status_code == 302
    client.force_login(person(Role.STRATEGY))
    read = client.get(address("batch", batch.pk)).content.decode()
    assert "ใช้น้ำบาดาล" in read
    assert "หน้าแล้ง: ใช้น้ำจากบึง" in read


def test_a_question_that_changed_meanwhile_keeps_its_answer(client, agent, hearing, now):
    asked = question(hearing, "single", now)
    client.force_login(agent)
    sent = grid(**{"r0-q-seen": str(asked.pk), f"r0-q-r{asked.pk}": "a2"})
    sent = {name: value for name, value in sent.items() if name != "send"}
    client.post(address("batch_new", hearing.pk), sent)
    revision(asked.question, "single", now, text="ถามใหม่")
    page = client.get(address("batch", ProxyBatch.objects.get().pk)).content.decode()
    assert re.search(rf'name="r0-q-r{asked.pk}" value="a2"[^>]*checked', page)
    assert "ถามใหม่" in page  # the rows not answered yet are asked as the question stands now


def test_reading_sixty_rows_costs_no_more_than_three(
    client, agent, hearing, now, django_assert_max_num_queries
):
    row = RowData(stance="agree", reason="น้ำท่วม", agreed=True)
    batch = send_batch(batch=save(hearing, agent, now, rows=[row] * 60), by=agent, now=now)
    client.force_login(person(Role.STRATEGY))
    client.get(address("batch", batch.pk))
    with django_assert_max_num_queries(11):
        client.get(address("batch", batch.pk))
