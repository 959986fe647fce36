"""Points, lines and areas on an answer: checked, shown to staff, rounded for everyone, taken out with the person."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from hearings import privacy
from hearings.enums import Decision, ReasonCode
from hearings.forms.posted_answers import posted
from hearings.models import Answer, Hearing, Submission, SubmissionVersion
from hearings.services.answers import AnswerData, current_answers
from hearings.services.moderate import moderate
from hearings.services.spots import checked_spot, geometries
from hearings.services.submit import submit
from tests.factories.hearings import HearingFactory, office_head, submission_data
from tests.factories.questions import question
from tests.hearings.journey import address, answers
from tests.hearings.people import HOME, person

pytestmark = pytest.mark.django_db
LINE = {"type": "LineString", "coordinates": [[100.24561, 15.80123], [100.24702, 15.80222], [100.26, 15.82]]}
AREA = {"type": "Polygon", "coordinates": [[[100.1, 15.8], [100.2, 15.8], [100.2, 15.9], [100.1, 15.8]]]}
PLACE = {"province": "60", "district": "6003", "subdistrict": "600301", "lat": 15.80123, "lng": 100.24561}


@pytest.fixture
def hearing() -> Hearing:
    return HearingFactory.open(timezone.now(), provinces=[HOME])


def send(hearing: Hearing, **extra: Any) -> Submission:
    from uuid import uuid4

    from hearings.services.data import CommentData

    now = timezone.now()
    asked = question(hearing, "place", now)
    return submit(
        hearing=hearing, data=submission_data(), comments=[CommentData(stance="partly", reason="ที่นาติดบึง")],
        idempotency_key=uuid4(), now=now, answers=[AnswerData(asked, {**PLACE, **extra})],
    ).submission  # fmt: skip


def long_line(count: int) -> dict:
    return {"type": "LineString", "coordinates": [[100 + n / 10_000, 15.8] for n in range(count)]}


# --- what may be stored --------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [LINE, json.dumps(LINE), AREA, long_line(200)])
def test_a_line_or_an_area_in_thailand_is_stored(shape):
    stored = checked_spot({"shape": shape})["shape"]
    assert stored == (json.loads(shape) if isinstance(shape, str) else shape)


@pytest.mark.parametrize(
    "shape",
    [
        "[", "null", "7", "[" * 9_000, "x" * 30_000, {"type": "Point", "coordinates": [100, 15]},
        {"type": "LineString"}, {"type": "LineString", "coordinates": [[100.1, 15.8]]}, long_line(201),
        {"type": "LineString", "coordinates": [[100.1, 15.8, 3], [100.2, 15.8, 3]]},
        {"type": "LineString", "coordinates": [["100.1", 15.8], [100.2, 15.8]]},
        {"type": "LineString", "coordinates": [[100.1, float("nan")], [100.2, 15.8]]},
        {"type": "LineString", "coordinates": [[11.5, 48.1], [11.6, 48.1]]},
        {"type": "LineString", "coordinates": [[True, 15.8], [100.2, 15.8]]},
        {"type": "Polygon", "coordinates": [AREA["coordinates"][0][:3]]},
        {"type": "Polygon", "coordinates": [AREA["coordinates"][0], AREA["coordinates"][0]]},
        {"type": "Polygon", "coordinates": [[[100.1, 15.8]] * 4]},
        {"type": ["LineString"], "coordinates": LINE["coordinates"]},
        {"type": "MultiPolygon", "coordinates": []},
        {"type": "LineString", "coordinates": [[10**400, 15.8], [100.2, 15.8]]},
    ],
)  # fmt: skip
def test_anything_else_is_refused_in_words(shape):
    with pytest.raises(ValidationError) as refused:
        checked_spot({"shape": shape})
    assert refused.value.code == "shape"


def test_what_is_stored_beside_the_point_is_plain():
    spot = checked_spot({"lat": "15.8012345678", "lng": "100.2", "accuracy": "11.2", "shown": True, "x": 1})
    assert spot == {"lat": 15.801235, "lng": 100.2, "accuracy": 12, "shown": True}
    assert checked_spot({"lat": "", "lng": "", "accuracy": "5", "shown": "on"}) == {}
    assert "accuracy" not in checked_spot({"lat": 15.8, "lng": 100.2, "accuracy": "nan"})


def test_rounding_leaves_no_detail_of_a_line():
    shapes = geometries({"lat": 15.80123, "lng": 100.24561, "shape": LINE}, 2)
    assert shapes == [
        {"type": "Point", "coordinates": [100.25, 15.8]},
        {"type": "LineString", "coordinates": [[100.25, 15.8], [100.26, 15.82]]},
    ]
    close = {"type": "LineString", "coordinates": [[100.2401, 15.8001], [100.2402, 15.8002]]}
    assert geometries({"shape": close}, 2) == [{"type": "Point", "coordinates": [100.24, 15.8]}]


# --- the form ------------------------------------------------------------------------------------------------


def fields_of(hearing: Hearing, revision: Any, **parts: str) -> dict[str, Any]:
    stem = f"q-r{revision.pk}"
    named = {f"{stem}-{name}": value for name, value in parts.items()}
    return answers(**{f"{stem}-province": "60", "q-seen": str(revision.pk), **named})


def test_the_form_stores_point_line_and_choice_and_shows_them_again_for_a_change(client, hearing):
    asked = question(hearing, "place", timezone.now())
    parts = {"lat": "15.80123", "lng": "100.24561", "accuracy": "9", "shape": json.dumps(LINE), "shown": "on"}
    assert client.post(address(hearing), fields_of(hearing, asked, **parts)).status_code == 302
    submission = Submission.objects.get()
    stored = submission.answers.get().value
    assert stored["shape"] == LINE
    assert stored["accuracy"] == 9
    assert stored["shown"] is True
    again = posted(hearing, current_answers(submission))
    assert json.loads(again[f"q-r{asked.pk}-shape"][0]) == LINE
    assert again[f"q-r{asked.pk}-shown"] == ["on"]


def test_a_broken_line_is_refused_and_everything_typed_stays(client, hearing):
    asked = question(hearing, "place", timezone.now())
    page = client.post(address(hearing), fields_of(hearing, asked, shape='{"type":"Point"}'))
    assert page.status_code == 422
    assert "แนวหมุดด้านเหนือกินที่นา" in page.content.decode()
    assert not Submission.objects.exists()


def test_only_the_step_that_asks_for_a_place_may_ask_the_phone_where_it_is(client, hearing):
    step_two = {"step": "1", "go": "next", "c0-stance": "agree"}
    assert "geolocation=()" in client.post(address(hearing), answers(**step_two))["Permissions-Policy"]
    question(hearing, "place", timezone.now())
    assert "geolocation=(self)" in client.post(address(hearing), answers(**step_two))["Permissions-Policy"]
    for path in (address(hearing), f"/hearings/{hearing.slug}/", "/"):
        assert "geolocation=()" in client.get(path)["Permissions-Policy"]


# --- staff ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "province", "status"),
    [
        (Role.STRATEGY, None, 200), (Role.OFFICE_HEAD, None, 200), (Role.MONITORING, None, 200), (Role.PROVINCE_COORDINATOR, HOME, 200),
        (Role.PROVINCE_COORDINATOR, "66", 403), (Role.CHANGE_AGENT, HOME, 403), (Role.MEMBER, None, 403),
        (None, None, 403),
    ],
)  # fmt: skip
def test_who_may_enter_the_room_of_places(hearing, role, province, status):
    send(hearing)
    visitor = Client()
    visitor.force_login(person(role, province))
    for name in ("spots", "spots_file"):
        assert visitor.get(reverse(f"hearings_desk:{name}", args=[hearing.pk])).status_code == status


def test_staff_read_the_list_and_take_it_along_as_geojson(client, hearing):
    submission = send(hearing, accuracy="9", shape=LINE)
    client.force_login(office_head())
    text = client.get(reverse("hearings_desk:spots", args=[hearing.pk])).content.decode()
    assert "15.80123, 100.24561" in text
    assert "± 9 m" in text
    assert submission.grouped_receipt_no in text
    found = json.loads(client.get(reverse("hearings_desk:spots_file", args=[hearing.pk])).content)
    assert [feature["geometry"]["type"] for feature in found["features"]] == ["Point", "LineString"]
    assert found["features"][1]["geometry"] == LINE
    assert found["features"][0]["properties"]["receipt"] == submission.grouped_receipt_no


def test_who_only_sums_up_sees_points_rounded_and_no_receipt(client, hearing):
    submission = send(hearing, accuracy="9", shape=LINE)
    client.force_login(person(Role.MONITORING))
    for name in ("spots", "spots_file"):
        answer = client.get(reverse(f"hearings_desk:{name}", args=[hearing.pk]))
        assert answer.status_code == 200
        text = answer.content.decode()
        assert "80123" not in text
        assert "24561" not in text
        assert submission.grouped_receipt_no not in text
        assert "± 9" not in text
        assert "accuracy_m" not in text
    found = json.loads(text)["features"]
    assert found[0]["geometry"] == {"type": "Point", "coordinates": [100.25, 15.8]}
    page = client.get(reverse("hearings_desk:spots", args=[hearing.pk])).content.decode()
    assert "15.8, 100.25" in page


def test_the_room_without_a_point_says_how_to_get_one(client, hearing):
    client.force_login(office_head())
    text = client.get(reverse("hearings_desk:spots", args=[hearing.pk])).content.decode()
    assert reverse("hearings_desk:questions", args=[hearing.pk]) in text


def test_the_list_costs_the_same_for_one_place_and_for_many(hearing, django_assert_num_queries):
    from hearings.spots import spots_for_staff

    send(hearing)
    with django_assert_num_queries(5):
        assert len(spots_for_staff(hearing, exact=True)) == 1
    for _each in range(3):
        send(hearing)
    with django_assert_num_queries(5):
        assert len(spots_for_staff(hearing, exact=True)) == 4


# --- everyone ------------------------------------------------------------------------------------------------


def public_features(client: Client, hearing: Hearing) -> list[dict]:
    return json.loads(client.get(reverse("hearings:spots", args=[hearing.slug])).content)["features"]


def test_a_point_is_public_only_if_its_author_chose_so_and_then_rounded(client, hearing):
    send(hearing)
    assert public_features(client, hearing) == []
    submission = send(hearing, shown="on", shape=LINE)
    found = public_features(client, hearing)
    assert found[0]["geometry"] == {"type": "Point", "coordinates": [100.25, 15.8]}
    assert submission.receipt_no not in json.dumps(found).replace(" ", "")
    comment = submission.comments.get()
    page = client.get(reverse("hearings:comment_page", args=[hearing.slug, comment.pk])).content.decode()
    assert "15.8, 100.25" in page
    assert "80123" not in page


def test_a_hidden_comment_takes_its_place_off_the_public_file(client, hearing):
    submission = send(hearing, shown="on")
    assert len(public_features(client, hearing)) == 1
    moderate(
        submission=submission, actor=office_head(), decision=Decision.HIDE, reason_code=ReasonCode.THREAT,
        now=timezone.now(),
    )  # fmt: skip
    assert public_features(client, hearing) == []


# --- privacy -------------------------------------------------------------------------------------------------


def test_nothing_of_a_point_stays_when_the_person_becomes_nameless(hearing):
    submission = send(hearing, shape=LINE, accuracy="9", shown="on")
    privacy.anonymise([submission.pk])
    area = {"province": "60", "district": "6003", "subdistrict": "600301"}
    assert Answer.objects.get().value == area
    assert SubmissionVersion.objects.get().data["answers"][0]["value"] == area


def test_a_purge_finds_a_submission_that_holds_nothing_but_a_point(now):
    hearing = HearingFactory.open(now)
    submission = send(hearing)
    Hearing.objects.filter(pk=hearing.pk).update(
        stage="result_published", result_published_at=now - dt.timedelta(days=800)
    )
    assert privacy.purge(now, dry_run=True)["spots"] == 1
    assert "lat" in Answer.objects.get().value
    privacy.purge(now)
    assert "lat" not in Answer.objects.get(submission=submission).value
    assert privacy.purge(now)["spots"] == 0


def test_whether_to_show_the_point_is_asked_beside_the_point(client, hearing):
    asked = question(hearing, "place", timezone.now())
    page = BeautifulSoup(client.post(address(hearing), answers(step="1", go="next")).content, "html.parser")
    fold = page.select_one(f"#q-r{asked.pk} details")
    assert fold.select_one(f"[name=q-r{asked.pk}-where]")
    assert fold.select_one(f"[name=q-r{asked.pk}-shown]")
    assert len(page.select(f"[name=q-r{asked.pk}-shown]")) == 1
