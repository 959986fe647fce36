"""What one comment costs to take in (performance.md, row 6: eight statements at most, between the two ends of a
transaction); its section costs one more, and questions, where a hearing has some."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.models import Topic
from hearings.forms.entries import ReasonForm
from hearings.forms.places import Places
from hearings.forms.who import WhoForm
from hearings.models import Comment, HearingTopic, Submission
from tests.factories.hearings import HearingFactory
from tests.hearings.journey import send

pytestmark = pytest.mark.django_db

STATEMENTS = 7


@pytest.fixture
def production_cache(settings):
    """The cache in the database, where each look is a statement, too."""
    settings.CACHES = {
        **settings.CACHES,
        "default": {"BACKEND": "core.nearby.NearDatabaseCache", "LOCATION": "cache"},
    }
    call_command("createcachetable")
    caches["process"].clear()  # other settings, so tests/conftest.py does not find it


def browser(number: int) -> Client:
    client = Client(REMOTE_ADDR=f"203.0.113.{number}")
    client.cookies["csrftoken"] = f"{number:032d}"
    return client


def statements(hearing, number: int, **fields: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert send(browser(number), hearing, **fields).status_code == 302
    return [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]


@pytest.mark.usefixtures("production_cache")
def test_a_comment_costs_seven_statements_and_no_more_where_there_are_many(settings):
    hearing = HearingFactory.open(timezone.now())
    statements(hearing, 1)
    few = statements(hearing, 2)
    for number in range(3, 20):
        statements(hearing, number)
    many = statements(hearing, 30)
    assert len(few) == len(many) == STATEMENTS, "\n".join(sql[:150] for sql in many)
    assert Submission.objects.count() == 20


@pytest.mark.usefixtures("production_cache")
def test_a_topic_of_the_hearing_costs_nothing_more():
    hearing = HearingFactory.open(timezone.now())
    for slug in ("roads", "water"):
        HearingTopic.objects.create(content_object=hearing, tag=Topic.objects.create(slug=slug, name=slug))
    chosen = {"c0-topic": str(Topic.objects.get(slug="water").pk)}
    statements(hearing, 1, **chosen)
    assert len(statements(hearing, 2, **chosen)) == STATEMENTS
    assert Comment.objects.filter(topic__slug="water").count() == 2


def test_forms_share_fields_and_keep_nothing_of_each_other():
    hearing = HearingFactory.open(timezone.now())
    sections = hearing.current_draft.sections
    some, other = (ReasonForm({}, places=Places(found)) for found in (sections, sections[:1]))
    assert some.fields["reason"] is other.fields["reason"]
    assert [len(form.fields["block"].choices) for form in (some, other)] == [len(sections) + 1, 2]
    assert not list(ReasonForm.base_fields["block"].choices)
    one, two = WhoForm({"province": "60"}), WhoForm({"province": "66"})
    assert one.fields["sector"] is two.fields["sector"]
    assert set(one.fields["district"].areas).isdisjoint(two.fields["district"].areas)
    assert one.fields["province"].required and not WhoForm.base_fields["province"].required
