"""A place pasted from a map app: every way apps write it, turned numbers, and what holds no place."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from geography.extents import extent_of
from geography.maps import outlines
from hearings.forms.posted_answers import posted
from hearings.forms.questions import QuestionsForm
from hearings.models import Answer, Hearing, Submission
from hearings.services.answers import current_answers
from hearings.where import point_from
from tests.factories.hearings import HearingFactory
from tests.factories.questions import question
from tests.hearings.journey import address, answers, fields_of
from tests.hearings.people import HOME

LAT, LNG = 15.80123, 100.24561


@pytest.mark.parametrize(
    "text",
    [
        "15.80123, 100.24561", "15.80123,100.24561", " 15.80123 100.24561 ", "๑๕.๘๐๑๒๓, ๑๐๐.๒๔๕๖๑",
        "100.24561, 15.80123", "ที่นา 15.80123, 100.24561 ติดคลอง", "15.80123° N, 100.24561° E",
        "15°48'04.43\"N 100°14'44.2\"E", "N 15.80123, E 100.24561".replace("N ", "").replace("E ", ""),
        "geo:15.80123,100.24561?z=17", "https://maps.google.com/?q=15.80123,100.24561",
        "https://www.google.com/maps/@15.80123,100.24561,17z",
        "https://www.google.com/maps/place/Wat/@15.7,100.1,17z/data=!3m1!4b1!4m5!3m4!1s0x0!8m2!3d15.80123!4d100.24561",
        "https://www.google.com/maps/search/?api=1&query=15.80123%2C100.24561",
        "https://www.google.com/maps/place/15.80123,+100.24561",
        "https://maps.apple.com/?ll=15.80123,100.24561&q=Wat", "https://www.openstreetmap.org/#map=17/15.80123/100.24561",
        "https://www.openstreetmap.org/?mlat=15.80123&mlon=100.24561#map=5/1/2",
        "พิกัด https://maps.google.com/?q=15.80123,100.24561 ครับ", "7P72R62W+F6X", "7p72r62w+f6x",
    ],
)  # fmt: skip
def test_every_way_apps_write_a_place_is_read(text):
    lat, lng = point_from(text)
    assert (round(lat, 4), round(lng, 4)) == (pytest.approx(LAT, abs=2e-4), pytest.approx(LNG, abs=2e-4))


def test_nothing_typed_is_no_point():
    assert point_from("  ") is None


@pytest.mark.parametrize(
    "text",
    [
        "บ้านผู้ใหญ่", "15.80123", "https://maps.app.goo.gl/AbCdEf123", "R62W+F6 ชุมแสง", "x" * 1001, "+", "0x0", "12:30",
        "https://www.google.com/maps/place/วัดเกยไชย", "15°48'04.43\"N", "https://", "https://[",
    ],
)  # fmt: skip
def test_what_holds_no_place_is_answered_with_what_to_do(text):
    with pytest.raises(ValidationError) as refused:
        point_from(text)
    assert refused.value.code == "where"


@given(st.text(max_size=200) | st.text(alphabet="0123456789.,+-°'\" NEhtps:/@!3d4?=&#", max_size=80))
def test_no_text_breaks_it(text):
    try:
        found = point_from(text)
    except ValidationError:
        return
    assert found is None or all(isinstance(part, float) for part in found)


# --- how far a province reaches ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "lat", "lng"),
    [
        ("60", 15.7047, 100.1372), ("66", 16.4429, 100.3487), ("62", 16.4827, 99.5226), ("61", 15.3835, 100.0246),
        ("10", 13.7563, 100.5018), ("83", 7.8804, 98.3923), ("50", 18.7883, 98.9853), ("96", 6.4254, 101.8253),
        ("34", 15.2287, 104.8564), ("57", 20.4335, 99.8762),
    ],
)  # fmt: skip
def test_towns_lie_in_their_province_and_far_ones_do_not(code, lat, lng):
    assert extent_of(code).is_near(lat, lng)
    assert not extent_of(code).is_near(lng, lat)
    assert not extent_of(code).is_near(lat + 5, lng)


def test_every_province_has_an_extent_and_nothing_else():
    for code in outlines():
        extent = extent_of(code)
        assert extent.south < extent.north
        assert extent.west < extent.east
    assert extent_of("99") is None


# --- the form ------------------------------------------------------------------------------------------------


@pytest.fixture
def hearing(db) -> Hearing:
    return HearingFactory.open(timezone.now(), provinces=[HOME])


def sent(asked: Any, **parts: str) -> dict[str, Any]:
    stem = f"q-r{asked.pk}"
    return answers(
        **{
            f"{stem}-province": "60",
            "q-seen": str(asked.pk),
            **{f"{stem}-{name}": v for name, v in parts.items()},
        }
    )


def test_without_scripts_a_pasted_link_becomes_the_point_and_the_link_is_not_kept(client, hearing):
    asked = question(hearing, "place", timezone.now())
    link = "https://maps.google.com/?q=15.80123,100.24561&user=somchai"
    assert client.post(address(hearing), sent(asked, where=link, shown="on")).status_code == 302
    stored = Answer.objects.get().value
    assert (stored["lat"], stored["lng"], stored["shown"]) == (LAT, LNG, True)
    assert "accuracy" not in stored
    submission = Submission.objects.get()
    assert "somchai" not in str(submission.versions.get().data)
    again = posted(hearing, current_answers(submission))
    assert again[f"q-r{asked.pk}-where"] == ["15.80123, 100.24561"]


@pytest.mark.parametrize(
    ("parts", "point"),
    [
        ({"lat": "15.80123", "lng": "100.24561", "accuracy": "9"}, {"lat": LAT, "lng": LNG, "accuracy": 9}),
        (
            {"lat": "15.80123", "lng": "100.24561", "accuracy": "9", "where": "15.80123, 100.24561"},
            {"lat": LAT, "lng": LNG, "accuracy": 9},
        ),
        (
            {"lat": "15.80123", "lng": "100.24561", "accuracy": "9", "where": "15.9, 100.3"},
            {"lat": 15.9, "lng": 100.3},
        ),
        ({"lat": "15.80123", "lng": "100.24561", "accuracy": "9", "where": ""}, {}),
    ],
)
def test_the_visible_line_is_what_counts(client, hearing, parts, point):
    asked = question(hearing, "place", timezone.now())
    assert client.post(address(hearing), sent(asked, **parts)).status_code == 302
    stored = Answer.objects.get().value
    assert {name: stored[name] for name in ("lat", "lng", "accuracy") if name in stored} == point


@pytest.mark.parametrize("typed", ["ข้างวัด", "13.75, 100.5", "48.1, 11.5", "https://maps.app.goo.gl/x"])
def test_a_point_that_is_none_or_far_away_is_answered_at_its_line_and_everything_stays(
    client, hearing, typed
):
    asked = question(hearing, "place", timezone.now())
    page = client.post(address(hearing), sent(asked, where=typed))
    assert page.status_code == 422
    form = QuestionsForm.of(hearing, page.wsgi_request.POST)
    assert list(form.errors) == [f"r{asked.pk}-where"]
    text = page.content.decode()
    assert typed in text
    assert f"q-r{asked.pk}-where_error" in text
    assert not Submission.objects.exists()


def test_the_line_is_on_the_page_and_goes_through_all_steps(client, hearing):
    asked = question(hearing, "place", timezone.now())
    page = client.post(address(hearing), answers(step="1", go="next"))
    fields = fields_of(page)
    assert f"q-r{asked.pk}-where" in fields
    assert f"q-r{asked.pk}-shown" not in fields, "a box nobody ticked"
    fields |= {f"q-r{asked.pk}-province": "60", f"q-r{asked.pk}-where": "15.80123 100.24561", "go": "next"}
    page = client.post(address(hearing), fields)
    assert fields_of(page)[f"q-r{asked.pk}-where"] == "15.80123 100.24561"


@pytest.mark.parametrize(
    "text", ["1" + " " * 990 + "x", f"https://x/?q=1{'+' * 900}x", f"geo:1{'%20' * 300}x"]
)
def test_a_place_of_spaces_is_refused_at_once(text):
    """Each of these kept a process busy for minutes."""
    with pytest.raises(ValidationError):
        point_from(text)
