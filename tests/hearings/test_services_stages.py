"""Announcing freezes the draft; each step is logged; results, cancellations and extensions follow their rules."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from hearings.enums import HearingState, Stage
from hearings.models import Comment, DraftBlock, Hearing, HearingContact, StageChange
from hearings.paragraphs import without_keys
from hearings.services.announce import announce
from hearings.services.cancel import cancel
from hearings.services.errors import NotReady, WrongStage
from hearings.services.extend import extend
from hearings.services.force_close import force_close
from hearings.services.prepare import start_summarising
from hearings.services.publish_draft_version import publish_draft_version
from hearings.services.publish_result import publish_result
from hearings.views.hearing import HearingRoom
from tests.factories.hearings import SECTIONS, HearingFactory, comment, day, office_head

pytestmark = pytest.mark.django_db


def announced(hearing: Hearing, now: dt.datetime, **kwargs) -> Hearing:
    return announce(hearing=hearing, actor=office_head(), now=now, **kwargs)


def edit_first_section(hearing: Hearing, heading: str) -> None:
    page = Hearing.objects.get(pk=hearing.pk).get_latest_revision_as_object()
    page.draft[0].value["heading"] = heading
    page.save_revision().publish()


def test_announcing_publishes_freezes_and_logs(now):
    draft = HearingFactory.draft(now)
    hearing = announced(draft, now)
    assert hearing.live
    assert hearing.stage == Stage.ANNOUNCED
    assert hearing.announced_at == now
    version = hearing.current_draft
    assert version.number == 1
    blocks = list(version.blocks.order_by("order"))
    assert [(block.heading, without_keys(block.body)) for block in blocks] == list(SECTIONS)
    assert [block.number for block in blocks] == ["1", "2", "3"]
    assert [str(block.key) for block in blocks] == [child.id for child in hearing.draft]
    change = StageChange.objects.get()
    assert (change.from_stage, change.to_stage, change.at, change.actor) == (
        "draft",
        "announced",
        now,
        office_head(),
    )


def test_it_announces_what_editors_saved_last_even_if_it_was_never_published(now):
    draft = HearingFactory.draft(now)
    draft.title = "ชื่อใหม่"
    draft.contacts = [HearingContact(name="สมชาย")]
    draft.draft[0].value["heading"] = "หัวข้อใหม่"
    draft.save_revision()
    hearing = announced(Hearing.objects.get(pk=draft.pk), now)
    assert hearing.title == "ชื่อใหม่"
    assert hearing.contacts.get().name == "สมชาย"
    assert hearing.current_draft.blocks.first().heading == "หัวข้อใหม่"


@pytest.mark.parametrize(
    "fields",
    [
        {"code": None},
        {"summary": "  "},
        {"sections": ()},
        {"opens_at": None},
        {"closes_at": None},
        {"contacts": ()},
    ],
)
def test_an_incomplete_hearing_is_refused_with_one_sentence_for_each_gap(now, fields):
    draft = HearingFactory.draft(now, **fields)
    with pytest.raises(NotReady) as refused:
        announced(draft, now)
    assert len(refused.value.messages) == 1
    stored = Hearing.objects.get(pk=draft.pk)
    assert (stored.stage, stored.live) == (Stage.DRAFT, False)
    assert not StageChange.objects.exists()
    assert not DraftBlock.objects.exists()


def test_everything_missing_is_said_at_once(now):
    draft = HearingFactory.draft(
        now, code=None, summary="", sections=(), contacts=(), opens_at=None, closes_at=None
    )
    with pytest.raises(NotReady) as refused:
        announced(draft, now)
    assert len(refused.value.messages) == 6


def test_a_hearing_that_is_already_over_is_not_announced(now):
    draft = HearingFactory.draft(now, opens_at=day(now, -30), closes_at=day(now, -1), kind="plan")
    with pytest.raises(NotReady):
        announced(draft, now)


@pytest.mark.parametrize("kind", ["project", "plan", "law"])
def test_a_short_notice_needs_a_reason_and_an_approver_which_are_kept_whatever_the_kind(now, kind):
    draft = HearingFactory.draft(now, opens_at=day(now, 14), notice_published_at=None, kind=kind)
    with pytest.raises(NotReady):
        announced(draft, now)
    with pytest.raises(NotReady):
        announced(draft, now, reason="ฤดูน้ำหลากใกล้เข้ามา")
    hearing = announced(draft, now, reason="ฤดูน้ำหลากใกล้เข้ามา", approver="ผู้ว่าราชการจังหวัด")
    assert HearingRoom(hearing, now).notice_days == 14
    assert hearing.short_notice_reason == "ฤดูน้ำหลากใกล้เข้ามา"
    assert hearing.short_notice_approver == "ผู้ว่าราชการจังหวัด"
    assert StageChange.objects.get().reason == "ฤดูน้ำหลากใกล้เข้ามา"


@pytest.mark.parametrize(("kind", "days"), [("plan", 15), ("law", 16), ("project", 15), ("project", 16)])
def test_a_full_notice_needs_no_reason(now, kind, days):
    draft = HearingFactory.draft(now, opens_at=day(now, days), notice_published_at=None, kind=kind)
    assert announced(draft, now).notice_published_at == now.date()


def test_a_hearing_is_announced_once(now):
    hearing = HearingFactory.open(now)
    with pytest.raises(WrongStage):
        announced(hearing, now)
    assert hearing.draft_versions.count() == 1


def test_editing_the_draft_afterwards_changes_no_frozen_section(now):
    hearing = HearingFactory.open(now)
    edit_first_section(hearing, "แก้เงียบ ๆ")
    hearing = Hearing.objects.get(pk=hearing.pk)
    assert hearing.draft[0].value["heading"] == "แก้เงียบ ๆ"
    assert hearing.current_draft.blocks.first().heading == SECTIONS[0][0]


def test_a_second_version_keeps_the_keys_and_with_them_the_comments(now):
    hearing = HearingFactory.open(now)
    comment(hearing, now, block=0, reason="เรื่องแนวเขต")
    edit_first_section(hearing, "แนวเขตที่แก้แล้ว")
    start_summarising(hearing=hearing, actor=office_head(), now=day(now, 19))
    version = publish_draft_version(
        hearing=hearing, actor=office_head(), now=day(now, 20), note="เดินแนวร่วมกันตามที่เสนอ"
    )
    assert version.number == 2
    first, second = (v.blocks.order_by("order").first() for v in hearing.draft_versions.order_by("number"))
    assert first.key == second.key
    assert (first.heading, second.heading) == (SECTIONS[0][0], "แนวเขตที่แก้แล้ว")
    found = Comment.objects.public(hearing).for_block(second.key).get()
    assert found.reason == "เรื่องแนวเขต"
    assert found.block == first
    assert Hearing.objects.get(pk=hearing.pk).current_draft == version


@pytest.mark.parametrize("state", ["upcoming", "open", "closed"])
def test_nobody_changes_the_text_while_people_are_asked(now, state):
    hearing = getattr(HearingFactory, state)(now)
    edit_first_section(hearing, "แก้แล้ว")
    with pytest.raises(WrongStage):
        publish_draft_version(hearing=hearing, actor=office_head(), now=now, note="แก้ระหว่างทาง")
    assert hearing.draft_versions.count() == 1


def test_a_version_without_a_change_or_a_note_is_refused(now):
    hearing = HearingFactory.summarising(now)
    with pytest.raises(NotReady):
        publish_draft_version(hearing=hearing, actor=office_head(), now=now, note="ไม่มีอะไร")
    edit_first_section(hearing, "แก้แล้ว")
    with pytest.raises(NotReady):
        publish_draft_version(hearing=hearing, actor=office_head(), now=now, note=" ")
    assert hearing.draft_versions.count() == 1


def test_a_result_needs_words_and_is_dated(now):
    empty = HearingFactory.closed(now)
    with pytest.raises(NotReady):
        publish_result(hearing=empty, actor=office_head(), now=now)
    full = HearingFactory.closed(now, result_body=[("paragraph", "<p>รับ 3 ข้อ</p>")])
    hearing = publish_result(hearing=full, actor=office_head(), now=now)
    assert hearing.result_published_at == now
    assert hearing.state(now) == HearingState.RESULT_PUBLISHED


def test_a_result_cannot_come_before_the_hearing_closed(now):
    hearing = HearingFactory.open(now, result_body=[("paragraph", "<p>รู้แล้ว</p>")])
    with pytest.raises(WrongStage):
        publish_result(hearing=hearing, actor=office_head(), now=now)
    with pytest.raises(WrongStage):
        start_summarising(hearing=hearing, actor=office_head(), now=now)


@pytest.mark.parametrize("service", [cancel, force_close])
def test_taking_something_away_needs_a_reason(now, service):
    hearing = HearingFactory.open(now)
    with pytest.raises(ValidationError):
        service(hearing=hearing, actor=office_head(), now=now, reason="  ")
    assert Hearing.objects.get(pk=hearing.pk).can_comment(now)


def test_a_cancelled_hearing_stays_readable_if_it_had_been_announced(now):
    hearing = HearingFactory.open(now)
    comment(hearing, now)
    cancel(hearing=hearing, actor=office_head(), now=now, reason="งบประมาณเปลี่ยน")
    draft = HearingFactory.draft(now)
    cancel(hearing=draft, actor=office_head(), now=now, reason="ทำซ้ำ")
    assert list(Hearing.objects.visible()) == [hearing]
    assert Hearing.objects.get(pk=hearing.pk).last_published_at == now
    assert hearing.submissions.count() == 1
    assert hearing.stage_changes.last().reason == "งบประมาณเปลี่ยน"


def test_closing_early_leaves_the_announced_dates(now):
    hearing = HearingFactory.open(now)
    stopped = force_close(hearing=hearing, actor=office_head(), now=now, reason="น้ำท่วมศาลา")
    assert stopped.closes_at == hearing.closes_at
    assert (stopped.force_closed_at, stopped.force_closed_reason) == (now, "น้ำท่วมศาลา")
    assert not Hearing.objects.get(pk=hearing.pk).can_comment(now)


def test_a_mistyped_year_is_not_announced(now):
    hearing = HearingFactory.open(now)
    with pytest.raises(NotReady):
        extend(hearing=hearing, actor=office_head(), closes_at=day(now, 365 * 100), now=now, reason="น้ำท่วม")
    assert Hearing.objects.get().closes_at == hearing.closes_at
    ahead = HearingFactory.draft(now, opens_at=day(now, 500), closes_at=day(now, 520))
    with pytest.raises(NotReady):
        announced(ahead, now)


def test_time_is_only_ever_added(now):
    hearing = HearingFactory.open(now)
    with pytest.raises(NotReady):
        extend(hearing=hearing, actor=office_head(), now=now, reason="ก", closes_at=hearing.closes_at)
    later = extend(
        hearing=hearing, actor=office_head(), now=now, reason="ภาคเอกชนยังเงียบ", closes_at=day(now, 40)
    )
    assert later.closes_at == day(now, 40)
    assert later.result_due == (day(now, 55)).date()
    assert later.stage_changes.last().reason == "ภาคเอกชนยังเงียบ"
