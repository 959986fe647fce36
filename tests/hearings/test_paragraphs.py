"""Keys of paragraphs, and comments tied to them."""

from __future__ import annotations

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.rich_text import RichText

from hearings.enums import BlockKind, Stance
from hearings.models import Comment, Hearing
from hearings.paragraphs import fold, paragraphs, text_of, with_keys, without_keys
from hearings.services.data import CommentData
from hearings.services.prepare import start_summarising
from hearings.services.publish_draft_version import publish_draft_version
from hearings.services.revise import revise
from hearings.services.submit import Receipt
from tests.factories.hearings import HearingFactory, comment, day, office_head, submission_data

TWO = '<p data-block-key="aaaaa">ขุดลอกบึง 640 ไร่</p><p data-block-key="bbbbb">ปิดทาง <b>7 เดือน</b></p>'


def keys(body: str) -> list[str]:
    return [piece.key for piece in paragraphs(body)]


def test_a_text_falls_into_paragraphs_items_and_the_rest() -> None:
    body = (
        '<p data-block-key="a1">หนึ่ง<br/>สอง</p><ol><li data-block-key="b1">ก</li>'
        '<li data-block-key="b2">ข<ul><li data-block-key="c1">ค</li></ul></li></ol><hr/>'
    )
    pieces = paragraphs(body)
    assert [(p.key, p.text) for p in pieces] == [
        ("a1", "หนึ่ง สอง"), ("b1", "ก"), ("b2", "ข"), ("c1", "ค"), ("", "")
    ]  # fmt: skip
    assert pieces[2].html == '<ol start="2"><li>ข</li></ol>'
    assert text_of(body) == "หนึ่ง สอง ก ข ค"


@pytest.mark.parametrize(
    "body", ["", "   ", "<p>", "</p></li>", "<<>>&amp;<b>", "คำเปล่า ไม่มีย่อหน้า", "<!-- x -->"]
)
def test_broken_markup_is_no_error(body: str) -> None:
    assert all(part.html for part in paragraphs(body))
    named = with_keys(body)
    assert with_keys(named) == named


def test_loose_words_stay_escaped() -> None:
    assert paragraphs("1 &lt;script&gt; 2")[0].html == "<p>1 &lt;script&gt; 2</p>"


def test_paragraphs_with_keys_are_left_as_they_are() -> None:
    assert with_keys(TWO) == TWO


def test_a_paragraph_without_a_key_gets_one() -> None:
    named = with_keys("<p>หนึ่ง</p><ul><li>สอง</li></ul>")
    assert len(set(keys(named))) == 2
    assert all(0 < len(key) <= 12 for key in keys(named))
    assert without_keys(named) == "<p>หนึ่ง</p><ul><li>สอง</li></ul>"


def test_the_key_of_the_same_or_most_similar_paragraph_is_taken_over() -> None:
    body = "<p>ย่อหน้าใหม่ทั้งหมดเรื่องอื่น</p><p>ปิดทาง 9 เดือน</p><p>ขุดลอกบึง 640 ไร่</p>"
    new, similar, same = keys(with_keys(body, TWO))
    assert (similar, same) == ("bbbbb", "aaaaa")
    assert new not in {"aaaaa", "bbbbb", ""}


def test_a_copied_or_hostile_key_is_not_used_twice() -> None:
    body = (
        '<p data-block-key="aaaaa">ก</p><p data-block-key="aaaaa">ข</p><p data-block-key="a b&quot;onx">ค</p>'
    )
    found = keys(with_keys(body))
    assert found[0] == "aaaaa"
    assert len(set(found)) == 3
    assert "" not in found


def test_fold_joins_lines() -> None:
    assert fold(" ปิดทาง \n\n 7  เดือน\u200b ") == "ปิดทาง 7 เดือน"


# --- freezing -----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_freezing_names_paragraphs_and_the_draft_keeps_the_names() -> None:
    now = timezone.now()
    hearing = HearingFactory.open(now, sections=[("ก", "<p>หนึ่ง</p><p>สอง</p>")])
    [block] = hearing.current_draft.blocks.all()
    assert "" not in keys(block.body)
    assert hearing.draft[0].value["body"].source == block.body
    newest = hearing.get_latest_revision_as_object()
    assert newest.draft[0].value["body"].source == block.body


@pytest.mark.django_db
def test_a_key_stays_with_its_paragraph_in_the_next_version() -> None:
    now = timezone.now()
    hearing = HearingFactory.closed(now, sections=[("ก", "<p>ขุดลอกบึง 640 ไร่</p><p>ปิดทาง 7 เดือน</p>")])
    hearing = start_summarising(hearing=hearing, actor=office_head(), now=now)
    first = keys(hearing.current_draft.blocks.get().body)
    hearing.draft[0].value["body"] = RichText("<p>ปิดทาง 5 เดือน</p><p>เรื่องใหม่ที่ไม่เคยมีมาก่อนเลย</p>")
    hearing.save_revision()
    publish_draft_version(hearing=hearing, actor=office_head(), now=now, note="ลดเวลาปิดทาง")
    second = keys(Hearing.objects.get(pk=hearing.pk).current_draft.blocks.get().body)
    assert second[0] == first[1]
    assert second[1] not in first


@pytest.mark.django_db
def test_an_alternative_is_frozen_as_one() -> None:
    now = timezone.now()
    hearing = HearingFactory.draft(now)
    hearing.draft.append(("alternative", {"heading": "ทางเลือกที่ 1", "body": RichText("<p>ขุดทั้งบึง</p>")}))
    hearing.save()
    from hearings.services.announce import announce

    announced = announce(hearing=hearing, actor=office_head(), now=now)
    kinds = [block.kind for block in announced.current_draft.blocks.all()]
    assert kinds == [BlockKind.SECTION] * 3 + [BlockKind.ALTERNATIVE]


# --- comments on paragraphs ---------------------------------------------------------------------------------


@pytest.fixture
def hearing(db: None) -> Hearing:
    return HearingFactory.open(timezone.now(), sections=[("หัวข้อ", TWO), ("อื่น", "<p>อื่น</p>")])


def about(hearing: Hearing, place: int | None = 0, **fields: str) -> CommentData:
    key = hearing.current_draft.blocks.get(order=place + 1).key if place is not None else None
    return CommentData(stance=Stance.AGREE, block_key=key, reason="เห็นด้วย", **fields)


def send(hearing: Hearing, *comments: CommentData) -> Receipt:
    return comment(hearing, timezone.now(), comments=list(comments))


def test_each_paragraph_and_the_section_take_one_comment(hearing: Hearing) -> None:
    receipt = send(
        hearing,
        about(hearing),
        about(hearing, paragraph_key="aaaaa"),
        about(hearing, paragraph_key="bbbbb", quote="ปิดทาง\n 7 เดือน"),
        about(hearing, None),
    )
    stored = Comment.objects.filter(submission=receipt.submission).order_by("pk")
    assert [(c.paragraph_key, c.quote) for c in stored] == [
        ("", ""), ("aaaaa", ""), ("bbbbb", "ปิดทาง 7 เดือน"), ("", "")
    ]  # fmt: skip
    sent = receipt.submission.versions.get().data["comments"]
    assert sent[2]["paragraph_key"] == "bbbbb"
    assert sent[2]["quote"] == "ปิดทาง 7 เดือน"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"paragraph_key": "zzzzz"}, "unknown_paragraph"),
        ({"paragraph_key": "x" * 5000}, "unknown_paragraph"),
        ({"paragraph_key": "aaaaa", "quote": "ปิดทาง"}, "unknown_quote"),
        ({"quote": "ไม่มีในร่าง"}, "unknown_quote"),
        ({"quote": "ก" * 501}, "max_length"),
        ({"place": 1, "paragraph_key": "aaaaa"}, "unknown_paragraph"),
        ({"place": None, "paragraph_key": "aaaaa"}, "unknown_paragraph"),
        ({"place": None, "quote": "ปิดทาง"}, "unknown_paragraph"),
    ],
)
def test_what_is_not_in_the_draft_is_refused(hearing: Hearing, fields: dict, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        send(hearing, about(hearing, **fields))
    error = caught.value
    errors = error.error_dict["quote"] if hasattr(error, "error_dict") else error.error_list
    assert errors[0].code == code
    assert not Comment.objects.exists()


def test_the_same_paragraph_twice_is_refused(hearing: Hearing) -> None:
    twice = about(hearing, paragraph_key="aaaaa")
    with pytest.raises(ValidationError) as caught:
        send(hearing, twice, twice)
    assert caught.value.code == "twice"


def test_a_quote_of_the_whole_section_is_found(hearing: Hearing) -> None:
    send(hearing, about(hearing, quote="640 ไร่ ปิดทาง"))
    assert Comment.objects.get().quote == "640 ไร่ ปิดทาง"


def test_changing_replaces_only_what_changed(hearing: Hearing) -> None:
    first, second = about(hearing, paragraph_key="aaaaa"), about(hearing, paragraph_key="bbbbb")
    receipt = send(hearing, first, second)
    kept = Comment.objects.get(paragraph_key="aaaaa").pk
    changed = about(hearing, paragraph_key="bbbbb", quote="7 เดือน")
    revise(
        submission=receipt.submission,
        edit_code=receipt.edit_code,
        data=submission_data(),
        comments=[first, changed],
        now=day(timezone.now(), 0),
    )
    current = Comment.objects.current().order_by("paragraph_key")
    assert [c.quote for c in current] == ["", "7 เดือน"]
    assert current[0].pk == kept


def test_a_paragraph_of_an_older_version_can_still_be_commented_on(hearing: Hearing) -> None:
    from hearings.services.drafts import freeze

    old = hearing.current_draft.blocks.get(order=1)
    hearing.draft[0].value["body"] = RichText('<p data-block-key="aaaaa">ขุดลอกบึง 700 ไร่</p>')
    freeze(hearing, now=timezone.now(), note="แก้")
    send(
        hearing, about(hearing, paragraph_key="bbbbb"), about(hearing, paragraph_key="aaaaa", quote="640 ไร่")
    )
    assert set(Comment.objects.values_list("block_id", flat=True)) == {old.pk}


def test_a_key_nobody_published_is_refused(hearing: Hearing) -> None:
    with pytest.raises(ValidationError):
        send(hearing, CommentData(stance=Stance.AGREE, block_key=uuid.uuid4(), paragraph_key="aaaaa"))
