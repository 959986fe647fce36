"""What people expect to come of a plan: a third text of a comment, wherever reason and suggestion go."""

from __future__ import annotations

import io

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from hearings.documents.receipt import receipt_data
from hearings.enums import ModerationMode, Stance, Visibility
from hearings.models import Comment, Hearing, Submission, SubmissionVersion
from hearings.privacy import export_person
from hearings.search_pieces import comment_document, public_comments
from hearings.services.data import CommentData
from hearings.services.import_template import template_file
from hearings.services.moderate import moderate
from hearings.services.run_import import preview_import, run_import
from hearings.services.scans import add_scans
from hearings.services.second_typing import Typed, differences
from hearings.services.withdraw import withdraw
from notifications.services import outbox
from tests.factories.hearings import HearingFactory, comment, office_head
from tests.hearings.journey import address, answers, fields_of, send
from tests.hearings.people import person
from tests.hearings.sheets import photo
from tests.hearings.spreadsheets import HEAD, row, workbook
from tests.hearings.test_comment_topics import changed, of_sheet
from tests.hearings.test_second_typing import SHEET

pytestmark = pytest.mark.django_db
IMPACT, OTHER = "เด็กเล็กจะขาดเรียนช่วงฝน", "รถฉุกเฉินเข้าหมู่ 6 ไม่ได้"
ADDRESS = "me@example.org"


@pytest.fixture
def hearing() -> Hearing:
    return HearingFactory.open(timezone.now())


def said(impact: str, **words: str) -> list[CommentData]:
    return [CommentData(stance=Stance.PARTLY, expected_impact=impact, **{"reason": "แนวหมุดกินที่นา", **words})]


# --- the record -------------------------------------------------------------------------------------------------


def test_every_version_keeps_its_own(hearing):
    receipt = comment(hearing, timezone.now(), comments=said(IMPACT))
    second = changed(receipt, said(OTHER))
    assert changed(receipt, said(OTHER)) == second
    assert not changed(receipt, said("")).expected_impact
    of_versions = [v.data["comments"][0].get("expected_impact") for v in SubmissionVersion.objects.all()]
    assert of_versions == [IMPACT, OTHER, OTHER, None]
    assert list(Comment.objects.order_by("pk").values_list("expected_impact", flat=True)) == [
        IMPACT,
        OTHER,
        "",
    ]


def test_it_is_enough_to_be_read_and_to_be_the_same_words(hearing):
    for _time in range(2):
        comment(hearing, timezone.now(), comments=said(f"{IMPACT} {OTHER}", reason=""))
    first, second = Comment.objects.all()
    assert first.is_public and first.words_hash and first.words_hash == second.words_hash


def test_a_process_of_the_release_before_can_store_a_comment(hearing):
    comment(hearing, timezone.now(), comments=said(IMPACT))
    Comment.objects.update(superseded_at=timezone.now())
    known = {field.column for field in Comment._meta.concrete_fields} - {"id", "expected_impact"}
    columns = ", ".join(sorted(known))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO hearings_comment ({columns}) SELECT {columns} FROM hearings_comment")
    assert Comment.objects.latest("pk").expected_impact == ""


# --- the form ---------------------------------------------------------------------------------------------------


def folded(page) -> bool:
    box = BeautifulSoup(page.content, "html.parser").select_one("textarea[name=c0-expected_impact]")
    return not box.find_parent("details").has_attr("open")


def test_the_box_is_folded_until_it_has_words_or_a_mistake(client, hearing):
    step = {**answers(), "step": "3", "go": "back"}
    assert folded(client.post(address(hearing), step))
    assert not folded(client.post(address(hearing), {**step, "c0-expected_impact": IMPACT}))
    wrong = {**step, "step": "2", "go": "next", "c0-expected_impact": "บัตร 1-1037-02071-81-1"}
    page = client.post(address(hearing), wrong)
    assert page.status_code == 422 and not folded(page)
    assert BeautifulSoup(page.content, "html.parser").select_one(".err a[href='#id_c0-expected_impact']")


def test_it_is_carried_checked_sent_and_found_again_where_it_is_changed(client, hearing):
    impacts = {"c0-reason": "", "c0-suggestion": "", "c0-expected_impact": IMPACT}
    check = client.post(address(hearing), answers(step="3", go="next", **impacts))
    assert IMPACT in check.content.decode()
    receipt = client.post(
        address(hearing), {**fields_of(check), "go": "send", "started": answers()["started"]}, follow=True
    )
    assert IMPACT in receipt.content.decode()
    assert Comment.objects.get().expected_impact == IMPACT
    listed = client.get(reverse("hearings:comments", args=[hearing.slug])).content.decode()
    assert IMPACT in listed and "ไม่ได้ให้เหตุผล" not in listed
    again = comment(hearing, timezone.now(), comments=said(OTHER))
    where = reverse("hearings:receipt_edit", args=[again.submission.receipt_no])
    assert OTHER in client.post(where, {"code": again.edit_code}).content.decode()
    Hearing.objects.filter(pk=hearing.pk).update(closes_at=timezone.now())
    assert IMPACT in send(client, hearing, **impacts).content.decode()


# --- where it is never read -------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["hidden", "withdrawn", "waiting", "replaced"])
def test_what_is_not_public_is_shown_nowhere(client, hearing, how):
    now = timezone.now()
    if how == "waiting":
        Hearing.objects.filter(pk=hearing.pk).update(moderation_mode=ModerationMode.PRE)
        hearing.refresh_from_db()
    receipt = comment(hearing, now, comments=said(IMPACT), email=ADDRESS)
    gone = receipt.submission.comments.get()
    if how == "hidden":
        moderate(
            submission=receipt.submission, actor=office_head(), decision="hide", reason_code="threat", now=now
        )
    elif how == "withdrawn":
        withdraw(submission=receipt.submission, edit_code=receipt.edit_code, now=now)
    elif how == "replaced":
        changed(receipt, said(""))
    listed = reverse("hearings:comments", args=[hearing.slug])
    for page in (listed, f"{listed}{gone.pk}/", hearing.get_url()):
        assert IMPACT not in client.get(page, follow=True).content.decode(), page
    assert IMPACT not in "".join(comment_document(found).body for found in public_comments())
    if how != "waiting":
        outbox.deliver(now)
        assert IMPACT not in "".join(str(letter.body) for letter in mail.outbox)


# --- what travels with it ---------------------------------------------------------------------------------------


def test_its_author_search_and_staff_find_it(client, hearing):
    now = timezone.now()
    sent = comment(hearing, now, comments=said(IMPACT, reason=""), email=ADDRESS).submission
    assert [words["expected_impact"] for words in receipt_data(sent, whole=True)["said"]] == [IMPACT]
    [record] = export_person(email=ADDRESS)
    assert record["versions"][0]["comments"][0]["expected_impact"] == IMPACT
    outbox.deliver(now)
    assert IMPACT in str(mail.outbox[0].body)
    assert IMPACT in comment_document(public_comments().get()).body
    Submission.objects.update(visibility=Visibility.PENDING)
    client.force_login(person(Role.OFFICE_HEAD))
    queue = client.get(reverse("hearings_desk:hearing_moderation", args=[hearing.pk]))
    assert queue.context["queue"].rows[0].words == IMPACT
    assert IMPACT in BeautifulSoup(queue.content, "html.parser").select_one("#item").get_text()
    client.force_login(User.objects.create_superuser("root@example.org", "tests"))
    found = client.get(reverse("hearings_submission:index"), {"q": IMPACT[:12]})
    assert sent.grouped_receipt_no in found.content.decode()
    assert IMPACT in client.get(reverse("hearings_submission:inspect", args=[sent.pk])).content.decode()


def test_a_spreadsheet_has_a_column_for_it(hearing):
    heading, staff, now = "ผลที่คาดว่าจะเกิด", person(Role.STRATEGY), timezone.now()
    book = openpyxl.load_workbook(io.BytesIO(template_file(hearing)))
    assert heading in [cell.value for cell in book["คำตอบ"][1]]
    rows = [[*row(reason=""), impact] for impact in (IMPACT, "ก" * 4001, "")]
    run = preview_import(hearing=hearing, upload=workbook(rows, (*HEAD, heading)), by=staff, now=now)
    assert [(bad["row"], bad["column"], bad["trouble"]) for bad in run.problems] == [
        (3, "expected_impact", "too_long"), (4, "reason", "no_words"),
    ]  # fmt: skip
    run_import(run=run, by=staff, now=now)
    assert Comment.objects.get().expected_impact == IMPACT


def test_a_paper_form_takes_it_and_the_second_typing_compares_it(client, hearing):
    now, typist = timezone.now(), person(Role.STRATEGY)
    [sheet] = add_scans(
        hearing=hearing, uploads=[photo()], channel="paper", received_on=timezone.localdate(now), by=typist, now=now
    )[0]  # fmt: skip
    client.force_login(typist)
    form = {
        **SHEET,
        "received_on": timezone.localdate(now).isoformat(),
        "reason": "",
        "expected_impact": IMPACT,
    }
    assert (
        client.post(reverse("hearings_desk:paper_form", args=[hearing.pk, sheet.pk]), form).status_code == 302
    )
    assert Comment.objects.get().expected_impact == IMPACT
    sheet.refresh_from_db()
    second = Typed(of_sheet(sheet), [CommentData(stance=Stance.AGAINST, expected_impact=OTHER)])
    assert [(one.field, one.first, one.second) for one in differences(sheet, second)] == [
        ("expected_impact:", IMPACT, OTHER)
    ]
