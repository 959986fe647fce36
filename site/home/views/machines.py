"""Site map and the files that machines ask for: sitemap.xml, robots.txt, security.txt."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Site

from core.models import SiteSettings
from core.urls_for import language_path, page_path
from home.sitemaps import NOT_FOR_ENGINES, VIEWS, public_pages, public_tree

ENGINE_LIMIT = 50_000  # of one sitemap file
# RFC 9116 wants less than a year.
SECURITY_VALID = dt.timedelta(days=180)
CLOSED_TO_ROBOTS = (
    "/admin/",
    "/django-admin/",
    "/desk/",
    "/me/",
    "/accounts/",
    "/preferences/",
    "/r/",
    "/search/?",
    "/contact/2",
)


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    language = get_language() or "th"
    tree = public_tree(Site.find_for_request(request), language)
    return render(request, "home/site_map.html", {"tree": tree, "views": VIEWS})


@require_safe
@cache_control(public=True, max_age=3600)
def sitemap_xml(request: HttpRequest) -> HttpResponse:
    """Thai and English addresses of every public page and list."""
    rows = [
        (language_path(path, language), None)
        for language in ("th", "en")
        for path, _label in VIEWS
        if path not in NOT_FOR_ENGINES
    ]
    for page in public_pages():
        if path := page_path(page, request, language="th"):
            rows.append((path, page.last_published_at))
    rows = [(request.build_absolute_uri(path), changed) for path, changed in rows[:ENGINE_LIMIT]]
    return HttpResponse(render_to_string("home/sitemap.xml", {"rows": rows}), content_type="application/xml")


@require_safe
@cache_control(public=True, max_age=86400)
def robots_txt(request: HttpRequest) -> HttpResponse:
    closed = [f"Disallow: {prefix}{path}" for path in CLOSED_TO_ROBOTS for prefix in ("", "/en")]
    lines = ["User-agent: *", *closed, "", f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=86400)
def security_txt(request: HttpRequest) -> HttpResponse:
    office = SiteSettings.for_request(request)
    expires = (timezone.now() + SECURITY_VALID).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        *([f"Contact: mailto:{office.email}"] if office.email else []),
        f"Contact: {request.build_absolute_uri('/contact/')}",
        f"Expires: {expires.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: th, en",
        f"Canonical: {request.build_absolute_uri('/.well-known/security.txt')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
