"""RSS and Atom for everything that registered with core.feeds: all, per province, per topic (A038, P117)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nlargest
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from core.feeds import FEED_LENGTH, FeedItem, FeedSource, source_for, sources
from core.models import SiteSettings, Topic
from core.text import clean_text
from geography.models import Province, SiteCluster

ALL = "all"
# Readers' programs ask every few minutes; a proxy may answer them.
MAX_AGE = 600


@dataclass(frozen=True)
class Selection:
    """What one feed address stands for."""

    source: FeedSource
    site_name: str
    province: Province | None = None
    topic: Topic | None = None

    @property
    def title(self) -> str:
        words = [str(self.source.label)]
        if self.province:
            words.append(self.province.full_name)
        if self.topic:
            words.append(self.topic.display_name)
        return f"{' · '.join(words)} | {self.site_name}"


class SiteFeed(Feed):
    feed_type: type[SyndicationFeed] = Rss201rev2Feed
    item_guid_is_permalink = False

    def get_object(
        self, request: HttpRequest, source: str, province: str | None = None, topic: str | None = None
    ) -> Selection:
        found = everything() if source == ALL else source_for(source)
        if found is None:
            raise Http404(_("There is no such feed."))
        return Selection(
            source=found,
            site_name=SiteSettings.for_request(request).display_site_name,
            province=get_object_or_404(Province, code=province) if province else None,
            topic=get_object_or_404(Topic, slug=topic) if topic else None,
        )

    def title(self, selection: Selection) -> str:
        return selection.title

    def description(self, selection: Selection) -> str:
        return selection.title

    subtitle = description

    def link(self, selection: Selection) -> str:
        return reverse("news:feeds")

    def items(self, selection: Selection) -> list[FeedItem]:
        province = selection.province.code if selection.province else None
        topic = selection.topic.slug if selection.topic else None
        return list(selection.source.items(province, topic))[:FEED_LENGTH]

    # Control characters that an editor pasted would make the XML unreadable.
    def item_title(self, item: FeedItem) -> str:
        return clean_text(item.title)

    def item_description(self, item: FeedItem) -> str:
        return clean_text(item.description)

    def item_link(self, item: FeedItem) -> str:
        return item.url

    def item_guid(self, item: FeedItem) -> str:
        """A tag URI (RFC 4151): Atom wants a URI, and an address may change."""
        return f"tag:{urlsplit(settings.SITE_ADDRESS).hostname},2026:{item.key}"

    def item_pubdate(self, item: FeedItem) -> dt.datetime:
        return item.date

    def item_updateddate(self, item: FeedItem) -> dt.datetime:
        return item.updated or item.date


class SiteAtomFeed(SiteFeed):
    feed_type = Atom1Feed


FEEDS = {"rss": SiteFeed(), "atom": SiteAtomFeed()}


def everything() -> FeedSource:
    """One feed of all sources together."""

    def items(province: str | None, topic: str | None) -> Iterable[FeedItem]:
        found = (item for source in sources() for item in source.items(province, topic))
        return nlargest(FEED_LENGTH, found, key=lambda item: item.date)

    return FeedSource(ALL, _("Everything new"), items)


@require_safe
@conditional_page
def feed(request: HttpRequest, feed_format: str, source: str, **selection: str) -> HttpResponse:
    response = FEEDS[feed_format](request, source=source, **selection)
    patch_cache_control(response, public=True, max_age=MAX_AGE)
    return response


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """A page that lists the feeds, so that nobody must guess an address."""
    cluster = SiteCluster.for_request(request).cluster
    context = {
        "sources": [everything(), *sources()],
        "provinces": cluster.provinces.all() if cluster else Province.objects.none(),
        "topics": Topic.objects.all(),
    }
    return render(request, "news/feeds.html", context)
