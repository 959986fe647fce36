"""Taking a submission: once, only while open, with the privacy rules applied."""

from __future__ import annotations

import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from geography.models import District, Province, Subdistrict
from hearings import receipts
from hearings.enums import Capacity, Channel, ModerationMode, PublishName, Stance, Visibility
from hearings.models import Comment, Submission, SubmissionVersion
from hearings.services.data import CommentData, has_citizen_number
from hearings.services.errors import HearingClosed, HearingNotOpen
from hearings.services.submit import submit
from tests.factories.hearings import HearingFactory, comment, office_head, submission_data

pytestmark = pytest.mark.django_db

# 1234567890121 has the right check digit; ...120 has not.
CITIZEN_NUMBER = "1-2345-67890-12-1"


def test_a_submission_keeps_what_was_sent_and_gives_a_receipt(now):
    hearing = HearingFactory.open(now)
    receipt = comment(hearing, now, block=0, reason="แนวหมุดกินที่นา", suggestion="เดินแนวร่วมกัน")
    submission = receipt.submission
    assert receipt.created
    assert receipts.is_valid_receipt_no(submission.receipt_no)
    assert receipts.check_edit_code(submission.receipt_no, submission.edit_code_hash, receipt.edit_code)
    assert receipt.edit_code not in submission.edit_code_hash
    words = submission.comments.get()
    assert (words.reason, words.suggestion) == ("แนวหมุดกินที่นา", "เดินแนวร่วมกัน")
    assert words.block.heading == "ขอบเขตบึงและแนวเขตที่ดิน"
    assert words.block_key == words.block.key
    assert words.is_public
    record = SubmissionVersion.objects.get(submission=submission)
    assert record.number == 1
    assert record.data["comments"][0]["reason"] == "แนวหมุดกินที่นา"


def test_the_same_form_sent_again_gives_the_same_receipt_and_stores_nothing_twice(now):
    hearing = HearingFactory.open(now)
    key = uuid.uuid4()
    first, second = comment(hearing, now, key=key), comment(hearing, now, key=key, reason="เปลี่ยนคำ")
    assert not second.created
    assert second.submission == first.submission
    assert second.edit_code == first.edit_code
    assert Submission.objects.count() == Comment.objects.count() == 1
    assert Comment.objects.get().reason == "แนวหมุดกินที่นา"


def test_a_resend_after_closing_still_shows_the_receipt(now):
    hearing = HearingFactory.open(now)
    key = uuid.uuid4()
    first = comment(hearing, now, key=key)
    again = comment(hearing, hearing.closes_at, key=key)
    assert again.submission == first.submission


def test_a_form_of_one_hearing_cannot_be_used_for_another(now):
    key = uuid.uuid4()
    comment(HearingFactory.open(now), now, key=key)
    with pytest.raises(ValidationError, match="another hearing|เรื่องอื่น"):
        comment(HearingFactory.open(now), now, key=key)


def test_nothing_is_taken_before_opening(now):
    hearing = HearingFactory.upcoming(now)
    with pytest.raises(HearingNotOpen):
        comment(hearing, now)
    assert not Submission.objects.exists()


@pytest.mark.parametrize("trait", ["closed", "summarising", "result"])
def test_nothing_is_taken_after_closing(now, trait):
    hearing = getattr(HearingFactory, trait)(now)
    with pytest.raises(HearingClosed):
        comment(hearing, now)
    assert not Submission.objects.exists()


def test_nothing_is_taken_on_a_hearing_that_was_never_announced(now):
    hearing = HearingFactory.draft(now, opens_at=now, closes_at=now.replace(year=2027))
    with pytest.raises(HearingNotOpen):
        submit(hearing=hearing, data=submission_data(), comments=[], idempotency_key=uuid.uuid4(), now=now)


def test_the_stored_hearing_counts_not_the_copy_the_caller_holds(now):
    hearing = HearingFactory.open(now)
    type(hearing).objects.filter(pk=hearing.pk).update(force_closed_at=now)
    assert hearing.can_comment(now)
    with pytest.raises(HearingClosed):
        comment(hearing, now)


def test_people_under_20_appear_without_a_name(now):
    hearing = HearingFactory.open(now)
    receipt = comment(hearing, now, under_20=True, publish_name=PublishName.NAME, name="สมชาย ใจดี")
    assert receipt.submission.publish_name == PublishName.NONE
    assert receipt.submission.name == ""
    assert "สมชาย" not in str(receipt.submission.versions.get().data)


def test_a_name_nobody_will_see_is_not_kept(now):
    receipt = comment(HearingFactory.open(now), now, name="สมชาย ใจดี")
    assert receipt.submission.name == ""


@pytest.mark.parametrize(
    ("publish_name", "shown"),
    [(PublishName.NAME, "เสาวนีย์ ใจดี"), (PublishName.INITIALS, "ส. จ."), (PublishName.NONE, "")],
)
def test_the_public_sees_only_the_name_the_author_allowed(now, publish_name, shown):
    receipt = comment(HearingFactory.open(now), now, publish_name=publish_name, name="เสาวนีย์ ใจดี")
    assert receipt.submission.public_name == shown


@pytest.mark.parametrize("field", ["name", "organisation"])
def test_a_citizen_number_is_refused_in_the_sender(now, field):
    fields = {"publish_name": PublishName.NAME, "name": "ก", field: f"ชื่อ {CITIZEN_NUMBER}"}
    with pytest.raises(ValidationError) as refused:
        comment(HearingFactory.open(now), now, **fields)
    assert list(refused.value.message_dict) == [field]


@pytest.mark.parametrize("field", ["reason", "suggestion", "expected_impact"])
def test_a_citizen_number_is_refused_in_the_words(now, field):
    with pytest.raises(ValidationError) as refused:
        comment(HearingFactory.open(now), now, **{field: f"บัตรของผม {CITIZEN_NUMBER} ครับ"})
    assert list(refused.value.message_dict) == [field]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1234567890121", True),
        ("๑๒๓๔๕๖๗๘๙๐๑๒๑", True),
        ("1 2345 67890 12 1", True),
        ("1-2345-67890-12-0", False),
        ("12345678901210", False),
        ("โทร 056 000 123 ต่อ 4567", False),
        ("งบ 1,234,567,890,121 บาท", False),
    ],
)
def test_only_real_citizen_numbers_are_found(text, found):
    assert has_citizen_number(text) is found


def test_an_unknown_section_is_refused(now):
    with pytest.raises(ValidationError, match="not in this draft|ไม่มีในร่าง"):
        comment(HearingFactory.open(now), now, comments=[CommentData(stance="agree", block_key=uuid.uuid4())])


def test_two_comments_on_one_section_are_refused(now):
    twice = [CommentData(stance=Stance.AGREE, reason="ก"), CommentData(stance=Stance.AGREE, reason="ข")]
    with pytest.raises(ValidationError):
        comment(HearingFactory.open(now), now, comments=twice)


@pytest.mark.parametrize(
    "fields",
    [
        {"stance": "maybe"},
        {"sector": "king"},
        {"capacity": "x"},
        {"publish_name": "x"},
        {"email": "not an address"},
        {"name": "ก" * 121, "publish_name": PublishName.NAME},
        {"organisation": "ก" * 201},
        {"village_no": 100},
        {"capacity": Capacity.GROUP, "organisation": "  "},
        {"consent_version": ""},
    ],
)
def test_wrong_values_are_refused_by_field(now, fields):
    hearing = HearingFactory.open(now)
    with pytest.raises(ValidationError) as refused:
        comment(hearing, now, comments=[], **fields)
    assert refused.value.message_dict
    assert not Submission.objects.exists()


def test_too_long_words_are_refused_with_both_numbers(now):
    with pytest.raises(ValidationError) as refused:
        comment(HearingFactory.open(now), now, reason="ก" * 4001)
    assert "4001" in refused.value.messages[0]


def test_the_area_must_hang_together(now):
    subdistrict = Subdistrict.objects.select_related("district__province").first()
    other = Province.objects.exclude(pk=subdistrict.district.province_id).first()
    hearing = HearingFactory.open(now)
    with pytest.raises(ValidationError):
        comment(hearing, now, province=other, district=subdistrict.district)
    elsewhere = District.objects.exclude(pk=subdistrict.district_id).select_related("province").first()
    with pytest.raises(ValidationError):
        comment(hearing, now, province=elsewhere.province, district=elsewhere, subdistrict=subdistrict)
    receipt = comment(
        hearing, now, province=subdistrict.district.province, district=subdistrict.district,
        subdistrict=subdistrict, village_no=7,
    )  # fmt: skip
    assert receipt.submission.subdistrict == subdistrict


def test_words_lose_invisible_characters(now):
    receipt = comment(HearingFactory.open(now), now, reason="น้ํา\u200bท่วม")
    assert receipt.submission.comments.get().reason == "น้ำท่วม"


def test_where_staff_read_first_nothing_is_public_yet(now):
    hearing = HearingFactory.open(now, moderation_mode=ModerationMode.PRE)
    receipt = comment(hearing, now)
    assert receipt.submission.visibility == Visibility.PENDING
    assert not Comment.objects.public(hearing).exists()


def test_a_stance_without_a_word_is_counted_but_not_listed(now):
    hearing = HearingFactory.open(now)
    comment(hearing, now, stance=Stance.AGREE, reason="")
    assert Submission.objects.counted().count() == 1
    assert not Comment.objects.public(hearing).exists()


def test_only_staff_write_down_what_came_on_paper(now):
    hearing = HearingFactory.open(now)
    with pytest.raises(PermissionDenied):
        comment(hearing, now, channel=Channel.PAPER)
    receipt = comment(hearing, now, channel=Channel.PAPER, entered_by=office_head())
    assert receipt.submission.entered_by == office_head()
