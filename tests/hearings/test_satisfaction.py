"""How content people are with being heard: one mark a receipt, shown after the end and never of a few (A181)."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.urls_for import page_path
from hearings.models import Hearing, Satisfaction
from hearings.privacy import export_person
from hearings.satisfaction import LEAST_MARKS, contentment
from hearings.services.rate import rate
from hearings.services.withdraw import withdraw
from tests.factories.hearings import HearingFactory, comment, day

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
    marked(hearing, now, [5] * (LEAST_MARKS - 1))
    receipt = comment(hearing, now)
    rate(submission=receipt.submission, score=1, now=now)
    assert contentment(hearing).people == LEAST_MARKS
    withdraw(submission=receipt.submission, edit_code=receipt.edit_code, now=now)
    assert contentment(hearing) is None
    receipt.submission.refresh_from_db()
    with pytest.raises(ValidationError):
        rate(submission=receipt.submission, score=2, now=now)


def test_the_mean_and_each_mark_are_counted(now):
    hearing = HearingFactory.open(now)
    marked(hearing, now, [5, 5, 4, 2, 1])
    found = contentment(hearing)
    assert (found.people, found.mean) == (5, 3.4)
    assert [(score, people) for score, _words, people in found.marks] == [
        (5, 2),
        (4, 1),
        (3, 0),
        (2, 1),
        (1, 1),
    ]


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
