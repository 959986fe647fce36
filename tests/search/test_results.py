"""What stands around the hits: types, filters, order, recommended pages, related searches, help when nothing is found."""

from __future__ import annotations

import datetime as dt
import re
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from accounts.roles import Role
from core import nearby, searchable
from core.models import StrategyIssue, Topic
from core.searchable import Searchable
from home.models import StandardPage
from search.best_bets import PROMOTIONS_KEY
from search.engines import get_engine
from search.models import SearchQuery, SynonymGroup
from search.related import often_asked
from tests.factories.accounts import person
from tests.search.conftest import doc

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(home, monkeypatch):
    """Index these documents under pages that are really there: ``published(doc(...), ...)``."""

    def fill(*documents):
        get_engine().rebuild(documents)
        public = {d.key for d in documents}
        monkeypatch.setattr(
            "search.public.still_public", lambda found: {c.document.key for c in found} & public
        )

    return fill


@pytest.fixture
def many(published):
    Topic.objects.create(name="น้ำ", name_en="Water", slug="water")
    issue = StrategyIssue.objects.create(number=1, title="จัดการน้ำ", period_start=2566, period_end=2570)
    searchable.register(
        Searchable(
            "lesson",
            "บทเรียน",
            Topic,
            Topic.objects.none,
            lambda topic: None,
            varieties={"caution": "ข้อควรระวัง"},
        )
    )
    moment = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    rows = [
        ("a", "lesson", "caution", "60", 2026),
        ("b", "lesson", "practice", "66", 2025),
        ("c", "page", "", "60", 2024),
        ("d", "page", "", "", 2026),
    ]
    published(
        *(
            doc(
                key, f"น้ำท่วม {key}", kind=kind, variety=variety, provinces=(province,) if province else (),
                topics=("water",) if key == "a" else (), sectors=("citizen",) if key in "ab" else (),
                issues=(str(issue.pk),) if key == "c" else (), date=moment.replace(year=year),
            )
            for key, kind, variety, province, year in rows
        )
    )  # fmt: skip
    return issue


def ask(client, **query):
    return client.get("/search/", query)


def titles(response) -> list[str]:
    return [hit.document.title[-1] for hit in response.context["results"].hits]


def offered(response) -> dict[str, list[tuple[str, str, int]]]:
    return {
        offer.facet.name: [(c.value, str(c.label), c.count) for c in offer.choices]
        for offer in response.context["facets"]
    }


def test_every_filter_says_its_codes_in_words_with_counts(client, many):
    found = offered(ask(client, q="น้ำท่วม"))
    assert found["topic"] == [("water", "น้ำ", 1)]
    assert found["province"] == [("60", "นครสวรรค์", 2), ("66", "พิจิตร", 1)]
    assert found["sector"] == [("citizen", "ประชาชน", 2)]
    assert found["issue"] == [(str(many.pk), "1. จัดการน้ำ", 1)]
    assert found["year"] == [("2569", "2569", 2), ("2568", "2568", 1), ("2567", "2567", 1)]
    assert "variety" not in found


def test_what_a_type_consists_of_is_offered_below_that_type(client, many):
    response = ask(client, q="น้ำท่วม", kind="lesson")
    assert offered(response)["variety"] == [("caution", "ข้อควรระวัง", 1)]
    assert titles(ask(client, q="น้ำท่วม", kind="lesson", variety="caution")) == ["a"]


def test_a_sector_is_not_said_to_be_the_sender_of_everything(client, many):
    """Of a hearing it is whom it benefits."""
    facets = {offer.facet.name: offer.facet for offer in ask(client, q="น้ำท่วม").context["facets"]}
    with translation.override("en"):
        assert (str(facets["sector"].label), str(facets["sector"].everything)) == ("Sector", "All sectors")


def test_the_chosen_type_stands_in_front_where_a_telephone_shows_it(client, many):
    assert [tab.value for tab in ask(client, q="น้ำท่วม", kind="page").context["tabs"]][:1] == ["page"]
    assert [tab.value for tab in ask(client, q="น้ำท่วม", kind="lesson").context["tabs"]][:1] == ["lesson"]


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ({"province": "60"}, "ac"),
        ({"province": "60", "year": "2569"}, "a"),
        ({"sector": "citizen"}, "ab"),
        ({"topic": "water"}, "a"),
        ({"kind": "page"}, "cd"),
        ({"q": '"น้ำท่วม" -b', "province": "66"}, ""),
        ({"q": '"น้ำท่วม c"'}, "c"),
    ],
)
def test_filters_narrow_the_list(client, many, query, keys):
    response = ask(client, **{"q": "น้ำท่วม", **query})
    assert sorted(titles(response)) == list(keys)


def test_chosen_filters_are_chips_that_can_be_taken_away(client, many):
    html = ask(client, q="น้ำท่วม", kind="lesson", province="60", all="1").content.decode()
    chips = re.search(
        r'<ul class="chips" aria-label="ตัวกรอง.*?</ul>|<ul class="chips" aria-label="Filters in use.*?</ul>',
        html,
    )
    assert chips
    links = re.findall(r'href="(\?[^"]*)"', chips[0])
    assert len(links) == 4
    assert [sorted(re.findall(r"kind|province|all", link)) for link in links] == [
        ["all", "province"],
        ["all", "kind"],
        ["kind", "province"],
        [],
    ]
    assert all("q=" in link for link in links)


def test_a_chosen_value_without_results_can_be_taken_away(client, many):
    response = ask(client, q="น้ำท่วม", province="60", topic="water", year="2568")
    assert response.context["results"].total == 0
    assert {offer.facet.name for offer in response.context["facets"] if offer.chosen} == {
        "province",
        "topic",
        "year",
    }


@pytest.mark.parametrize(
    "query",
    [
        {"variety": "x y"}, {"sector": "robot"}, {"issue": "๑"}, {"issue": "1'--"}, {"year": "1999"}, {"year": "๒๕๖๙"},
        {"order": "random"}, {"variety": "x" * 41}, {"q": "-ถนน"}, {"q": '-"ถนน" -น้ำ'},
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_the_words_stay(client, many, query):
    response = ask(client, **{"q": "น้ำท่วม", **query})
    assert response.status_code == 200
    assert response.context["results"] is None
    assert 'role="alert"' in response.content.decode()
    assert response.context["typed"] in response.content.decode().replace("&quot;", '"')


def test_newest_first(client, many):
    assert titles(ask(client, q="น้ำท่วม", order="newest"))[2:] == ["b", "c"]
    html = ask(client, q="น้ำท่วม", order="newest").content.decode()
    assert "order=newest" not in re.search(r'<div class="found">.*?</div>', html)[0]


def test_signs_that_find_nothing_can_be_taken_away(client, many):
    html = ask(client, q='"น้ำ ถนน ท่วม"').content.decode()
    assert re.search(r'href="\?q=%E0[^"]*"', html)
    assert ask(client, q='"น้ำ ถนน ท่วม"').context["question"].wanted == "น้ำ ถนน ท่วม"


def test_searched_as_typed_without_result_offers_the_other_spelling(client, published):
    published(doc("a", "ยุทธศาสตร์"))
    response = ask(client, q="ยุทศาสตร์", exact="1")
    assert response.context["perhaps"] == "ยุทธศาสตร์"
    assert "ยุทธศาสตร์" in response.content.decode()


# --- recommended pages ---------------------------------------------------------------------------------------------


@pytest.fixture
def promoted(home):
    page = home.add_child(instance=StandardPage(title="แผนที่จุดเสี่ยง", slug="risk", summary="น้ำท่วม"))
    query = Query.objects.create(query_string="น้ำ ท่วม")
    SearchPromotion.objects.create(query=query, page=page, description="ดูจุดเสี่ยงทุกตำบล", sort_order=0)
    SearchPromotion.objects.create(
        query=query,
        external_link_url="https://example.go.th/",
        external_link_text="กรมชลประทาน",
        sort_order=1,
    )
    return page


@pytest.mark.parametrize("typed", ["น้ำ ท่วม", "  น้ำ   ท่วม", "นํ้า ท่วม"])
def test_recommended_pages_stand_above_the_hits_and_only_there(client, promoted, typed):
    get_engine().rebuild(searchable.documents())
    response = ask(client, q=typed)
    assert [bet.title for bet in response.context["best_bets"]] == ["แผนที่จุดเสี่ยง", "กรมชลประทาน"]
    html = response.content.decode()
    assert html.count("แผนที่จุดเสี่ยง") == 1
    assert "ดูจุดเสี่ยงทุกตำบล" in html
    assert Query.objects.count() == 1


def test_recommended_pages_that_nobody_may_read_are_not_shown(client, promoted):
    get_engine().rebuild([])
    promoted.unpublish()
    assert [bet.title for bet in ask(client, q="น้ำ ท่วม").context["best_bets"]] == ["กรมชลประทาน"]


def test_other_questions_and_filtered_ones_have_no_recommended_page(client, promoted, published):
    published(doc("a", "น้ำ ท่วม"))
    assert not ask(client, q="น้ำ").context["best_bets"]
    assert not ask(client, q="น้ำ ท่วม", kind="page").context["best_bets"]


def test_a_new_recommendation_is_seen_within_seconds(client, promoted, published):
    published(doc("a", "น้ำ ท่วม"))
    ask(client, q="น้ำ ท่วม")
    SearchPromotion.objects.all().delete()
    nearby.forget(PROMOTIONS_KEY)  # ten seconds later
    assert not ask(client, q="น้ำ ท่วม").context["best_bets"]


# --- related searches ------------------------------------------------------------------------------------------------


def asked(text: str, today: dt.date, *, days: int, each: int, hits: int = 1) -> None:
    SearchQuery.objects.bulk_create(
        SearchQuery(text=text, day=today - dt.timedelta(days=n), count=each, hits=hits) for n in range(days)
    )


def test_only_what_many_asked_in_plain_words_is_shown_to_others(now):
    today = now.date()
    asked("น้ำท่วม ถนน", today, days=5, each=2)
    asked("น้ำท่วม สมหญิงซซ", today, days=9, each=9)  # not in the dictionary: perhaps a name
    asked("น้ำท่วม บ้าน", today, days=4, each=9)  # too few days
    asked("น้ำท่วม จังหวัด", today, days=5, each=1)  # too few times
    asked("น้ำท่วม ตลาด", today, days=9, each=9, hits=0)
    asked("น้ำท่วม คลอง", today - dt.timedelta(days=120), days=9, each=9)
    assert often_asked(today) == ["น้ำท่วม ถนน"]


def test_topics_of_the_hits_and_questions_that_share_a_word_are_related(client, many):
    today = dt.datetime.now(dt.UTC).date()
    asked("น้ำท่วม ถนน", today, days=6, each=5)
    asked("ตลาด เกษตร", today, days=6, each=5)
    assert ask(client, q="น้ำท่วม").context["related"] == ["น้ำ", "น้ำท่วม ถนน"]


# --- words of the same meaning -----------------------------------------------------------------------------------------


def test_editors_words_count_at_the_next_question(client, published):
    published(doc("a", "ประตูระบายน้ำ"), doc("b", "ถนน"))
    assert not ask(client, q="ปตร", exact="1").context["results"].total
    group = SynonymGroup(words="ปตร. =  ประตูระบายน้ำ")
    group.full_clean()
    group.save()
    assert group.words == "ปตร. = ประตูระบายน้ำ"
    for typed in ("ปตร", "ปตร."):
        assert [hit.document.title for hit in ask(client, q=typed).context["results"].hits] == ["ประตูระบายน้ำ"]
    found = ask(client, q="ปตร", all="1").context["results"]
    assert (found.total, found.did_you_mean) == (1, "")
    group.delete()
    assert not ask(client, q="ปตร", exact="1").context["results"].total


@pytest.mark.parametrize(
    "words", ["อบต", "อบต =", "=", "อบต = อบต", "อบต = !!!", "อบต = ก", "อบต = ของ", "อบต - x"]
)
def test_lines_that_say_nothing_are_refused(words):
    with pytest.raises(ValidationError) as refused:
        SynonymGroup(words=words).full_clean()
    assert set(refused.value.message_dict) == {"words"}


def test_a_word_has_one_line():
    SynonymGroup.objects.create(words="ปตร = ประตูน้ำ")
    with pytest.raises(ValidationError):
        SynonymGroup(words="ประตูน้ำ = ประตูระบายน้ำ").full_clean()
    SynonymGroup(words="ฝาย = ทำนบ").full_clean()


@pytest.mark.parametrize(("role", "may"), [(Role.STRATEGY, True), (Role.MEMBER, False)])
def test_publishers_keep_words_and_recommendations_and_read_what_was_searched(client, role, may):
    user = person(role)
    for permission in (
        "search.add_synonymgroup",
        "search.view_searchquery",
        "wagtailsearchpromotions.add_searchpromotion",
    ):
        assert user.has_perm(permission) is may


# --- opensearch, clicks ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_browser_can_add_this_search(client, home, prefix):
    html = client.get(f"{prefix}/").content.decode()
    assert 'type="application/opensearchdescription+xml"' in html
    response = client.get(f"{prefix}/opensearch.xml")
    assert response.headers["Content-Type"].startswith("application/opensearchdescription+xml")
    root = ElementTree.fromstring(response.content)
    template = root.find("{*}Url").get("template")
    assert template == f"http://testserver{prefix}/search/?q={{searchTerms}}"
    assert 0 < len(root.findtext("{*}ShortName")) <= 16


def test_a_click_is_one_more_for_the_place_and_nothing_of_the_person(client, now):
    SearchQuery.objects.create(text="น้ำท่วม", day=dt.datetime.now(dt.UTC).astimezone().date())
    SearchQuery.objects.update(day=__import__("django.utils.timezone", fromlist=["x"]).localdate())
    for place in ("1", "7"):
        assert client.post("/search/clicked/", {"q": "น้ำท่วม", "place": place}).status_code == 204
    row = SearchQuery.objects.get()
    assert (row.clicks, row.places) == (2, 8)
    assert not client.cookies


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"q": "x"},
        {"q": "x", "place": "0"},
        {"q": "x", "place": "101"},
        {"q": "x", "place": "a"},
        {"q": "x" * 201, "place": "1"},
    ],
)
def test_clicks_that_cannot_be_are_refused(client, data):
    assert client.post("/search/clicked/", data).status_code == 400
    assert client.get("/search/clicked/").status_code == 405


def test_clicks_have_a_limit(client):
    answers = {client.post("/search/clicked/", {"q": "x", "place": "1"}).status_code for _ in range(61)}
    assert answers == {204, 429}
    assert not SearchQuery.objects.exists()


# --- cost -----------------------------------------------------------------------------------------------------------


def test_the_page_asks_the_database_as_often_for_one_hit_as_for_many(client, home, django_assert_num_queries):
    def page(count: int) -> None:
        StandardPage.objects.all().delete()
        for n in range(count):
            home.refresh_from_db()
            home.add_child(instance=StandardPage(title=f"ถนนสาย {n}", slug=f"road-{n}", summary="ถนน"))
        get_engine().rebuild(searchable.documents())

    page(1)
    ask(client, q="ถนน")
    for count in (1, 3, 12):
        page(count)
        with django_assert_num_queries(4):  # what waits, restrictions, what is still public, the day's count
            assert ask(client, q="ถนน").status_code == 200
