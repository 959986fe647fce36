import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.models import StrategyIssue
from news.models import NewsAttachment, NewsCategory
from tests.factories.news import file, news, paper, topic

pytestmark = pytest.mark.django_db


def queries(client, path: str) -> int:
    client.get(path)  # warms what is cached
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize(
    "path", ["/news/", "/strategy/", "/feeds/", "/en/news/", "/en/strategy/", "/en/feeds/"]
)
def test_empty_lists_say_what_comes_and_have_one_heading(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert text(response).count("<h1") == 1
    assert f'<html lang="{"en" if path.startswith("/en/") else "th"}"' in text(response)


def test_empty_news_list_offers_the_feeds(client):
    assert 'class="void' in text(client.get("/news/"))


def test_the_news_list_names_kind_category_date_and_province(client):
    category = NewsCategory.objects.create(slug="meetings", name="การประชุม")
    news(title="สรุปประชุม", kind="announcement", category=category, provinces=["66"])
    page = text(client.get("/news/"))
    assert "การประชุม" in page
    assert "1 พ.ย. 2569" in page
    assert "พิจิตร" in page


@pytest.mark.parametrize(
    "query", ["kind=for_business", "category=trade", "province=60", "topic=nam", "year=2568"]
)
def test_each_filter_of_the_news_list_narrows_it(client, query):
    trade = NewsCategory.objects.create(slug="trade", name="การค้า")
    news(
        title="ตรงตัวกรอง", kind="for_business", category=trade, provinces=["60"], topics=[topic("nam")],
        published_on=dt.date(2025, 1, 1),
    )  # fmt: skip
    news(title="ไม่ตรงตัวกรอง")
    page = text(client.get(f"/news/?{query}"))
    assert "ตรงตัวกรอง" in page
    assert "ไม่ตรงตัวกรอง" not in page
    assert 'class="chips"' in page
    assert 'content="noindex,follow"' in page


def test_a_chip_takes_away_only_its_own_filter(client):
    news(kind="news", provinces=["60"])
    page = text(client.get("/news/?kind=news&province=60&page=1"))
    assert 'href="?kind=news"' in page
    assert 'href="?province=60"' in page


@pytest.mark.parametrize("value", ["x", "99999", "%F0%9F%98%80", "<script>", "x" * 5000])
@pytest.mark.parametrize(
    "name", ["kind", "category", "province", "topic", "year", "period", "type", "status", "issue"]
)
def test_unknown_filters_are_named_and_left_out(client, name, value):
    news(title="ยังเห็นข่าวนี้")
    paper(title="ยังเห็นเอกสารนี้")
    for path in ("/news/", "/strategy/"):
        response = client.get(path, {name: value})
        assert response.status_code == 200
        assert "<script>" not in text(response)
        assert "ยังเห็น" in text(response)


def test_a_filter_with_a_nul_is_refused(client):
    assert client.get("/news/?kind=%00").status_code in (200, 400)


def test_a_page_of_the_list_that_does_not_exist_is_a_404(client):
    assert client.get("/news/?page=99").status_code == 404
    assert client.get("/news/?page=x").status_code == 404


def test_filters_that_fit_nothing_offer_the_way_back(client):
    news(kind="news", provinces=["60"])
    news(kind="announcement", provinces=["61"])
    page = text(client.get("/news/?kind=news&province=61"))
    assert 'class="void' in page
    assert 'href="?"' in page


def test_the_lists_ask_the_database_as_often_for_many_as_for_few(client):
    category = NewsCategory.objects.create(slug="a", name="ก")
    for _ in range(2):
        news(provinces=["60"], topics=[topic("nam")], category=category)
        paper(provinces=["60"], topics=[topic("nam")], document=file())
    few = queries(client, "/news/"), queries(client, "/strategy/")
    for _ in range(12):
        news(provinces=["60", "61"], topics=[topic("nam")], category=category)
        paper(provinces=["60", "61"], topics=[topic("nam")], document=file())
    assert (queries(client, "/news/"), queries(client, "/strategy/")) == few


def test_a_news_page_shows_event_files_topics_and_other_news(client):
    starts = timezone.make_aware(dt.datetime(2026, 11, 28, 9, 30))
    page = news(
        title="เชิญประชุม", topics=[topic("nam", "น้ำ")], provinces=["60"], event_starts_at=starts,
        event_ends_at=starts + dt.timedelta(hours=2, minutes=30), event_place="ศาลาประชาคม", event_contact="056 000 123",
    )  # fmt: skip
    page.attachments.add(NewsAttachment(document=file(), title="กำหนดการ"))
    page.save()
    news(title="ข่าวเรื่องน้ำ", topics=[topic("nam")])
    html = text(client.get(f"/news/{page.slug}/"))
    assert html.count("<h1") == 1
    assert "เสาร์ 28 พฤศจิกายน 2569" in html
    assert "09.30–12.00 น." in html
    assert 'href="tel:056000123"' in html
    assert "กำหนดการ" in html
    assert "ข่าวเรื่องน้ำ" in html
    assert "/news/?topic=nam" in html


def test_english_readers_get_the_thai_page_with_a_notice(client):
    page = news(title="ยังไม่แปล")
    response = client.get(f"/en/news/{page.slug}/")
    assert response.status_code == 200
    assert 'lang="th"' in text(response)


def test_a_document_page_shows_its_particulars_and_its_period(client):
    page = paper(
        official_number="นว 0017.2/1184", start_year=2566, end_year=2570, revision_year=2570, document=file(),
        body=[("paragraph", "<p>สรุป 1 นาที</p>")],
    )  # fmt: skip
    page.strategy_issues = [
        StrategyIssue.objects.create(number=1, title="น้ำ", period_start=2566, period_end=2570)
    ]
    page.save()
    html = text(client.get(f"/strategy/{page.slug}/"))
    assert html.count("<h1") == 1
    for part in ("นว 0017.2/1184", "1 พฤศจิกายน 2569", "พ.ศ. 2566–2570", "30 กันยายน 2570", "สรุป 1 นาที", "PDF"):
        assert part in html
    assert "/strategy/?period=2566-2570" in html
    assert "/strategy/?issue=" in html


def test_an_old_document_points_to_the_one_that_holds_and_both_list_all_editions(client):
    old = paper(title="แผนเดิม", revision_year=2569, start_year=2566, end_year=2570)
    new = paper(
        title="แผนใหม่",
        revision_year=2570,
        start_year=2566,
        end_year=2570,
        supersedes=old,
        change_note="ย้ายน้ำ",
    )
    html = text(client.get(f"/strategy/{old.slug}/"))
    assert f"/strategy/{new.slug}/" in html
    assert "แผนใหม่" in html
    assert "ย้ายน้ำ" in html
    assert f"/strategy/{old.slug}/" in text(client.get(f"/strategy/{new.slug}/"))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("type=rules", {"ระเบียบ ก", "กฎหมาย ข"}),
        ("type=circular", {"หนังสือเวียน ค"}),
        ("period=2566-2570", {"แผน ง"}),
        ("year=2548", {"ระเบียบ ก"}),
        ("status=over", {"แผนเก่า จ"}),
    ],
)
def test_each_filter_of_the_document_list_narrows_it(client, query, shown):
    paper(title="ระเบียบ ก", doc_type="regulation", official_date=dt.date(2005, 7, 27))
    paper(title="กฎหมาย ข", doc_type="law")
    paper(title="หนังสือเวียน ค", doc_type="circular")
    old = paper(title="แผนเก่า จ", start_year=2561, end_year=2565)
    paper(title="แผน ง", start_year=2566, end_year=2590, supersedes=old)
    paper(title="แผน ง", start_year=2566, end_year=2570, live=query.startswith("period"))
    html = text(client.get(f"/strategy/?{query}"))
    titles = {"ระเบียบ ก", "กฎหมาย ข", "หนังสือเวียน ค", "แผน ง", "แผนเก่า จ"}
    assert {title for title in titles if f">{title}<" in html} == shown


def test_laws_and_circulars_have_their_own_heading(client):
    paper(doc_type="circular")
    first, second = text(client.get("/strategy/?type=circular")), text(client.get("/strategy/?type=rules"))
    heading = [
        page.split("<h1>")[1].split("</h1>")[0] for page in (first, second, text(client.get("/strategy/")))
    ]
    assert len(set(heading)) == 3


def test_a_rule_says_where_the_gazette_printed_it(client):
    page = paper(
        doc_type="regulation", gazette_volume=122, gazette_part="พิเศษ 55 ง", gazette_page=24,
        gazette_date=dt.date(2005, 7, 27),
    )  # fmt: skip
    html = text(client.get(f"/strategy/{page.slug}/"))
    for part in ("122", "พิเศษ 55 ง", "24", "27 กรกฎาคม 2548"):
        assert part in html
    assert page.is_in_gazette
    assert not paper().is_in_gazette
