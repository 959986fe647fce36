"""A village votes section by section: four numbers each, never more than were there, counted apart (P110)."""

from __future__ import annotations

import re
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from geography.models import Province
from hearings.models import ProxyBatch
from hearings.section_hands import hands_by_section
from hearings.services.batches import send_batch
from hearings.services.check_batch import check_batch
from hearings.services.drafts import freeze
from hearings.totals import batch_totals, clear_totals, totals_by_block
from tests.factories.hearings import HearingFactory
from tests.hearings.people import HOME, person
from tests.hearings.sheets import batch_data, save
from tests.hearings.test_field_pages import grid

pytestmark = pytest.mark.django_db
HANDS = {"agree": 20, "partly": 3, "against": 9, "other": 0}


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


@pytest.fixture
def sections(hearing):
    return hearing.current_draft.sections


def counted(hearing, agent, now, heads):
    return save(hearing, agent, now, data=batch_data(now, section_heads=heads))


def test_hands_on_a_section_are_counted_for_the_villages_and_for_nobody_else(hearing, agent, sections, now):
    heads = {sections[2].key: HANDS, sections[0].key: {"agree": 0}}
    checker = person(Role.STRATEGY)
    for _ in range(2):
        batch = send_batch(batch=counted(hearing, agent, now, heads), by=agent, now=now)
        assert list(batch.section_heads) == [str(sections[2].key)]  # nobody raised a hand on the first
        check_batch(batch=batch, by=checker, now=now)
    clear_totals(hearing.pk)
    found = batch_totals(hearing)
    [third] = hands_by_section(hearing, found.sections)
    assert third.label.startswith("3. ")
    assert ([cell.number for cell in third.cells], third.total) == ([40, 6, 18, 0], 64)
    assert found.hands == 62  # of the whole, as before
    assert sections[2].key not in totals_by_block(hearing)


@pytest.mark.parametrize("heads", [{"agree": 30, "against": 5}, {"agree": -1}, {"agree": 5001}])
def test_numbers_of_a_section_that_cannot_be_are_refused(hearing, agent, sections, now, heads):
    with pytest.raises(ValidationError) as refused:
        counted(hearing, agent, now, {sections[0].key: heads})
    assert "people" in refused.value.error_dict
    assert not ProxyBatch.objects.exclude(people=0).exists()


def test_a_section_of_another_hearing_is_refused(hearing, agent, now):
    strange = HearingFactory.open(now).current_draft.sections[0].key
    for key in (strange, uuid.uuid4()):
        with pytest.raises(ValidationError):
            counted(hearing, agent, now, {key: HANDS})


def test_a_section_taken_out_of_the_draft_stays_with_its_hands(hearing, agent, sections, now):
    gone = sections[0]
    hearing.draft = [(part.block_type, part.value) for part in hearing.draft if part.id != str(gone.key)]
    hearing.save()
    freeze(type(hearing).objects.get(pk=hearing.pk), now=now, note="ตัดข้อ 1")
    hearing = type(hearing).objects.get(pk=hearing.pk)
    batch = counted(hearing, agent, now, {gone.key: HANDS})
    [row] = hands_by_section(hearing, batch.section_heads)
    assert gone.heading in row.label


# --- the pages ----------------------------------------------------------------------------------------------


def name_of(section, stance="agree"):
    return f"s{section.key.hex}-{stance}"


def test_the_grid_keeps_the_hands_of_a_section_and_the_second_person_sees_them(
    client, hearing, agent, sections
):
    client.force_login(agent)
    kept = {
        name: value
        for name, value in grid(**{name_of(sections[1]): "๒๒", "keep": "1"}).items()
        if name != "send"
    }
    new = reverse("hearings_field:batch_new", args=[hearing.pk])
    assert client.post(new, kept).status_code == 302
    batch = ProxyBatch.objects.get()
    url = reverse("hearings_field:batch", args=[batch.pk])
    assert re.search(rf'name="{name_of(sections[1])}" value="22"', client.get(url).content.decode())
    assert client.post(url, {**kept, "send": "1"}).status_code == 302
    client.force_login(person(Role.STRATEGY))
    page = client.get(url).content.decode()
    table = page[page.index('<table class="tally">') : page.index("</table>")]
    assert sections[1].heading in table
    assert sections[0].heading not in table
    assert '<td class="n">22</td>' in table


def test_more_hands_than_people_are_said_at_the_section_and_nothing_is_lost(client, hearing, agent, sections):
    client.force_login(agent)
    typed = grid(**{name_of(sections[1]): "30", name_of(sections[1], "other"): "5"})
    page = client.post(reverse("hearings_field:batch_new", args=[hearing.pk]), typed)
    assert page.status_code == 422
    words = page.content.decode()
    assert f'href="#id_{name_of(sections[1])}"' in words
    assert f'name="{name_of(sections[1])}" value="30"' in words
    assert not ProxyBatch.objects.exists()


def test_one_more_person_keeps_the_hands_that_were_typed(client, hearing, agent, sections):
    client.force_login(agent)
    typed = grid(**{name_of(sections[0]): "x", "add": "1"})
    page = client.post(reverse("hearings_field:batch_new", args=[hearing.pk]), typed)
    assert page.status_code == 200
    assert f'name="{name_of(sections[0])}" value="x"' in page.content.decode()


def test_a_forged_section_is_refused_in_words(client, hearing, agent):
    client.force_login(agent)
    forged = grid(**{f"s{uuid.uuid4().hex}-agree": "3"})
    assert client.post(reverse("hearings_field:batch_new", args=[hearing.pk]), forged).status_code == 422
    assert not ProxyBatch.objects.exists()


def test_a_phone_sends_the_hands_of_a_section_and_hears_which_number_is_wrong(
    client, hearing, agent, sections
):
    client.force_login(agent)
    entry = {**grid(), "kind": "village", "hearing": hearing.pk}
    sync = reverse("hearings_field:sync")
    answer = client.post(sync, {**entry, name_of(sections[0]): "35"})
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["anchor"] == f"id_{name_of(sections[0])}"
    assert client.post(sync, {**entry, name_of(sections[0]): "34"}).status_code == 200
    assert ProxyBatch.objects.get().section_heads[str(sections[0].key)]["agree"] == 34


def test_the_page_of_the_hearing_shows_the_sections_within_the_villages(
    client, hearing, agent, sections, now
):
    batch = send_batch(batch=counted(hearing, agent, now, {sections[0].key: HANDS}), by=agent, now=now)
    check_batch(batch=batch, by=person(Role.STRATEGY), now=now)
    clear_totals(hearing.pk)
    page = client.get(hearing.get_url()).content.decode()
    note = page[page.index('<div class="note"><p><b>') :]
    note = note[: note.index("</div>\n") if "</div>\n" in note else None]
    assert '<td class="n"><b>32</b></td>' in note
