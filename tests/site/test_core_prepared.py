"""Prepared queries: the same rows and instances as the queryset gives, SQL written once, instances only when asked."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db.models import BigIntegerField, CharField, DateTimeField, Q
from django.db.models.functions import Length
from django.utils import timezone
from wagtail.models import Page

from core.prepared import Prepared, row_of, rows_for_key
from geography.models import District

pytestmark = pytest.mark.django_db


def district(number: int = 0) -> District:
    return District.objects.order_by("code")[number]


def test_instances_are_those_of_the_queryset_with_what_was_fetched_with_them(
    django_assert_num_queries: Any,
) -> None:
    asked = Prepared(
        lambda code: (
            District.objects.filter(code=code).select_related("province").annotate(long=Length("name"))
        ),
        code=CharField(),
    )
    wanted = district()
    with django_assert_num_queries(1):
        found = asked(code=wanted.code).first()
        assert found == wanted
        assert found.province.name
        assert found.long == len(wanted.name)
    assert found._state.adding is False
    assert found.get_deferred_fields() == set()


def test_every_call_brings_its_own_values_and_the_sql_is_written_once() -> None:
    built: list[int] = []

    def build(code: Any) -> Any:
        built.append(1)
        return District.objects.filter(code=code)

    asked = Prepared(build, code=CharField())
    for number in range(3):
        assert asked(code=district(number).code).first() == district(number)
    assert asked(code="0000").first() is None
    assert built == [1]


def test_lists_and_values_left_out_are_other_shapes_of_the_same_query() -> None:
    def build(codes: list[Any], name: Any = None) -> Any:
        found = District.objects.filter(code__in=codes).order_by("code")
        return found.filter(Q(name=name)) if name is not None else found

    asked = Prepared(build, codes=CharField(), name=CharField())
    some = list(District.objects.order_by("code")[:3])
    assert list(asked(codes=[row.code for row in some])) == some
    assert list(asked(codes=[row.code for row in some[:2]])) == some[:2]
    assert list(asked(codes=[row.code for row in some], name=some[1].name)) == [some[1]]


def test_values_are_stored_as_their_field_stores_them(home: Page) -> None:
    asked = Prepared(
        lambda since, pk: Page.objects.filter(first_published_at__gte=since, pk=pk),
        since=DateTimeField(),
        pk=BigIntegerField(),
    )
    now = timezone.now()
    Page.objects.filter(pk=home.pk).update(first_published_at=now)
    assert asked(since=now, pk=home.pk).first().first_published_at == now
    assert not asked(since=now + dt.timedelta(microseconds=1), pk=home.pk)


def test_a_percent_sign_in_a_constant_stays_one() -> None:
    asked = Prepared(
        lambda code: District.objects.filter(code=code).exclude(name__contains="%"), code=CharField()
    )
    assert asked(code=district().code).first() == district()


def test_nothing_is_made_before_it_is_asked_for_and_then_once() -> None:
    asked = Prepared(lambda province: District.objects.filter(province_id=province), province=CharField())
    answer = asked(province=district().province_id)
    assert answer.keys == [row.pk for row in answer]
    assert answer[0] is answer[0]
    assert [row.pk for row in answer[1:3]] == answer.keys[1:3]
    assert answer[::-1].keys == answer.keys[::-1]


def test_a_key_holds_every_row_as_it_was_read() -> None:
    asked = Prepared(lambda code: District.objects.filter(code=code), code=CharField())
    first = tuple(rows_for_key(asked(code=district().code)))
    assert first == tuple(rows_for_key(asked(code=district().code)))
    assert row_of(asked(code=district().code)[0]) == first[1]
    District.objects.filter(code=district().code).update(name="ชื่อใหม่")
    assert tuple(rows_for_key(asked(code=district().code))) != first
    assert row_of(district()) is None
    assert tuple(rows_for_key([district()]))[0] == 1


def test_an_instance_read_earlier_is_told_what_the_row_says_now(django_assert_num_queries: Any) -> None:
    asked = Prepared(
        lambda code: District.objects.filter(code=code).only("name").annotate(long=Length("name")),
        code=CharField(),
    )
    known = district()
    District.objects.filter(pk=known.pk).update(name="ชื่อใหม่")
    with django_assert_num_queries(1):
        again = asked(code=known.code).renew(known)
    assert again is known
    assert (known.name, again.long) == ("ชื่อใหม่", 8)
