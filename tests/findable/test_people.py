"""People are found only as the directory shows them, and gone the moment they no longer agree."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import ChangeAgent, NetworkMember
from accounts.privacy import erase_account
from core.searchable import document_for, key_for
from search.engines import Ask, Filters
from search.query import find
from tests.factories.accounts import person
from tests.hearings.people import HOME

pytestmark = pytest.mark.django_db

AGREED = {
    "consent_to_publish": True,
    "consented_on": dt.date(2026, 11, 1),
    "consent_version": "2569-11",
}


def agent(**fields: object) -> ChangeAgent:
    values = {
        "display_name": "ลุงสมหมาย รักษ์บึง", "kind": "local_sage", "province_id": HOME, "bio": "รู้ทางน้ำเก่าของบึง",
        "phone": "081 234 5678", "publish_phone": True, **AGREED, **fields,
    }  # fmt: skip
    return ChangeAgent.objects.create(**values)


def found(words: str) -> list[str]:
    return [hit.document.key for hit in find(words, exact=True).hits]


def test_who_agreed_is_found_by_name_place_and_knowledge(engine, committed):
    with committed():
        somebody = agent()
    for words in ("สมหมาย", "ทางน้ำเก่า", "นครสวรรค์"):
        assert found(words) == [key_for(somebody)]
    document = document_for(somebody)
    assert (document.kind, document.variety, document.provinces) == ("person", "local_sage", (HOME,))
    assert document.url == f"/network/?province={HOME}#agent-{somebody.pk}"
    assert "5678" not in str(document)


def test_who_did_not_agree_is_not_found(engine, committed):
    with committed():
        agent(consent_to_publish=False, consented_on=None)
    assert engine.count() == 0


@pytest.mark.parametrize("way", ["untick", "delete", "erase"])
def test_who_takes_it_back_is_gone(engine, committed, way):
    user = person()
    with committed():
        somebody = agent(user=user)
    assert found("สมหมาย")
    with committed():
        if way == "untick":
            somebody.consent_to_publish = False
            somebody.save()
        elif way == "delete":
            somebody.delete()
        else:
            erase_account(user)
        assert found("สมหมาย") == []  # at once, before the task has run
    assert engine.search(Ask({"สมหมาย": 1.0})).total == engine.count() == 0


def test_an_organisation_is_found_until_it_is_taken_out_of_the_directory(engine, committed):
    with committed():
        member = NetworkMember.objects.create(
            name="หอการค้าจังหวัดนครสวรรค์", name_en="Chamber of Commerce", sector="private", province_id=HOME
        )
    assert found("chamber") == found("หอการค้า") == [key_for(member)]
    assert engine.search(Ask({}, Filters(kind="person", sector="private"))).total == 1
    with committed():
        member.is_public = False
        member.save()
    assert engine.count() == 0


def test_the_directory_has_the_places_that_results_lead_to(client):
    somebody = agent()
    member = NetworkMember.objects.create(name="หอการค้า", sector="private", province_id=HOME)
    page = client.get(f"/network/?province={HOME}").content.decode()
    assert f'id="agent-{somebody.pk}"' in page
    assert f'id="member-{member.pk}"' in page
