"""Stances are counted by one grouped query, without the hidden and the withdrawn, and are fresh after each service."""

from __future__ import annotations

import pytest

from core.enums import Sector
from hearings.enums import ModerationMode, Stance
from hearings.models import Comment
from hearings.services.data import CommentData
from hearings.services.moderate import moderate
from hearings.services.revise import revise
from hearings.services.withdraw import withdraw
from hearings.totals import clear_totals, totals_by_block, totals_by_stance_and_sector
from tests.factories.hearings import HearingFactory, comment, office_head, submission_data

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def commits(django_capture_on_commit_callbacks):
    """What runs after a commit runs at once: the tests live inside one transaction."""
    with django_capture_on_commit_callbacks(execute=True):
        yield


@pytest.fixture
def done(django_capture_on_commit_callbacks):
    def run(service, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return service(**kwargs)

    return run


def sent(hearing, now, run, **fields):
    return run(lambda: comment(hearing, now, **fields))


def test_each_submission_counts_once_by_its_headline(now, done):
    hearing, other = HearingFactory.open(now), HearingFactory.open(now)
    for stance, sector in (
        ("agree", "citizen"),
        ("agree", "citizen"),
        ("against", "citizen"),
        ("other", "private"),
    ):
        sent(hearing, now, done, stance=stance, sector=sector)
    sent(other, now, done, stance="agree", sector="academic")
    assert totals_by_stance_and_sector(hearing) == {
        "citizen": {"agree": 2, "against": 1},
        "private": {"other": 1},
    }


def test_sections_count_their_own_stances_and_what_can_be_read(now, done):
    hearing = HearingFactory.open(now)
    first, second, _third = (block.key for block in hearing.current_draft.blocks.order_by("order"))
    sent(hearing, now, done, comments=[
        CommentData(stance=Stance.AGREE, reason="ทั้งเรื่อง"),
        CommentData(stance=Stance.AGAINST, block_key=first, reason="ข้อแรก"),
    ])  # fmt: skip
    sent(hearing, now, done, comments=[CommentData(stance=Stance.AGREE, block_key=first)])
    totals = totals_by_block(hearing)
    assert totals[first].stances == {"against": 1, "agree": 1}
    assert totals[first].readable == 1
    assert totals[None].stances == {"agree": 1}
    assert second not in totals


def test_who_speaks_on_several_paragraphs_of_a_section_is_one_person(now, done):
    hearing = HearingFactory.open(now)
    block = hearing.current_draft.blocks.order_by("order")[0]
    submission = sent(
        hearing, now, done, comments=[CommentData(stance=Stance.AGREE, block_key=block.key)]
    ).submission
    for key, stance in (("p1", Stance.AGREE), ("p2", Stance.AGREE), ("p3", Stance.AGAINST)):
        Comment.objects.create(
            hearing=hearing, submission=submission, block=block, block_key=block.key, paragraph_key=key,
            stance=stance, created_at=now,
        )  # fmt: skip
    clear_totals(hearing.pk)
    assert totals_by_block(hearing)[block.key].stances == {"agree": 1, "against": 1}


def test_the_withdrawn_and_the_hidden_are_never_counted(now, done):
    hearing = HearingFactory.open(now)
    kept, gone, hidden = (sent(hearing, now, done, block=0) for _ in range(3))
    totals_by_stance_and_sector(hearing), totals_by_block(hearing)
    done(withdraw, submission=gone.submission, edit_code=gone.edit_code, now=now)
    done(
        moderate,
        submission=hidden.submission,
        actor=office_head(),
        decision="hide",
        reason_code="threat",
        now=now,
    )
    assert totals_by_stance_and_sector(hearing) == {"citizen": {"partly": 1}}
    (section,) = totals_by_block(hearing).values()
    assert (section.stances, section.readable) == ({"partly": 1}, 1)
    assert kept.created


def test_what_waits_to_be_read_is_counted_but_cannot_be_read(now, done):
    hearing = HearingFactory.open(now, moderation_mode=ModerationMode.PRE)
    sent(hearing, now, done)
    assert totals_by_stance_and_sector(hearing) == {"citizen": {"partly": 1}}
    assert totals_by_block(hearing)[None].readable == 0


def test_every_service_refreshes_the_totals(now, done):
    hearing = HearingFactory.open(now)
    receipt = sent(hearing, now, done, stance=Stance.AGREE)
    assert totals_by_stance_and_sector(hearing) == {"citizen": {"agree": 1}}
    data = submission_data(stance=Stance.AGAINST, sector=Sector.PRIVATE)
    done(revise, submission=receipt.submission, edit_code=receipt.edit_code, data=data, comments=[], now=now)
    assert totals_by_stance_and_sector(hearing) == {"private": {"against": 1}}
    assert totals_by_block(hearing) == {}
    head = office_head()
    done(moderate, submission=receipt.submission, actor=head, decision="hide", reason_code="threat", now=now)
    assert totals_by_stance_and_sector(hearing) == {}
    done(
        moderate,
        submission=receipt.submission,
        actor=head,
        decision="publish",
        reason_code="fits_rules",
        now=now,
    )
    assert totals_by_stance_and_sector(hearing) == {"private": {"against": 1}}


def test_one_query_then_none_while_cached(now, done, django_assert_num_queries):
    hearing = HearingFactory.open(now)
    for _ in range(5):
        sent(hearing, now, done, block=0)
    with django_assert_num_queries(2):
        totals_by_stance_and_sector(hearing)
        totals_by_block(hearing)
    with django_assert_num_queries(0):
        totals_by_stance_and_sector(hearing)
        totals_by_block(hearing)
