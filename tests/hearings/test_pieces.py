"""Kept pieces of HTML: as few queries as promised, and nothing that was taken away is ever shown again."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from core.fragments import digest, fragment, seen
from hearings.models import Comment, Hearing, HearingMethod, Submission
from hearings.services.reply import reply
from hearings.services.withdraw import withdraw
from tests.factories.hearings import HearingFactory, comment
from tests.hearings.test_keyset import fill

pytestmark = pytest.mark.django_db
TEN = tuple((f"หมวด {number}", f"<p>ข้อความที่ {number}</p>") for number in range(1, 11))


@pytest.fixture
def hearing() -> Hearing:
    return HearingFactory.open(timezone.now(), sections=TEN)


def text(client: Any, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def comments_of(hearing: Hearing, query: str = "") -> str:
    return f"/hearings/{hearing.slug}/comments/{query}"


@pytest.mark.parametrize(
    ("address", "queries"),
    [("", 8), ("draft/", 4), ("comments/", 5), ("comments/?stance=agree", 5), ("comments/?stance=against", 3), ("comments/?block=whole", 4),
     ("comments/?sort=supported", 4), ("comments/?sector=citizen", 6), ("comments/?sector=private", 4)],
)  # fmt: skip
def test_each_page_of_a_hearing_asks_exactly_this_often(
    client: Any, hearing: Hearing, django_assert_num_queries: Any, address: str, queries: int
) -> None:
    fill(hearing, 25, timezone.now(), dt.timedelta(seconds=1))
    path = f"/hearings/{hearing.slug}/{address}"
    client.get(path)
    with django_assert_num_queries(queries):
        text(client, path)


def test_a_withdrawn_comment_is_gone_from_every_page_at_once(client: Any, hearing: Hearing) -> None:
    receipt = comment(hearing, timezone.now(), reason="คำที่ต้องหายไป")
    pages = (f"/hearings/{hearing.slug}/", comments_of(hearing))
    assert all("คำที่ต้องหายไป" in text(client, page) for page in pages)
    withdraw(submission=receipt.submission, edit_code=receipt.edit_code, now=timezone.now())
    assert not any("คำที่ต้องหายไป" in text(client, page) for page in pages)


@pytest.mark.parametrize(
    "change",
    [
        lambda row: Comment.objects.filter(pk=row.pk).update(reason="ลบแล้ว"),
        lambda row: Comment.objects.filter(pk=row.pk).update(is_public=False),
        lambda row: Submission.objects.filter(pk=row.submission_id).update(name="", publish_name="none"),
    ],
)
def test_redacted_words_and_names_are_never_shown_again(client: Any, hearing: Hearing, change: Any) -> None:
    receipt = comment(
        hearing, timezone.now(), reason="สมบัติ ใจเย็น เขียนเอง", name="สมบัติ ใจเย็น", publish_name="name"
    )
    row = receipt.submission.comments.get()
    assert text(client, comments_of(hearing)).count("สมบัติ") == 2
    change(row)
    assert text(client, comments_of(hearing)).count("สมบัติ") < 2


def test_new_support_a_new_reply_and_the_other_language_are_other_pieces(
    client: Any, hearing: Hearing
) -> None:
    row = comment(hearing, timezone.now(), reason="คำหนึ่ง").submission.comments.get()
    text(client, comments_of(hearing))
    Comment.objects.filter(pk=row.pk).update(supports_counted=41)
    reply(comment=row, text="คำตอบใหม่", idempotency_key=uuid.uuid4(), now=timezone.now())
    shown = text(client, comments_of(hearing))
    assert '<span class="k">41</span>' in shown
    assert "คำตอบใหม่" in shown
    assert "Support" in text(client, f"/en{comments_of(hearing)}")


def test_the_address_now_is_never_kept(client: Any, hearing: Hearing) -> None:
    """The header holds where the language switch leads back to; one reader's address is not another's."""
    text(client, comments_of(hearing, "?q=ความลับ"))
    shown = text(client, comments_of(hearing))
    assert "ความลับ" not in shown
    assert "%E0%B8%84%E0%B8%A7%E0%B8%B2%E0%B8%A1%E0%B8%A5%E0%B8%B1%E0%B8%9A" not in shown
    hostile = text(client, comments_of(hearing, '?q="><script>alert(1)</script>'))
    assert "<script>alert" not in hostile


def test_what_one_reader_supports_is_not_shown_to_the_next(client: Any, hearing: Hearing) -> None:
    row = comment(hearing, timezone.now(), reason="คำหนึ่ง").submission.comments.get()
    address = reverse("hearings:support", args=[hearing.slug, row.pk])
    text(client, comments_of(hearing))
    client.post(address, {"back": "/"}, headers={"origin": "http://testserver"})
    assert 'value="take_back"' in text(client, comments_of(hearing))
    stranger = text(Client(), comments_of(hearing))
    assert 'value="take_back"' not in stranger
    assert (f'formaction="{address}"' in stranger, '<span class="k">1</span>' in stranger) == (True, True)
    assert 'value="take_back"' in text(client, comments_of(hearing))


def test_a_hidden_comment_and_a_hidden_hearing_are_gone_although_their_pages_are_kept(
    client: Any, hearing: Hearing
) -> None:
    row = comment(hearing, timezone.now(), reason="คำที่ต้องหายไป").submission.comments.get()
    pages = (
        f"/hearings/{hearing.slug}/",
        comments_of(hearing),
        comments_of(hearing, f"?stance={row.stance}"),
    )
    assert all("คำที่ต้องหายไป" in text(client, page) for page in pages)
    Comment.objects.filter(pk=row.pk).update(is_public=False)
    assert not any("คำที่ต้องหายไป" in text(client, page) for page in pages)
    Page.objects.filter(pk=hearing.pk).update(live=False)
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]


def test_what_editors_publish_is_shown_at_once(client: Any, hearing: Hearing) -> None:
    path = f"/hearings/{hearing.slug}/"
    text(client, path)
    page = Hearing.objects.get(pk=hearing.pk)
    page.methods.add(HearingMethod(kind="phone", detail="โทรหาเราได้ที่ 056 123 456"))
    page.save()
    Page.objects.filter(pk=page.pk).update(last_published_at=timezone.now())
    assert "056 123 456" in text(client, path)


def test_a_preview_neither_reads_nor_leaves_pieces(rf: Any, hearing: Hearing, client: Any) -> None:
    unpublished = Hearing.objects.get(pk=hearing.pk)
    unpublished.methods.add(HearingMethod(kind="phone", detail="ยังไม่เผยแพร่"))
    preview = unpublished.make_preview_request(preview_mode="")
    preview.render()
    assert "ยังไม่เผยแพร่" in preview.content.decode()
    assert "ยังไม่เผยแพร่" not in text(client, f"/hearings/{hearing.slug}/")


def test_keys_hold_all_that_is_loaded_and_no_two_are_taken_for_one(hearing: Hearing) -> None:
    comment(hearing, timezone.now(), reason="ก")
    row = Comment.objects.for_lists(hearing).get()
    first = digest(*seen(row))
    assert first == digest(*seen(Comment.objects.for_lists(hearing).get()))
    row.submission.organisation = "อื่น"
    assert digest(*seen(row)) != first
    assert (
        len({digest("ab", "c"), digest("a", "bc"), digest("abc"), digest(1), digest("1"), digest(None)}) == 6
    )


def test_a_piece_is_made_once() -> None:
    made: list[int] = []
    for _ in range(3):
        assert fragment("once", (1, "a"), lambda: made.append(1) or "<b>1</b>") == "<b>1</b>"
    assert made == [1]
