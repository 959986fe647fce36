"""What a phone keeps and what it sends (P111): kept pages hold nobody's data, and each entry arrives once."""

from __future__ import annotations

import json
import re
import uuid
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from core.stylesheets import page_stylesheets
from geography.models import Province
from hearings.enums import BatchStatus
from hearings.models import Hearing, ProxyBatch
from hearings.views.desk.field_offline import SHELL_FILES
from tests.factories.hearings import HearingFactory
from tests.factories.questions import question
from tests.hearings.people import ELSEWHERE, HOME, person
from tests.hearings.sheets import photo
from tests.hearings.test_field_pages import grid

pytestmark = pytest.mark.django_db
PAGES = ("offline", "offline_village", "offline_person", "offline_board")


@pytest.fixture
def now():
    """The pages ask the real clock, so the hearings of these tests are open now."""
    return timezone.now()


@pytest.fixture
def hearing(now):
    return HearingFactory.open(now, provinces=[Province.objects.get(pk=HOME)])


@pytest.fixture
def agent(db):
    found = person(Role.CHANGE_AGENT, HOME)
    found.first_name, found.last_name = "วันเพ็ญ", "ใจดี"
    found.save()
    return found


@pytest.fixture
def phone(client, agent):
    client.force_login(agent)
    return client


def address(name, *args):
    return reverse(f"hearings_field:{name}", args=args)


def page_of(name, hearing):
    return address(name) if name == "offline" else address(name, hearing.pk)


def entry(hearing, **changes):
    return {**grid(), "kind": "village", "hearing": hearing.pk, **changes}


def one_person(hearing, **changes):
    return entry(hearing, kind="person", rows="1", **changes)


# --- the worker and its files ----------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_worker_rules_over_the_field_only(client, prefix):
    answer = client.get(f"{prefix}/desk/field/worker.js")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Service-Worker-Allowed"] == f"{prefix}/desk/field/"
    assert "no-cache" in answer["Cache-Control"]
    assert "worker-src 'self'" in answer["Content-Security-Policy"]


def known_to_the_worker(client):
    text = client.get(address("worker")).content.decode()
    return json.loads(re.search(r"self\.FIELD = (.*);\n", text).group(1)), text


def test_every_file_the_worker_names_is_there(client):
    known, text = known_to_the_worker(client)
    program = re.search(r'importScripts\("(.*)"\)', text).group(1)
    for url in [*known["files"], program]:
        assert finders.find(url.removeprefix("/static/")), url
        assert client.get(url).status_code == 200, url


def test_the_kept_pages_need_no_file_the_worker_does_not_keep(phone, hearing, now):
    question(hearing, "matrix", now)
    kept = {f"/static/{name}" for name in (*page_stylesheets(), *SHELL_FILES)}
    for name in PAGES:
        page = phone.get(page_of(name, hearing)).content.decode()
        used = {url.split("#")[0] for url in re.findall(r'(?:src|href)="(/static/[^"]+)"', page)}
        assert used <= kept, name
    for name in ("tokens", "base", "layout", "components", "site", "staff"):
        style = Path(finders.find(f"css/{name}.css")).read_text(encoding="utf-8")
        fonts = {f"/static/fonts/{font}" for font in re.findall(r"fonts/([a-z0-9-]+\.woff2)", style)}
        assert fonts <= kept, name


def test_the_app_can_be_installed(client):
    answer = client.get(address("manifest"))
    described = answer.json()
    assert answer["Content-Type"] == "application/manifest+json"
    assert described["start_url"].startswith(described["scope"])
    for icon in described["icons"]:
        assert client.get(icon["src"]).status_code == 200


# --- the kept pages --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_a_kept_page_holds_nothing_of_who_is_signed_in(phone, agent, hearing, name):
    page = phone.get(page_of(name, hearing)).content.decode()
    assert page.count("<h1") == 1
    assert hearing.title in page
    for secret in (
        agent.first_name,
        agent.last_name,
        agent.email,
        "csrfmiddlewaretoken",
        phone.session.session_key,
    ):
        assert secret not in page


@pytest.mark.parametrize("name", PAGES)
def test_messages_of_the_person_stay_off_the_kept_page(phone, hearing, name):
    phone.post(address("batch_new", hearing.pk), grid())
    assert 'class="wrap stack-s notices"' not in phone.get(page_of(name, hearing)).content.decode()


def test_the_form_knows_every_district_of_the_hearing_without_asking(phone, hearing):
    page = phone.get(address("offline_village", hearing.pk)).content.decode()
    assert page.count('<option value="60') > 100
    assert '<option value="66' not in page


@pytest.mark.parametrize("name", PAGES)
def test_strangers_do_not_get_the_forms(client, hearing, name):
    assert client.get(page_of(name, hearing)).status_code == 302
    client.force_login(person(Role.MEMBER, HOME))
    assert client.get(page_of(name, hearing)).status_code == 403


def test_an_agent_of_another_province_sees_no_hearing_and_gets_no_form(client, hearing):
    client.force_login(person(Role.CHANGE_AGENT, ELSEWHERE))
    assert hearing.title not in client.get(address("offline")).content.decode()
    assert client.get(address("offline_village", hearing.pk)).status_code == 403


def test_the_offline_pages_cost_the_same_however_many_hearings(phone, now, django_assert_max_num_queries):
    for _ in range(3):
        HearingFactory.open(now, provinces=[Province.objects.get(pk=HOME)])
    phone.get(address("offline"))
    with django_assert_max_num_queries(12):
        phone.get(address("offline"))


# --- sending ---------------------------------------------------------------------------------------------


def test_signed_out_the_phone_is_told_so_and_nothing_is_stored(client, hearing):
    for answer in (client.get(address("sync")), client.post(address("sync"), entry(hearing))):
        assert (answer.status_code, answer.json()) == (401, {"signed_out": True})
    assert not ProxyBatch.objects.exists()


def test_the_mark_tells_people_apart_without_naming_them(client, agent):
    marks = []
    for user in (agent, person(Role.STRATEGY), agent):
        client.force_login(user)
        marks.append(client.get(address("sync")).json()["owner"])
    assert marks[0] == marks[2] != marks[1]
    assert str(agent.pk) != marks[0]


def test_an_entry_needs_the_token(agent, hearing):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(agent)
    assert careful.post(address("sync"), entry(hearing)).status_code == 403
    token = careful.get(address("sync")).json()["token"]
    answer = careful.post(address("sync"), entry(hearing), headers={"X-CSRFToken": token})
    assert answer.status_code == 200


def test_an_entry_sent_twice_is_stored_once_and_confirmed_twice(phone, hearing):
    sent = entry(hearing, source=photo())
    for _ in range(2):
        answer = phone.post(address("sync"), sent)
        assert answer.json() == {"stored": str(sent["key"])}
        sent.pop("source", None)
    batch = ProxyBatch.objects.get()
    assert (batch.status, batch.people, batch.rows.count()) == (BatchStatus.SENT, 34, 1)
    assert batch.source


def test_a_sheet_changed_after_the_first_try_stays_on_the_phone_and_says_what_to_do(phone, hearing):
    sent = entry(hearing)
    phone.post(address("sync"), sent)
    answer = phone.post(address("sync"), {**sent, "people": "35"})
    assert answer.status_code == 409
    assert answer.json()["problems"][0]["message"]
    assert ProxyBatch.objects.get().people == 34


def test_a_copy_is_stored_before_its_form_is_looked_at(phone, hearing, monkeypatch):
    """The hearing it was written for may ask other things by now."""
    sent = entry(hearing)
    phone.post(address("sync"), sent)
    monkeypatch.setattr("hearings.views.desk.field_sync.is_right", lambda *_: False)
    assert phone.post(address("sync"), sent).json() == {"stored": str(sent["key"])}


def test_one_person_is_a_sheet_of_one(phone, hearing):
    sent = one_person(hearing)
    assert phone.post(address("sync"), sent).json() == {"stored": str(sent["key"])}
    batch = ProxyBatch.objects.get()
    assert (batch.people, batch.heads["against"], sum(batch.heads.values())) == (1, 1, 1)
    assert batch.rows.get().name == "ป้าสำเนียง"


def test_answers_to_the_questions_come_along(phone, hearing, now):
    asked = question(hearing, "single", now, is_required=True)
    sent = one_person(hearing, **{"r0-q-seen": str(asked.pk), f"r0-q-r{asked.pk}": "a2"})
    assert phone.post(address("sync"), sent).status_code == 200
    assert [answer["value"] for answer in ProxyBatch.objects.get().rows.get().answers] == ["a2"]
    # An empty line is still a voice: nobody has to answer.
    assert phone.post(address("sync"), one_person(hearing)).status_code == 200


def test_a_question_of_another_hearing_is_refused(phone, hearing, now):
    question(hearing, "single", now)
    strange = question(HearingFactory.open(now), "single", now)
    answer = phone.post(address("sync"), one_person(hearing, **{f"r0-q-r{strange.pk}": "a1"}))
    assert answer.status_code == 422
    assert not ProxyBatch.objects.exists()


@pytest.mark.parametrize(
    ("changes", "anchor"),
    [
        ({"people": "3"}, "id_people"),
        ({"people": ""}, "id_people"),
        ({"held_on": "1/1/2500"}, "id_held_on"),
        ({"district": "", "subdistrict": ""}, "id_district"),
        ({"r0-stance": ""}, ""),
        ({"r0-agreed": ""}, "id_r0-agreed"),
        ({"r0-block": str(uuid.uuid4())}, "id_r0-block"),
        ({"key": "x"}, ""),
        ({"hearing": "x"}, ""),
        ({"hearing": "9" * 30}, ""),
        ({"kind": "nothing"}, ""),
    ],
)
def test_what_is_wrong_comes_back_in_words_and_nothing_is_stored(phone, hearing, changes, anchor):
    answer = phone.post(address("sync"), {**entry(hearing), **changes})
    assert answer.status_code == 422
    problems = answer.json()["problems"]
    assert all(problem["message"] for problem in problems)
    assert not anchor or anchor in [problem["anchor"] for problem in problems]
    assert not ProxyBatch.objects.exists()


def test_a_problem_says_whose_line_it_is(phone, hearing):
    answer = phone.post(address("sync"), entry(hearing, **{"r2-name": "ครูแดง"}))
    assert "3" in answer.json()["problems"][0]["label"]


def test_after_closing_the_phone_is_told_when_it_closed(phone, hearing, now):
    Hearing.objects.filter(pk=hearing.pk).update(closes_at=now)
    answer = phone.post(address("sync"), entry(hearing))
    assert answer.status_code == 422
    assert not ProxyBatch.objects.exists()


@pytest.mark.parametrize("role", [None, Role.MEMBER, Role.MONITORING])
def test_others_are_refused_in_json(client, hearing, role):
    client.force_login(person(role, HOME))
    answer = client.post(address("sync"), entry(hearing))
    assert answer.status_code == 403
    assert answer.json()["problems"]


def test_an_agent_of_another_province_is_refused_in_json(client, hearing):
    client.force_login(person(Role.CHANGE_AGENT, ELSEWHERE))
    answer = client.post(address("sync"), entry(hearing))
    assert answer.status_code == 403
    assert answer.json()["problems"][0]["message"]


def test_sixty_people_with_answers_need_few_queries(phone, hearing, now, django_assert_max_num_queries):
    asked = question(hearing, "single", now)
    few, many = (sheet_of(hearing, asked, number) for number in (2, 60))
    phone.post(address("sync"), few)
    with django_assert_max_num_queries(33):
        assert phone.post(address("sync"), many).status_code == 200
    assert ProxyBatch.objects.first().rows.count() == 60


def sheet_of(hearing, asked, number):
    rows = {}
    for n in range(number):
        rows |= {
            f"r{n}-stance": "agree", f"r{n}-reason": f"เหตุผล {n}", f"r{n}-agreed": "on",
            f"r{n}-q-seen": str(asked.pk), f"r{n}-q-r{asked.pk}": "a1",
        }  # fmt: skip
    return entry(hearing, people="60", rows=str(number), **rows)
