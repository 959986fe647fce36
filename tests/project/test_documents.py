"""A file is open to whoever may read a page that shows it, and to nobody by another way (A032)."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.models import PageViewRestriction, ReferenceIndex

from accounts.roles import Role
from core.models import CustomDocument
from hearings.models import HearingDocument
from knowledge.enums import Visibility
from knowledge.models import LessonDocument
from tests.factories.accounts import person
from tests.factories.hearings import HearingFactory
from tests.factories.knowledge import lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(db) -> CustomDocument:
    return CustomDocument.objects.create(title="แผน", file=ContentFile(b"%PDF-1.4", name="plan.pdf"))


def address(document: CustomDocument) -> str:
    return reverse("wagtaildocs_serve", args=[document.pk, document.filename])


def shown_by_lesson(document: CustomDocument, **fields: object):
    page = lesson(**fields)
    page.documents = [LessonDocument(title="หลักฐาน", document=document)]
    page.save()
    ReferenceIndex.create_or_update_for_object(page)
    return page


def test_a_file_of_a_public_page_is_open(client, document) -> None:
    shown_by_lesson(document)
    assert client.get(address(document)).status_code == 200


def test_a_file_nobody_shows_is_for_staff(client, document) -> None:
    assert client.get(address(document)).status_code == 404
    client.force_login(person(Role.ADMINISTRATION))
    assert client.get(address(document)).status_code == 200


@pytest.mark.parametrize(
    "fields", [{"live": False}, {"visibility": Visibility.STAFF}, {"visibility": Visibility.NETWORK}]
)
def test_a_file_of_a_page_that_is_not_public_is_not_found(client, document, fields) -> None:
    shown_by_lesson(document, **fields)
    assert client.get(address(document)).status_code == 404


def test_a_file_of_a_lesson_for_the_network_opens_after_sign_in(client, document) -> None:
    shown_by_lesson(document, visibility=Visibility.NETWORK)
    client.force_login(person(Role.MEMBER))
    assert client.get(address(document)).status_code == 200


def test_a_file_below_a_restricted_page_is_not_found(client, document) -> None:
    page = shown_by_lesson(document)
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    assert client.get(address(document)).status_code == 404


def test_a_file_of_a_hearing_opens_with_its_announcement(client, document, now) -> None:
    for make, status in ((HearingFactory.draft, 404), (HearingFactory.open, 200)):
        hearing = make(now, live=True)
        hearing.documents = [HearingDocument(title="ข้อเท็จจริง", document=document)]
        hearing.save()
        ReferenceIndex.create_or_update_for_object(hearing)
        assert client.get(address(document)).status_code == status, make


@pytest.mark.parametrize(
    "path",
    [
        "documents/plan.pdf",
        "./documents/plan.pdf",
        "x/../documents/plan.pdf",
        "/documents/plan.pdf",
        "Documents/plan.pdf",
    ],
)
def test_the_demo_serves_no_document_from_media(client, document, path) -> None:
    assert client.get(f"/media/{path}").status_code == 404


def test_the_demo_serves_pictures_from_media(client, settings) -> None:
    folder = settings.MEDIA_ROOT / "images"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "x.png").write_bytes(b"x")
    assert client.get("/media/images/x.png").status_code == 200
