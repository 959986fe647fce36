"""Uploaded files: allowed kinds, real content, no place and camera in photos."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from accounts.roles import Role
from core.forms.uploads import check_real_type, count_pages, strip_photo
from core.models import CustomDocument, CustomImage
from tests.factories.accounts import person

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
SECRET = b"house of Somchai"
EXE = b"MZ\x90\x00" + b"\x00" * 300


def photo_with_place(picture_format: str = "JPEG") -> SimpleUploadedFile:
    """A picture that says where it was taken and that it lies on its side."""
    picture = Image.new("RGB", (40, 20), "green")
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010F] = "Cheap Phone"
    exif.get_ifd(0x8825).update({1: "N", 2: (15.0, 42.0, 0.0), 3: "E", 4: (100.0, 8.0, 0.0)})
    out = io.BytesIO()
    picture.save(out, picture_format, exif=exif)
    return SimpleUploadedFile(f"photo.{picture_format.lower()}", out.getvalue(), "image/jpeg")


def several_pictures() -> SimpleUploadedFile:
    """As phones write them: the picture and a second one behind it, both with the place."""
    first, out = Image.open(photo_with_place()), io.BytesIO()
    first.save(
        out, "MPO", save_all=True, append_images=[Image.open(photo_with_place())], exif=first.getexif()
    )
    return SimpleUploadedFile("photo.jpg", out.getvalue(), "image/jpeg")


def talkative(picture_format: str) -> SimpleUploadedFile:
    """A picture with a remark in each place its format has for one."""
    words = PngInfo()
    words.add_text("Comment", SECRET.decode())
    given: dict = {
        "JPEG": {"comment": SECRET}, "PNG": {"pnginfo": words}, "WEBP": {"xmp": SECRET},
        "GIF": {"comment": SECRET, "save_all": True, "append_images": [Image.new("RGB", (40, 20), "red")]},
    }[picture_format]  # fmt: skip
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "green").save(out, picture_format, **given)
    assert SECRET in out.getvalue()
    return SimpleUploadedFile(f"photo.{picture_format.lower()}", out.getvalue(), "image/jpeg")


def zip_file() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")
    return out.getvalue()


def one_page_pdf() -> bytes:
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class TestStripPhoto:
    @pytest.mark.parametrize("picture_format", ["JPEG", "PNG", "WEBP"])
    def test_place_and_camera_are_gone(self, picture_format):
        clean = strip_photo(photo_with_place(picture_format))
        assert not dict(Image.open(clean).getexif())
        assert b"Cheap Phone" not in clean.read()

    def test_the_picture_stands_upright(self):
        assert Image.open(strip_photo(photo_with_place())).size == (20, 40)

    @pytest.mark.parametrize("picture_format", ["JPEG", "PNG", "WEBP", "GIF"])
    def test_nothing_but_pixels_comes_along(self, picture_format):
        clean = strip_photo(talkative(picture_format))
        assert SECRET not in clean.read()
        assert Image.open(clean).format == picture_format

    def test_a_phones_file_of_several_pictures_becomes_one_clean_picture(self):
        clean = strip_photo(several_pictures())
        picture = Image.open(clean)
        assert (picture.format, picture.size, dict(picture.getexif())) == ("JPEG", (20, 40), {})
        clean.seek(0)
        assert b"Cheap Phone" not in clean.read()

    def test_a_picture_to_see_through_stays_so_and_an_animation_moves(self):
        out = io.BytesIO()
        Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(out, "PNG")
        drawn = Image.open(strip_photo(SimpleUploadedFile("a.png", out.getvalue())))
        assert drawn.getpixel((0, 0))[3] == 0
        assert Image.open(strip_photo(talkative("GIF"))).n_frames == 2

    def test_another_format_is_refused(self):
        out = io.BytesIO()
        Image.new("RGB", (4, 4)).save(out, "TIFF")
        with pytest.raises(ValidationError):
            strip_photo(SimpleUploadedFile("a.jpg", out.getvalue(), "image/jpeg"))

    def test_an_animation_of_too_many_pixels_is_refused(self, settings):
        settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 1000
        with pytest.raises(ValidationError):
            strip_photo(talkative("GIF"))

    def test_a_broken_picture_gets_a_clear_sentence(self):
        with pytest.raises(ValidationError):
            strip_photo(SimpleUploadedFile("a.jpg", b"not a picture", "image/jpeg"))


class TestRealType:
    def test_what_it_says_it_is(self):
        check_real_type(SimpleUploadedFile("plan.pdf", one_page_pdf()))
        check_real_type(SimpleUploadedFile("data.zip", zip_file()))
        check_real_type(SimpleUploadedFile("data.csv", "ก,ข\n1,2".encode()))

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("plan.pdf", EXE),
            ("plan.pdf", SVG),
            ("plan.docx", b"%PDF-1.4 "),
            ("data.csv", one_page_pdf()),
            ("a.svg", SVG),
        ],
    )
    def test_a_false_name_is_refused(self, name, content):
        with pytest.raises(ValidationError):
            check_real_type(SimpleUploadedFile(name, content))


class TestPages:
    def test_pages_of_a_pdf_are_counted(self):
        assert count_pages(SimpleUploadedFile("plan.pdf", one_page_pdf())) == 1

    def test_others_have_none(self):
        assert count_pages(SimpleUploadedFile("plan.pdf", b"%PDF-1.4 broken")) == 0
        assert count_pages(SimpleUploadedFile("data.csv", b"1")) == 0


class TestAdminForms:
    @pytest.fixture(autouse=True)
    def own_media(self, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path

    def add_document(self, client, name: str, content: bytes):
        data = {"title": "แผน", "file": SimpleUploadedFile(name, content), "collection": "1", "tags": ""}
        return client.post(reverse("wagtaildocs:add"), data)

    def add_image(self, client, name: str, content: bytes):
        data = {
            "title": "ภาพ",
            "file": SimpleUploadedFile(name, content),
            "collection": "1",
            "description": "",
            "tags": "",
        }
        return client.post(reverse("wagtailimages:add"), data)

    def test_a_pdf_is_kept_with_its_pages(self, admin_client):
        assert self.add_document(admin_client, "plan.pdf", one_page_pdf()).status_code == 302
        assert CustomDocument.objects.get().pages == 1

    @pytest.mark.parametrize(
        ("name", "content"), [("virus.pdf", EXE), ("virus.exe", EXE), ("page.html", b"<b>")]
    )
    def test_other_things_are_refused(self, admin_client, name, content):
        assert self.add_document(admin_client, name, content).status_code == 200
        assert not CustomDocument.objects.exists()

    @pytest.mark.django_db
    def test_a_coordinator_uploads_both(self, client):
        client.force_login(person(Role.PROVINCE_COORDINATOR, province_id="66"))
        assert self.add_document(client, "plan.pdf", one_page_pdf()).status_code == 302
        assert self.add_image(client, "photo.jpg", photo_with_place().read()).status_code == 302
        assert CustomDocument.objects.exists() and CustomImage.objects.exists()

    def test_a_photo_is_stored_without_its_place(self, admin_client):
        assert self.add_image(admin_client, "photo.jpg", photo_with_place().read()).status_code == 302
        with CustomImage.objects.get().open_file() as stored:
            assert not dict(Image.open(stored).getexif())

    def test_a_phones_file_of_several_pictures_is_stored_without_its_place(self, admin_client):
        assert self.add_image(admin_client, "photo.jpg", several_pictures().read()).status_code == 302
        with CustomImage.objects.get().open_file() as stored:
            assert b"Cheap Phone" not in stored.read()

    def test_svg_is_refused(self, admin_client):
        assert self.add_image(admin_client, "photo.svg", SVG).status_code == 200
        assert not CustomImage.objects.exists()
