"""Personal data can be exported, erased and purged, and nothing of it stays behind in any column."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.http import QueryDict

from accounts.models import User
from core import personal_data
from geography.models import Subdistrict
from hearings import privacy
from hearings.enums import Capacity, PublishName
from hearings.models import Hearing, Meeting, SavedForm, Submission
from hearings.services.answers import AnswerData
from hearings.services.attach import attach
from hearings.services.cancel import cancel
from hearings.services.data import CommentData
from hearings.services.register_for_meeting import register_for_meeting
from hearings.services.revise import revise
from hearings.services.save_form import save_form
from hearings.services.submit import submit
from tests.factories.hearings import HearingFactory, comment, office_head, submission_data
from tests.factories.questions import question
from tests.hearings.test_services_attach import photo

pytestmark = pytest.mark.django_db

NAME, EMAIL, GROUP, PHONE = "ประภาศรี เอกลักษณ์มั่น", "praphasri@example.org", "กลุ่มโรงสีบ้านยางตาล", "0899911223"
PERSONAL = (NAME, EMAIL, GROUP, PHONE)


def everything_stored() -> str:
    """The text of every column of every table of the app."""
    rows = []
    for model in apps.get_app_config("hearings").get_models():
        fields = [field.attname for field in model._meta.concrete_fields]
        rows += [str(row) for row in model._default_manager.values_list(*fields)]
    return "\n".join(rows)


def send(hearing: Hearing, now: dt.datetime, user: User | None = None):
    place = Subdistrict.objects.select_related("district__province").first()
    fields = {
        "publish_name": PublishName.NAME, "name": NAME, "email": EMAIL, "organisation": GROUP,
        "capacity": Capacity.GROUP, "village_no": 7, "subdistrict": place, "district": place.district,
        "province": place.district.province,
    }  # fmt: skip
    receipt = comment(hearing, now, **fields)
    words = [CommentData(stance="partly", reason="คำที่สอง")]
    revise(
        submission=receipt.submission, edit_code=receipt.edit_code, data=submission_data(**fields),
        comments=words, now=now,
    )  # fmt: skip
    Submission.objects.filter(pk=receipt.submission.pk).update(author=user)
    return receipt


def register(hearing: Hearing, now: dt.datetime) -> None:
    meeting = Meeting.objects.create(hearing=hearing, title="เวที", starts_at=now + dt.timedelta(days=2))
    register_for_meeting(
        meeting=meeting,
        name=NAME,
        phone=PHONE,
        sector="citizen",
        people=2,
        idempotency_key=uuid.uuid4(),
        now=now,
    )


def test_an_export_holds_every_version_of_what_the_person_sent(now):
    receipt = send(HearingFactory.open(now), now)
    comment(HearingFactory.open(now), now, reason="ของคนอื่น")
    (record,) = privacy.export_person(email=EMAIL.upper())
    assert record["receipt"] == receipt.submission.grouped_receipt_no
    assert [version["number"] for version in record["versions"]] == [1, 2]
    assert record["versions"][0]["name"] == NAME
    assert record["versions"][1]["comments"][0]["reason"] == "คำที่สอง"


def test_an_account_finds_what_it_sent_with_or_without_an_address(now):
    user = User.objects.create_user(EMAIL)
    send(HearingFactory.open(now), now, user)
    other = comment(HearingFactory.open(now), now).submission
    Submission.objects.filter(pk=other.pk).update(author=user)
    assert len(privacy.export_person(user=user)) == 2


def test_erasing_leaves_no_trace_of_the_person_in_any_column(now):
    send(HearingFactory.open(now), now)
    assert all(word in everything_stored() for word in (NAME, EMAIL, GROUP))
    assert privacy.erase_person(email=EMAIL) == 1
    stored = everything_stored()
    assert not [word for word in PERSONAL if word in stored]
    submission = Submission.objects.get()
    assert submission.village_no is None
    assert all(version.data["village_no"] is None for version in submission.versions.all())
    assert submission.public_name == submission.public_organisation == ""


def test_erasing_keeps_the_words_the_sector_and_the_area(now):
    send(HearingFactory.open(now), now)
    privacy.erase_person(email=EMAIL)
    submission = Submission.objects.get()
    assert submission.comments.current().get().reason == "คำที่สอง"
    assert submission.sector == "citizen"
    assert submission.subdistrict_id
    assert submission.versions.first().data["comments"][0]["reason"] == "แนวหมุดกินที่นา"


def test_erasing_nobody_erases_nothing(now):
    comment(HearingFactory.open(now), now)
    assert privacy.erase_person(email="") == privacy.erase_person(email="nobody@example.org") == 0


def found(counts: dict[str, int]) -> dict[str, int]:
    """What a purge found, kind by kind: a kind nobody expected fails the test."""
    return {kind: count for kind, count in counts.items() if count}


def finished(now: dt.datetime, days_ago: int) -> Hearing:
    hearing = HearingFactory.open(now)
    send(hearing, now)
    register(hearing, now)
    at = now - dt.timedelta(days=days_ago)
    Hearing.objects.filter(pk=hearing.pk).update(stage="result_published", result_published_at=at)
    return hearing


def test_a_purge_takes_the_person_out_two_years_after_the_result(now):
    finished(now, days_ago=730)
    assert found(privacy.purge(now)) == {"submissions": 1, "registrations": 1}
    stored = everything_stored()
    assert not [word for word in PERSONAL if word in stored]


def test_a_purge_leaves_younger_hearings_alone(now):
    finished(now, days_ago=729)
    assert found(privacy.purge(now)) == {}
    assert NAME in everything_stored()


def test_a_dry_run_counts_and_changes_nothing(now):
    finished(now, days_ago=900)
    assert found(privacy.purge(now, dry_run=True)) == {"submissions": 1, "registrations": 1}
    assert NAME in everything_stored()


def test_a_purge_can_be_repeated(now):
    finished(now, days_ago=900)
    privacy.purge(now)
    assert found(privacy.purge(now)) == {}


def test_a_cancelled_hearing_is_purged_too(now):
    hearing = HearingFactory.open(now)
    send(hearing, now)
    cancel(hearing=hearing, actor=office_head(), now=now, reason="งบประมาณเปลี่ยน")
    assert privacy.purge(now + dt.timedelta(days=800))["submissions"] == 1


def test_every_text_field_of_a_person_is_named_in_privacy():
    """A new text column on the submission must be judged: personal, or not."""
    texts = {
        field.name
        for field in Submission._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices
    }
    judged_not_personal = {"receipt_no", "edit_code_hash", "consent_version", "language"}
    assert texts - judged_not_personal <= set(privacy.PERSONAL)


def test_an_account_takes_its_hearings_along_when_it_is_exported_or_deleted(now):
    user = User.objects.create_user("person@example.org")
    send(HearingFactory.open(now), now, user)
    parts = {part.key: part for part in personal_data.parts()}
    assert parts["hearings"].export(user)[0]["versions"][0]["name"] == NAME
    parts["hearings"].erase(user)
    assert NAME not in everything_stored()


def test_files_and_half_written_forms_go_when_their_time_is_over(now, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    hearing, key = HearingFactory.open(now), uuid.uuid4()
    data = QueryDict(mutable=True)
    data["name"] = NAME
    save_form(hearing=hearing, form_key=key, data=data, now=now)
    attach(hearing=hearing, form_key=key, upload=SimpleUploadedFile(f"{NAME}.jpg", photo()), now=now)
    almost = now + dt.timedelta(days=30) - dt.timedelta(seconds=1)
    assert found(privacy.purge(almost)) == {}
    assert found(privacy.purge(now + dt.timedelta(days=30))) == {"saved_forms": 1, "attachments": 1}
    assert NAME not in everything_stored()


def test_erasing_a_person_deletes_the_files_that_were_sent(now, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    hearing, key = HearingFactory.open(now), uuid.uuid4()
    attach(hearing=hearing, form_key=key, upload=SimpleUploadedFile(f"{NAME}.jpg", photo()), now=now)
    comment(hearing, now, key=key, email=EMAIL)
    privacy.erase_person(email=EMAIL)
    assert NAME not in everything_stored()


def kept_form(hearing: Hearing, now: dt.datetime, key: uuid.UUID, **fields: str) -> None:
    data = QueryDict(mutable=True)
    data.update({"name": NAME, "email": EMAIL.title(), "c0-reason": PHONE, **fields})
    save_form(hearing=hearing, form_key=key, data=data, now=now)


def test_a_half_written_form_is_exported_and_erased_with_its_files(now, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    hearing, key = HearingFactory.open(now), uuid.uuid4()
    kept_form(hearing, now, key)
    kept_form(hearing, now, uuid.uuid4(), email="other@example.org", name="คนอื่น")
    attach(hearing=hearing, form_key=key, upload=SimpleUploadedFile(f"{NAME}.jpg", photo()), now=now)
    (record,) = privacy.export_person(email=EMAIL)
    assert record["not_sent"]["name"] == [NAME]
    privacy.erase_person(user=User.objects.create_user(EMAIL))
    assert NAME not in everything_stored()
    assert SavedForm.objects.count() == 1


def test_a_file_waits_as_long_as_the_form_it_belongs_to(now, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    hearing, key = HearingFactory.open(now), uuid.uuid4()
    attach(hearing=hearing, form_key=key, upload=SimpleUploadedFile("a.jpg", photo()), now=now)
    kept_form(hearing, now + dt.timedelta(days=10), key)
    assert found(privacy.purge(now + dt.timedelta(days=39))) == {}
    assert found(privacy.purge(now + dt.timedelta(days=40))) == {"saved_forms": 1, "attachments": 1}


def answered(now: dt.datetime) -> Submission:
    """Somebody wrote a telephone number into an answer, and changed the answer once."""
    hearing, key = HearingFactory.open(now), uuid.uuid4()
    own, chosen = question(hearing, "long_text", now), question(hearing, "single", now)
    place = question(hearing, "place", now)
    spot = {"province": "60", "lat": "15.912345", "lng": "100.254321"}
    given = [AnswerData(own, f"โทร {PHONE}"), AnswerData(chosen, "a1"), AnswerData(place, spot)]
    data = submission_data(email=EMAIL)
    words = [CommentData(stance="partly", reason="คำ")]
    receipt = submit(hearing=hearing, data=data, comments=words, idempotency_key=key, now=now, answers=given)
    given[0] = AnswerData(own, f"ที่บ้าน {NAME}")
    revise(
        submission=receipt.submission, edit_code=receipt.edit_code, data=data, comments=words, now=now,
        answers=given,
    )  # fmt: skip
    return receipt.submission


PLACES = ("15.912345", "100.254321")


def test_answers_are_exported_and_what_they_say_of_the_person_is_erased_everywhere(now):
    sent = answered(now)
    (record,) = privacy.export_person(email=EMAIL)
    assert PHONE in str(record["versions"][0]["answers"])
    assert PLACES[0] in str(record["versions"][1]["answers"])
    privacy.erase_person(email=EMAIL)
    stored = everything_stored()
    assert not [word for word in (*PERSONAL, *PLACES) if word in stored]
    # What was chosen, and the area, still count.
    assert {"a1", ""} <= {answer.value for answer in sent.answers.all() if isinstance(answer.value, str)}
    assert [answer["value"] for answer in sent.versions.last().data["answers"]][1] == "a1"


def test_a_purge_takes_own_words_and_points_out_of_answers(now):
    sent = answered(now)
    privacy.erase_person(email="")
    Submission.objects.update(email="")
    Hearing.objects.update(stage="result_published", result_published_at=now - dt.timedelta(days=730))
    assert found(privacy.purge(now, dry_run=True)) == {"spots": 1, "own_words": 1}
    privacy.purge(now)
    stored = everything_stored()
    assert not [word for word in (NAME, PHONE, *PLACES) if word in stored]
    assert found(privacy.purge(now)) == {}
    assert sent.answers.count() == 4
