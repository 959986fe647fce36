"""Pages of comments: every row once, constant queries, no COUNT, no OFFSET, one index range."""

from __future__ import annotations

import base64
import datetime as dt
import uuid

import pytest
from django.db import connection
from django.http import Http404, QueryDict
from django.test.utils import CaptureQueriesContext

from core.enums import Sector
from hearings import receipts
from hearings.enums import Stance, Visibility
from hearings.keyset import PAGE_SIZE, KeysetPage, cursor, keyset_page
from hearings.models import Comment, Hearing, Submission
from tests.factories.hearings import HearingFactory, comment

pytestmark = pytest.mark.django_db


def fill(hearing: Hearing, count: int, at: dt.datetime, step: dt.timedelta, **fields) -> None:
    """Many public comments at once, past the services: here only reading is tested."""
    submissions = Submission.objects.bulk_create(
        Submission(
            hearing=hearing, receipt_no=receipts.make_receipt_no(), edit_code_hash="-", idempotency_key=uuid.uuid4(),
            visibility=Visibility.PUBLIC, stance=Stance.AGREE, sector=Sector.CITIZEN, consent_version="1",
            submitted_at=at + step * number,
        )
        for number in range(count)
    )  # fmt: skip
    Comment.objects.bulk_create(
        Comment(
            hearing=hearing, submission=submission, stance=Stance.AGREE, reason=f"ความเห็น {number}",
            created_at=at + step * number, is_public=True, **fields,
        )
        for number, submission in enumerate(submissions)
    )  # fmt: skip


def page_at(comments, **params: str) -> KeysetPage:
    query = QueryDict(mutable=True)
    query.update(params)
    return keyset_page(comments, query)


def walk(comments) -> list[KeysetPage]:
    pages = [page_at(comments)]
    while pages[-1].has_next:
        pages.append(page_at(comments, after=pages[-1].after))
    return pages


@pytest.mark.parametrize("step", [dt.timedelta(seconds=1), dt.timedelta(0)])
def test_walking_forward_and_back_meets_every_comment_once_also_with_equal_times(now, step):
    hearing = HearingFactory.open(now)
    fill(hearing, 95, now, step)
    comments = Comment.objects.public(hearing)
    pages = walk(comments)
    assert [len(page.items) for page in pages] == [20, 20, 20, 20, 15]
    forward = [item.pk for page in pages for item in page.items]
    assert forward == list(comments.values_list("pk", flat=True))
    back = [pages[-1]]
    while back[-1].has_previous:
        back.append(page_at(comments, before=back[-1].before))
    assert [[i.pk for i in page.items] for page in back[::-1]] == [
        [i.pk for i in page.items] for page in pages
    ]
    assert not pages[0].has_previous


def test_a_comment_that_arrives_meanwhile_shifts_nothing(now):
    hearing = HearingFactory.open(now)
    fill(hearing, 50, now, dt.timedelta(seconds=1))
    comments = Comment.objects.public(hearing)
    first = page_at(comments)
    comment(hearing, now + dt.timedelta(hours=1))
    second = page_at(comments, after=first.after)
    assert {i.pk for i in first.items} & {i.pk for i in second.items} == set()
    assert first.items[-1].pk - second.items[0].pk == 1


def test_page_thirty_costs_what_page_one_costs_and_counts_and_skips_nothing(now):
    hearing = HearingFactory.open(now)
    fill(hearing, 1000, now, dt.timedelta(seconds=1))
    comments = Comment.objects.public(hearing)
    thirtieth = cursor(list(comments)[29 * PAGE_SIZE - 1])
    captured = []
    for params in ({}, {"after": thirtieth}, {"before": thirtieth}):
        with CaptureQueriesContext(connection) as queries:
            page = page_at(comments, **params)
            shown = [(c.submission.sector, c.submission.province, c.block) for c in page.items]
        assert len(shown) == PAGE_SIZE
        captured.append([query["sql"] for query in queries])
    assert [len(queries) for queries in captured] == [1, 1, 1]
    for sql in (queries[0].upper() for queries in captured):
        assert "COUNT(" not in sql
        assert "OFFSET" not in sql


def plan(comments, **params: str) -> str:
    """How the database reads this page. PostgreSQL is told not to scan whole tables, which it prefers for small ones,
    and to count these rows now: what it remembers are those of another test."""
    with CaptureQueriesContext(connection) as queries:
        page_at(comments, **params)
    with connection.cursor() as db:
        if connection.vendor == "postgresql":
            db.execute("SET LOCAL enable_seqscan = off")
            db.execute("ANALYZE hearings_comment, hearings_submission, hearings_draftblock")
        db.execute(
            f"{'EXPLAIN QUERY PLAN' if connection.vendor == 'sqlite' else 'EXPLAIN'} {queries[0]['sql']}"
        )
        return "\n".join(str(row) for row in db.fetchall())


def test_a_quiet_hearing_is_read_from_its_own_index_however_busy_another_one_is(now):
    quiet, busy = HearingFactory.open(now), HearingFactory.open(now)
    fill(quiet, 45, now - dt.timedelta(days=5), dt.timedelta(seconds=1))
    fill(busy, 1500, now, dt.timedelta(seconds=1))
    comments = Comment.objects.public(quiet)
    after = cursor(list(comments)[19])
    for query, params in (
        (comments, {}),
        (comments, {"after": after}),
        (comments, {"before": after}),
        (comments.with_stance(Stance.AGREE), {"after": after}),
        (comments.for_block(uuid.uuid4()), {"after": after}),
        (comments.with_topic(1), {"after": after}),
    ):
        text = plan(query, **params)
        assert "comment_newest" in text
        if connection.vendor == "sqlite":
            assert "(hearing_id=?" in text
            assert "TEMP B-TREE" not in text
    assert [len(page.items) for page in walk(comments)] == [20, 20, 5]


def test_filters_combine_and_leave_out_what_is_not_public(now):
    hearing = HearingFactory.open(now)
    comment(hearing, now, block=0, stance=Stance.AGAINST, sector=Sector.PRIVATE, reason="ก")
    comment(hearing, now, block=1, stance=Stance.AGAINST, sector=Sector.CITIZEN, reason="ข")
    comment(hearing, now, stance=Stance.AGREE, reason="")
    comments = Comment.objects.public(hearing)
    key = hearing.current_draft.blocks.order_by("order").first().key
    assert comments.count() == 2
    assert comments.for_block(key).get().reason == "ก"
    assert comments.for_block(str(key)).with_stance("against").by_sector("private").count() == 1
    assert not comments.for_block(None).exists()
    assert comments.by_sector("citizen").get().reason == "ข"


def encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "text",
    [
        "x", "%%%", "ก", "a" * 10_000, encoded("1.2.3"), encoded("1.99999999999999999999"),
        encoded("-99999999999999999.1"), encoded("now.1"), encoded("1.-1"), encoded("' OR 1=1"), encoded("๑.๒"), "AAAAA",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["after", "before"])
def test_a_broken_cursor_is_not_found_and_never_an_error(now, name, text):
    with pytest.raises(Http404):
        page_at(Comment.objects.all(), **{name: text})


def test_beyond_the_last_comment_there_is_an_empty_page(now):
    hearing = HearingFactory.open(now)
    comment(hearing, now)
    comments = Comment.objects.public(hearing)
    last = page_at(comments, after=cursor(comments.get()))
    assert (last.items, last.after, last.before) == ([], "", "")
