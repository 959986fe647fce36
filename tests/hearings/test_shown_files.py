"""Files of opinions: staff look at each, publish or hold it, write voices down; nobody else sees one before (P33)."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse

from accounts.roles import Role
from hearings import privacy
from hearings.enums import AttachmentKind, Visibility
from hearings.models import Attachment, Hearing, Submission
from hearings.services.show_file import decide_file, write_transcript
from hearings.shown_files import files_of
from tests.factories.hearings import HearingFactory, comment
from tests.hearings.people import ELSEWHERE, HOME, person

pytestmark = pytest.mark.django_db

WORDS = "ทางเบี่ยงผ่านหน้าโรงเรียน ขอให้รถหยุดตอนเลิกเรียน"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def staff(db):
    return person(Role.STRATEGY)


def sent(hearing, now, kind=AttachmentKind.PHOTO, extension="jpg", **fields):
    """A file that came with an opinion."""
    submission = comment(hearing, now, **fields).submission
    made = Attachment(
        hearing=hearing, submission=submission, form_key=uuid.uuid4(), kind=kind, name="บัตร ป้าสำเนียง.jpg",
        size=5, sha256=uuid.uuid4().hex, created_at=now,
    )  # fmt: skip
    made.file.save(f"x.{extension}", ContentFile(b"bytes"), save=True)
    return made


def voice(hearing, now):
    return sent(hearing, now, AttachmentKind.VOICE, "webm")


def public(attachment):
    return reverse("hearings:file", args=[attachment.hearing.slug, attachment.pk])


def at_desk(attachment):
    return reverse("hearings_desk:file", args=[attachment.hearing_id, attachment.pk])


def room(hearing):
    return reverse("hearings_desk:files", args=[hearing.pk])


def test_nobody_sees_a_file_before_staff_looked_at_it(client, now, staff):
    attachment = sent(HearingFactory.open(now), now)
    assert client.get(public(attachment)).status_code == 404
    assert client.get(at_desk(attachment)).status_code == 302
    decide_file(attachment=attachment, publish=True, by=staff, now=now)
    assert client.get(public(attachment)).status_code == 200


def test_a_published_file_is_a_download_under_a_name_of_ours(client, now, staff):
    attachment = decide_file(attachment=sent(HearingFactory.open(now), now), publish=True, by=staff, now=now)
    answer = client.get(public(attachment))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="photo-{attachment.pk}.jpg"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert "no-store" in answer.headers["Cache-Control"]
    assert b"".join(answer.streaming_content) == b"bytes"


@pytest.mark.parametrize(
    "gone",
    [
        lambda a: Attachment.objects.filter(pk=a.pk).update(visibility=Visibility.HIDDEN),
        lambda a: Attachment.objects.filter(pk=a.pk).update(removed_at=a.created_at),
        lambda a: Attachment.objects.filter(pk=a.pk).update(submission=None),
        lambda a: Submission.objects.filter(pk=a.submission_id).update(status="withdrawn"),
        lambda a: Submission.objects.filter(pk=a.submission_id).update(visibility=Visibility.HIDDEN),
        lambda a: Submission.objects.filter(pk=a.submission_id).update(visibility=Visibility.PENDING),
        lambda a: Hearing.objects.filter(pk=a.hearing_id).update(stage="draft", announced_at=None),
        lambda a: a.file.storage.delete(a.file.name),
    ],
    ids=["held", "taken out", "never sent", "withdrawn", "hidden", "pending", "not announced", "no file"],
)
def test_what_is_not_public_any_more_is_not_found(client, now, staff, gone):
    attachment = decide_file(attachment=sent(HearingFactory.open(now), now), publish=True, by=staff, now=now)
    gone(attachment)
    assert client.get(public(attachment)).status_code == 404


def test_the_file_of_another_hearing_is_not_found(client, now, staff):
    attachment = decide_file(attachment=sent(HearingFactory.open(now), now), publish=True, by=staff, now=now)
    other = HearingFactory.open(now)
    assert client.get(reverse("hearings:file", args=[other.slug, attachment.pk])).status_code == 404
    client.force_login(staff)
    assert client.get(reverse("hearings_desk:file", args=[other.pk, attachment.pk])).status_code == 404


def test_the_folder_has_no_address_of_its_own(client, now, settings):
    settings.DEMO = True
    attachment = sent(HearingFactory.open(now), now)
    assert client.get(f"/media/{attachment.file.name}").status_code == 404
    assert client.get("/media/imports/x.xlsx").status_code == 404


@pytest.mark.parametrize("role", [None, Role.MEMBER, Role.CHANGE_AGENT, Role.MONITORING])
def test_others_neither_look_nor_decide(client, now, role):
    attachment = sent(HearingFactory.open(now), now)
    other = person(role)
    client.force_login(other)
    for place in (room(attachment.hearing), at_desk(attachment), reverse("hearings_desk:files_waiting")):
        assert client.get(place).status_code == 403
    with pytest.raises(PermissionDenied):
        decide_file(attachment=attachment, publish=True, by=other, now=now)
    with pytest.raises(PermissionDenied):
        write_transcript(attachment=attachment, text=WORDS, by=other)


def test_a_coordinator_works_on_the_own_province_only(client, now):
    attachment = sent(HearingFactory.open(now, provinces=[HOME]), now)
    for province, status in ((HOME, 200), (ELSEWHERE, 403)):
        client.force_login(person(Role.PROVINCE_COORDINATOR, province))
        assert client.get(room(attachment.hearing)).status_code == status
        waiting = client.get(reverse("hearings_desk:files_waiting")).content.decode()
        assert (room(attachment.hearing) in waiting) == (province == HOME)


def test_the_room_shows_what_waits_and_stores_the_decision(client, now, staff, monkeypatch):
    monkeypatch.setattr("hearings.views.desk.files.timezone.now", lambda: now)
    hearing = HearingFactory.open(now)
    attachment = sent(hearing, now)
    client.force_login(staff)
    page = client.get(room(hearing))
    assert page.content.count(b"<h1") == 1
    assert at_desk(attachment) in page.content.decode()
    assert client.post(room(hearing), {"file": attachment.pk, "go": "hold"}).status_code == 302
    attachment.refresh_from_db()
    assert (attachment.visibility, attachment.decided_by, attachment.decided_at) == (
        Visibility.HIDDEN,
        staff,
        now,
    )
    assert b'class="void"' in client.get(room(hearing)).content
    assert at_desk(attachment) in client.get(room(hearing) + "?show=all").content.decode()


@pytest.mark.parametrize(
    "data",
    [{}, {"file": "x", "go": "publish"}, {"file": 2**63 - 1, "go": "publish"}, {"file": 1, "go": "burn"}],
)
def test_a_wrong_decision_is_no_fault_of_ours(client, now, staff, data):
    hearing = HearingFactory.open(now)
    client.force_login(staff)
    assert client.post(room(hearing), data).status_code in (404, 422)


def test_what_its_author_took_back_is_not_decided_any_more(now, staff):
    attachment = sent(HearingFactory.open(now), now)
    Submission.objects.update(status="withdrawn")
    with pytest.raises(ValidationError):
        decide_file(attachment=attachment, publish=True, by=staff, now=now)


def test_the_room_asks_as_often_for_one_file_as_for_many(client, now, staff, django_assert_max_num_queries):
    hearing = HearingFactory.open(now)
    for _ in range(8):
        sent(hearing, now)
    client.force_login(staff)
    client.get(room(hearing))
    with django_assert_max_num_queries(16):
        client.get(room(hearing))


# --- voices -----------------------------------------------------------------------------------------------------


def test_the_words_of_a_voice_are_shown_instead_of_it(client, now, staff, django_capture_on_commit_callbacks):
    hearing = HearingFactory.open(now)
    attachment = voice(hearing, now)
    page = reverse("hearings:comments", args=[hearing.slug])
    assert WORDS not in client.get(page).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        write_transcript(attachment=attachment, text=WORDS, by=staff)
    shown = client.get(page).content.decode()
    assert WORDS in shown
    assert public(attachment) not in shown
    assert client.get(public(attachment)).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        decide_file(attachment=attachment, publish=True, by=staff, now=now)
    shown = client.get(page).content.decode()
    assert WORDS in shown
    assert public(attachment) in shown


def test_a_published_photo_stands_below_its_comment_with_type_and_size_and_no_name_of_the_file(
    client, now, staff, django_capture_on_commit_callbacks
):
    hearing = HearingFactory.open(now)
    attachment = sent(hearing, now)
    with django_capture_on_commit_callbacks(execute=True):
        decide_file(attachment=attachment, publish=True, by=staff, now=now)
    said = attachment.submission.comments.get()
    for page in (
        reverse("hearings:comments", args=[hearing.slug]),
        reverse("hearings:comment_page", args=[hearing.slug, said.pk]),
    ):
        shown = client.get(page).content.decode()
        assert public(attachment) in shown
        assert "JPG" in shown
        assert "ป้าสำเนียง" not in shown


@pytest.mark.parametrize("text", ["ก" * 8001, "เลขบัตร 1-2345-67890-12-1"])
def test_words_that_cannot_be_kept_are_refused_and_stay_on_the_screen(client, now, staff, text):
    hearing = HearingFactory.open(now)
    attachment = voice(hearing, now)
    client.force_login(staff)
    page = client.post(room(hearing), {"file": attachment.pk, "go": "write", "transcript": text})
    assert page.status_code == 422
    assert text[:200] in page.content.decode()
    attachment.refresh_from_db()
    assert attachment.transcript == ""


def test_only_a_voice_is_written_down(now, staff):
    with pytest.raises(ValidationError):
        write_transcript(attachment=sent(HearingFactory.open(now), now), text=WORDS, by=staff)


def test_a_page_without_files_costs_no_query_and_one_with_files_one(
    now, staff, django_assert_num_queries, django_capture_on_commit_callbacks
):
    hearing = HearingFactory.open(now)
    attachments = [sent(hearing, now) for _ in range(3)]
    comments = [attachment.submission.comments.get() for attachment in attachments]
    files_of(comments)
    with django_assert_num_queries(0):
        assert files_of(comments) == {}
    with django_capture_on_commit_callbacks(execute=True):
        decide_file(attachment=attachments[0], publish=True, by=staff, now=now)
    files_of(comments)
    with django_assert_num_queries(1):
        assert list(files_of(comments)) == [comments[0].pk]


# --- what does not stay behind ------------------------------------------------------------------------------------


def left(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_person_gets_and_erases_the_own_files(now, folder, django_capture_on_commit_callbacks, staff):
    hearing = HearingFactory.open(now)
    attachment = voice(hearing, now)
    Submission.objects.update(email="praphasri@example.org")
    write_transcript(attachment=attachment, text=WORDS, by=staff)
    [mine] = privacy.export_person(email="praphasri@example.org")
    assert WORDS in str(mine["files"])
    assert left(folder)
    with django_capture_on_commit_callbacks(execute=True):
        privacy.erase_person(email="praphasri@example.org")
    assert not left(folder)
    assert not Attachment.objects.exists()


def test_files_go_with_the_names_two_years_after_the_result(now, folder, django_capture_on_commit_callbacks):
    hearing = HearingFactory.open(now)
    sent(hearing, now)
    Hearing.objects.filter(pk=hearing.pk).update(stage="result_published", result_published_at=now)
    with django_capture_on_commit_callbacks(execute=True):
        privacy.purge(now + dt.timedelta(days=729))
    assert left(folder)
    with django_capture_on_commit_callbacks(execute=True):
        privacy.purge(now + dt.timedelta(days=731))
    assert not left(folder)
