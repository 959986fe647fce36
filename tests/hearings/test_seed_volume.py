"""``seed_volume``: rows as the services write them, in few statements, never on a real site."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from demo.volume import Volume
from hearings.models import Comment, Hearing, Submission, Support
from hearings.receipts import is_valid_receipt_no
from hearings.services.records import is_public

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 7, 1, 9, tzinfo=dt.UTC)


def fill(**wanted: int) -> list[Hearing]:
    return Volume(now=NOW, say=lambda _line: None).fill(
        **({"hearings": 1, "comments": 0, "users": 0} | wanted)
    )


def test_it_makes_what_was_asked_and_most_of_it_in_one_hearing() -> None:
    first, second = fill(hearings=2, comments=60, users=5)
    assert Comment.objects.count() == Submission.objects.count() == 60
    assert Comment.objects.public(first).count() > Comment.objects.public(second).count() > 0
    assert User.objects.filter(email__startswith="volume-").count() == 5


def test_rows_look_as_the_services_write_them() -> None:
    (hearing,) = fill(comments=40)
    for comment in Comment.objects.public(hearing):
        assert comment.is_public == is_public(comment.submission, comment)
        assert is_valid_receipt_no(comment.submission.receipt_no)
        assert hearing.opens_at <= comment.created_at <= NOW
        assert comment.supports_counted == Support.objects.filter(comment=comment).count()


def test_the_same_seed_says_the_same() -> None:
    fill(comments=5)
    first = list(Comment.objects.order_by("pk").values_list("reason", "stance", "created_at"))
    Comment.objects.all().delete()
    Submission.objects.all().delete()
    Hearing.objects.get().delete()
    fill(comments=5)
    assert list(Comment.objects.order_by("pk").values_list("reason", "stance", "created_at")) == first


def test_people_can_read_and_answer_it(client) -> None:
    call_command("seed_volume", hearings=1, comments=30, stdout=StringIO())
    hearing = Hearing.objects.get()
    assert hearing.can_comment(timezone.now())
    for path in ("", "comments/", "comment/"):
        assert client.get(f"/hearings/{hearing.slug}/{path}").status_code == 200


def test_statements_do_not_grow_with_comments(django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(120) as few:  # mostly the announcing of the hearing
        (hearing,) = fill(comments=10)
    volume = Volume(seed=1, now=NOW, say=lambda _line: None)
    volume.people = []
    with django_assert_max_num_queries(len(few)):
        volume.comment(hearing, 200)


def test_a_real_site_refuses(settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("seed_volume", hearings=1, comments=1)
    assert not Hearing.objects.exists()
