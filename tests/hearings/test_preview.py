"""The secret address shows a hearing before its announcement, to nobody else and in no cache."""

from __future__ import annotations

import datetime as dt
import re
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext

from accounts.roles import Role
from hearings.enums import HearingState
from hearings.models import Meeting
from hearings.services.announce import announce
from hearings.services.preview import make_preview, revoke_preview
from tests.factories.hearings import HearingFactory, office_head
from tests.hearings.people import person

pytestmark = pytest.mark.django_db


def address(hearing) -> str:
    return f"/hearings/preview/{hearing.preview_key}/"


def test_the_secret_address_shows_what_editors_saved_last(client, now):
    hearing = HearingFactory.draft(now)
    hearing.title = "ชื่อที่ยังไม่เผยแพร่"
    hearing.save_revision()
    response = client.get(address(make_preview(hearing=hearing, actor=office_head())))
    page = response.content.decode()
    assert response.status_code == 200
    assert "ชื่อที่ยังไม่เผยแพร่" in page
    assert "ขอบเขตบึงและแนวเขตที่ดิน" in page
    assert page.count("<h1") == 1
    assert "noindex" in response["X-Robots-Tag"]
    assert "no-store" in response["Cache-Control"]


def test_it_says_that_it_is_a_draft_and_every_link_leads_somewhere(client, now):
    hearing = HearingFactory.draft(now)
    hearing.meetings = [Meeting(title="ประชุมหมู่บ้าน", starts_at=now + dt.timedelta(days=30))]
    hearing.save_revision()
    page = client.get(address(make_preview(hearing=hearing, actor=office_head()))).content.decode()
    main = page[page.index("<main") : page.index("</main")]
    [badge] = re.findall(r'class="badge[^"]*">.*?</svg>(.*?)</span>', main)
    assert badge == HearingState.DRAFT.label
    assert hearing.slug not in main
    assert "line.me" not in main
    assert (
        gettext("Version %(number)s. The text was frozen when it was announced.") % {"number": ""} not in main
    )
    assert gettext("The text is frozen when it is announced.") in main
    links = {link for link in re.findall(r'href="(/[^"#]*)', main) if not link.startswith("/static/")}
    assert {link for link in links if client.get(link).status_code == 404} == set()


@pytest.mark.parametrize("language", ["", "/en"])
def test_it_names_nowhere_the_address_it_will_have(client, now, language):
    hearing = make_preview(hearing=HearingFactory.draft(now), actor=office_head())
    page = client.get(f"{language}{address(hearing)}").content.decode()
    assert hearing.slug not in page
    head = page[: page.index("</head>")]
    assert str(hearing.preview_key) not in head
    announced = announce(hearing=hearing, actor=office_head(), now=now)
    page = client.get(f"/hearings/{announced.slug}/").content.decode()
    assert 'rel="canonical"' in page and 'hreflang="en"' in page


def test_an_address_taken_back_or_replaced_is_not_found(client, now):
    hearing = HearingFactory.draft(now)
    first = make_preview(hearing=hearing, actor=office_head())
    second = make_preview(hearing=hearing, actor=office_head())
    assert client.get(address(first)).status_code == 404
    assert client.get(address(second)).status_code == 200
    revoke_preview(hearing=hearing, actor=office_head())
    assert client.get(address(second)).status_code == 404
    assert client.get(f"/hearings/preview/{uuid.uuid4()}/").status_code == 404
    assert client.get("/hearings/preview/none/").status_code == 404


def test_after_the_announcement_it_leads_to_the_page(client, now):
    hearing = make_preview(hearing=HearingFactory.draft(now), actor=office_head())
    announced = announce(hearing=hearing, actor=office_head(), now=now)
    assert client.get(address(announced)).status_code == 302


def test_only_who_prepares_makes_one(now):
    with pytest.raises(PermissionDenied):
        make_preview(hearing=HearingFactory.draft(now), actor=person(Role.MONITORING))
