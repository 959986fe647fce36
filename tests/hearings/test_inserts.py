"""Rows written without Django's help are those it would have written."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.inserts import PreparedInsert
from hearings.models import Comment, Submission, SubmissionVersion
from tests.factories.hearings import HearingFactory, comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(now: dt.datetime) -> Submission:
    return comment(HearingFactory.open(now), now).submission


def copy_of(row: Any, **others: Any) -> Any:
    """The same values in a row not stored yet."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**{**values, "id": None, **others})


def stored(row: Any) -> dict[str, Any]:
    return {k: v for k, v in type(row).objects.values().get(pk=row.pk).items() if k != "id"}


def test_every_column_is_stored_as_saving_stores_it(sent: Submission) -> None:
    version = SubmissionVersion(
        submission=sent, number=7, data={"น้ำ": [1, None, "50%"]}, created_at=timezone.now()
    )
    version.save()
    again = copy_of(version, number=8)
    PreparedInsert(SubmissionVersion)([again])
    assert again.pk and again._state.adding is False and again._state.db == "default"
    assert stored(again) == {**stored(version), "number": 8}


def test_many_rows_are_one_statement_and_each_gets_its_own_key(
    sent: Submission, django_assert_num_queries: Any
) -> None:
    now = timezone.now() - dt.timedelta(days=1)
    made = [
        Comment(hearing_id=sent.hearing_id, submission=sent, paragraph_key=f"p{n}", stance="agree",
                reason=f"เหตุผลที่ {n}", created_at=now, superseded_at=now)
        for n in range(3)
    ]  # fmt: skip
    add = PreparedInsert(Comment)
    with django_assert_num_queries(1):
        add(made)
    assert [Comment.objects.get(pk=comment.pk).reason for comment in made] == [c.reason for c in made]
    with django_assert_num_queries(0):
        add([])


def test_what_the_database_refuses_is_refused(sent: Submission) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PreparedInsert(Submission)([copy_of(sent)])
    assert Submission.objects.count() == 1
