"""Photos and questions in the form of three steps, without JavaScript: nothing lost, nothing twice."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hearings import receipts
from hearings.forms.guards import new_start
from hearings.models import Answer, Attachment, Question, QuestionRevision, Submission
from hearings.services.answers import AnswerData, require_answers
from tests.factories import questions
from tests.factories.hearings import HearingFactory, comment
from tests.hearings.journey import address, answers, fields_of
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


# --- what must be answered, and what is forged --------------------------------------------------------------


@pytest.mark.parametrize("seen", [None, "", "0", "{voluntary}"])
def test_a_forged_post_cannot_leave_out_a_question_that_must_be_answered(client, hearing, seen):
    now = timezone.now() - dt.timedelta(hours=1)
    voluntary = questions.question(hearing, "single", now)
    required = questions.question(hearing, "single", now, is_required=True)
    given = {} if seen is None else {"q-seen": seen.format(voluntary=voluntary.pk)}
    page = client.post(address(hearing), answers(**given))
    assert page.status_code == 422
    assert f"#id_q-r{required.pk}" in page.content.decode()
    assert not Submission.objects.exists()
    assert client.post(address(hearing), answers(**{f"q-r{required.pk}": "a1"})).status_code == 302


def test_the_service_asks_for_the_answer_on_the_website_and_takes_paper_without(now):
    hearing = HearingFactory.open(now)
    deciding = questions.question(hearing, "single", now)
    rule = {"question": str(deciding.question.key), "options": ["a1"]}
    asked = questions.question(hearing, "single", now, is_required=True, show_if=rule)
    assert comment(hearing, now).created
    with pytest.raises(ValidationError) as refused:
        require_answers(hearing, [AnswerData(deciding, "a1")])
    assert refused.value.code == "unanswered"
    require_answers(hearing, [AnswerData(deciding, "a2")])
    require_answers(hearing, [AnswerData(deciding, "a1"), AnswerData(asked, "a2")])
    require_answers(hearing, [AnswerData(deciding, "a1")], opened_at=now - dt.timedelta(seconds=1))


def test_a_question_put_while_the_form_was_open_is_not_missed(client, hearing):
    now = timezone.now()
    questions.question(hearing, "single", now, is_required=True)
    opened = new_start(now - dt.timedelta(minutes=1))
    assert client.post(address(hearing), answers(started=opened)).status_code == 302


def test_a_question_made_voluntary_meanwhile_is_not_missed(client, hearing):
    before = timezone.now() - dt.timedelta(hours=1)
    asked = questions.question(hearing, "single", before, is_required=True)
    questions.revision(asked.question, "single", timezone.now(), is_required=False)
    assert client.post(address(hearing), answers(**{"q-seen": str(asked.pk)})).status_code in (302, 422)


def test_show_if_is_decided_by_the_server(client, hearing):
    before = timezone.now() - dt.timedelta(hours=1)
    first = questions.question(hearing, "single", before)
    rule = {"question": str(first.question.key), "options": ["a1"]}
    second = questions.question(hearing, "number", before, show_if=rule, is_required=True)
    seen = {"q-seen": f"{first.pk}.{second.pk}"}
    hidden = {**seen, f"q-r{first.pk}": "a2", f"q-r{second.pk}": "7"}
    assert client.post(address(hearing), answers(**hidden)).status_code == 302
    assert [answer.revision for answer in Answer.objects.all()] == [first]
    assert client.post(address(hearing), answers(**seen, **{f"q-r{first.pk}": "a1"})).status_code == 422


# --- taking a file out of what was sent ----------------------------------------------------------------------


def sent_with_photo(client, hearing) -> tuple[Submission, str, Attachment]:
    form = answers(step="2", go="attach")
    client.post(address(hearing), {**form, "files": picture()})
    client.post(address(hearing), form | {"step": "check", "go": "send"})
    submission = Submission.objects.get()
    return submission, receipts.make_edit_code(submission.idempotency_key), submission.attachments.get()


def test_a_file_taken_out_on_edit_stays_in_the_record_and_can_be_put_back(client, hearing):
    submission, code, file = sent_with_photo(client, hearing)
    edit = f"/r/{submission.receipt_no}/edit/"
    page = client.post(edit, {**fields_of(client.post(edit, {"code": code})), "go": "to-2"})
    assert f'value="drop-{file.pk}"' in page.content.decode()
    out = client.post(edit, {**fields_of(page), "go": f"drop-{file.pk}"})
    assert f'value="return-{file.pk}"' in out.content.decode()
    back = client.post(edit, {**fields_of(out), "go": f"return-{file.pk}"})
    assert f'value="drop-{file.pk}"' in back.content.decode()
    opened = {"started": answers()["started"]}
    check = client.post(edit, {**fields_of(out), "step": "3", "go": "next"})
    assert file.name not in check.content.decode()
    assert client.post(edit, {**fields_of(check), **opened, "go": "send"}).status_code == 302
    file.refresh_from_db()
    assert file.removed_at
    assert file.file.storage.exists(file.file.name)
    assert [version.data.get("files") for version in submission.versions.order_by("number")] == [
        [file.sha256],
        None,
    ]


def test_an_edit_takes_out_no_file_of_somebody_else_and_no_sixth_comes_in(client, hearing, settings):
    settings.HEARING_MOST_ATTACHMENTS = 1
    submission, code, file = sent_with_photo(client, hearing)
    other = comment(hearing, timezone.now()).submission
    Attachment.objects.filter(pk=file.pk).update(submission=other)
    edit = f"/r/{submission.receipt_no}/edit/"
    form = answers(step="2", go=f"drop-{file.pk}", code=code, **{"left-out": str(file.pk)})
    assert client.post(edit, form).status_code == 200
    client.post(edit, form | {"step": "check", "go": "send"})
    file.refresh_from_db()
    assert file.removed_at is None
    Attachment.objects.filter(pk=file.pk).update(submission=submission)
    full = client.post(edit, {**answers(step="2", go="attach"), "files": picture("b.jpg")})
    assert full.status_code == 422
