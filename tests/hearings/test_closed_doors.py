"""Every address of the desk and of field work, tried by those who have only a part of it or none (A056, P110)."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
from django.urls import URLPattern, reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from accounts.roles import Role
from hearings import urls, urls_desk, urls_field
from hearings.enums import Stage
from hearings.models import Hearing
from tests.factories.hearings import HearingFactory, comment, office_head
from tests.hearings.people import ELSEWHERE, HOME, person
from tests.hearings.staff_verbs import Desk

pytestmark = pytest.mark.django_db

# Held by nobody: the same for everyone, or lists that hold only what is one's own.
PROGRAM = {"worker", "manifest"}
OWN_FIELD_WORK = PROGRAM | {"home", "sync", "offline"}
FORMS_OF_FIELD_WORK = {"batch_new", "offline_village", "offline_person", "offline_board"}
OPEN_TO = {
    (Role.CHANGE_AGENT, HOME): OWN_FIELD_WORK | FORMS_OF_FIELD_WORK | {"postings", "posting"},
    (Role.CHANGE_AGENT, ELSEWHERE): OWN_FIELD_WORK,
    (Role.PROVINCE_COORDINATOR, ELSEWHERE): OWN_FIELD_WORK
    | {"list", "conversations", "files_waiting", "moderation"},
    (Role.MEMBER, None): PROGRAM,
    (None, None): PROGRAM,
}


def filled(pattern: URLPattern, values: dict) -> str:
    return "/" + re.sub(r"<\w+:(\w+)>", lambda part: str(values[part[1]]), str(pattern.pattern))


@pytest.fixture
def addresses(settings, tmp_path) -> dict[str, str]:
    """Each address with numbers of things that are there; the sheet of the village was written by the office."""
    settings.MEDIA_ROOT = tmp_path
    now = timezone.now()
    hearing = HearingFactory.open(now)
    desk = Desk(hearing, comment(hearing, now).submission, now, office_head())
    board = hearing.boards.create(code="abcdef", kind="site", place="ศาลา", created_at=now)
    numbers = {
        "pk": hearing.pk, "board_pk": board.pk, "comment_pk": desk.comment.pk, "form": desk.sheet.pk, "run": desk.run.pk,
        "meeting": desk.meeting.pk, "question_pk": desk.question.pk, "file": desk.voice.pk, "verb": "extend",
    }  # fmt: skip
    made = {}
    for pattern in (*urls_desk.urlpatterns, *urls_field.urlpatterns):
        of_sheet = pattern.name in ("batch", "source")
        values = {**numbers, "pk": desk.grid.pk} if of_sheet else numbers
        made[pattern.name] = filled(pattern, values)
    return made


@pytest.mark.parametrize(("role", "at"), OPEN_TO)
def test_nobody_opens_more_than_the_own_part(client, addresses, role, at):
    client.force_login(person(role, at))
    answers = {name: client.get(address).status_code for name, address in addresses.items()}
    assert {name for name, status in answers.items() if status not in (403, 404, 405, 401)} == OPEN_TO[
        role, at
    ]
    posted = {name: client.post(address).status_code for name, address in addresses.items()}
    assert {name for name, status in posted.items() if status not in (403, 404, 405, 401)} <= OPEN_TO[
        role, at
    ]


@pytest.mark.parametrize(
    "address", ["hearings_desk:postings", *(f"hearings_field:{name}" for name in sorted(FORMS_OF_FIELD_WORK))]
)
def test_a_change_agent_learns_nothing_of_a_draft(client, address):
    draft = HearingFactory.draft(timezone.now(), title="เรื่องที่ยังไม่ประกาศ")
    client.force_login(person(Role.CHANGE_AGENT, HOME))
    page = client.get(reverse(address, args=[draft.pk]))
    assert page.status_code == 403
    assert "เรื่องที่ยังไม่ประกาศ" not in page.content.decode()


def test_a_phone_sends_nothing_to_a_draft_or_another_province_and_is_told_none_of_its_questions(client):
    now = timezone.now()
    client.force_login(person(Role.CHANGE_AGENT, HOME))
    for hearing in (HearingFactory.draft(now), HearingFactory.open(now, provinces=[ELSEWHERE])):
        answer = client.post(reverse("hearings_field:sync"), {"kind": "village", "hearing": hearing.pk})
        assert answer.status_code == 403
        assert [problem["label"] for problem in answer.json()["problems"]] == [""]


def test_numbers_no_row_can_have_are_found_nowhere(client):
    client.force_login(office_head())
    patterns = [*urls.urlpatterns, *urls_desk.urlpatterns, *urls_field.urlpatterns]
    numbered = [pattern for pattern in patterns if "<int:" in str(pattern.pattern)]
    assert len(numbered) >= 40
    values = defaultdict(lambda: 2**63, slug="any", verb="extend")
    for address in {filled(pattern, values) for pattern in numbered}:
        assert client.get(address).status_code == 404, address
    last = {
        filled(pattern, defaultdict(lambda: 2**63 - 1, slug="any", verb="extend")) for pattern in numbered
    }
    assert {client.get(address).status_code for address in last} <= {404, 405}


@pytest.mark.parametrize("way", ["taken down", "restricted", "draft"])
def test_of_a_hearing_that_is_not_public_no_address_shows_anything(client, settings, tmp_path, way):
    settings.MEDIA_ROOT = tmp_path
    now = timezone.now()
    hearing = HearingFactory.open(now, title="เรื่องที่ปิดไว้")
    sent = comment(hearing, now, reason="คำที่ปิดไว้").submission
    desk = Desk(hearing, sent, now, office_head())
    hearing.boards.create(code="abcdef", kind="site", place="ศาลา", created_at=now)
    values = defaultdict(
        lambda: desk.comment.pk, slug=hearing.slug, code="abcdef", number=1, older=1, newer=1
    )
    of_hearing = [pattern for pattern in urls.urlpatterns if "<slug:slug>" in str(pattern.pattern)]
    addresses = [filled(pattern, values) for pattern in of_hearing]
    addresses += [f"/h/{hearing.pk}/", "/b/abcdef/", f"/hearings/{hearing.slug}/"]
    addresses += [f"/en{address}" for address in addresses]
    for address in addresses:  # whatever is kept of a page is kept now
        client.get(address)
    if way == "restricted":
        PageViewRestriction.objects.create(page=hearing, restriction_type=PageViewRestriction.LOGIN)
    else:
        hidden = {"live": False} if way == "taken down" else {"stage": Stage.DRAFT, "announced_at": None}
        Hearing.objects.filter(pk=hearing.pk).update(**hidden)
    for address in [*addresses, "/", "/hearings/", "/local-government/?province=60", "/search/?q=เรื่องที่ปิดไว้"]:
        page = client.get(address)
        shown = page.content.decode(errors="replace").replace("?q=เรื่องที่ปิดไว้", "")
        assert (
            page.status_code == 404
            or address not in addresses
            or (page.status_code == 302 and way == "restricted")
        ), address
        assert "คำที่ปิดไว้" not in shown, address
        assert "เรื่องที่ปิดไว้" not in shown or address.startswith("/search/"), address
