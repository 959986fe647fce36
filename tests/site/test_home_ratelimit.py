"""core.ratelimit: a bucket per visitor."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import RequestFactory

from core.models import Bucket
from core.ratelimit import Limit, TooManyRequestsError, forget_full, look, take, take_all, visitor

pytestmark = pytest.mark.django_db
LIMIT = Limit("test", capacity=3, seconds=60)


def test_a_full_bucket_gives_its_capacity_and_then_says_how_long_to_wait():
    for _ in range(3):
        take(LIMIT, "a", now=1000)
    with pytest.raises(TooManyRequestsError) as caught:
        take(LIMIT, "a", now=1000)
    assert caught.value.wait == 20
    assert "1" in str(caught.value)


def test_an_empty_bucket_refills_steadily():
    for _ in range(3):
        take(LIMIT, "a", now=1000)
    take(LIMIT, "a", now=1021)
    with pytest.raises(TooManyRequestsError):
        take(LIMIT, "a", now=1022)


def test_visitors_and_scopes_have_buckets_of_their_own():
    for _ in range(3):
        take(LIMIT, "a", now=1000)
    take(LIMIT, "b", now=1000)
    take(Limit("other", 3, 60), "a", now=1000)


def test_looking_takes_nothing():
    for _ in range(3):
        take(LIMIT, "a", now=1000)
    with pytest.raises(TooManyRequestsError):
        look(LIMIT, "a", now=1019)
    look(LIMIT, "a", now=1020)
    take(LIMIT, "a", now=1020)


def test_of_several_buckets_one_that_is_empty_refuses_and_the_full_ones_lose_nothing():
    narrow = Limit("narrow", capacity=1, seconds=30)
    take_all([(LIMIT, "a"), (narrow, "a")], now=1000)
    with pytest.raises(TooManyRequestsError) as caught, transaction.atomic():
        take_all([(LIMIT, "a"), (narrow, "a")], now=1010)
    assert caught.value.wait == 20
    for _ in range(2):
        take(LIMIT, "a", now=1010)


def test_taking_several_is_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        take_all([(LIMIT, "a"), (LIMIT, "b"), (LIMIT, "c")], now=1000)


def test_no_address_is_kept_and_a_full_bucket_is_swept():
    take(LIMIT, "203.0.113.7", now=1000)
    bucket = Bucket.objects.get()
    assert "203" not in bucket.key
    assert forget_full(1019) == 0
    assert forget_full(1021) == 1


def test_a_forwarded_address_counts_only_behind_our_own_proxy(settings):
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR="6.6.6.6, 203.0.113.7")
    assert visitor(request) == "10.0.0.9"
    settings.TRUSTED_PROXY_COUNT = 1
    assert visitor(request) == "203.0.113.7"


def test_a_household_with_ipv6_is_one_visitor():
    first = RequestFactory().get("/", REMOTE_ADDR="2001:db8:1:2::1")
    second = RequestFactory().get("/", REMOTE_ADDR="2001:db8:1:2:ffff::9")
    assert visitor(first) == visitor(second)
