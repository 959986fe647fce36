"""The first view of a page costs a villager at most 100 KB without pictures (requirement of speed, people.md 1)."""

from __future__ import annotations

import pytest

from tests.browser.conftest import PHONE
from tests.browser.first_view import first_views
from tests.browser.public_pages import public_pages

pytestmark = pytest.mark.browser
BUDGET = 100_000


def test_first_views_stay_in_the_budget(browser, demo_site) -> None:
    urls = [demo_site.url(path) for path in public_pages(demo_site).values()]
    sizes = {url: view.without_pictures for url, view in first_views(browser, urls, PHONE)}
    # Frame and fonts travel each time: a page of the site costs at least 30 KB, or something was kept.
    assert min(size for url, size in sizes.items() if not url.endswith("/embed/")) > 30_000
    heavy = [f"{url}: {size:,} bytes" for url, size in sizes.items() if size > BUDGET]
    assert not heavy, "\n".join(heavy)
