"""Copies of the same words are all taken, all counted, and marked for staff."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from accounts.roles import Role
from hearings.models import Comment, Submission
from hearings.same_words import fingerprint, same_words, with_copies
from hearings.services.data import CommentData
from tests.factories.hearings import HearingFactory, comment
from tests.hearings.people import person

pytestmark = pytest.mark.django_db

WORDS = "ขอให้ย้ายแนวหมุดด้านเหนือออกจากที่นาของชาวบ้าน 12 ไร่"


def say(hearing, now, words: str = WORDS) -> Submission:
    said = [CommentData(stance="against", reason=words)]
    return comment(hearing, now, comments=said).submission


@pytest.mark.parametrize(
    "other",
    [
        "ขอให้ย้ายแนวหมุดด้านเหนือ ออกจากที่นาของชาวบ้าน ๑๒ ไร่",
        "  ขอให้ย้ายแนวหมุดด้านเหนือออกจากที่นาของชาวบ้าน 12 ไร่!!!",
        "“ขอให้ย้ายแนวหมุดด้านเหนือ”\nออกจากที่นาของชาวบ้าน (12 ไร่)",
    ],
)
def test_spaces_marks_and_digits_do_not_make_other_words(other):
    assert fingerprint(other) == fingerprint(WORDS) != ""


def test_another_word_makes_other_words_and_few_words_are_not_compared():
    assert fingerprint(WORDS.replace("12", "13")) != fingerprint(WORDS)
    assert fingerprint("เห็นด้วยกับร่างนี้") == ""


def test_copies_of_others_are_found_and_other_words_are_not(now):
    hearing = HearingFactory.open(now)
    first, second = say(hearing, now), say(hearing, now, f"{WORDS}.")
    alone = say(hearing, now, "ทำคันกั้นน้ำให้สูงกว่าระดับน้ำปี 2554 หนึ่งเมตร")
    say(HearingFactory.open(now), now)
    assert list(same_words(first)) == [second]
    assert list(same_words(alone)) == []
    found = with_copies(Submission.objects.filter(hearing=hearing))
    assert set(found.filter(has_copies=True)) == {first, second}


def test_every_copy_is_stored_and_counted(now):
    hearing = HearingFactory.open(now)
    for _ in range(3):
        say(hearing, now)
    assert Comment.objects.public(hearing).count() == 3


def test_words_replaced_by_their_author_are_no_copy(now):
    hearing = HearingFactory.open(now)
    first, second = say(hearing, now), say(hearing, now)
    second.comments.update(superseded_at=now)
    assert list(same_words(first)) == []


def test_staff_see_copies_in_the_list_and_beside_the_words(client):
    now = timezone.now()
    hearing = HearingFactory.open(now)
    first, second = say(hearing, now), say(hearing, now)
    client.force_login(person(Role.OFFICE_HEAD))
    listed = client.get(reverse("hearings_submission:index")).content.decode()
    assert listed.count(gettext("also sent by others")) == 2
    shown = client.get(reverse("hearings_submission:inspect", args=[first.pk])).content.decode()
    assert second.grouped_receipt_no in shown
    desk = reverse("hearings_desk:comment", args=[hearing.pk, first.comments.get().pk])
    one, more = (
        "%(counter)s other submission has the same words. Each counts; reading one is enough.",
        "%(counter)s other submissions have the same words. Each counts; reading one is enough.",
    )
    assert ngettext(one, more, 1) % {"counter": 1} in client.get(desk).content.decode()
