"""The short form (A177): one page, the same service, everything typed kept, and on to the long form at any time."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from hearings.models import Submission
from tests.factories.hearings import HearingFactory
from tests.factories.questions import question
from tests.hearings.journey import address, answers, fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def hearing(db):
    return HearingFactory.open(timezone.now())


def written(**changes) -> dict:
    whole = answers(**changes)
    names = ("key", "started", "c0-stance", "c0-reason", "sector", "consent", *changes)
    return {"short": "1", "step": "1", "go": "send", **{name: whole[name] for name in names if name in whole}}


def test_one_page_asks_four_things_and_needs_no_session(client, hearing):
    page = client.get(address(hearing), {"short": "1"})
    text = page.content.decode()
    assert page.status_code == 200
    assert text.count("<h1") == 1
    assert "sessionid" not in client.cookies
    asked = set(fields_of(page)) | {"c0-stance", "sector", "consent"}
    assert asked == {
        "csrfmiddlewaretoken", "short", "step", "key", "started", "homepage",
        "c0-stance", "c0-reason", "sector", "consent",
    }  # fmt: skip


def test_it_is_sent_at_once_and_kept_once(client, hearing):
    form = written(sector="private")
    first, second = client.post(address(hearing), form), client.post(address(hearing), form)
    assert first.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    sent = Submission.objects.get()
    assert (sent.sector, sent.province, sent.publish_name) == ("private", None, "none")
    assert sent.comments.get().block_key is None
    assert client.get(first.headers["Location"]).status_code == 200


def test_all_mistakes_are_named_at_once_and_the_words_stay(client, hearing):
    form = written(**{"c0-stance": "against", "c0-reason": "", "sector": None, "consent": None})
    page = client.post(address(hearing), form)
    text = page.content.decode()
    assert page.status_code == 422
    for anchor in ("id_c0-reason", "id_sector_0", "id_consent"):
        assert f'href="#{anchor}"' in text
    again = client.post(address(hearing), written(**{"c0-reason": "ก" * 4001, "sector": "king"}))
    assert again.status_code == 422
    assert "ก" * 4001 in again.content.decode()
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    "changes", [{"homepage": "x"}, {"started": ""}, {"key": "no"}, {"c0-reason": "บัตร 1-1037-02071-81-1"}]
)
def test_the_guards_of_the_long_form_hold_here_too(client, hearing, changes):
    assert client.post(address(hearing), {**written(), **changes}).status_code == 422
    assert not Submission.objects.exists()


def test_the_long_form_goes_on_with_everything_typed(client, hearing):
    page = client.post(address(hearing), {**written(), "go": "long"})
    fields = fields_of(page)
    assert fields["step"] == "1"
    assert fields["c0-reason"] == "แนวหมุดด้านเหนือกินที่นา"
    assert fields["sector"] == "citizen"
    assert "short" not in fields


def test_a_question_that_must_be_answered_is_asked_and_no_other(client, hearing):
    before = timezone.now() - dt.timedelta(hours=1)
    question(hearing, "number", before)
    needed = question(hearing, "single", before, is_required=True)
    page = client.get(address(hearing), {"short": "1"})
    assert needed.text in page.content.decode()
    assert "คำถาม number" not in page.content.decode()
    without = client.post(address(hearing), written())
    assert without.status_code == 422
    assert f"#id_q-r{needed.pk}" in without.content.decode()
    given = {**written(), "q-seen": str(needed.pk), f"q-r{needed.pk}": "a1"}
    assert client.post(address(hearing), given).status_code == 302
    assert Submission.objects.get().answers.get().value == "a1"


def test_the_hearing_page_leads_to_it(client, hearing):
    assert f"{address(hearing)}?short=1" in client.get(hearing.get_url()).content.decode()
