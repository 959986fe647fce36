"""The conversation as people meet it: permalink, reply, support, report, and the desk behind it."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from core.desk import lines_for
from hearings.enums import ModerationMode, Visibility
from hearings.forms.guards import new_key, new_start
from hearings.models import Comment, Hearing, Reply, Report, Support
from hearings.person import COOKIE, Person
from hearings.receipts import group_edit_code, make_edit_code
from hearings.services.answer_comment import answer_comment
from hearings.services.data import CommentData
from hearings.services.moderate import moderate
from hearings.services.moderate_reply import moderate_reply
from hearings.services.reply import reply
from hearings.services.report import report
from hearings.services.revise import revise
from hearings.services.submit import Receipt
from hearings.services.withdraw import withdraw
from hearings.threads import ON_PAGE
from tests.factories.hearings import HearingFactory, comment, office_head, submission_data
from tests.hearings.people import ELSEWHERE, HOME, person, province

pytestmark = pytest.mark.django_db
OURS = {"headers": {"origin": "http://testserver"}}


@pytest.fixture(autouse=True)
def _full_buckets():
    cache.clear()


@pytest.fixture
def of() -> Comment:
    now = timezone.now()
    hearing = HearingFactory.open(now, provinces=[province(HOME)])
    return comment(hearing, now, block=0).submission.comments.get()


def at(name: str, of: Comment, query: str = "") -> str:
    return reverse(f"hearings:{name}", args=[of.hearing.slug, of.pk]) + query


def reply_form(**changes: str) -> dict:
    started = new_start(timezone.now() - dt.timedelta(minutes=1))
    return {"text": "ที่หมู่ 7 ก็เหมือนกัน", "key": new_key(), "started": started, **changes}


def answered(of: Comment, text: str = "คำตอบของเพื่อนบ้าน", **fields) -> Reply:
    return reply(comment=of, text=text, idempotency_key=uuid.uuid4(), now=timezone.now(), **fields).reply


# --- permalink ---------------------------------------------------------------------------------------------


def test_a_comment_has_a_page_of_its_own_with_section_replies_and_answer(client, of):
    first = answered(of, "ตอบชั้นหนึ่ง")
    answered(of, "ตอบชั้นสอง", parent=first)
    answer_comment(
        comment=of, actor=office_head(), text="คำชี้แจง", idempotency_key=uuid.uuid4(), now=timezone.now()
    )
    for prefix in ("", "/en"):
        page = client.get(prefix + at("comment_page", of))
        text = page.content.decode()
        assert page.status_code == 200
        assert text.count("<h1") == 1
        for words in (of.reason, "ตอบชั้นหนึ่ง", "ตอบชั้นสอง", "คำชี้แจง", "ปักหมุดแนวเขตใหม่"):
            assert words in text
        assert 'class="office"' in text
    assert not client.cookies


def test_a_withdrawn_or_hidden_comment_leaves_a_tombstone_without_its_words(client):
    now = timezone.now()
    hearing = HearingFactory.open(now)
    gone, hidden = (comment(hearing, now, reason="กขคงจ-ลับ") for _ in range(2))
    pages = [at("comment_page", r.submission.comments.get()) for r in (gone, hidden)]
    answered(hidden.submission.comments.get(), "ตอบของที่ซ่อน")
    withdraw(submission=gone.submission, edit_code=gone.edit_code, now=now)
    moderate(
        submission=hidden.submission, actor=office_head(), decision="hide", reason_code="threat", now=now
    )
    for page in pages:
        response = client.get(page)
        assert response.status_code == 410
        assert "กขคงจ-ลับ" not in response.content.decode()
        assert "ตอบของที่ซ่อน" not in response.content.decode()
        assert client.get(page + "reply/").status_code == 404
    assert "ตอบของที่ซ่อน" not in client.get(reverse("hearings:comments", args=[hearing.slug])).content.decode()


def test_what_waits_to_be_read_has_no_page_yet(client):
    now = timezone.now()
    hearing = HearingFactory.open(now, moderation_mode=ModerationMode.PRE)
    waiting = comment(hearing, now).submission.comments.get()
    assert client.get(at("comment_page", waiting)).status_code == 404


def changed(receipt: Receipt, now: dt.datetime) -> Comment:
    revise(
        submission=receipt.submission, edit_code=receipt.edit_code, data=submission_data(),
        comments=[CommentData(stance="agree", reason="คิดใหม่แล้ว")], now=now,
    )  # fmt: skip
    return receipt.submission.comments.current().get()


def test_the_address_of_a_replaced_comment_leads_to_what_holds_now(client):
    now = timezone.now()
    receipt = comment(HearingFactory.open(now), now)
    old = receipt.submission.comments.get()
    new = changed(receipt, now)
    assert client.get(at("comment_page", old)).url == at("comment_page", new)


def test_a_replaced_comment_on_a_paragraph_leads_to_the_same_paragraph(client):
    now = timezone.now()
    receipt = comment(HearingFactory.open(now), now, block=0)
    first = receipt.submission.comments.get()
    fields = {
        "hearing": first.hearing, "submission": first.submission, "block": first.block,
        "block_key": first.block_key, "paragraph_key": "p2", "stance": "agree", "reason": "ย่อหน้าสอง", "created_at": now,
    }  # fmt: skip
    old = Comment.objects.create(**fields, superseded_at=now)
    new = Comment.objects.create(**fields, is_public=True)
    assert client.get(at("comment_page", old)).url == at("comment_page", new)


@pytest.mark.parametrize("pk", [0, 999_999, 10**30])
def test_a_comment_that_never_was_is_not_found(client, of, pk):
    assert client.get(f"/hearings/{of.hearing.slug}/comments/{pk}/").status_code == 404


@pytest.mark.parametrize(
    ("end", "status"),
    [
        (lambda: Comment.objects.update(is_public=False), 409),
        (lambda: Hearing.objects.update(stage="cancelled"), 403),
    ],
)
def test_words_typed_below_what_ended_meanwhile_are_shown_to_be_copied(client, of, end, status):
    end()
    page = client.post(at("reply", of), {"text": "พิมพ์ไว้ยาวมาก"})
    assert (page.status_code, "พิมพ์ไว้ยาวมาก" in page.content.decode()) == (status, True)
    assert not Reply.objects.exists()


# --- replies -----------------------------------------------------------------------------------------------


def test_a_reply_is_sent_without_account_and_its_code_is_shown_once_on_this_device(client, of):
    form = reply_form(name="มาลี")
    for _ in range(3):
        response = client.post(at("reply", of), form)
        assert response.status_code == 302
    stored = Reply.objects.get()
    page = client.get(response.url)
    text = page.content.decode()
    assert "ที่หมู่ 7 ก็เหมือนกัน" in text
    assert "มาลี" in text
    code = make_edit_code(stored.idempotency_key)
    assert group_edit_code(code) in text
    assert "no-store" in page.headers["Cache-Control"]
    other = comment(of.hearing, timezone.now()).submission.comments.get()
    for reader, address in (
        (Client(), response.url),
        (client, at("comment_page", of)),
        (client, at("comment_page", other, f"?sent={stored.pk}")),
    ):
        assert group_edit_code(code) not in reader.get(address).content.decode()
    address = reverse("hearings:reply_withdraw", args=[of.hearing.slug, stored.pk])
    assert client.post(address, {"code": "0", "sure": "on"}).status_code == 422
    assert client.post(address, {"code": code, "sure": "on"}).status_code == 302
    assert "ที่หมู่ 7 ก็เหมือนกัน" not in client.get(at("comment_page", of)).content.decode()


def test_a_reply_pressed_twice_while_its_comment_is_changed_leads_to_its_code(client):
    now = timezone.now()
    receipt = comment(HearingFactory.open(now), now)
    old, form = receipt.submission.comments.get(), reply_form()
    lost = client.post(at("reply", old), form)
    changed(receipt, now)
    pressed_again = client.post(at("reply", old), form)
    for answer in (lost, pressed_again):
        page = client.get(answer.url, follow=True).content.decode()
        assert group_edit_code(make_edit_code(form["key"])) in page
    assert Reply.objects.count() == 1
    other = client.post(at("reply", old), reply_form())
    assert (other.status_code, Reply.objects.count()) == (409, 1)


def test_who_is_under_20_replies_without_a_name(client, of):
    assert client.post(at("reply", of), reply_form(name="ด.ญ. มาลี", under_20="on")).status_code == 302
    assert Reply.objects.get().name == ""


def test_every_reply_can_be_read_however_many_there_are(client, of, django_assert_max_num_queries):
    now = timezone.now()
    heads = [
        Reply(
            hearing=of.hearing, comment=of, text=f"ตอบ-{number}.", visibility=Visibility.PUBLIC,
            idempotency_key=uuid.uuid4(), created_at=now + dt.timedelta(seconds=number),
        )
        for number in range(ON_PAGE - 1)
    ]  # fmt: skip
    Reply.objects.bulk_create(heads)
    last = Reply.objects.get(text=f"ตอบ-{ON_PAGE - 2}.")
    Reply.objects.filter(text="ตอบ-3.").update(visibility=Visibility.HIDDEN)
    for number in range(5):
        answered(of, f"ต่อ-{number}.", parent=last)
    first = client.get(at("comment_page", of)).content.decode()
    with django_assert_max_num_queries(20):
        second = client.get(at("comment_page", of, "?page=2")).content.decode()
    assert "ตอบ-3." not in first
    assert f"ตอบ-{ON_PAGE - 2}." in first
    assert f"ตอบ-{ON_PAGE - 2}." in second, "the reply a page goes on with stands above what was said to it"
    for number in range(5):
        assert (f"ต่อ-{number}." in first) != (f"ต่อ-{number}." in second)
    assert client.get(at("comment_page", of, "?page=9")).status_code == 404


def test_the_link_to_a_reply_opens_the_page_on_which_it_stands(client, of, django_assert_max_num_queries):
    now = timezone.now()
    Reply.objects.bulk_create(
        Reply(
            hearing=of.hearing, comment=of, text=f"ตอบ-{number}.", visibility=Visibility.PUBLIC,
            idempotency_key=uuid.uuid4(), created_at=now + dt.timedelta(seconds=number // 2),
        )
        for number in range(ON_PAGE + 5)
    )  # fmt: skip
    heads = list(Reply.objects.order_by("pk"))
    below = [answered(of, "ต่อ.", parent=heads[number]) for number in (0, ON_PAGE // 2, ON_PAGE + 4)]
    gone = heads[7]
    Reply.objects.filter(pk=gone.pk).update(withdrawn_at=now)
    for one in [*heads, *below]:
        with django_assert_max_num_queries(6):
            response = client.get(at_reply(one))
        if one == gone:
            assert response.status_code == 404
            continue
        address, anchor = response.url.split("#")
        assert anchor == f"r{one.pk}"
        if one in (heads[0], heads[ON_PAGE - 4], heads[ON_PAGE - 3], heads[-1], *below):
            assert f'id="{anchor}"' in client.get(address).content.decode()
    assert "?page=2" in client.get(at_reply(heads[-1])).url
    assert "?page" not in client.get(at_reply(heads[0])).url


def at_reply(one: Reply) -> str:
    return reverse("hearings:reply_page", args=[one.hearing.slug, one.pk])


def test_the_link_to_a_reply_of_a_hidden_comment_tells_no_more_than_the_comment(client, of):
    one, waits = answered(of), answered(of)
    Reply.objects.filter(pk=waits.pk).update(visibility=Visibility.PENDING)
    assert client.get(at_reply(waits)).status_code == 404
    official = answer_comment(
        comment=of, actor=office_head(), text="คำชี้แจง", idempotency_key=uuid.uuid4(), now=timezone.now()
    )
    assert client.get(at_reply(official)).url.endswith(f"#r{official.pk}")
    moderate(
        submission=of.submission,
        actor=office_head(),
        decision="hide",
        reason_code="defamation",
        now=timezone.now(),
    )
    assert client.get(at_reply(one)).url == at("comment_page", of)
    assert client.get(reverse("hearings:reply_page", args=[of.hearing.slug, 2**63])).status_code == 404
    assert client.get(reverse("hearings:reply_page", args=["nothing", one.pk])).status_code == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"text": ""}, {"text": "ก" * 2001}, {"text": "บัตร 1-2345-67890-12-1"}, {"sector": "king"}, {"started": ""},
        {"homepage": "http://spam.example"}, {"key": "x"}, {"name": "ก" * 200},
    ],
)  # fmt: skip
def test_a_reply_that_cannot_be_stored_says_why_and_keeps_the_words(client, of, changes):
    form = {**reply_form(), **changes}
    response = client.post(at("reply", of), form)
    assert response.status_code in (409, 422)
    assert not Reply.objects.exists()
    assert 'class="err"' in response.content.decode()
    if "text" not in changes:
        assert form["text"] in response.content.decode()


def test_a_form_faster_than_anyone_reads_is_asked_again(client, of):
    assert client.post(at("reply", of), reply_form(started=new_start(timezone.now()))).status_code == 422


def test_an_expired_form_keeps_the_reply(of):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(at("reply", of), reply_form())
    assert response.status_code == 403
    assert "ที่หมู่ 7 ก็เหมือนกัน" in response.content.decode()
    assert not Reply.objects.exists()


def test_a_closed_hearing_shows_the_talk_and_takes_no_more(client, of):
    answered(of)
    Hearing.objects.filter(pk=of.hearing_id).update(closes_at=timezone.now() - dt.timedelta(minutes=1))
    assert client.get(at("reply", of)).status_code == 403
    text = client.get(at("comment_page", of)).content.decode()
    assert "คำตอบของเพื่อนบ้าน" in text
    assert "/reply/" not in text
    assert client.post(at("support", of), **OURS).status_code == 409


def test_a_reply_taken_away_keeps_its_place_only_while_something_stands_below(client, of):
    lonely, first = answered(of, "โดดเดี่ยว"), answered(of, "คำหยาบ")
    answered(of, "ใจเย็น ๆ", parent=first)
    for bad in (lonely, first):
        moderate_reply(
            reply=bad, actor=office_head(), decision="hide", reason_code="threat", now=timezone.now()
        )
    text = client.get(at("comment_page", of)).content.decode()
    assert "ใจเย็น ๆ" in text
    assert "คำหยาบ" not in text
    assert "โดดเดี่ยว" not in text
    assert f'id="r{lonely.pk}"' not in text


# --- support -----------------------------------------------------------------------------------------------


def test_support_is_one_press_counts_once_and_can_be_taken_back(client, of):
    assert not client.cookies
    for _ in range(2):
        response = client.post(at("support", of), {"back": "/hearings/"}, **OURS)
        assert response.url == f"/hearings/#m{of.pk}"
    assert COOKIE in client.cookies
    of.refresh_from_db()
    assert (of.supports_counted, Support.objects.count()) == (1, 1)
    assert 'aria-pressed="true"' in client.get(at("comment_page", of)).content.decode()
    client.post(at("support", of), {"do": "take_back"}, **OURS)
    of.refresh_from_db()
    assert (of.supports_counted, Support.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example/", "javascript:x", "hearings", "x" * 9000]
)
def test_support_leads_back_to_this_site_only(client, of, back):
    response = client.post(at("support", of), {"back": back}, **OURS)
    assert response.url == at("comment_page", of) + f"#m{of.pk}"


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example"])
def test_a_press_from_elsewhere_counts_only_after_a_form_of_ours(of, origin):
    strict = Client(enforce_csrf_checks=True)
    headers = {"origin": origin} if origin else {}
    response = strict.post(at("support", of), headers=headers)
    assert response.status_code == 403
    assert "csrfmiddlewaretoken" in response.content.decode()
    assert not Support.objects.exists()


# --- reports -----------------------------------------------------------------------------------------------


def test_a_report_reaches_staff_once_and_changes_nothing_in_public(client, of):
    below = answered(of)
    for query in ("", f"?reply={below.pk}"):
        for _ in range(2):
            response = client.post(at("report", of, query), {"reason": "insult", "text": "ขอให้ดู"})
            assert response.status_code == 302
    assert client.get(response.url).status_code == 200
    assert [r.reply for r in Report.objects.order_by("pk")] == [None, below]
    assert client.post(at("report", of), {"reason": ""}).status_code == 422
    assert of.reason in client.get(at("comment_page", of)).content.decode()


# --- desk --------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(of) -> dict[str, str]:
    return {
        "list": reverse("hearings_desk:conversations"),
        "hearing": reverse("hearings_desk:conversation", args=[of.hearing_id]),
        "comment": reverse("hearings_desk:comment", args=[of.hearing_id, of.pk]),
    }


@pytest.mark.parametrize(
    ("role", "home", "allowed"),
    [
        (Role.OFFICE_HEAD, None, True), (Role.STRATEGY, None, True), (Role.PROVINCE_COORDINATOR, HOME, True),
        (Role.PROVINCE_COORDINATOR, ELSEWHERE, False), (Role.MONITORING, None, False), (Role.CHANGE_AGENT, HOME, False),
        (Role.MEMBER, None, False),
    ],
)  # fmt: skip
def test_the_desk_opens_for_those_who_decide(client, of, desk, role, home, allowed):
    client.force_login(person(role, home))
    for name in ("hearing", "comment"):
        assert client.get(desk[name]).status_code == (200 if allowed else 403)


def test_strangers_are_asked_to_sign_in(client, desk):
    assert {client.get(address).status_code for address in desk.values()} == {302}


def test_reports_and_waiting_replies_are_read_decided_and_settled(client, of, desk):
    head, now = office_head(), timezone.now()
    client.force_login(head)
    assert client.get(desk["list"]).status_code == client.get(desk["hearing"]).status_code == 200
    bad = answered(of, "ซื้อของถูก")
    given = report(comment=of, reply=bad, person=Person("browser:x"), reason="advertising", now=now)
    Hearing.objects.filter(pk=of.hearing_id).update(moderation_mode=ModerationMode.PRE)
    waiting = answered(of, "รออ่าน")
    (line,) = [line for line in lines_for(head) if line.item.key == "conversation"]
    assert (line.count, line.url) == (2, desk["list"])
    text = client.get(desk["hearing"]).content.decode()
    assert "ซื้อของถูก" in text
    assert "รออ่าน" in text
    for data in (
        {"reply": bad.pk, "decision": "hide", "reason_code": "advertising"},
        {"reply": waiting.pk, "decision": "publish", "reason_code": "fits_rules"},
        {"settle": given.pk},
    ):
        assert client.post(desk["hearing"], data).status_code == 302
    bad.refresh_from_db(), waiting.refresh_from_db(), given.refresh_from_db()
    assert (bad.visibility, waiting.visibility) == (Visibility.HIDDEN, Visibility.PUBLIC)
    assert given.settled_by == head


@pytest.mark.parametrize(
    "data", [{}, {"settle": "x"}, {"reply": "9" * 40}, {"reply": "1", "decision": "burn"}]
)
def test_wrong_presses_at_the_desk_break_nothing(client, of, desk, data):
    client.force_login(office_head())
    assert client.post(desk["hearing"], data).status_code in (302, 404)


def test_a_comment_is_pinned_and_answered_at_the_desk_and_looks_different_in_public(client, of, desk):
    client.force_login(office_head())
    assert desk["comment"] in client.get(at("comment_page", of)).content.decode()
    assert client.post(desk["comment"], {"do": "pin"}).status_code == 302
    form = {"do": "answer", "text": "จะเดินแนวร่วมทุกแปลง", "key": str(uuid.uuid4())}
    for _ in range(2):
        assert client.post(desk["comment"], form).status_code == 302
    assert client.post(desk["comment"], {**form, "text": ""}).status_code == 422
    text = Client().get(reverse("hearings:comments", args=[of.hearing.slug])).content.decode()
    assert text.count("จะเดินแนวร่วมทุกแปลง") == 1
    assert "pinned" in text
    assert client.get(desk["comment"]).status_code == 200
    client.post(desk["comment"], {"do": "unpin"})
    of.refresh_from_db()
    assert of.pinned_at is None
    assert of.answered_at


def test_an_answer_typed_while_the_author_changed_the_comment_is_not_lost(client):
    now = timezone.now()
    receipt = comment(HearingFactory.open(now), now, block=0)
    old = receipt.submission.comments.get()
    new = changed(receipt, now)
    before, here = (reverse("hearings_desk:comment", args=[c.hearing_id, c.pk]) for c in (old, new))
    client.force_login(office_head())
    assert client.get(before).url == client.post(before, {"do": "pin"}).url == here
    form = {"do": "answer", "text": "จะเดินแนวร่วมทุกแปลง", "key": str(uuid.uuid4())}
    page = client.post(before, form)
    assert page.status_code == 409 and not Reply.objects.exists()
    told = BeautifulSoup(page.content, "html.parser")
    assert (told.textarea.text.strip(), told.textarea.find_parent("form")["action"]) == (form["text"], here)
    client.post(here, form)
    new.refresh_from_db()
    assert new.answered_at and not new.pinned_at


def test_the_reply_box_does_not_cut_a_pasted_text(client, of):
    page = BeautifulSoup(client.get(at("reply", of)).content, "html.parser")
    for box in ("textarea[name=text]", "input[name=name]"):
        assert not page.select_one(box).has_attr("maxlength")
    assert page.select_one("textarea[name=text]")["data-longest"] == "2000"
