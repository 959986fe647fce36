"""The first view of a page costs a villager at most 100 KB without pictures (requirement of speed, people.md 1)."""

from __future__ import annotations

import pytest

from tests.browser.conftest import PHONE
from tests.browser.first_view import first_view_bytes
from tests.browser.public_pages import public_pages

pytestmark = pytest.mark.browser
BUDGET = 100_000


def test_first_views_stay_in_the_budget(browser, demo_site) -> None:
    heavy = []
    for name, path in public_pages(demo_site).items():
        size = first_view_bytes(browser, demo_site.url(path), PHONE)
        if size.without_pictures > BUDGET:
            heavy.append(f"{name} ({path}): {size.without_pictures:,} bytes")
    assert not heavy, "\n".join(heavy)
