"""A comment may name one of the topics of its hearing (peers P30, requirements A166)."""

from __future__ import annotations

import io
import uuid

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from core.models import Topic
from geography.models import Province
from hearings.documents.form import form_data, form_places
from hearings.documents.receipt import receipt_data
from hearings.enums import ModerationMode, Stance
from hearings.forms.sheet import SheetForm, propose
from hearings.models import Comment, Hearing, HearingTopic, PaperForm, Submission, SubmissionVersion
from hearings.paper_reading.reading import Proposals
from hearings.privacy import export_person
from hearings.search_pieces import comment_document, public_comments
from hearings.services.data import CommentData, SubmissionData
from hearings.services.import_template import template_file
from hearings.services.revise import revise
from hearings.services.run_import import preview_import, run_import
from hearings.services.scans import add_scans
from hearings.services.second_typing import Typed, differences
from hearings.services.submit import Receipt
from tests.factories.hearings import HearingFactory, comment, submission_data
from tests.hearings.journey import address, answers, fields_of, send
from tests.hearings.people import person
from tests.hearings.sheets import photo
from tests.hearings.spreadsheets import HEAD, row, workbook
from tests.hearings.test_desk_moderation import QUERIES
from tests.hearings.test_second_typing import SHEET

pytestmark = pytest.mark.django_db
OTHER_WORDS = "แนวหมุดด้านใต้ก็กินที่นา"


@pytest.fixture
def topics() -> list[Topic]:
    named = (("roads", "ถนน"), ("water", "น้ำ"))
    return [Topic.objects.create(slug=slug, name=name, name_en=slug.title()) for slug, name in named]


@pytest.fixture
def hearing(topics) -> Hearing:
    hearing = HearingFactory.open(timezone.now())
    for topic in topics:
        HearingTopic.objects.create(content_object=hearing, tag=topic)
    return hearing


def of_sheet(sheet: PaperForm) -> SubmissionData:
    """Who filled it in, as it was typed first."""
    first = sheet.submission
    return submission_data(
        stance=first.stance, channel=first.channel, received_on=first.received_on, village_no=first.village_no,
        consent_version=first.consent_version,
    )  # fmt: skip


def take_off(hearing: Hearing, topic: Topic) -> None:
    """By an editor; what processes remember is seconds old."""
    HearingTopic.objects.filter(content_object=hearing, tag=topic).delete()
    caches["process"].clear()


def said(topic: Topic | None, **words: str) -> list[CommentData]:
    return [CommentData(stance=Stance.PARTLY, topic=topic, **{"reason": "แนวหมุดกินที่นา", **words})]


def changed(receipt: Receipt, comments: list[CommentData]) -> Comment:
    revise(
        submission=receipt.submission, edit_code=receipt.edit_code, data=submission_data(), comments=comments,
        now=timezone.now(),
    )  # fmt: skip
    return receipt.submission.comments.current().get()


def offered(page) -> list[str]:
    return [str(box["value"]) for box in BeautifulSoup(page.content, "html.parser").select("[name=c0-topic]")]


# --- the record -------------------------------------------------------------------------------------------------


def test_the_topic_is_part_of_every_version_and_is_never_overwritten(hearing, topics):
    roads, water = topics
    receipt = comment(hearing, timezone.now(), comments=said(water))
    assert changed(receipt, said(roads)).topic == roads
    kept = changed(receipt, said(None))
    assert kept.topic is None
    of_versions = [version.data["comments"][0].get("topic") for version in SubmissionVersion.objects.all()]
    assert of_versions == [{"id": water.pk, "name": "น้ำ"}, {"id": roads.pk, "name": "ถนน"}, None]
    assert list(Comment.objects.order_by("pk").values_list("topic__slug", flat=True)) == [
        "water",
        "roads",
        None,
    ]
    assert changed(receipt, said(None)) == kept


def test_only_a_topic_of_this_hearing_is_taken(hearing, topics):
    other = Topic.objects.create(slug="health", name="สุขภาพ")
    with pytest.raises(ValidationError) as refused:
        comment(hearing, timezone.now(), comments=said(other))
    assert refused.value.error_dict["topic"][0].code == "unknown_topic"
    alone = HearingFactory.open(timezone.now())
    HearingTopic.objects.create(content_object=alone, tag=other)
    with pytest.raises(ValidationError):
        comment(alone, timezone.now(), comments=said(other))


def test_a_comment_keeps_its_topic_when_the_hearing_loses_it(hearing, topics):
    _roads, water = topics
    receipt = comment(hearing, timezone.now(), comments=said(water))
    take_off(hearing, water)
    assert receipt.submission.comments.get().topic == water
    assert changed(receipt, said(water, reason=OTHER_WORDS)).topic == water
    with pytest.raises(ValidationError):
        comment(hearing, timezone.now(), comments=said(water))


# --- the form ---------------------------------------------------------------------------------------------------


def test_a_hearing_with_two_topics_offers_them_or_none(client, hearing, topics):
    page = client.post(address(hearing), {"step": "1", "go": "next", "c0-stance": "partly"})
    assert offered(page) == ["", *(str(topic.pk) for topic in topics)]
    assert fields_of(page)["c0-topic"] == ""
    take_off(hearing, topics[0])
    assert not offered(client.post(address(hearing), {"step": "1", "go": "next", "c0-stance": "partly"}))


def test_a_chosen_topic_is_carried_shown_and_sent(client, hearing, topics):
    roads, water = topics
    key = hearing.current_draft.sections[0].key
    fields = answers(
        step="3", go="next", **{"c0-topic": str(water.pk), "c1-topic": str(roads.pk)},
        **{"c1-block": str(key), "c1-stance": "agree", "c1-reason": "ดี"},
    )  # fmt: skip
    check = client.post(address(hearing), fields)
    assert "น้ำ" in check.content.decode() and "ถนน" in check.content.decode()
    sent = {**fields_of(check), "go": "send", "started": fields["started"]}
    receipt = client.post(address(hearing), sent, follow=True)
    assert [found.topic for found in Comment.objects.order_by("pk")] == [water, roads]
    assert "น้ำ" in receipt.content.decode()


@pytest.mark.parametrize("forged", ["9999", "x", "-1", "๑"])
def test_a_forged_topic_is_named_and_every_word_stays(client, hearing, forged):
    page = send(client, hearing, **{"c0-topic": forged})
    assert page.status_code == 422 and not Comment.objects.exists()
    text = BeautifulSoup(page.content, "html.parser")
    assert text.select_one("#id_c0-topic_error") and text.select_one(".err a[href='#id_c0-topic_0']")
    assert fields_of(page)["c0-reason"] == answers()["c0-reason"]


@pytest.mark.parametrize("left", [2, 1])
def test_a_topic_taken_off_while_people_write_is_named_and_the_next_press_works(
    client, hearing, topics, left
):
    if left == 2:
        HearingTopic.objects.create(content_object=hearing, tag=Topic.objects.create(slug="x", name="ป่า"))
    take_off(hearing, topics[1])
    page = send(client, hearing, **{"c0-topic": str(topics[1].pk)})
    assert page.status_code == 422
    assert "“น้ำ”" in BeautifulSoup(page.content, "html.parser").select_one(".err").get_text()
    again = fields_of(page)
    assert (again["c0-reason"], again.get("c0-topic")) == (answers()["c0-reason"], None)
    assert (
        client.post(address(hearing), {**answers(), **again, "step": "check", "go": "send"}).status_code
        == 302
    )
    assert Comment.objects.get().topic is None


def test_who_changes_a_comment_finds_its_topic_chosen_though_it_is_gone(hearing, topics):
    home = Province.objects.get(pk="60")
    receipt = comment(hearing, timezone.now(), comments=said(topics[1]), province=home)
    take_off(hearing, topics[1])
    client, where = Client(), reverse("hearings:receipt_edit", args=[receipt.submission.receipt_no])
    check = client.post(where, {"code": receipt.edit_code})
    words = client.post(where, {**fields_of(check), "go": "to-2"})
    fields = fields_of(words)
    assert fields["c0-topic"] == str(topics[1].pk)
    check = client.post(where, {**fields, "c0-reason": OTHER_WORDS, "go": "to-check"})
    answer = client.post(where, {**fields_of(check), "go": "send", "started": answers()["started"]})
    assert answer.status_code == 302
    now = Comment.objects.current().get()
    assert (now.reason, now.topic) == (OTHER_WORDS, topics[1])


def test_a_form_kept_for_later_comes_back_with_its_topic(client, hearing, topics):
    form = {**answers(), "key": str(uuid.uuid4()), "c0-topic": str(topics[0].pk)}
    kept = client.post(address(hearing), {**form, "step": "2", "go": "keep"})
    code = BeautifulSoup(kept.content, "html.parser").select_one(".slip .code").get_text(" ", strip=True)
    page = Client().post(reverse("hearings:resume", args=[hearing.slug]), {"code": code})
    assert fields_of(page)["c0-topic"] == str(topics[0].pk)


def told_of_gone(page) -> str:
    """The note at the topic field, without what keeps a name in one line."""
    note = BeautifulSoup(page.content, "html.parser").select_one("#why .note")
    return note.get_text().replace("\u2060", "") if note else ""


@pytest.mark.parametrize("left", [2, 1])
def test_a_kept_form_says_that_its_topic_is_gone_and_loses_nothing_else(client, hearing, topics, left):
    if left == 2:
        HearingTopic.objects.create(content_object=hearing, tag=Topic.objects.create(slug="x", name="ป่า"))
    form = {**answers(), "c0-topic": str(topics[0].pk)}
    kept = client.post(address(hearing), {**form, "step": "check", "go": "keep"})
    code = BeautifulSoup(kept.content, "html.parser").select_one(".slip .code").get_text(" ", strip=True)
    take_off(hearing, topics[0])
    page = Client().post(reverse("hearings:resume", args=[hearing.slug]), {"code": code})
    assert "ถนน" in told_of_gone(page) and len(offered(page)) == (left + 1 if left == 2 else 0)
    again = fields_of(page)
    assert {name: again[name] for name in ("c0-reason", "c0-suggestion", "province")} == {
        name: form[name] for name in ("c0-reason", "c0-suggestion", "province")
    }
    assert "step_3" in [
        step.name.split("/")[-1][:6]
        for step in client.post(address(hearing), {**again, "go": "next"}).templates
    ]


def test_who_goes_back_to_a_topic_that_is_gone_is_told(client, hearing, topics):
    HearingTopic.objects.create(content_object=hearing, tag=Topic.objects.create(slug="x", name="ป่า"))
    fields = {**answers(step="3", go="back"), "c0-topic": str(topics[1].pk)}
    assert not told_of_gone(client.post(address(hearing), fields))
    take_off(hearing, topics[1])
    assert "น้ำ" in told_of_gone(client.post(address(hearing), fields))
    assert not told_of_gone(client.post(address(hearing), {**fields, "c0-topic": "9" * 30}))
    Hearing.objects.filter(pk=hearing.pk).update(closes_at=timezone.now())
    closed = client.post(address(hearing), fields)
    assert closed.status_code == 409 and "น้ำ" in closed.content.decode()


def test_the_short_form_offers_topics_in_a_list_and_needs_none(client, hearing, topics):
    first = BeautifulSoup(client.get(address(hearing), {"short": "1"}).content, "html.parser")
    box = first.select_one("select[name=c0-topic]")
    assert [option["value"] for option in box.select("option")] == ["", *(str(topic.pk) for topic in topics)]
    for topic in ("", str(topics[1].pk)):
        form = {**answers(), "short": "1", "c0-topic": topic}
        assert client.post(address(hearing), form).status_code == 302
    assert [found.topic for found in Comment.objects.order_by("pk")] == [None, topics[1]]
    steps = client.post(address(hearing), {**answers(go="long"), "short": "1", "c0-topic": str(topics[0].pk)})
    assert fields_of(steps)["c0-topic"] == str(topics[0].pk)
    take_off(hearing, topics[0])
    assert "c0-topic" not in fields_of(client.get(address(hearing), {"short": "1"}))


# --- the list ---------------------------------------------------------------------------------------------------


def list_of(client: Client, hearing: Hearing, query: str = "") -> BeautifulSoup:
    response = client.get(reverse("hearings:comments", args=[hearing.slug]) + query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_the_list_names_the_topic_and_can_be_narrowed_to_it(client, hearing, topics):
    now = timezone.now()
    for number, topic in enumerate([*topics, None]):
        comment(hearing, now, comments=said(topic, reason=f"คำที่ {number} เรื่องนา"))
    page = list_of(client, hearing)
    assert sorted(badge.text for badge in page.select(".say .badge")) == ["ถนน", "น้ำ"]
    options = page.select("select[name=topic] option") or page.select("input[name=topic]")
    assert [option["value"] for option in options] == ["", *(str(topic.pk) for topic in topics)]
    narrowed = list_of(client, hearing, f"?topic={topics[1].pk}")
    assert [row.select_one(".words").text.strip() for row in narrowed.select(".say")] == ["คำที่ 1 เรื่องนา"]
    assert "น้ำ" in narrowed.select_one("ul.chips").text
    both = list_of(client, hearing, f"?topic={topics[1].pk}&stance=agree")
    assert not both.select(".say")
    supported = list_of(client, hearing, f"?topic={topics[0].pk}&sort=supported")
    assert len(supported.select(".say")) == 1


@pytest.mark.parametrize("topic", ["9999999999999999999999", "x", "0"])
def test_an_unknown_topic_in_the_address_says_so_and_filters_nothing(client, hearing, topics, topic):
    comment(hearing, timezone.now(), comments=said(topics[0]))
    page = list_of(client, hearing, f"?topic={topic}")
    assert page.select_one("form.facets .why") and page.select(".say")


def test_without_topics_there_is_nothing_to_filter_by(client):
    page = list_of(client, HearingFactory.open(timezone.now()), "?topic=1")
    assert not page.select("[name=topic]")


# --- what travels with it ---------------------------------------------------------------------------------------


def test_whoever_sent_it_finds_the_topic_in_slip_and_export(hearing, topics):
    sent = comment(hearing, timezone.now(), comments=said(topics[1]), email="me@example.org").submission
    assert [words["topic"] for words in receipt_data(sent, whole=True)["said"]] == ["น้ำ"]
    [record] = export_person(email="me@example.org")
    assert record["versions"][0]["comments"][0]["topic"]["name"] == "น้ำ"


def test_search_finds_a_comment_by_its_own_topic_else_by_those_of_the_hearing(hearing, topics):
    for topic in (topics[1], None):
        comment(hearing, timezone.now(), comments=said(topic))
    found = [comment_document(each).topics for each in public_comments()]
    assert found == [("water",), ("roads", "water")]


def test_staff_read_the_topic_where_they_decide(client, topics):
    hearing = HearingFactory.open(timezone.now(), moderation_mode=ModerationMode.PRE)
    for topic in topics:
        HearingTopic.objects.create(content_object=hearing, tag=topic)
    comment(hearing, timezone.now(), comments=said(topics[1]))
    client.force_login(person(Role.OFFICE_HEAD))
    page = client.get(reverse("hearings_desk:hearing_moderation", args=[hearing.pk]))
    text = BeautifulSoup(page.content, "html.parser")
    assert [badge.text for badge in text.select("#item .badge")] == ["น้ำ"]
    file = client.get(reverse("hearings_submission:inspect", args=[Submission.objects.get().pk]))
    assert "น้ำ" in file.content.decode()


def test_a_spreadsheet_names_topics_by_their_words(now, hearing, topics):
    book = openpyxl.load_workbook(io.BytesIO(template_file(hearing)))
    headings = [cell.value for cell in book["คำตอบ"][1]]
    assert headings.index("เรื่องที่เกี่ยวข้อง") == len(headings) - 1
    rows = [[*row(), word] for word in ("น้ำ", "roads", "", "ป่าไม้")]
    run = preview_import(
        hearing=hearing, upload=workbook(rows, (*HEAD, "เรื่องที่เกี่ยวข้อง")), by=person(Role.STRATEGY), now=timezone.now()
    )  # fmt: skip
    assert [(bad["row"], bad["column"], bad["trouble"]) for bad in run.problems] == [
        (5, "topic", "unknown_topic")
    ]
    run_import(run=run, by=run.created_by, now=timezone.now())
    assert [found.topic for found in Comment.objects.order_by("pk")] == [topics[1], topics[0], None]


def test_a_paper_form_takes_a_topic_and_the_second_typing_compares_it(client, hearing, topics):
    now, typist = timezone.now(), person(Role.STRATEGY)
    [sheet] = add_scans(
        hearing=hearing, uploads=[photo()], channel="paper", received_on=timezone.localdate(now), by=typist, now=now
    )[0]  # fmt: skip
    client.force_login(typist)
    where = reverse("hearings_desk:paper_form", args=[hearing.pk, sheet.pk])
    assert [box["value"] for box in BeautifulSoup(client.get(where).content, "html.parser").select("[name=topic] option")] == [
        "", *(str(topic.pk) for topic in topics)
    ]  # fmt: skip
    form = {**SHEET, "received_on": timezone.localdate(now).isoformat(), "topic": str(topics[1].pk)}
    assert client.post(where, form).status_code == 302
    assert Comment.objects.get().topic == topics[1]
    sheet.refresh_from_db()
    kept = {"topic": topics[1], "reason": SHEET["reason"]}
    for topic, differ in ((topics[1], []), (topics[0], [("topic:", "น้ำ", "ถนน")])):
        second = Typed(of_sheet(sheet), [CommentData(stance=Stance.AGAINST, **{**kept, "topic": topic})])
        found = differences(sheet, second)
        assert [(one.field, one.first, one.second) for one in found] == differ


@pytest.mark.parametrize("large", [False, True])
def test_the_printed_form_has_a_box_for_each_topic(hearing, topics, large):
    data = form_data(hearing, large=large)
    boxes = [box for box in form_places(data).boxes if box.field == "topic"]
    assert [(box.value, box.is_round) for box in boxes] == [(str(topic.pk), True) for topic in topics]
    take_off(hearing, topics[0])
    assert not form_data(hearing)["questions"][0]["topics"]


def test_what_was_ticked_for_a_topic_that_is_gone_is_no_proposal(hearing, topics):
    for wanted, told in ((topics[0], "sure"), (topics[1], "unsure")):
        form = SheetForm(sections=[], topics=topics[:1])
        propose(form, Proposals({"topic": str(wanted.pk)}, frozenset()), fill=True)
        assert form.fields["topic"].read == told
        assert form.initial.get("topic") == (str(wanted.pk) if told == "sure" else None)


def test_a_row_of_the_queue_names_each_topic_once_and_asks_nothing_more(
    client, topics, django_assert_max_num_queries
):
    hearing = HearingFactory.open(timezone.now(), moderation_mode=ModerationMode.PRE)
    for topic in topics:
        HearingTopic.objects.create(content_object=hearing, tag=topic)
    keys = [None, *(block.key for block in hearing.current_draft.blocks.all()[:2])]
    for about in (topics[:1] * 3, topics):
        words = [
            CommentData(stance=Stance.PARTLY, block_key=key, topic=topic, reason="ก")
            for key, topic in zip(keys, about, strict=False)
        ]
        comment(hearing, timezone.now(), comments=words)
    client.force_login(person(Role.OFFICE_HEAD))
    where = reverse("hearings_desk:hearing_moderation", args=[hearing.pk])
    client.get(where)
    with django_assert_max_num_queries(QUERIES):
        page = client.get(where)
    rows = [row.topics for row in page.context["queue"].rows]
    assert rows == [[topics[0]], topics]


def test_the_admin_says_why_a_chosen_topic_cannot_be_deleted(client, hearing, topics):
    comment(hearing, timezone.now(), comments=said(topics[1]))
    client.force_login(User.objects.create_superuser("root@example.org", "tests"))
    for topic, left in ((topics[0], 1), (topics[1], 1)):
        address = reverse("wagtailsnippets_core_topic:delete", args=[topic.pk])
        assert client.post(address).status_code == 302
        assert Topic.objects.count() == left
