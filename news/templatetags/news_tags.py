"""The newest of news, announcements and documents for other pages (the home page shows four)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext

from core.thaidate import format_day, format_time
from news.enums import DocumentStatus
from news.forms.filters import period_label
from news.models import NewsPage, StrategyDocument

register = template.Library()


@dataclass(frozen=True)
class LatestItem:
    page: NewsPage | StrategyDocument
    title: str
    date: dt.date | None
    kind_label: str
    summary: str


@register.simple_tag
def latest_news(number: int = 4) -> list[LatestItem]:
    """News, announcements and strategy documents together, newest first."""
    language = get_language() or "th"
    news = (
        NewsPage.objects.readable(language).newest_first().select_related("locale", "listing_image")[:number]
    )
    documents = (
        StrategyDocument.objects.readable(language)
        .exclude(first_published_at=None)
        .order_by("-first_published_at", "-pk")
        .select_related("locale", "listing_image")[:number]
    )
    newest = sorted([*news, *documents], key=lambda page: page.listed_on, reverse=True)[:number]
    return [
        LatestItem(page, page.title, page.listed_on, page.kind_label, page.listing_summary) for page in newest
    ]


@register.filter
def listed_status(document: StrategyDocument) -> DocumentStatus | None:
    """The status of a document from a list made ``with_status``."""
    return document.status(timezone.localdate(), superseded=document.superseded)


@register.filter
def edition(document: StrategyDocument) -> str:
    """``ฉบับทบทวน พ.ศ. 2570``, or "first edition"."""
    year = document.revision_year
    return (
        gettext("Revised edition of %(year)s") % {"year": period_label(year, year)}
        if year
        else gettext("First edition")
    )


@register.simple_tag
def event_when(page: NewsPage) -> SafeString:
    """``เสาร์ 28 พฤศจิกายน 2569 เวลา 09.30–12.00 น.``; each part stays on one line."""
    starts, ends = page.event_starts_at, page.event_ends_at
    if starts is None:
        return SafeString("")
    if ends is None or not page.ends_same_day:
        parts = [_moment(starts), _moment(ends)] if ends else [_moment(starts)]
        return format_html_join(" – ", "{}", ((part,) for part in parts))
    begin, end = format_time(starts), format_time(ends)
    return format_html(
        '{} <span class="nb">{} {}–{}</span>', _day(starts), _at(), begin.removesuffix(" น."), end
    )


def _at() -> str:
    return pgettext("before a time of day", "at")


def _day(moment: dt.datetime) -> SafeString:
    return format_html(
        "<b class=\"nb\"><time datetime=\"{}\">{}</time></b>",
        timezone.localtime(moment).isoformat(timespec="minutes"), format_day(moment, "full"),
    )  # fmt: skip


def _moment(moment: dt.datetime) -> SafeString:
    return format_html('{} <span class="nb">{} {}</span>', _day(moment), _at(), format_time(moment))


@register.filter
def phone_digits(phone: str) -> str:
    """What ``tel:`` needs: the first number without spaces."""
    return "".join(c for c in phone.split(",")[0] if c.isdigit() or c == "+")


@register.filter
def period(document: StrategyDocument) -> str:
    """``พ.ศ. 2566–2570``, or "" where the document has no period."""
    start, end = document.start_year, document.end_year
    return period_label(start, end or start) if start else ""


@register.simple_tag(takes_context=True)
def query_without(context: template.Context, field: str) -> str:
    """The address of the same list without one filter, from its first page."""
    params = context["request"].GET.copy()
    for name in (field, "page"):
        params.pop(name, None)
    return f"?{params.urlencode()}"
