import datetime as dt
from xml.etree import ElementTree

import pytest

from tests.factories.news import news, paper, topic

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def rss_titles(response) -> list[str]:
    return [item.findtext("title") for item in ElementTree.fromstring(response.content).iter("item")]


def test_the_news_feed_is_valid_rss_with_absolute_links_newest_first(client):
    news(title="เก่า", published_on=dt.date(2026, 8, 1))
    page = news(title="ใหม่ & <b>", published_on=dt.date(2026, 11, 20), summary="สรุป")
    response = client.get("/feeds/news.rss")
    assert response["Content-Type"].startswith("application/rss+xml")
    assert rss_titles(response) == ["ใหม่ & <b>", "เก่า"]
    assert f"http://testserver/news/{page.slug}/" in response.content.decode()


def test_the_atom_feed_has_entries_with_stable_identifiers(client):
    page = news()
    root = ElementTree.fromstring(client.get("/feeds/news.atom").content)
    entry = root.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id").endswith(f"news.newspage:{page.pk}")
    assert entry.findtext(f"{ATOM}updated")


def test_drafts_never_reach_a_feed(client):
    news(title="ร่าง", live=False)
    assert rss_titles(client.get("/feeds/news.rss")) == []


def test_feeds_can_be_limited_to_a_province_or_a_topic(client):
    news(title="พิจิตร", provinces=["66"], topics=[topic("nam")])
    news(title="อื่น", provinces=["60"])
    assert rss_titles(client.get("/feeds/news/province/66.rss")) == ["พิจิตร"]
    assert rss_titles(client.get("/feeds/news/topic/nam.rss")) == ["พิจิตร"]


@pytest.mark.parametrize(
    "path",
    ["/feeds/nothing.rss", "/feeds/news/province/99.rss", "/feeds/news/topic/none.atom", "/feeds/news.json"],
)
def test_unknown_feeds_are_a_404(client, path):
    assert client.get(path).status_code == 404


def test_one_feed_carries_everything(client):
    news(title="ข่าว")
    paper(title="แผน")
    assert set(rss_titles(client.get("/feeds/all.rss"))) >= {"ข่าว", "แผน"}


def test_a_feed_stops_at_thirty_items(client):
    for _ in range(31):
        news()
    assert len(rss_titles(client.get("/feeds/news.rss"))) == 30


def test_a_reader_who_has_the_newest_gets_no_second_copy(client):
    news()
    first = client.get("/feeds/news.rss")
    again = client.get("/feeds/news.rss", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


def test_control_characters_do_not_break_the_xml(client):
    news(title="ก\x0bข", summary="ค\x1fง")
    assert rss_titles(client.get("/feeds/news.rss")) == ["กข"]


@pytest.mark.parametrize("path", ["/news/", "/strategy/", "/feeds/"])
def test_pages_tell_readers_programs_where_the_feed_is(client, path):
    assert 'type="application/rss+xml"' in client.get(path).content.decode()


def test_the_english_feed_links_to_english_addresses(client):
    page = news()
    assert f"/en/news/{page.slug}/" in client.get("/en/feeds/news.rss").content.decode()
