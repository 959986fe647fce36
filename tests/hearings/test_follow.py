"""Follow a hearing by e-mail: nothing before the address is confirmed, every event once, one press stops it."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from hearings.models import Hearing
from hearings.services.cancel import cancel
from hearings.services.extend import extend
from notifications import clock
from notifications.models import Follow, FollowEvent, OutboxMessage
from notifications.services import follows
from tests.factories.hearings import HearingFactory, day, office_head

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 7, 1, 9, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def follower(hearing: Hearing, email: str = "somchai@example.org", **fields: object) -> Follow:
    values = {"confirmed_at": NOW - dt.timedelta(days=90), "created_at": NOW, **fields}
    return Follow.objects.create(kind="hearing", key=str(hearing.pk), email=email, **values)


def subjects_after_ticks(*moments: dt.datetime) -> list[str]:
    for moment in moments:
        clock.tick(moment)
        clock.tick(moment)
    return [letter.subject.split(" – ")[0] for letter in mail.outbox]


def test_a_follower_hears_of_every_step_once() -> None:
    hearing = HearingFactory.upcoming(NOW)
    follower(hearing)
    opens, closes = hearing.opens_at, hearing.closes_at
    hours = (
        opens - HOUR,
        opens,
        opens + HOUR,
        closes - 7 * 24 * HOUR,
        closes - 24 * HOUR,
        closes,
        closes + HOUR,
    )
    assert len(subjects_after_ticks(*hours)) == 4  # opened, a week, a day, closed
    assert len({letter.subject for letter in mail.outbox}) == 4


def test_an_hour_or_a_day_without_a_clock_loses_nothing_and_tells_nothing_that_is_over() -> None:
    hearing = HearingFactory.upcoming(NOW)
    follower(hearing)
    late = hearing.closes_at - 6 * HOUR
    assert len(subjects_after_ticks(late)) == 1, "not a week and a day at once"
    assert len(subjects_after_ticks(late + 24 * HOUR)) == 2


def test_who_confirmed_after_an_event_is_not_told_of_it() -> None:
    hearing = HearingFactory.open(NOW)
    follower(hearing, confirmed_at=NOW)
    follower(hearing, "waiting@example.org", confirmed_at=None)
    assert subjects_after_ticks(NOW, NOW + HOUR) == []


def test_an_extended_hearing_closes_soon_a_second_time() -> None:
    hearing = HearingFactory.closing_soon(NOW)
    follower(hearing)
    moment = hearing.closes_at - 20 * HOUR
    subjects_after_ticks(moment)
    hearing = extend(
        hearing=hearing,
        actor=office_head(),
        closes_at=day(hearing.closes_at, 10),
        now=moment + HOUR,
        reason="น้ำท่วม",
    )
    assert len(subjects_after_ticks(moment + HOUR)) == 2
    assert "น้ำท่วม" in mail.outbox[1].body
    assert len(subjects_after_ticks(hearing.closes_at - 20 * HOUR)) == 3


def test_a_cancelled_hearing_gives_its_reason_and_says_no_more() -> None:
    hearing = HearingFactory.open(NOW)
    follower(hearing)
    longer = day(hearing.closes_at, 5)
    extend(hearing=hearing, actor=office_head(), closes_at=longer, now=NOW - HOUR / 4, reason="น้ำท่วม")
    cancel(hearing=hearing, actor=office_head(), now=NOW, reason="ที่ดินมีข้อพิพาท")
    subjects_after_ticks(NOW, hearing.closes_at, day(hearing.closes_at, 1))
    assert len(mail.outbox) == 1
    assert "ที่ดินมีข้อพิพาท" in mail.outbox[0].body


def test_of_a_page_taken_down_or_closed_to_the_public_nothing_is_told() -> None:
    for hide in (
        lambda page: Hearing.objects.filter(pk=page.pk).update(live=False),
        lambda page: PageViewRestriction.objects.create(
            page=page, restriction_type=PageViewRestriction.LOGIN
        ),
    ):
        later = NOW + HOUR
        extended, cancelled = HearingFactory.open(NOW), HearingFactory.open(NOW)
        follower(extended), follower(cancelled)
        given = {"actor": office_head(), "now": later, "reason": "ที่ดินมีข้อพิพาท"}
        extend(hearing=extended, closes_at=day(extended.closes_at, 10), **given)
        cancel(hearing=cancelled, **given)
        hide(extended), hide(cancelled)
        assert subjects_after_ticks(later, later + HOUR) == []


def test_the_result_is_told_and_the_letter_can_be_stopped_with_one_press(client) -> None:
    hearing = HearingFactory.result(NOW)
    follow = follower(hearing)
    subjects_after_ticks(hearing.result_published_at)
    letter = mail.outbox[0]
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = re.search(r"<https?://[^/]+(/[^>]+)>", letter.extra_headers["List-Unsubscribe"])[1]
    assert path in letter.body
    assert client.get(path).status_code == 200 and Follow.objects.exists(), "a visit stops nothing"
    response = client.post(path, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert not Follow.objects.filter(pk=follow.pk).exists()
    assert client.post(path).status_code == 200


def test_english_followers_get_english_letters() -> None:
    hearing = HearingFactory.result(NOW, title_en="The pond")
    follower(hearing, language="en")
    subjects_after_ticks(hearing.result_published_at)
    assert mail.outbox[0].subject == "The result of the hearing is out – The pond"
    assert "/en/hearings/" in mail.outbox[0].body


def test_an_event_and_its_letters_are_written_together_or_not_at_all(monkeypatch) -> None:
    hearing = HearingFactory.result(NOW)
    follower(hearing)

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killed, pytest.raises(KeyboardInterrupt):
        killed.setattr(follows.outbox, "send_all_later", die)
        clock.tick(hearing.result_published_at)
    assert not FollowEvent.objects.exists()
    assert len(subjects_after_ticks(hearing.result_published_at)) == 1


def test_the_cost_of_an_event_does_not_grow_with_its_followers(django_assert_max_num_queries) -> None:
    hearing = HearingFactory.result(NOW)
    for number in range(30):
        follower(hearing, f"person{number}@example.org")
    with django_assert_max_num_queries(14):
        follows.write_letters(hearing.result_published_at)
    assert OutboxMessage.objects.count() == 30


def test_asking_sends_a_link_and_nothing_else_until_it_is_confirmed(
    client, django_capture_on_commit_callbacks
) -> None:
    hearing = HearingFactory.open(timezone.now())
    page = client.get(f"/hearings/{hearing.slug}/").content.decode()
    assert f'action="{reverse("notifications:choose")}"' in page and f'"hearing/{hearing.pk}"' in page
    path = reverse("notifications:ask", args=["hearing", str(hearing.pk)])
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            response = client.post(path, {"email": "Somchai@Example.org"})
            assert response.status_code == 302
    assert client.get(response.url).status_code == 200
    assert len(mail.outbox) == 1
    link = re.search(r"https?://[^/]+(/\S+confirm/\S+)", mail.outbox[0].body)[1]
    assert client.get(link).status_code == 200
    assert Follow.objects.get().confirmed_at is None, "programs that look through mail open links"
    assert client.post(link, follow=True).status_code == 200
    assert Follow.objects.get().confirmed_at and Follow.objects.get().email == "somchai@example.org"


@pytest.mark.parametrize(
    "email", ["", "no address", "a@b.c\r\nBcc: x@example.org", "ก" * 300 + "@example.org"]
)
def test_a_wrong_address_is_answered_with_a_sentence(client, email: str) -> None:
    hearing = HearingFactory.open(timezone.now())
    response = client.post(reverse("notifications:ask", args=["hearing", str(hearing.pk)]), {"email": email})
    assert response.status_code == 422
    assert not Follow.objects.exists()


@pytest.mark.parametrize("path", ["/follow/hearing/999999/", "/follow/hearing/9999999999999999999999/", "/follow/x/1/", "/follow/hearing/x/", "/follow/confirm/nothing/"])  # fmt: skip
def test_what_cannot_be_followed_is_not_found(client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_draft_cannot_be_followed(client) -> None:
    hearing = HearingFactory.draft(NOW)
    assert client.get(f"/follow/hearing/{hearing.pk}/").status_code == 404


def test_a_machine_that_fills_in_the_hidden_field_gets_no_letter_sent(client) -> None:
    hearing = HearingFactory.open(timezone.now())
    path = reverse("notifications:ask", args=["hearing", str(hearing.pk)])
    client.post(path, {"email": "x@example.org", "website": "spam"})
    assert not Follow.objects.exists()
