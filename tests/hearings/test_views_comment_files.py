"""Photos and questions in the form of three steps, without JavaScript: nothing lost, nothing twice."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hearings.models import Answer, Attachment, Question, QuestionRevision, Submission
from tests.factories.hearings import HearingFactory
from tests.hearings.journey import address, answers
from tests.hearings.test_services_attach import photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def hearing(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return HearingFactory.open(timezone.now())


def picture(name: str = "หมุดริมนา.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo())


def test_a_photo_is_kept_from_step_two_until_it_is_sent(client, hearing):
    form = answers(step="2", go="next")
    page = client.post(address(hearing), {**form, "files": picture()})
    assert page.status_code == 200
    form |= {"step": "3", "go": "next"}
    assert "หมุดริมนา.jpg" in client.post(address(hearing), form).content.decode()
    client.post(address(hearing), form | {"step": "check", "go": "send"})
    assert Attachment.objects.get().submission == Submission.objects.get()


def test_a_refused_file_says_why_and_the_words_stay(client, hearing):
    bad = SimpleUploadedFile("a.exe", b"MZ" + b"0" * 300)
    form = answers(step="2", go="next", files=bad)
    page = client.post(address(hearing), form)
    assert page.status_code == 422
    assert "a.exe" in page.content.decode()
    assert "แนวหมุดด้านเหนือกินที่นา" in page.content.decode()


def test_a_file_can_be_taken_out_again(client, hearing):
    form = answers(step="2", go="attach")
    client.post(address(hearing), {**form, "files": picture()})
    made = Attachment.objects.get()
    page = client.post(address(hearing), form | {"go": f"drop-{made.pk}"})
    assert page.status_code == 200
    assert not Attachment.objects.exists()


def question(hearing) -> QuestionRevision:
    asked = Question.objects.create(hearing=hearing)
    return QuestionRevision.objects.create(
        question=asked, number=1, kind="single", text="ใช้น้ำจากบึงหรือไม่", is_required=True,
        options=[{"key": "a1", "label": "ใช้"}, {"key": "a2", "label": "ไม่ใช้"}], created_at=timezone.now(),
    )  # fmt: skip


def test_questions_are_asked_in_step_two_and_sent_with_the_rest(client, hearing):
    asked = question(hearing)
    text = client.post(address(hearing), answers(step="1", go="next")).content.decode()
    assert asked.text in text
    seen = {"q-seen": str(asked.pk)}
    assert client.post(address(hearing), answers(step="2", go="next", **seen)).status_code == 422
    given = {**seen, f"q-r{asked.pk}": "a1"}
    check = client.post(address(hearing), answers(step="3", go="next", **given)).content.decode()
    assert f'name="q-r{asked.pk}" value="a1"' in check
    assert client.post(address(hearing), answers(**given)).status_code == 302
    assert Answer.objects.get().value == "a1"
    assert Submission.objects.get().versions.get().data["answers"][0]["value"] == "a1"


@pytest.mark.parametrize("forged", [{"q-seen": "999999"}, {"q-r999999": "a1"}, {"q-r1\0": "x"}])
def test_forged_questions_are_refused_and_nothing_is_stored(client, hearing, forged):
    asked = question(hearing)
    given = {"q-seen": str(asked.pk), f"q-r{asked.pk}": "a1"}
    assert client.post(address(hearing), answers(**{**given, **forged})).status_code == 422
    assert not Submission.objects.exists()


def test_a_forged_option_is_refused(client, hearing):
    asked = question(hearing)
    given = {"q-seen": str(asked.pk), f"q-r{asked.pk}": "zz"}
    assert client.post(address(hearing), answers(**given)).status_code == 422
