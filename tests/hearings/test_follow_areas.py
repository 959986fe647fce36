"""Follow every hearing of a province or a topic by e-mail (A175, A177): each person one letter, nothing of drafts."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import PageViewRestriction

from accounts.roles import Role
from core.models import Topic
from hearings.models import Hearing, HearingTopic
from hearings.services.cancel import cancel
from hearings.services.extend import extend
from notifications import clock, privacy
from notifications.models import Follow, FollowEvent, OutboxMessage
from notifications.services import follows
from tests.factories.accounts import person
from tests.factories.hearings import HearingFactory, day, office_head

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 7, 1, 9, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
EMAIL = "somchai@example.org"


def follower(kind: str, key: object, email: str = EMAIL, **fields: object) -> Follow:
    values = {"confirmed_at": NOW - dt.timedelta(days=90), "created_at": NOW, **fields}
    return Follow.objects.create(kind=kind, key=str(key), email=email, **values)


def topic_of(hearing: Hearing, name: str = "น้ำ") -> Topic:
    topic = Topic.objects.get_or_create(name=name)[0]
    HearingTopic.objects.create(content_object=hearing, tag=topic)
    return topic


def told_at(*moments: dt.datetime) -> list[tuple[str, str]]:
    """Address and first words of every letter."""
    for moment in moments:
        clock.tick(moment)
        clock.tick(moment)
    return [(letter.to[0], letter.subject.split(" – ")[0].split(":")[0]) for letter in mail.outbox]


def test_followers_of_a_province_and_of_a_topic_hear_of_an_announcement_once() -> None:
    hearing = HearingFactory.upcoming(NOW, provinces=["60", "66"])
    topic = topic_of(hearing)
    follower("province", "60", "a@example.org")
    follower("province", "66", "a@example.org")
    follower("topic", topic.pk, "a@example.org")
    follower("topic", topic.pk, "b@example.org", language="en")
    follower("province", "67", "elsewhere@example.org")
    follower("province", "60", "unconfirmed@example.org", confirmed_at=None)
    follower("province", "60", "late@example.org", confirmed_at=hearing.announced_at + HOUR)
    told = told_at(hearing.announced_at, hearing.announced_at + HOUR)
    assert sorted(address for address, _ in told) == ["a@example.org", "b@example.org"]
    letter = next(letter for letter in mail.outbox if letter.to == ["a@example.org"])
    assert hearing.title in letter.subject and "จังหวัดนครสวรรค์" in letter.body
    assert f"/hearings/{hearing.slug}/" in letter.body
    assert Follow.objects.get(key="60", email="a@example.org").token in letter.body


def test_who_follows_the_hearing_and_its_province_gets_one_letter_and_the_rest_only_what_matters() -> None:
    hearing = HearingFactory.open(NOW)
    topic = topic_of(hearing)
    own = follower("hearing", hearing.pk)
    for email in (EMAIL, "wide@example.org"):
        follower("province", "60", email), follower("topic", topic.pk, email)
    extended = extend(
        hearing=hearing, actor=office_head(), closes_at=day(hearing.closes_at, 10), now=NOW, reason="น้ำท่วม"
    )
    assert sorted(address for address, _ in told_at(NOW)) == [EMAIL, "wide@example.org"]
    assert next(letter for letter in mail.outbox if letter.to == [EMAIL]).body.count(own.token) == 1
    mail.outbox.clear()
    assert {address for address, _ in told_at(extended.closes_at - 7 * 24 * HOUR)} == {EMAIL}
    mail.outbox.clear()
    later = extended.closes_at - 24 * HOUR
    cancel(hearing=extended, actor=office_head(), now=later, reason="ที่ดินมีข้อพิพาท")
    assert sorted(address for address, _ in told_at(later)) == [EMAIL, "wide@example.org"]


def test_the_result_is_told_and_two_hearings_of_a_second_are_two_letters() -> None:
    first, second = HearingFactory.result(NOW), HearingFactory.result(NOW)
    follower("province", "60")
    told_at(first.result_published_at)
    assert first.result_published_at == second.result_published_at and len(mail.outbox) == 2


def test_of_drafts_and_hidden_hearings_nothing_is_told() -> None:
    follower("province", "60")
    HearingFactory.draft(NOW, live=True)
    hidden, private = HearingFactory.upcoming(NOW), HearingFactory.upcoming(NOW)
    Hearing.objects.filter(pk=hidden.pk).update(live=False)
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    told = told_at(hidden.announced_at, NOW)
    assert EMAIL not in [address for address, _ in told]


def test_a_letter_costs_the_same_for_many_followers(django_assert_num_queries) -> None:
    hearing = HearingFactory.result(NOW)
    topic = topic_of(hearing)

    def cost(followers: int) -> None:
        FollowEvent.objects.all().delete()
        for number in range(followers):
            follower("province", "60", f"{followers}-{number}@example.org")
            follower("topic", topic.pk, f"{followers}-{number}@example.org")
        with django_assert_num_queries(13):
            follows.write_letters(hearing.result_published_at)

    cost(1)
    cost(30)
    assert OutboxMessage.objects.count() == 31


@pytest.mark.parametrize("what", ["province/60", "topic/{topic}"])
def test_asking_from_the_list_sends_the_link_once(client, django_capture_on_commit_callbacks, what) -> None:
    what = what.format(topic=topic_of(HearingFactory.open(NOW)).pk)
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            given = {"what": what, "email": EMAIL}
            response = client.post(reverse("notifications:choose"), given, follow=True)
            assert response.redirect_chain[0] == (f"/follow/{what}/", 307)
            assert response.redirect_chain[-1][0] == reverse("notifications:asked")
    assert len(mail.outbox) == Follow.objects.count() == 1
    follow = Follow.objects.get()
    for address in ("confirm", "stop"):
        path = reverse(f"notifications:{address}", args=[follow.token])
        assert ("จังหวัดนครสวรรค์" in client.get(path).content.decode()) == (follow.kind == "province")
        assert client.post(path, follow=True).status_code == 200
    assert not Follow.objects.exists()


@pytest.mark.parametrize("path", ["province/99", "province/x", "topic/999999", "topic/0", "topic/99999999999999999999", "issue/1"])  # fmt: skip
def test_an_unknown_province_or_topic_is_not_found(client, path: str) -> None:
    assert client.get(f"/follow/{path}/").status_code == 404
    posted = client.post(reverse("notifications:choose"), {"what": path, "email": EMAIL}, follow=True)
    assert posted.status_code == 404 and not Follow.objects.exists()


@pytest.mark.parametrize("what", [{}, {"what": ""}, {"what": "ก/1"}, {"what": "province"}, {"what": "a/b/c"}])
def test_a_choice_of_nothing_is_not_found(client, what: dict) -> None:
    for ask in (client.get, client.post):
        assert ask(reverse("notifications:choose"), what).status_code == 404


def test_the_list_offers_to_follow_what_it_is_filtered_by(client, django_assert_max_num_queries) -> None:
    topic = topic_of(HearingFactory.open(NOW))
    chosen = {
        "": None,
        "?province=60": 'value="province/60" selected',
        f"?topic={topic.slug}": f'value="topic/{topic.pk}" selected',
        f"?topic={topic.slug}&province=60": 'value="province/60" selected',
        "?province=nowhere": None,
    }
    for query, option in chosen.items():
        form = client.get(f"/hearings/{query}").content.decode().split('name="what"')[1].split("</select>")[0]
        assert form.count(" selected") == bool(option) and (option or "") in form
    with django_assert_max_num_queries(15):
        client.get("/hearings/")


def test_a_hearing_offers_its_province_and_topic_and_after_the_result_only_these(client) -> None:
    for hearing, own in ((HearingFactory.open(NOW), True), (HearingFactory.result(NOW), False)):
        topic = topic_of(hearing)
        form = client.get(f"/hearings/{hearing.slug}/").content.decode().split('name="what"')[1]
        assert (f'value="hearing/{hearing.pk}"' in form) == own
        assert 'value="province/60"' in form and f'value="topic/{topic.pk}"' in form


def test_what_people_follow_is_exported_erased_and_purged() -> None:
    user = person(Role.MEMBER)
    follower("province", "60", user.email), follower("topic", 7, user.email)
    assert [row["kind"] for row in privacy.export_person(user)["follows"]] == ["province", "topic"]
    privacy.erase_person(user)
    follower("province", "60", confirmed_at=None), follower("topic", 7, confirmed_at=None)
    privacy.purge(NOW + dt.timedelta(days=8))
    assert not Follow.objects.exists()


def test_who_follows_what_was_deleted_is_forgotten_and_who_follows_what_is_hidden_is_not() -> None:
    hearing = HearingFactory.open(NOW)
    topic, deleted = topic_of(hearing), topic_of(hearing, "ดิน")
    Hearing.objects.filter(pk=hearing.pk).update(live=False)
    for kind, key in (("hearing", hearing.pk), ("topic", topic.pk), ("province", "60")):
        follower(kind, key)
    follower("topic", deleted.pk), follower("hearing", 999999), follower("topic", "007")
    deleted.delete()
    assert privacy.purge(NOW, dry_run=True)["follows"] == 3 == privacy.purge(NOW)["follows"]
    assert sorted(Follow.objects.values_list("kind", flat=True)) == ["hearing", "province", "topic"]
