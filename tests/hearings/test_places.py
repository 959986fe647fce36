"""A comment stays on its paragraph and keeps its quote: through every step, on edit and in every version."""

from __future__ import annotations

import html
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from geography.models import Province
from hearings.models import Comment, DraftBlock, Submission
from hearings.services.data import CommentData
from tests.factories.hearings import HearingFactory, comment
from tests.hearings.journey import address, answers, fields_of, send

pytestmark = pytest.mark.django_db

SECTIONS = [
    ("แนวเขต", '<p data-block-key="aaaaa">ปักหมุดใหม่ 212 หมุด</p><p data-block-key="bbbbb">เดินแนวร่วมกัน</p>'),
    ("คันกั้นน้ำ", '<p data-block-key="ccccc">ขุดลอกลึก 2.5 เมตร</p>'),
]


@pytest.fixture
def hearing(db):
    return HearingFactory.open(timezone.now(), sections=SECTIONS)


@pytest.fixture
def keys(hearing) -> list[str]:
    return [str(block.key) for block in hearing.current_draft.blocks.order_by("order")]


def test_a_marked_passage_is_carried_through_every_step_into_the_record(client, hearing, keys):
    wanted = {"block": keys[0], "paragraph": "bbbbb", "quote": " เดินแนว\n"}
    page = client.get(address(hearing), wanted)
    text = page.content.decode()
    assert f'name="c0-block" value="{keys[0]}.bbbbb"' in text
    assert 'name="c0-quote" value="เดินแนว"' in text
    assert "1.2" in text
    given = {"c0-stance": "partly", "c0-reason": "ไม่ได้เดินด้วยกัน"}
    page = client.post(address(hearing), {**fields_of(page), **given, "go": "next"})
    page = client.post(address(hearing), {**fields_of(page), **given, "go": "next"})
    who = {"sector": "citizen", "province": "60", "consent": "on", "publish_name": "none", "capacity": "self"}
    page = client.post(address(hearing), {**fields_of(page), **who, "go": "next"})
    started = answers()["started"]
    page = client.post(address(hearing), {**fields_of(page), "started": started, "go": "send"})
    assert page.status_code == 302
    sent = Comment.objects.get()
    assert (str(sent.block_key), sent.paragraph_key, sent.quote) == (keys[0], "bbbbb", "เดินแนว")
    assert "เดินแนว" in client.get(page.headers["Location"]).content.decode()


def test_an_edit_through_the_form_keeps_paragraph_and_quote(client, hearing, keys):
    blocks = {str(block.key): block.key for block in DraftBlock.objects.all()}
    said = [
        CommentData(stance="partly", reason="ทั้งหมด"),
        CommentData(stance="agree", block_key=blocks[keys[0]], paragraph_key="aaaaa", quote="212 หมุด", reason="ดี"),
        CommentData(stance="against", block_key=blocks[keys[0]], paragraph_key="bbbbb", reason="ช้า"),
    ]  # fmt: skip
    receipt = comment(hearing, timezone.now(), comments=said, province=Province.objects.get(pk="60"))
    edit = reverse("hearings:receipt_edit", args=[receipt.submission.receipt_no])
    page = client.post(edit, {"code": receipt.edit_code})
    page = client.post(edit, {**fields_of(page), "go": "to-2"})
    changed = {**fields_of(page), "c0-reason": "ทั้งหมด แก้แล้ว", "go": "next"}
    page = client.post(edit, changed)
    page = client.post(edit, {**fields_of(page), "go": "next"})
    started = answers()["started"]
    page = client.post(edit, {**fields_of(page), "started": started, "go": "send"})
    assert page.status_code == 302, re.findall(
        r'class="(?:err|why)".{0,400}', page.content.decode(), re.DOTALL
    )
    current = Comment.objects.current().order_by("pk")
    assert {(c.paragraph_key, c.quote, c.reason) for c in current} == {
        ("aaaaa", "212 หมุด", "ดี"), ("bbbbb", "", "ช้า"), ("", "", "ทั้งหมด แก้แล้ว"),
    }  # fmt: skip
    # What was not touched is the same row: its replies and supporters stay with it.
    assert Comment.objects.filter(paragraph_key="aaaaa").count() == 1
    versions = [version.data["comments"] for version in receipt.submission.versions.order_by("number")]
    assert [[c["quote"] for c in comments] for comments in versions] == [["", "212 หมุด", ""]] * 2


def test_two_paragraphs_of_one_section_are_two_comments(client, hearing, keys):
    more = {"c1-block": f"{keys[0]}.bbbbb", "c1-stance": "agree", "c1-reason": "ดี"}
    assert send(client, hearing, **{"c0-block": f"{keys[0]}.aaaaa", **more}).status_code == 302
    assert set(Comment.objects.values_list("paragraph_key", flat=True)) == {"aaaaa", "bbbbb"}


def test_the_whole_can_be_added_to_a_comment_on_a_section(client, hearing, keys):
    more = {"c1-block": "whole", "c1-stance": "agree", "c1-reason": "ดี"}
    assert send(client, hearing, **{"c0-block": keys[1], **more}).status_code == 302
    assert set(Comment.objects.values_list("block_key", flat=True)) == {None, *(b.key for b in hearing.current_draft.blocks.filter(key=keys[1]))}  # fmt: skip
    twice = send(client, hearing, **more)
    assert twice.status_code == 422
    assert "#id_c1-block" in twice.content.decode()


@pytest.mark.parametrize(
    "place",
    [
        "{0}.zzzzz",
        "{0}.ccccc",
        "{0}.",
        "{0}.aaaaa.bbbbb",
        "{0}.<script>",
        ".aaaaa",
        "whole.aaaaa",
        "{0}.\x00",
    ],
)
def test_a_forged_paragraph_is_refused_in_words_and_nothing_is_stored(client, hearing, keys, place):
    page = send(client, hearing, **{"c0-block": place.format(*keys)})
    assert page.status_code == 422
    assert "#id_c0-block" in page.content.decode()
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("block", "quote"), [("{0}.aaaaa", "คำที่ไม่มี"), ("{1}", "212 หมุด"), ("", "212 หมุด"), ("{0}", "ก" * 501)]
)
def test_words_that_do_not_stand_there_are_named_and_stay_in_the_form(client, hearing, keys, block, quote):
    page = send(client, hearing, **{"c0-block": block.format(*keys), "c0-quote": quote})
    text = html.unescape(page.content.decode())
    assert page.status_code == 422
    assert "#id_c0-quote" in text
    assert quote in text
    assert not Submission.objects.exists()


def test_a_quote_that_was_unticked_is_not_kept(client, hearing, keys):
    assert send(client, hearing, **{"c0-block": f"{keys[0]}.aaaaa"}).status_code == 302
    assert Comment.objects.get().quote == ""


@pytest.mark.parametrize(
    "query", [{"paragraph": "aaaaa"}, {"block": "x", "paragraph": "..", "quote": "x" * 9000}]
)
def test_a_strange_address_means_the_whole(client, hearing, query):
    page = client.get(address(hearing), query)
    assert page.status_code == 200
    assert 'name="c0-block" value=""' in page.content.decode() or "c0-block" not in page.content.decode()


def test_a_stance_without_a_comment_stays_the_headline_on_edit(client, hearing, keys):
    block = hearing.current_draft.blocks.order_by("order").first()
    said = [CommentData(stance="against", block_key=block.key, reason="ช้า")]
    receipt = comment(hearing, timezone.now(), comments=said, stance="agree")
    page = client.post(
        reverse("hearings:receipt_edit", args=[receipt.submission.receipt_no]), {"code": receipt.edit_code}
    )
    fields = fields_of(page)
    assert fields["c0-stance"] == "agree"
    assert fields["c1-stance"] == "against"
