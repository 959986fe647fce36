"""Postings are recorded with place, days and a photo that carries no place or camera."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.urls import reverse
from PIL import Image

from accounts.roles import Role
from core.urls_for import page_path
from core.views.media import media
from hearings.models import NoticeBoard
from hearings.services.record_posting import COLLECTION, record_posting
from tests.factories.hearings import HearingFactory, office_head
from tests.hearings.people import ELSEWHERE, HOME, person

pytestmark = pytest.mark.django_db


def photo(name: str = "board.jpg", content: bytes | None = None) -> SimpleUploadedFile:
    if content is None:
        exif = Image.Exif()
        exif[0x010F] = "SecretCamera"
        stream = io.BytesIO()
        Image.new("RGB", (80, 60), "green").save(stream, "JPEG", exif=exif)
        content = stream.getvalue()
    return SimpleUploadedFile(name, content, "image/jpeg")


def test_a_posting_is_recorded_without_exif_and_with_a_code(client, now):
    hearing = HearingFactory.open(now)
    client.force_login(office_head())
    url = reverse("hearings_desk:postings", args=[hearing.pk])
    data = {"kind": "site", "place": "ศาลาหมู่ 4", "posted_on": "1/11/2568", "photo": photo()}
    assert client.post(url, data).status_code == 302
    board = NoticeBoard.objects.get()
    assert board.posted_on == dt.date(2025, 11, 1)
    assert len(board.code) == 6
    with board.photo.file.open() as stored:
        assert b"SecretCamera" not in stored.read()
    assert "ศาลาหมู่ 4" in client.get(url).content.decode()
    assert "the day the photo reaches us" in client.get(f"/en{url}").content.decode()


@pytest.mark.parametrize(
    ("name", "content"),
    [("x.jpg", b"<html>"), ("x.svg", b"<svg/>"), ("x.php", None), ("x.jpg", b"\xff\xd8\xff\xe0")],
)
def test_what_is_no_photo_is_refused_and_what_was_typed_stays(client, now, name, content):
    hearing = HearingFactory.open(now)
    client.force_login(office_head())
    url = reverse("hearings_desk:postings", args=[hearing.pk])
    response = client.post(url, {"kind": "site", "place": "ศาลาหมู่ 4", "photo": photo(name, content)})
    assert response.status_code == 422
    assert "ศาลาหมู่ 4" in response.content.decode()
    assert not NoticeBoard.objects.exists()


@pytest.mark.parametrize(("posted", "removed"), [(1, None), (None, 0), (-1, -2), (-2, 1)])
def test_days_that_cannot_be_are_refused(now, posted, removed):
    days = [
        None if offset is None else now.date() + dt.timedelta(days=offset) for offset in (posted, removed)
    ]
    with pytest.raises(ValidationError):
        record_posting(
            hearing=HearingFactory.open(now), actor=office_head(), now=now, kind="site", place="ก",
            posted_on=days[0], removed_on=days[1],
        )  # fmt: skip


def test_a_board_is_changed_and_belongs_to_its_hearing(now):
    hearing = HearingFactory.open(now)
    given = {"actor": office_head(), "now": now, "kind": "office"}
    board = record_posting(hearing=hearing, place="ศาลากลาง", **given)
    record_posting(hearing=hearing, place="ศาลากลาง ชั้น 4", board=board, posted_on=now.date(), **given)
    assert NoticeBoard.objects.get().place == "ศาลากลาง ชั้น 4"
    with pytest.raises(ValidationError):
        record_posting(hearing=HearingFactory.open(now), place="ก", board=board, **given)


def test_a_change_agent_records_and_a_coordinator_elsewhere_does_not(now):
    hearing = HearingFactory.open(now)
    record_posting(
        hearing=hearing, actor=person(Role.CHANGE_AGENT, HOME), now=now, kind="village", place="หมู่ 1"
    )
    record_posting(
        hearing=hearing, actor=person(Role.PROVINCE_COORDINATOR, HOME), now=now, kind="village", place="หมู่ 2"
    )
    for actor in (
        person(Role.PROVINCE_COORDINATOR, ELSEWHERE),
        person(Role.CHANGE_AGENT, ELSEWHERE),
        person(Role.MONITORING),
        person(None),
    ):
        with pytest.raises(PermissionDenied):
            record_posting(hearing=hearing, actor=actor, now=now, kind="village", place="หมู่ 3")


def test_the_original_photo_lies_in_a_closed_folder_and_a_collection_of_its_own(client, now, rf):
    hearing = HearingFactory.open(now)
    board = record_posting(
        hearing=hearing, actor=office_head(), now=now, kind="site", place="ศาลา", photo=photo(),
    )  # fmt: skip
    assert board.photo.file.name.startswith("postings/")
    assert board.photo.collection.name == COLLECTION
    with pytest.raises(Http404):
        media(rf.get("/"), board.photo.file.name)
    again = record_posting(
        hearing=hearing, actor=office_head(), now=now, kind="office", place="ก", photo=photo()
    )
    assert again.photo.collection == board.photo.collection
    shown = client.get(page_path(hearing)).content.decode()
    assert board.photo.get_rendition("width-480").url in shown
    assert board.photo.file.name not in shown
