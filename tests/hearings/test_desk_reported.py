"""The queue shows each report at the words it is about, also where their author changed them since."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from hearings.models import Comment
from hearings.person import Person
from hearings.reported import pieces
from hearings.services.data import CommentData
from hearings.services.report import report
from hearings.services.revise import revise
from tests.factories.hearings import HearingFactory, comment, office_head, submission_data

pytestmark = pytest.mark.django_db
FIRST, SECOND, GONE = "ที่นาของข้าพเจ้าอยู่ในแนวนี้", "นายช่างคนนี้โกงทุกงาน", "ขอให้ยกเลิกทั้งหมด"
NOW = "ขอให้ตรวจงานของช่างอีกครั้ง"


def test_each_report_stands_at_its_comment_with_the_words_that_were_reported(
    client, django_assert_num_queries
):
    now = timezone.now()
    hearing = HearingFactory.open(now)
    sections = list(hearing.current_draft.blocks.order_by("order")[:2])
    receipt = comment(hearing, now, comments=[
        CommentData(block_key=sections[0].key, stance="agree", reason=FIRST),
        CommentData(block_key=sections[1].key, stance="against", reason=SECOND),
        CommentData(block_key=None, stance="against", reason=GONE),
    ])  # fmt: skip
    first, second, gone = receipt.submission.comments.order_by("pk")
    reports = [
        report(comment=one, person=Person(f"browser:{one.pk}"), reason="insult", text=note, now=now)
        for one, note in ((first, "แจ้งข้อแรก"), (second, "แจ้งข้อสอง"), (gone, "แจ้งข้อสาม"))
    ]
    with django_assert_num_queries(0):
        assert [p.reports for p in pieces([first, second, gone], reports)] == [[one] for one in reports]

    revise(
        submission=receipt.submission, edit_code=receipt.edit_code, data=submission_data(), now=timezone.now(),
        comments=[
            CommentData(block_key=sections[0].key, stance="agree", reason=FIRST),
            CommentData(block_key=sections[1].key, stance="against", reason=NOW),
        ],
    )  # fmt: skip
    said = list(Comment.objects.current().filter(submission=receipt.submission).order_by("pk"))
    with django_assert_num_queries(1):
        kept, changed, left = pieces(said, reports)
    assert (kept.comment, kept.reports, kept.earlier) == (first, [reports[0]], [])
    assert (changed.comment.reason, changed.reports) == (NOW, [])
    assert [(one.comment, one.reports) for one in changed.earlier] == [(second, [reports[1]])]
    assert (left.comment, left.earlier[0].reports) == (None, [reports[2]])

    client.force_login(office_head())
    page = client.get(f"{reverse('hearings_desk:moderation')}?show=reported").content.decode()
    page = page[page.index('aria-labelledby="it"') :]
    order = [page.index(words) for words in (
        str(sections[0]), FIRST, "แจ้งข้อแรก", str(sections[1]), SECOND, "แจ้งข้อสอง", NOW, GONE, "แจ้งข้อสาม",
    )]  # fmt: skip
    assert order == sorted(order)
    room = client.get(reverse("hearings_desk:conversation", args=[hearing.pk])).content.decode()
    assert room.count(gettext("Reported. Its author changed it on")) == 2
