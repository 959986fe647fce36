"""Files that come with a comment: cleaned, counted, refused with words, and never lost or doubled."""

from __future__ import annotations

import io
import uuid
import zlib

import pypdfium2
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from hearings.enums import AttachmentKind, Visibility
from hearings.models import Attachment
from hearings.services.attach import attach, clean_attachment, held, remove
from hearings.services.errors import HearingClosed
from hearings.services.revise import revise
from tests.factories.hearings import HearingFactory, comment, submission_data

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def photo(width: int = 60, height: int = 40, *, place: bool = False, **options) -> bytes:
    picture = Image.new("RGB", (width, height), "green")
    exif = picture.getexif()
    if place:
        exif[0x010F] = "SecretCamera"
        exif.get_ifd(0x8825)[1] = "N"
    data = io.BytesIO()
    picture.save(data, "JPEG", exif=exif, **options)
    return data.getvalue()


def pdf() -> bytes:
    document, data = pypdfium2.PdfDocument.new(), io.BytesIO()
    document.new_page(200, 200)
    document.save(data)
    return data.getvalue()


def upload(content: bytes, name: str = "หมุดริมนา.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_photo_loses_place_and_camera_and_the_words_hidden_in_it():
    kind, extension, content = clean_attachment(upload(photo(place=True, comment=b"hidden words")))
    assert (kind, extension) == (AttachmentKind.PHOTO, "jpg")
    assert b"SecretCamera" not in content
    assert b"hidden words" not in content
    assert not Image.open(io.BytesIO(content)).getexif()


def test_a_photo_of_twenty_megabytes_is_made_small():
    big = photo(6000, 4000, quality=95)
    big += b"\0" * (20 * 1024 * 1024 - len(big))
    _kind, _extension, content = clean_attachment(upload(big))
    assert max(Image.open(io.BytesIO(content)).size) == 2000
    assert len(content) < 1_000_000


def test_what_hangs_behind_a_photo_is_not_stored():
    polyglot = photo() + b"<script>alert(1)</script>PK\x05\x06" + b"\0" * 18
    assert b"<script" not in clean_attachment(upload(polyglot))[2]


@pytest.mark.parametrize(
    ("name", "start", "extension"),
    [
        ("พูด.webm", b"\x1aE\xdf\xa3\x01\0\0\0\0\0\0\x1fB\x86\x81\x01B\x82\x84webm", "webm"),
        ("a.ogg", b"OggS\0\x02\0\0\0\0", "ogg"),
        ("a.m4a", b"\0\0\0\x18ftypM4A \0\0\0\0", "m4a"),
        ("a.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "m4a"),
        ("a.mp3", b"ID3\x04\0\0\0\0\0\0", "mp3"),
    ],
)
def test_recordings_of_phones_are_taken(name, start, extension):
    kind, found, content = clean_attachment(upload(start + b"\0" * 500, name))
    assert (kind, found) == (AttachmentKind.VOICE, extension)
    assert content.startswith(start)


def test_a_pdf_file_is_taken_as_it_is():
    content = pdf()
    assert clean_attachment(upload(content, "a.pdf")) == (AttachmentKind.PDF, "pdf", content)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"<html><script>alert(1)</script>", "wrong_kind"),
        (b"MZ\x90\0" + b"\0" * 300, "wrong_kind"),
        (b"\xff\xd8\xff\xe0 not a picture at all", "broken"),
        (b"%PDF-1.7 nothing more", "broken"),
        (b"%PDF-1.7\n" + b"x" * 3000, "broken"),
        (b"OggS\0\x02" + b"<script>alert(1)</script>", "wrong_kind"),
        (b"ID3\x04" + b"\0" * 99 + b"PK\x05\x06" + b"\0" * 18, "wrong_kind"),
        (b"OggS\0\x02\0\0" + pdf(), "wrong_kind"),
        (pdf().replace(b"/Type", b"/JS (app.alert(1)) /Type", 1), "active"),
        (pdf().replace(b"/Type", b"/J#61vaScript 1 /Type", 1), "active"),
        (pdf() + b"/ObjStm>>stream\n" + zlib.compress(b"<</S /JavaScript>>") + b"\n%%EOF", "active"),
        (pdf() + b"PK\x05\x06" + b"\0" * 18 + b"%%EOF", "broken"),
    ],
)
def test_files_that_are_something_else_are_refused_with_words(content, code):
    with pytest.raises(ValidationError) as refused:
        clean_attachment(upload(content, "a.jpg"))
    assert refused.value.code == code


def test_a_file_too_large_is_refused_before_it_is_read(settings):
    settings.HEARING_FILE_MB = 1
    with pytest.raises(ValidationError) as refused:
        clean_attachment(upload(pdf() + b"\0" * 1_100_000, "a.pdf"))
    assert refused.value.code == "too_big"


def test_a_file_is_stored_at_once_and_shown_to_nobody(now):
    hearing, key = HearingFactory.open(now), uuid.uuid4()
    made = attach(hearing=hearing, form_key=key, upload=upload(photo()), now=now)
    assert made.name == "หมุดริมนา.jpg"
    assert made.visibility == Visibility.PENDING
    assert list(held(key)) == [made]
    assert made.file.storage.exists(made.file.name)


def test_the_same_file_twice_is_one_attachment_and_one_file(now, tmp_path):
    hearing, key = HearingFactory.open(now), uuid.uuid4()
    first, second = (attach(hearing=hearing, form_key=key, upload=upload(photo()), now=now) for _ in range(2))
    assert first == second
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_a_sixth_file_is_refused_and_the_five_stay(now):
    hearing, key = HearingFactory.open(now), uuid.uuid4()
    for width in range(5):
        attach(hearing=hearing, form_key=key, upload=upload(photo(50 + width)), now=now)
    with pytest.raises(ValidationError) as refused:
        attach(hearing=hearing, form_key=key, upload=upload(photo(90)), now=now)
    assert refused.value.code == "too_many"
    assert held(key).count() == 5


def test_taking_out_deletes_the_file_and_only_with_the_key_of_the_form(
    now, tmp_path, django_capture_on_commit_callbacks
):
    hearing, key = HearingFactory.open(now), uuid.uuid4()
    made = attach(hearing=hearing, form_key=key, upload=upload(photo()), now=now)
    remove(form_key=uuid.uuid4(), pk=made.pk)
    assert held(key).exists()
    with django_capture_on_commit_callbacks(execute=True):
        remove(form_key=key, pk=made.pk)
    assert not Attachment.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_nothing_is_attached_after_closing(now):
    with pytest.raises(HearingClosed):
        attach(hearing=HearingFactory.closed(now), form_key=uuid.uuid4(), upload=upload(photo()), now=now)


def test_files_go_with_what_is_sent_and_into_its_record(now):
    hearing, key = HearingFactory.open(now), uuid.uuid4()
    made = attach(hearing=hearing, form_key=key, upload=upload(photo()), now=now)
    other = attach(hearing=hearing, form_key=uuid.uuid4(), upload=upload(photo(70)), now=now)
    sent = comment(hearing, now, key=key).submission
    assert list(sent.attachments.all()) == [made]
    assert sent.versions.get().data["files"] == [made.sha256]
    other.refresh_from_db()
    assert other.submission is None


def test_a_change_adds_and_takes_out_files_and_each_version_says_which(now):
    hearing, key, later = HearingFactory.open(now), uuid.uuid4(), uuid.uuid4()
    first = attach(hearing=hearing, form_key=key, upload=upload(photo()), now=now)
    receipt = comment(hearing, now, key=key)
    second = attach(hearing=hearing, form_key=later, upload=upload(photo(70)), now=now)
    revise(
        submission=receipt.submission, edit_code=receipt.edit_code, data=submission_data(), comments=[],
        now=now, form_key=later, taken_out=[first.pk],
    )  # fmt: skip
    assert list(held(None, receipt.submission)) == [second]
    files = [version.data["files"] for version in receipt.submission.versions.order_by("number")]
    assert files == [[first.sha256], [second.sha256]]
