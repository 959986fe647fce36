"""core.ratelimit: a bucket per visitor."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from core.ratelimit import Limit, TooManyRequestsError, take, visitor

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


def test_a_forwarded_address_counts_only_behind_our_own_proxy(settings):
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR="6.6.6.6, 203.0.113.7")
    assert visitor(request) == "10.0.0.9"
    settings.TRUSTED_PROXY_COUNT = 1
    assert visitor(request) == "203.0.113.7"


def test_a_household_with_ipv6_is_one_visitor():
    first = RequestFactory().get("/", REMOTE_ADDR="2001:db8:1:2::1")
    second = RequestFactory().get("/", REMOTE_ADDR="2001:db8:1:2:ffff::9")
    assert visitor(first) == visitor(second)
