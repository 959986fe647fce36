"""Forged and broken input through the front door: refused with a sentence, every word kept, nothing stored."""

from __future__ import annotations

import datetime as dt
import html
import io
import re
import subprocess
import sys
import uuid
from functools import cache
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from core.models import Bucket
from hearings.forms.guards import new_start
from hearings.models import Answer, Attachment, Submission
from hearings.services.attach import attach
from tests.factories.hearings import HearingFactory
from tests.factories.questions import question, revision
from tests.hearings.journey import address, answers, send

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
WORDS = "แนวหมุดด้านเหนือกินที่นา"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def hearing(db):
    return HearingFactory.open(timezone.now())


def refused(page) -> str:
    text = html.unescape(page.content.decode())
    assert page.status_code == 422, page.status_code
    assert 'class="err"' in text
    assert WORDS in text
    assert Submission.objects.count() == Answer.objects.count() == Bucket.objects.count() == 0
    return text


# --- forged numbers --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "key", ["9f1c1a52-51f4-4a0e-9f0e-5d7a3a0c2b11", "1", "-1", "' OR 1=1 --", "\x00", "ก" * 300]
)
def test_a_section_that_is_not_in_the_draft_is_refused(client, hearing, key):
    refused(send(client, hearing, **{"c0-block": key}))


def test_a_section_of_another_hearing_is_refused(client, hearing):
    foreign = HearingFactory.open(timezone.now()).current_draft.blocks.first()
    refused(send(client, hearing, **{"c0-block": str(foreign.key)}))


@pytest.mark.parametrize("option", ["a9", "", "A1", "a1 ", "\x00", "ก" * 300, '{"a": 1}'])
def test_an_option_the_question_does_not_have_is_refused(client, hearing, option):
    asked = question(hearing, "single", timezone.now(), is_required=True)
    fields = {"q-seen": str(asked.pk), f"q-r{asked.pk}": option}
    refused(send(client, hearing, **fields))


def test_an_answer_to_a_question_of_another_hearing_is_not_stored(client, hearing):
    foreign = question(HearingFactory.open(timezone.now()), "single", timezone.now())
    page = send(client, hearing, **{"q-seen": str(foreign.pk), f"q-r{foreign.pk}": "a1"})
    assert page.status_code in (302, 422)
    assert Answer.objects.count() == 0


@pytest.mark.parametrize("number", ["0", "-1", "999999999", "9" * 40, "1.5", "\x00", "ก"])
def test_a_question_that_does_not_exist_breaks_nothing(client, hearing, number):
    asked = question(hearing, "single", timezone.now())
    page = send(client, hearing, **{"q-seen": f"{asked.pk} {number}", f"q-r{number}": "a1"})
    assert page.status_code in (302, 422)
    assert Answer.objects.count() == 0


def test_a_file_of_somebody_elses_form_cannot_be_taken_out(client, hearing):
    mine, theirs = uuid.uuid4(), uuid.uuid4()
    file = attach(hearing=hearing, form_key=theirs, upload=upload(photo()), now=timezone.now())
    send(client, hearing, key=str(mine), step="2", go=f"drop-{file.pk}")
    assert Attachment.objects.filter(pk=file.pk).exists()
    send(client, hearing, key=str(theirs), step="2", go=f"drop-{file.pk}")
    assert not Attachment.objects.filter(pk=file.pk).exists()


# --- a question that changes under an open form ----------------------------------------------------------------


def test_a_question_changed_under_an_open_form_keeps_the_answer_to_what_was_read(client, hearing):
    opened = timezone.now() - dt.timedelta(minutes=5)
    read = question(hearing, "single", opened)
    fields = answers(started=new_start(opened), **{"q-seen": str(read.pk), f"q-r{read.pk}": "a2"})
    revision(read.question, "single", timezone.now(), text="ใช้น้ำจากที่ใดในหน้าแล้ง")
    assert client.post(address(hearing), fields).status_code == 302
    answer = Answer.objects.get()
    assert (answer.revision_id, answer.value) == (read.pk, "a2")


# --- files -----------------------------------------------------------------------------------------------------


def upload(content: bytes, name: str = "หมุดริมนา.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def photo(width: int = 60, height: int = 40, **options) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (width, height), "green").save(data, "JPEG", **options)
    return data.getvalue()


@cache
def twenty_megabytes(*, progressive: bool = False) -> bytes:
    data = io.BytesIO()
    picture = Image.effect_noise((6000, 4800), 90).convert("RGB")
    picture.save(data, "JPEG", quality=85, progressive=progressive)
    return data.getvalue()


def post_file(client, hearing, content: bytes, name: str):
    return client.post(address(hearing), {**answers(step="2", go="attach"), "files": upload(content, name)})


def test_a_photo_of_twenty_megabytes_is_taken_and_made_small(client, hearing):
    content = twenty_megabytes()
    assert 18_000_000 < len(content) < 22_000_000
    assert post_file(client, hearing, content, "บึง.jpg").status_code == 200
    file = Attachment.objects.get()
    assert file.size < 3_000_000
    assert max(Image.open(file.file).size) == 2000


MEASURE = """
import io, resource, sys
import django
django.setup()
from django.core.files.uploadedfile import SimpleUploadedFile
from hearings.services.attach import clean_attachment
clean_attachment(SimpleUploadedFile("a.jpg", open(sys.argv[1] + ".small", "rb").read()))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
content = open(sys.argv[1], "rb").read()
clean_attachment(SimpleUploadedFile("a.jpg", content))
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def test_a_large_photo_takes_a_bounded_share_of_memory(tmp_path):
    """A progressive one, which takes the most: all its scans are held at once."""
    path = tmp_path / "large.jpg"
    path.write_bytes(twenty_megabytes(progressive=True))
    path.with_name("large.jpg.small").write_bytes(photo())
    run = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)],
        env={"DJANGO_SETTINGS_MODULE": "config.settings.test", "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"},
        cwd=ROOT, capture_output=True, text=True, timeout=180, check=True,
    )  # fmt: skip
    megabytes = int(run.stdout.split()[-1])
    assert megabytes < 250, megabytes


ZIP = b"PK\x03\x04" + b"\0" * 26 + b"PK\x05\x06" + b"\0" * 18
PAGE = b"<html><script>alert(document.domain)</script></html>"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R{more}>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def test_a_photo_that_is_a_web_page_too_is_only_a_photo_afterwards(client, hearing):
    content = photo(comment=PAGE) + PAGE + ZIP
    assert post_file(client, hearing, content, "x.html").status_code == 200
    file = Attachment.objects.get()
    assert file.name.endswith(".jpg")
    assert not re.search(rb"<script|<html|PK\x03\x04", file.file.read(), re.IGNORECASE)


@pytest.mark.parametrize(
    "content",
    [
        PDF.replace(b"{more}", b"") + ZIP,
        PDF.replace(b"{more}", b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"),
        PDF.replace(b"{more}", b"/Names<</EmbeddedFiles<</Names[]>>>>"),
        PAGE,
        b"GIF89a" + PAGE,
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        ZIP,
        b"MZ" + b"\0" * 200,
    ],
    ids=["PDF and ZIP", "PDF with script", "PDF with files", "page", "GIF and page", "SVG", "ZIP", "program"],
)
@pytest.mark.parametrize("name", ["a.pdf", "a.jpg"])
def test_a_file_that_acts_or_is_two_things_is_refused_with_words(client, hearing, content, name):
    text = refused_file(post_file(client, hearing, content, name))
    assert name in text
    assert Attachment.objects.count() == 0


def refused_file(page) -> str:
    text = html.unescape(page.content.decode())
    assert page.status_code == 422
    assert WORDS in text
    return text


def test_no_attachment_has_an_address_of_its_own(client, hearing, settings):
    file = attach(hearing=hearing, form_key=uuid.uuid4(), upload=upload(photo()), now=timezone.now())
    assert client.get(f"{settings.MEDIA_URL}{file.file.name}").status_code == 404
