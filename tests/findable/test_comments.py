"""Published comments are found; each way in which their public text changes is followed within one run of the task."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.files.base import ContentFile
from wagtail.models import PageViewRestriction

from core.searchable import SearchDocument, document_for, documents, key_for
from hearings import privacy
from hearings.enums import AttachmentKind, Decision, ModerationMode, PublishName, ReasonCode, Stage
from hearings.models import Attachment, Comment, Hearing, Reply
from hearings.services.answer_comment import answer_comment
from hearings.services.attach import delete_attachment
from hearings.services.cancel import cancel
from hearings.services.data import CommentData
from hearings.services.moderate import moderate
from hearings.services.moderate_reply import moderate_reply
from hearings.services.publish_draft_version import publish_draft_version
from hearings.services.reply import reply, withdraw_reply
from hearings.services.revise import revise
from hearings.services.run_import import preview_import, run_import
from hearings.services.show_file import decide_file, write_transcript
from hearings.services.submit import Receipt
from hearings.services.withdraw import withdraw
from search.engines import Ask, Filters
from search.query import find
from tests.factories.hearings import HearingFactory, comment, office_head, submission_data
from tests.hearings.people import HOME, province
from tests.hearings.spreadsheets import row, workbook
from tests.hearings.test_keyset import fill

pytestmark = pytest.mark.django_db

WORD, ANSWER_WORD = "quokka", "wombat"


def found(word: str = WORD) -> list[str]:
    return [hit.document.key for hit in find(word, exact=True).hits]


def is_nowhere(engine, word: str) -> None:
    """Not found, not counted in any facet, not in the frequencies that correction and similar ones ask."""
    answer = engine.search(Ask({word: 1.0}, facets=("kind", "variety", "sector", "province")))
    assert (answer.total, answer.candidates) == (0, [])
    assert not any(answer.counts.values())
    assert engine.frequencies([word]) == {word: 0}
    assert found(word) == []


@pytest.fixture
def hearing(now, engine, committed) -> Hearing:
    with committed():
        return HearingFactory.open(now, title="ขุดลอกบึงสามแพรก", moderation_mode=ModerationMode.POST)


@pytest.fixture
def sent(hearing, now, committed) -> Receipt:
    with committed():
        return comment(
            hearing, now, reason=f"แนวหมุด {WORD} กินที่นา", stance="against", sector="private", block=0
        )


@pytest.fixture
def said(sent) -> Comment:
    return sent.submission.comments.get()


def test_a_published_comment_is_found_with_its_facets_and_without_a_name(hearing, now, engine, committed):
    with committed():
        receipt = comment(
            hearing, now, reason=f"เห็นด้วย {WORD}", suggestion="ทำทางเบี่ยง", province=province(HOME),
            name="สมหญิง ใจงาม", publish_name=PublishName.NAME, stance="agree", sector="local_gov",
        )  # fmt: skip
    said = receipt.submission.comments.get()
    [candidate] = engine.search(
        Ask({WORD: 1.0}, Filters(kind="comment", part_of=key_for(hearing)))
    ).candidates
    document = candidate.document
    assert document.key == key_for(said)
    assert document.url == f"/hearings/{hearing.slug}/comments/{said.pk}/"
    assert (document.sectors, document.provinces, document.variety) == (("local_gov",), (HOME,), "agree")
    assert "ขุดลอกบึงสามแพรก" in document.title
    assert "ทำทางเบี่ยง" in document.body
    assert "สมหญิง" not in str(document)
    assert found("สมหญิง") == []


def test_a_search_for_the_title_of_a_hearing_finds_it_and_not_its_comments(hearing, now, engine, committed):
    with committed():
        for _ in range(30):
            comment(hearing, now, reason="ดี")
    first, *others = find("ขุดลอกบึงสามแพรก").hits
    assert first.document.key == key_for(hearing)
    assert not any(hit.document.kind == "comment" for hit in others)


def test_comments_nobody_may_read_yet_are_not_found(now, engine, committed):
    with committed():
        hearing = HearingFactory.open(now, moderation_mode=ModerationMode.PRE)
        receipt = comment(hearing, now, reason=WORD)
    is_nowhere(engine, WORD)
    with committed():
        decide(receipt, Decision.PUBLISH, now)
    assert found() == [key_for(receipt.submission.comments.get())]


def decide(receipt: Receipt, decision: str, now: dt.datetime) -> None:
    reason = ReasonCode.FITS_RULES if decision == Decision.PUBLISH else ReasonCode.PERSONAL_DATA
    moderate(
        submission=receipt.submission, actor=office_head(), decision=decision, reason_code=reason, now=now
    )


def take_back(receipt: Receipt, now: dt.datetime) -> None:
    withdraw(submission=receipt.submission, edit_code=receipt.edit_code, now=now)


def hide(receipt: Receipt, now: dt.datetime) -> None:
    decide(receipt, Decision.HIDE, now)


def write_anew(receipt: Receipt, now: dt.datetime) -> None:
    words = CommentData(stance="agree", reason="เปลี่ยนใจแล้ว")
    revise(
        submission=receipt.submission, edit_code=receipt.edit_code, data=submission_data(stance="agree"),
        comments=[words], now=now,
    )  # fmt: skip


def say_nothing(receipt: Receipt, now: dt.datetime) -> None:
    revise(
        submission=receipt.submission, edit_code=receipt.edit_code, data=submission_data(stance="agree"),
        comments=[CommentData(stance="agree")], now=now,
    )  # fmt: skip


def unpublish_hearing(receipt: Receipt, now: dt.datetime) -> None:
    Hearing.objects.get(pk=receipt.submission.hearing_id).unpublish()


def restrict_hearing(receipt: Receipt, now: dt.datetime) -> None:
    hearing = Hearing.objects.get(pk=receipt.submission.hearing_id)
    PageViewRestriction.objects.create(page=hearing, restriction_type=PageViewRestriction.LOGIN)


def restrict_list(receipt: Receipt, now: dt.datetime) -> None:
    hearing = Hearing.objects.get(pk=receipt.submission.hearing_id)
    PageViewRestriction.objects.create(
        page=hearing.get_parent(), restriction_type=PageViewRestriction.PASSWORD, password="x"
    )


def delete_submission(receipt: Receipt, now: dt.datetime) -> None:
    receipt.submission.delete()


WAYS_OUT = [
    take_back, hide, write_anew, say_nothing, unpublish_hearing, restrict_hearing, restrict_list, delete_submission,
]  # fmt: skip


@pytest.mark.parametrize("way_out", WAYS_OUT)
def test_every_way_out_leaves_nothing_to_find(sent, now, engine, committed, way_out):
    assert len(found()) == 1
    with committed():
        way_out(sent, now)
        assert found() == []  # at once, before the task has run
    is_nowhere(engine, WORD)


# Words that were changed keep the replies to them (hearings.services.talk.hand_over_replies).
@pytest.mark.parametrize("way_out", [way for way in WAYS_OUT if way is not write_anew])
def test_every_way_out_takes_the_replies_with_it(sent, said, now, engine, committed, way_out):
    with committed():
        answer_comment(
            comment=said, actor=office_head(), text=ANSWER_WORD, idempotency_key=uuid.uuid4(), now=now
        )
    assert found(ANSWER_WORD) == [key_for(said)]
    with committed():
        way_out(sent, now)
    is_nowhere(engine, ANSWER_WORD)


@pytest.mark.parametrize("typed", [WORD, f'"{WORD}"', f"{WORD} แก้มลิง"])
def test_what_was_hidden_a_moment_ago_is_neither_shown_nor_counted(sent, said, now, typed):
    before = find(typed)
    assert key_for(said) in [hit.document.key for hit in before.hits]
    decide(sent, Decision.HIDE, now)  # the worker has not been here
    after = find(typed)
    assert after.total == before.total - 1 == len(after.hits)
    assert after.of("kind").get("comment", 0) == before.of("kind")["comment"] - 1


def test_what_was_hidden_and_published_again_is_found_again(sent, said, now, engine, committed):
    for decision in (Decision.HIDE, Decision.PUBLISH):
        with committed():
            decide(sent, decision, now)
    assert found() == [key_for(said)]


def test_an_edit_that_leaves_the_words_changes_sector_and_province(sent, now, engine, committed):
    block = Comment.objects.get(superseded_at=None).block_key
    words = CommentData(stance="against", reason=f"แนวหมุด {WORD} กินที่นา", block_key=block)
    data = submission_data(stance="against", sector="academic", province=province(HOME))
    with committed():
        revise(submission=sent.submission, edit_code=sent.edit_code, data=data, comments=[words], now=now)
    [candidate] = engine.search(Ask({WORD: 1.0}, Filters(sector="academic", province=HOME))).candidates
    assert candidate.document.key == key_for(Comment.objects.get())


def test_a_cancelled_hearing_keeps_its_record_findable(sent, said, hearing, now, engine, committed):
    """Once announced it stays readable with the reason (hearings.services.cancel); its comments do, too."""
    with committed():
        cancel(hearing=hearing, actor=office_head(), now=now, reason="งบประมาณไม่ผ่านการอนุมัติของสภา")
    assert Hearing.objects.get().stage == Stage.CANCELLED
    assert found() == [key_for(said)]


def test_erasing_a_person_leaves_nothing_of_the_person_to_find(hearing, now, engine, committed):
    with committed():
        receipt = comment(
            hearing, now, reason=WORD, name="quenby", email="q@example.org", publish_name=PublishName.NAME
        )
    is_nowhere(engine, "quenby")
    with committed():
        privacy.erase_person(email="q@example.org")
    assert found() == [key_for(receipt.submission.comments.get())]  # the words belong to the record
    is_nowhere(engine, "quenby")


# --- replies ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["withdraw", "hide"])
def test_a_reply_is_found_with_its_comment_until_it_is_taken_away(said, now, engine, committed, way):
    with committed():
        receipt = reply(
            comment=said, text=f"ตอบว่า {ANSWER_WORD}", name="ปิยะ", idempotency_key=uuid.uuid4(), now=now
        )
    assert found(ANSWER_WORD) == [key_for(said)]
    assert found("ปิยะ") == []
    with committed():
        if way == "withdraw":
            withdraw_reply(reply=receipt.reply, edit_code=receipt.edit_code, now=now)
        else:
            moderate_reply(
                reply=receipt.reply, actor=office_head(), decision=Decision.HIDE,
                reason_code=ReasonCode.THREAT, now=now,
            )  # fmt: skip
    is_nowhere(engine, ANSWER_WORD)
    assert found() == [key_for(said)]


def test_a_reply_that_waits_to_be_read_is_not_found(now, engine, committed):
    with committed():
        hearing = HearingFactory.open(now, moderation_mode=ModerationMode.PRE)
        receipt = comment(hearing, now, reason=WORD)
        decide(receipt, Decision.PUBLISH, now)
        said = receipt.submission.comments.get()
        reply(comment=said, text=ANSWER_WORD, idempotency_key=uuid.uuid4(), now=now)
    is_nowhere(engine, ANSWER_WORD)
    with committed():
        moderate_reply(
            reply=Reply.objects.get(), actor=office_head(), decision=Decision.PUBLISH,
            reason_code=ReasonCode.FITS_RULES, now=now,
        )  # fmt: skip
    assert found(ANSWER_WORD) == [key_for(said)]


# --- what was said in a recording --------------------------------------------------------------------------------


@pytest.fixture
def recording(sent, now, settings, tmp_path) -> Attachment:
    settings.MEDIA_ROOT = tmp_path
    made = Attachment(
        hearing=sent.submission.hearing, submission=sent.submission, form_key=uuid.uuid4(), kind=AttachmentKind.VOICE,
        name="เสียง.webm", size=5, sha256="0" * 64, created_at=now,
    )  # fmt: skip
    made.file.save("x.webm", ContentFile(b"bytes"), save=True)
    return made


def test_what_was_said_is_found_once_it_is_written_down_with_or_without_the_voice(
    recording, said, now, engine, committed
):
    is_nowhere(engine, ANSWER_WORD)
    with committed():
        write_transcript(attachment=recording, text=f"ลูก{ANSWER_WORD}ข้ามถนนตรงนี้", by=office_head())
    assert found(ANSWER_WORD) == [key_for(said)]
    for publish in (True, False):  # the page shows the words instead of a voice that is held back
        with committed():
            decide_file(attachment=recording, publish=publish, by=office_head(), now=now)
        assert found(ANSWER_WORD) == [key_for(said)]


def unwrite(recording: Attachment, now: dt.datetime) -> None:
    write_transcript(attachment=recording, text="", by=office_head())


def author_takes_it_out(recording: Attachment, now: dt.datetime) -> None:
    submission = recording.submission
    words = CommentData(stance="against", reason=f"แนวหมุด {WORD} กินที่นา")
    revise(
        submission=submission, edit_code=recording.edit_code, data=submission_data(stance="against"),
        comments=[words], now=now, taken_out=[recording.pk],
    )  # fmt: skip


def purge_file(recording: Attachment, now: dt.datetime) -> None:
    delete_attachment(Attachment.objects.get(pk=recording.pk))


@pytest.mark.parametrize("way_out", [unwrite, author_takes_it_out, purge_file])
def test_words_of_a_recording_that_is_not_shown_any_more_are_not_found(
    recording, sent, now, engine, committed, way_out
):
    with committed():
        write_transcript(attachment=recording, text=ANSWER_WORD, by=office_head())
    assert found(ANSWER_WORD)
    recording.edit_code = sent.edit_code
    with committed():
        way_out(recording, now)
        assert found(ANSWER_WORD) == []  # at once, before the task has run
    is_nowhere(engine, ANSWER_WORD)
    assert len(found()) == 1  # what was written stands


# Who writes anew keeps the file, and the new comment shows it.
@pytest.mark.parametrize("way_out", [way_out for way_out in WAYS_OUT if way_out is not write_anew])
def test_every_way_out_takes_the_words_of_recordings_with_it(
    recording, sent, now, engine, committed, way_out
):
    with committed():
        write_transcript(attachment=recording, text=ANSWER_WORD, by=office_head())
    with committed():
        way_out(sent, now)
    is_nowhere(engine, ANSWER_WORD)


# --- many ------------------------------------------------------------------------------------------------------


def test_imported_comments_are_found(hearing, now, engine, committed):
    with committed():
        upload = workbook([row(reason=f"แถวที่หนึ่ง {WORD}"), row(reason="แถวที่สอง")])
        run = preview_import(hearing=hearing, upload=upload, by=office_head(), now=now)
        run_import(run=run, by=office_head(), now=now)
    assert len(found()) == 1


def test_comments_follow_the_new_address_and_title_of_their_hearing(said, hearing, engine, committed):
    with committed():
        page = Hearing.objects.get(pk=hearing.pk)
        page.slug = "new-address"
        page.save_revision().publish()
    [candidate] = engine.search(Ask({WORD: 1.0})).candidates
    assert candidate.document.url == f"/hearings/new-address/comments/{said.pk}/"


def test_a_rebuild_reads_comments_in_chunks_with_the_same_few_queries(
    hearing, now, engine, django_assert_max_num_queries
):
    """A query for each row would be 1,200; what a chunk of 500 asks is the comments, their hearing and its lists."""
    fill(hearing, 1200, now - dt.timedelta(days=1), dt.timedelta(seconds=1))
    with django_assert_max_num_queries(60):
        comments = [document for document in documents() if document.kind == "comment"]
    assert len(comments) == 1200


def test_asking_once_more_what_is_public_takes_few_queries(said, django_assert_num_queries):
    """One a kind; of comments also what stands below them (replies, recordings), to see whether it still says the same."""
    from search.engines import Candidate
    from search.engines.base import stored_form
    from search.public import still_public

    others = (SearchDocument(f"hearings.comment:{pk}", "comment", "", "") for pk in range(said.pk + 1, 40))
    candidates = [Candidate(1.0, document) for document in (stored_form(document_for(said)), *others)]
    sections = [
        Candidate(1.0, SearchDocument(f"hearings.draftblock:{pk}", "section", "", "")) for pk in range(9)
    ]
    with django_assert_num_queries(8):
        public = still_public([*candidates, *sections])
    assert {key for key in public if key.startswith("hearings.comment:")} == {key_for(said)}


# --- sections --------------------------------------------------------------------------------------------------


def test_each_section_of_the_draft_is_found_by_itself(hearing):
    block = hearing.current_draft.sections[2]
    document = document_for(block)
    assert (document.title, document.kind, document.part_of) == (block.heading, "section", key_for(hearing))
    assert document.url == f"/hearings/{hearing.slug}/draft/#s{block.number}"
    assert document.provinces == ("60",)
    [first, *_rest] = find("ปิดทางเลียบบึงด้านตะวันออก").hits
    assert first.document.key == key_for(block)


def test_the_hearing_itself_is_found_by_the_headings_of_its_draft(hearing):
    keys = [hit.document.key for hit in find("ทางสัญจรระหว่างก่อสร้าง").hits]
    assert key_for(hearing) in keys


def test_only_the_newest_version_of_the_draft_is_found(now, engine, committed):
    with committed():
        hearing = HearingFactory.summarising(now, sections=[("ขอบเขต", f"<p>{WORD} &amp; ๒.๕ เมตร</p>")])
    assert found() == [key_for(hearing.current_draft.sections[0])]
    with committed():
        page = Hearing.objects.get(pk=hearing.pk)
        page.draft[0].value["body"].source = f"<p>{ANSWER_WORD}</p>"
        page.save_revision()
        publish_draft_version(hearing=page, actor=office_head(), now=now, note="แก้ตามความเห็น")
    is_nowhere(engine, WORD)
    assert found(ANSWER_WORD) == [key_for(Hearing.objects.get(pk=hearing.pk).current_draft.sections[0])]


def test_sections_of_a_hearing_that_is_not_announced_are_not_found(now, engine, committed):
    with committed():
        HearingFactory.draft(now, sections=[("ขอบเขต", f"<p>{WORD}</p>")])
    is_nowhere(engine, WORD)


def test_a_reply_that_was_taken_away_shows_nowhere_before_the_index_knows(said, now, engine, committed):
    with committed():
        receipt = reply(comment=said, text=f"ตอบว่า {ANSWER_WORD}", idempotency_key=uuid.uuid4(), now=now)
    assert found(ANSWER_WORD) == [key_for(said)]
    moderate_reply(
        reply=receipt.reply,
        actor=office_head(),
        decision=Decision.HIDE,
        reason_code=ReasonCode.THREAT,
        now=now,
    )
    assert found(ANSWER_WORD) == []
