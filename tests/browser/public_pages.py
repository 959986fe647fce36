"""One address for each kind of public page of the demo."""

from __future__ import annotations

import functools
import re

from tests.browser.conftest import DemoSite

FIXED = {
    "home": "/",
    "home in English": "/en/",
    "hearings": "/hearings/",
    "hearings in English": "/en/hearings/",
    "hearings by area": "/hearings/?view=area",
    "for local government": "/local-government/",
    "for the local government of a province": "/local-government/?province=60",
    "follow a province": "/follow/province/60/",
    "receipt look-up": "/r/",
    "library": "/knowledge/",
    "library with words": "/knowledge/?q=น้ำท่วม",
    "problems and solutions": "/knowledge/problems/",
    "news": "/news/",
    "strategy documents": "/strategy/",
    "feeds": "/feeds/",
    "search": "/search/",
    "search with hits": "/search/?q=น้ำท่วม",
    "search without hits": "/search/?q=qzxwvk",
    "search with filters chosen": "/search/?q=น้ำท่วม&kind=lesson&province=66&all=1",
    "search for a phrase": "/search/?q=%22น้ำท่วม%22 -ถนน",
    "search by day": "/search/?q=น้ำท่วม&order=newest",
    "search, page 2": "/search/?q=น้ำ&page=2",
    "search with a correction": "/search/?q=แก้มริง",
    "search refused": "/search/?q=-ถนน",
    "questions": "/faq/",
    "words explained": "/words/",
    "contact": "/contact/",
    "links": "/links/",
    "agencies": "/agencies/",
    "network": "/network/",
    "clusters": "/clusters/",
    "about": "/about/",
    "about in English": "/en/about/",
    "history": "/about/history/",
    "policies": "/policies/",
    "privacy": "/policies/privacy/",
    "site map": "/site-map/",
    "help": "/help/",
    "sign-in": "/accounts/login/",
    "sign-up": "/accounts/signup/",
    "password reset": "/accounts/password/reset/",
    "not found": "/no-such-page/",
}


@functools.cache
def public_pages(site: DemoSite) -> dict[str, str]:
    pages = dict(FIXED)
    hearings = hearing_paths(site)
    for number, path in enumerate(hearings, start=1):
        pages[f"hearing {number}"] = path
    commentable = open_hearing(site)
    pages["frame for other websites"] = f"{commentable}embed/"
    pages["comments"] = f"{commentable}comments/"
    pages["comments with words"] = f"{commentable}comments/?q=ทางเบี่ยง"
    one = site.first(rf'href="({re.escape(commentable)}comments/\d+/)"', f"{commentable}comments/")
    pages["one comment"] = one
    pages["reply form"] = f"{one}reply/"
    pages["report form"] = f"{one}report/"
    pages["draft"] = f"{commentable}draft/"
    pages["versions compared"] = "/hearings/tha-mai-canal-road/draft/1/2/"
    pages["page of a document"] = site.first(
        rf'href="({re.escape(commentable)}documents/\d+/1/)"', commentable
    )
    pages["comment form"] = f"{commentable}comment/"
    pages["short form"] = f"{commentable}comment/?short=1"
    pages["resume a comment"] = f"{commentable}resume/"
    pages["hearing in English"] = f"/en{commentable}"
    pages["lesson"] = site.first(
        r'href="(/knowledge/(?!problems)[a-z0-9-]+/)"', "/knowledge/?kind=good_practice"
    )
    pages["lesson: caution"] = site.first(
        r'href="(/knowledge/(?!problems)[a-z0-9-]+/)"', "/knowledge/?kind=caution"
    )
    pages["news article"] = site.first(r'href="(/news/[a-z0-9-]+/)"', "/news/")
    pages["strategy document"] = site.first(r'href="(/strategy/[a-z0-9-]+/)"', "/strategy/")
    return pages


def hearing_paths(site: DemoSite) -> list[str]:
    return sorted(set(re.findall(r'href="(/hearings/[a-z0-9-]+/)"', site.read("/hearings/"))))


def open_hearing(site: DemoSite) -> str:
    """A hearing that takes comments now."""
    for path in hearing_paths(site):
        if f'href="{path}comment/' in site.read(path):
            return path
    raise AssertionError("the demo has no open hearing")
