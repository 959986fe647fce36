"""How content people are with being heard: one mark a receipt, shown after the end and never of a few (A181)."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from core.urls_for import page_path
from hearings.models import Hearing, Satisfaction
from hearings.privacy import export_person
from hearings.satisfaction import contentment, contentment_for_staff
from hearings.services.rate import rate
from hearings.services.withdraw import withdraw
from hearings.small_numbers import SMALL
from tests.factories.hearings import HearingFactory, comment, day, office_head
from tests.hearings.people import ELSEWHERE, HOME, person

pytestmark = pytest.mark.django_db


def marked(hearing, now, scores):
    for score in scores:
        rate(submission=comment(hearing, now).submission, score=score, now=now)


def test_a_later_mark_takes_the_place_of_an_earlier(now):
    submission = comment(HearingFactory.open(now), now).submission
    rate(submission=submission, score=1, now=now)
    rate(submission=submission, score=4, now=day(now, 1))
    assert [(mark.score, mark.at) for mark in Satisfaction.objects.all()] == [(4, day(now, 1))]


@pytest.mark.parametrize("score", [0, 6, -1, 10**9])
def test_other_marks_are_refused_by_the_service_and_by_the_database(now, score):
    submission = comment(HearingFactory.open(now), now).submission
    with pytest.raises(ValidationError):
        rate(submission=submission, score=score, now=now)
    if score > 0:
        with pytest.raises(IntegrityError), transaction.atomic():
            Satisfaction.objects.create(submission=submission, score=min(score, 30000), at=now)


def test_what_was_withdrawn_gives_no_mark_and_is_not_counted(now):
    hearing = HearingFactory.open(now)
    marked(hearing, now, [5] * (SMALL - 1))
    receipt = comment(hearing, now)
    rate(submission=receipt.submission, score=1, now=now)
    assert contentment(hearing).people == SMALL
    withdraw(submission=receipt.submission, edit_code=receipt.edit_code, now=now)
    assert contentment(hearing) is None
    receipt.submission.refresh_from_db()
    with pytest.raises(ValidationError):
        rate(submission=receipt.submission, score=2, now=now)


def test_the_mean_and_each_mark_are_counted(now):
    hearing = HearingFactory.open(now)
    marked(hearing, now, [5] * 6 + [1] * 5)
    found = contentment(hearing)
    assert (found.people, found.mean) == (11, 3.2)
    assert [(score, people) for score, _words, people in found.marks] == [
        (5, 6),
        (4, 0),
        (3, 0),
        (2, 0),
        (1, 5),
    ]


def test_single_marks_that_few_gave_are_left_out_all_together(now):
    """Beside the mean a single missing number could be computed."""
    hearing = HearingFactory.open(now)
    marked(hearing, now, [5] * 9 + [1])
    found = contentment(hearing)
    assert (found.people, found.mean, found.marks) == (10, 4.6, [])


def test_the_page_tells_it_only_after_the_end(client):
    now = timezone.now()
    hearing = HearingFactory.open(now)
    marked(hearing, now, [5, 5, 4, 2, 1])
    assert 'id="content"' not in client.get(page_path(hearing)).content.decode()
    Hearing.objects.filter(pk=hearing.pk).update(closes_at=day(now, -1))
    page = client.get(page_path(hearing)).content.decode()
    assert 'id="content"' in page
    assert "3.4" in page


@pytest.mark.parametrize("sent", ["4", "0", "6", "", "x", "๔", "1" * 500])
def test_the_receipt_asks_and_takes_one_mark(client, now, sent):
    submission = comment(HearingFactory.open(now), now).submission
    receipt = reverse("hearings:receipt", args=[submission.receipt_no])
    url = reverse("hearings:receipt_rate", args=[submission.receipt_no])
    assert url in client.get(receipt).content.decode()
    assert client.get(url).status_code == 405
    response = client.post(url, {"score": sent}, follow=True)
    assert response.redirect_chain == [(receipt, 302)]
    assert Satisfaction.objects.count() == (sent == "4")
    assert 'class="note' in response.content.decode()


def test_the_mark_is_in_what_we_hold_about_a_person(now):
    submission = comment(HearingFactory.open(now), now, email="a@example.org", name="สมศรี").submission
    rate(submission=submission, score=2, now=now)
    [held] = export_person(email="a@example.org")
    assert held["content"] == 2


# --- the room at the desk ------------------------------------------------------------------------------------


def of_sectors(hearing, now, **people):
    """``citizen=[5, 4]``: marks of one sector."""
    for sector, scores in people.items():
        for score in scores:
            rate(submission=comment(hearing, now, sector=sector).submission, score=score, now=now)


def test_parts_of_few_people_cannot_be_computed_from_the_others(now):
    hearing = HearingFactory.open(now)
    of_sectors(hearing, now, citizen=[5] * 7, private=[1, 1], local_gov=[3] * 6)
    found = contentment_for_staff(hearing)
    [channels, sectors] = found.tables
    assert [(part.people, part.mean) for part in channels.parts] == [(15, 3.7)]
    assert [(part.people, part.mean) for part in sectors.parts] == [(7, 5.0), (None, None), (None, None)]
    assert sectors.hides_some
    assert not channels.hides_some


def test_the_room_costs_the_same_with_more_marks(now, django_assert_num_queries):
    hearing = HearingFactory.open(now)
    marked(hearing, now, [5] * 5)
    with django_assert_num_queries(2):
        assert contentment_for_staff(hearing).asked == 5
    marked(hearing, now, [1] * 6)
    with django_assert_num_queries(2):
        assert contentment_for_staff(hearing).whole.people == 11


def test_the_room_and_the_file_show_the_same_and_nothing_of_a_few(client):
    now = timezone.now()
    hearing = HearingFactory.open(now)
    room, file = (
        reverse(f"hearings_desk:{name}", args=[hearing.pk]) for name in ("contentment", "contentment_file")
    )
    client.force_login(office_head())
    marked(hearing, now, [1] * 4)
    assert 'class="void' in client.get(room).content.decode()
    assert len(client.get(file).content.decode().splitlines()) == 1
    of_sectors(hearing, now, citizen=[5] * 6, private=[2] * 5)
    page = client.get(room).content.decode()
    assert "2.9" in page
    assert file in page
    response = client.get(file)
    assert response["Content-Type"].startswith("text/csv")
    assert ".csv" in response["Content-Disposition"]
    lines = response.content.decode().lstrip("\ufeff").splitlines()
    assert lines[1].split(",")[2:] == ["15", "2.9"]
    assert lines[-1].split(",")[2:] == ["5", "2.0"]


@pytest.mark.parametrize(
    ("role", "province", "status"),
    [
        (Role.OFFICE_HEAD, None, 200), (Role.STRATEGY, None, 200), (Role.ADMINISTRATION, None, 200),
        (Role.MONITORING, None, 200), (Role.PROVINCE_COORDINATOR, HOME, 200),
        (Role.PROVINCE_COORDINATOR, ELSEWHERE, 403), (Role.CHANGE_AGENT, HOME, 403), (Role.MEMBER, None, 403),
        (None, None, 403),
    ],
)  # fmt: skip
def test_staff_of_the_hearing_read_it_and_nobody_else(client, now, role, province, status):
    hearing = HearingFactory.open(now)
    client.force_login(person(role, province))
    for name in ("contentment", "contentment_file"):
        assert client.get(reverse(f"hearings_desk:{name}", args=[hearing.pk])).status_code == status


def test_without_signing_in_nobody_reads_it(client, now):
    hearing = HearingFactory.open(now)
    assert client.get(reverse("hearings_desk:contentment", args=[hearing.pk])).status_code == 302
