"""Change agents in the admin: places of the cluster only, and the one a person has already."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import Site

from accounts.models import ChangeAgent, User
from geography.models import Cluster, SiteCluster

pytestmark = pytest.mark.django_db

PERSON = {"display_name": "ประนอม ดีใจ", "kind": "village_head", "bio": "", "village_no": "4", "phone": ""}


@pytest.fixture
def staff(client):
    SiteCluster.objects.update_or_create(
        site=Site.objects.get(is_default_site=True),
        defaults={"cluster": Cluster.objects.get(slug="north-lower-2")},
    )
    client.force_login(User.objects.create_superuser(email="staff@example.org", password="x"))
    return client


def test_a_person_is_put_into_a_village_of_the_cluster(staff):
    address = reverse("wagtailsnippets_accounts_changeagent:add")
    assert staff.get(address).content.count(b"<option") < 500
    assert (
        staff.post(
            address, {**PERSON, "province": "60", "district": "6003", "subdistrict": "600304"}
        ).status_code
        == 302
    )
    assert ChangeAgent.objects.get().subdistrict_id == "600304"


def test_somebody_from_elsewhere_keeps_the_own_place(staff):
    agent = ChangeAgent.objects.create(display_name="สมชาย", kind="village_head", province_id="50")
    address = reverse("wagtailsnippets_accounts_changeagent:edit", args=[agent.pk])
    assert '<option value="50" selected>' in staff.get(address).content.decode()
    assert staff.post(address, {**PERSON, "province": "50"}).status_code == 302
    agent.refresh_from_db()
    assert (agent.province_id, agent.display_name) == ("50", "ประนอม ดีใจ")
