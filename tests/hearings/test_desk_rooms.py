"""Each screen about a hearing has the same way back and the same rooms, and shows only what the person may do."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from core.desk import lines_for
from hearings.desk_rooms import ROOMS, Door, wings
from tests.factories.hearings import HearingFactory, office_head
from tests.hearings.people import ELSEWHERE, HOME, person

pytestmark = pytest.mark.django_db

SCREENS = (
    "hearing",
    "questions",
    "question_preview",
    "answers",
    "contentment",
    "postings",
    "meetings",
    "paper",
    "import",
    "conversation",
    "amend",
)


def doors(hearing, user, path) -> list[Door]:
    return [door for wing in wings(hearing, user, path) for door in wing.doors]


def keys(hearing, user) -> set[str]:
    urls = {door.url for door in doors(hearing, user, "/")}
    return {room.key for room in ROOMS if room.address(hearing) in urls and room.exists(hearing)}


def at(hearing, user, path) -> list:
    """What a screen leads to: every wing, and the rooms of its own."""
    found = wings(hearing, user, path)
    assert len(found) <= 6, "two lines on a telephone"
    return [*found, *(door for wing in found if wing.is_here for door in wing.doors)]


@pytest.mark.parametrize("name", SCREENS)
def test_every_screen_has_the_rooms_and_one_way_back(client, name):
    hearing, head = HearingFactory.open(timezone.now()), office_head()
    client.force_login(head)
    path = reverse(f"hearings_desk:{name}", args=[hearing.pk])
    page = client.get(path).content.decode()
    for door in at(hearing, head, path):
        assert f'href="{door.url.replace("&", "&amp;")}"' in page
    assert page.count('class="back"') == 1
    assert page.count("<h1") == 1
    assert len(re.findall(r'aria-current="(?:page|true)"', page)) >= 1
    assert page.count('aria-current="page"') <= 1


def test_every_room_is_two_links_away(client):
    """From the overview to the first room of a wing, and from there to each of its rooms."""
    hearing, head = HearingFactory.open(timezone.now()), office_head()
    client.force_login(head)
    overview = client.get(reverse("hearings_desk:hearing", args=[hearing.pk])).content.decode()
    for wing in wings(hearing, head, "/"):
        assert f'href="{wing.url}"' in overview
        first = client.get(wing.url).content.decode()
        assert all(f'href="{door.url}"' in first for door in wing.doors)


def test_every_door_that_is_shown_opens(client):
    now = timezone.now()
    people = [
        office_head(), person(Role.STRATEGY), person(Role.ADMINISTRATION), person(Role.MONITORING),
        person(Role.PROVINCE_COORDINATOR, HOME), person(Role.CHANGE_AGENT, HOME),
    ]  # fmt: skip
    for hearing in (HearingFactory.draft(now), HearingFactory.open(now), HearingFactory.result(now)):
        for user in people:
            client.force_login(user)
            for door in doors(hearing, user, "/"):
                assert client.get(door.url).status_code == 200, f"{door.url} for {user}"


def test_a_draft_has_no_rooms_of_what_people_send(now):
    draft, head = HearingFactory.draft(now), office_head()
    assert keys(draft, head) == {"checklist", "draft_import", "questions", "meetings", "postings"}
    assert "draft_import" not in keys(HearingFactory.open(now), head)


def test_whoever_may_not_sees_no_door(now):
    hearing = HearingFactory.open(now)
    assert keys(hearing, person(Role.MONITORING)) == {"hearing", "answers", "contentment", "share"}
    assert keys(hearing, person(Role.CHANGE_AGENT, HOME)) == {"postings"}
    assert keys(hearing, person(Role.PROVINCE_COORDINATOR, ELSEWHERE)) == set()


def test_the_deepest_room_is_marked(now):
    hearing, head = HearingFactory.open(now), office_head()
    path = reverse("hearings_desk:question_add", args=[hearing.pk])
    assert [door.url for door in doors(hearing, head, path) if door.is_here] == [
        reverse("hearings_desk:questions", args=[hearing.pk])
    ]


def test_a_change_agent_comes_from_field_work_and_back(client):
    hearing = HearingFactory.upcoming(timezone.now())
    client.force_login(person(Role.CHANGE_AGENT, HOME))
    home = client.get(reverse("hearings_field:home"))
    postings = reverse("hearings_desk:postings", args=[hearing.pk])
    assert postings in home.content.decode()
    page = client.get(postings).content.decode()
    links = set(re.findall(r'href="(/desk/[^"]*)"', page))
    assert reverse("hearings_field:home") in links
    assert {client.get(link).status_code for link in links} == {200}


def test_the_desk_leads_to_the_list(client):
    head = office_head()
    url = reverse("hearings_desk:list")
    assert url in [line.url for line in lines_for(head)]
    client.force_login(head)
    assert url in client.get(reverse("home:desk")).content.decode()


@pytest.mark.parametrize("show", ["", "prepared", "upcoming", "open", "closed", "late", "done", "x" * 500])
def test_an_empty_list_says_what_to_do_next(client, show):
    client.force_login(office_head())
    page = client.get(reverse("hearings_desk:list"), {"show": show}).content.decode()
    assert 'class="void' in page


def test_each_list_holds_its_hearings(client):
    now = timezone.now()
    made = {
        "prepared": HearingFactory.draft(now), "upcoming": HearingFactory.upcoming(now),
        "open": HearingFactory.open(now), "done": HearingFactory.result(now),
    }  # fmt: skip
    closed, late = HearingFactory.summarising(now), HearingFactory.announced(now, opens=-60, closes=-40)
    client.force_login(office_head())

    def shown(show: str) -> set[int]:
        response = client.get(reverse("hearings_desk:list"), {"show": show})
        return {row["hearing"].pk for row in response.context["rows"]}

    for show, hearing in made.items():
        assert shown(show) == {hearing.pk}
    assert shown("closed") == {closed.pk, late.pk}
    assert shown("late") == {late.pk}
    assert len(shown("all")) == 6


def test_a_coordinator_sees_the_own_province_only(client):
    now = timezone.now()
    HearingFactory.open(now, provinces=[ELSEWHERE])
    own = HearingFactory.open(now)
    client.force_login(person(Role.PROVINCE_COORDINATOR, HOME))
    response = client.get(reverse("hearings_desk:list"))
    assert [row["hearing"].pk for row in response.context["rows"]] == [own.pk]
    assert response.context["new_url"]
    client.force_login(person(Role.MONITORING))
    assert client.get(reverse("hearings_desk:list")).context["new_url"] == ""
