"""Wrong, broken and hostile files end as a sentence at the field, whichever way they are uploaded."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core.forms.uploads import check_real_type
from core.models import CustomImage

pytestmark = pytest.mark.django_db


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (20, 20)).save(out, "PNG")
    return out.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A few bytes that claim to be very many pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data))
            + kind
            + data
            + struct.pack(">I", zlib.crc32(kind + data) & 0xFFFFFFFF)
        )

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


BAD_PICTURES = {
    "ends-early.png": picture()[:40],
    "only-a-head.png": b"\x89PNG\r\n\x1a\n",
    "ends-early.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "ends-early.gif": b"GIF89a",
    "ends-early.webp": b"RIFF\x00\x00\x00\x00WEBPVP8 ",
    "bomb.png": bomb(9000, 9000),
    "huge-bomb.png": bomb(2_000_000, 2_000_000),
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "page.png": b"<html><script>alert(1)</script></html>",
    "empty.png": b"",
}
WAYS = {
    "/admin/images/add/": "file",
    "/admin/images/multiple/add/": "files[]",
    "/admin/images/chooser/create/": "image-chooser-upload-file",
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", BAD_PICTURES)
def test_a_bad_picture_is_refused_with_a_sentence(admin_client, way, name) -> None:
    data = {
        WAYS[way]: SimpleUploadedFile(name, BAD_PICTURES[name], "image/png"),
        "title": "t", "collection": 1, "image-chooser-upload-title": "t", "image-chooser-upload-collection": 1,
    }  # fmt: skip
    response = admin_client.post(way, data, HTTP_X_REQUESTED_WITH="XMLHttpRequest")
    assert response.status_code < 500
    assert not CustomImage.objects.exists()


def test_a_good_picture_loses_what_hangs_behind_it(admin_client) -> None:
    upload = SimpleUploadedFile("p.png", picture() + b"<script>alert(1)</script>", "image/png")
    admin_client.post("/admin/images/add/", {"file": upload, "title": "t", "collection": 1})
    with CustomImage.objects.get().file.open() as stored:
        assert b"script" not in stored.read()


@pytest.mark.parametrize("extension", ["docx", "xlsx", "pptx", "odt", "ods"])
def test_another_archive_is_no_office_file(extension) -> None:
    for content in (archive("a.exe"), archive("a.exe")[:30], b"PK\x03\x04"):
        with pytest.raises(ValidationError):
            check_real_type(SimpleUploadedFile(f"x.{extension}", content))


@pytest.mark.parametrize(("extension", "inside"), [("docx", "word/document.xml"), ("ods", "content.xml")])
def test_an_office_file_is_taken(extension, inside) -> None:
    check_real_type(SimpleUploadedFile(f"x.{extension}", archive("mimetype", inside)))
