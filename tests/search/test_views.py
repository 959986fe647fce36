"""The results page."""

from __future__ import annotations

import re

import pytest
from django.http import QueryDict
from django.urls import reverse

from core import searchable
from core.models import ResponsibleUnit
from core.ratelimit import Limit
from home.models import StandardPage
from search import literal
from search.engines import get_engine
from search.models import SearchQuery
from search.services import rebuild

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(home):
    """Three pages and one question, indexed."""
    bodies = {
        "flood": ("แก้มลิงบึงสามแพรก", "เมื่อวานน้ำท่วมบ้านเรือนริมคลองหลายหลัง"),
        "mayor": ("วันพบประชาชน", "นายกเทศบาลออกไปพบชาวบ้านทุกวันพุธ"),
        "plan": ("แผนพัฒนา", "แผนของจังหวัดต้องผ่านการรับฟังความเห็นก่อน"),
    }
    made = {
        slug: home.add_child(instance=StandardPage(title=title, slug=slug, summary=body))
        for slug, (title, body) in bodies.items()
    }
    ResponsibleUnit.objects.create(name="น้ำท่วมแจ้งที่ไหน")
    rebuild(engine=get_engine())
    return made


def ask(client, **query):
    return client.get("/search/", query)


def titles(response) -> list[str]:
    return [hit.document.title for hit in response.context["results"].hits]


def test_address_and_name(client):
    assert reverse("search:results") == "/search/"


@pytest.mark.parametrize(
    ("word", "title"), [("น้ำท่วม", "แก้มลิงบึงสามแพรก"), ("เทศบาล", "วันพบประชาชน"), ("จังหวัด", "แผนพัฒนา")]
)
def test_a_word_inside_a_sentence_without_spaces_is_found_and_marked(client, pages, word, title):
    """P119."""
    response = ask(client, q=word)
    assert response.status_code == 200
    assert title in titles(response)
    assert f"<mark>{word}</mark>" in response.content.decode()


def test_one_heading_no_index_and_the_words_in_the_box(client, pages):
    html = ask(client, q="น้ำท่วม").content.decode()
    assert html.count("<h1") == 1
    assert '<meta name="robots" content="noindex' in html
    assert 'value="น้ำท่วม"' in html


def test_questions_and_answers_come_first(client, pages):
    """A007."""
    assert titles(ask(client, q="น้ำท่วม"))[0] == "น้ำท่วมแจ้งที่ไหน"


def test_filter_by_type_keeps_the_counts_of_the_others(client, pages):
    response = ask(client, q="น้ำท่วม", kind="faq")
    assert titles(response) == ["น้ำท่วมแจ้งที่ไหน"]
    assert {(c.value, c.count) for c in response.context["tabs"]} == {("faq", 1), ("page", 1)}
    assert re.search(r'kind=faq" aria-current="true"', response.content.decode())


def test_filters_that_leave_nothing_offer_everything(client, pages):
    response = ask(client, q="เทศบาล", kind="faq")
    assert response.status_code == 200
    assert "?q=" in response.content.decode()
    assert response.context["results"].total == 0


@pytest.mark.parametrize("query", [{}, {"q": ""}, {"q": "   "}, {"q": "\u200b"}])
def test_no_words_shows_where_to_look(client, pages, query):
    response = ask(client, **query)
    assert response.status_code == 200
    assert "/hearings/" in response.content.decode()


@pytest.mark.parametrize(
    "word", ["ฟหกดสวงผป", "!!!", "🙂", "*", '"', "AND OR NOT", "a:b", "../../etc", "(", "\\"]
)
def test_no_result_and_strange_signs_give_advice_not_an_error(client, pages, word):
    response = ask(client, q=word)
    assert response.status_code == 200
    assert response.context["results"].total == 0


def test_no_result_tells_the_phone(client, pages):
    from wagtail.models import Site

    from core.models import SiteSettings

    settings = SiteSettings.for_site(Site.objects.get())
    settings.phone = "056 000 123"
    settings.save()
    assert "tel:056000123" in ask(client, q="ฟหกดสวงผป").content.decode()


def test_questions_are_counted_once_each_and_corrected_ones_as_unanswered(client, pages):
    for query in ({}, {"page": "1"}, {"kind": "faq"}, {"order": "newest"}, {"all": "1"}):
        ask(client, q="น้ำท่วม", **query)
    ask(client, q="แก้มริง")
    ask(client, q="โดรนการเกษตรซซ")
    assert set(SearchQuery.objects.values_list("text", "hits", "count")) == {
        ("น้ำท่วม", 2, 3),
        ("แก้มริง", 0, 1),
        ("โดรนการเกษตรซซ", 0, 1),
    }


def test_a_typing_error_is_corrected_and_can_be_searched_as_typed(client, pages):
    response = ask(client, q="แก้มริง")
    html = response.content.decode()
    assert response.context["results"].did_you_mean == "แก้มลิง"
    assert "แก้มลิงบึงสามแพรก" in titles(response)
    assert "exact=1" in html
    assert not ask(client, q="แก้มริง", exact="1").context["results"].did_you_mean


def test_a_long_question_is_told_and_kept(client, pages):
    long = "น้ำท่วม" * 40
    response = ask(client, q=long)
    assert response.status_code == 200
    assert long in response.content.decode()
    assert response.context["results"] is None
    assert 'id="q-why"' in response.content.decode()


@pytest.mark.parametrize(
    "query", [{"kind": "nothing"}, {"province": "xx"}, {"province": "๖๐"}, {"topic": "x" * 61}]
)
def test_unknown_filters_are_told(client, pages, query):
    response = ask(client, q="น้ำท่วม", **query)
    assert response.status_code == 200
    assert response.context["results"] is None
    assert 'role="alert"' in response.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "x", "2", "11", "9999999999", "1.0", "๑"])
def test_a_page_that_does_not_exist_is_a_404(client, pages, page):
    assert ask(client, q="น้ำท่วม", page=page).status_code == 404


def test_a_nul_character_is_refused(client, pages):
    assert ask(client, q="น้ำ\x00ท่วม").status_code == 400


def test_only_reading(client):
    assert client.post("/search/", {"q": "x"}).status_code == 405


def test_ten_pages_at_most(client, home):
    ResponsibleUnit.objects.bulk_create(ResponsibleUnit(name=f"ถนนสาย {i}") for i in range(120))
    rebuild(engine=get_engine())
    first, last = ask(client, q="ถนน"), ask(client, q="ถนน", page=10)
    assert first.context["results"].pages == 10
    assert 'rel="next"' in first.content.decode()
    assert last.status_code == 200
    assert 'rel="next"' not in last.content.decode()
    seen = {title for n in range(1, 11) for title in titles(ask(client, q="ถนน", page=n))}
    assert len(seen) == 100


def test_markup_in_titles_texts_and_questions_is_shown_as_text(client, home):
    attack = "<script>alert(1)</script>"
    home.add_child(instance=StandardPage(title=f"{attack} ถนน", slug="x", summary=f"ถนน {attack}"))
    rebuild(engine=get_engine())
    html = ask(client, q=f"ถนน {attack}").content.decode()
    assert "<script>alert" not in html
    assert "&lt;" in html
    html = ask(client, q='"><svg onload=alert(1)>').content.decode()
    assert "<svg onload" not in html


def test_english_readers_get_the_english_page_first_and_stay_under_en(client, home, english_home):
    home.add_child(instance=StandardPage(title="OSM", slug="osm-th", summary="flood"))
    english_home.add_child(instance=StandardPage(title="OSM", slug="osm", summary="flood"))
    rebuild(engine=get_engine())
    hits = client.get("/en/search/", {"q": "flood"}).context["results"].hits
    assert [hit.url for hit in hits] == ["/en/osm/", "/en/osm-th/"]
    assert re.search(
        r'<li class="stack stack-s" lang="th"', client.get("/en/search/", {"q": "flood"}).content.decode()
    )
    thai = ask(client, q="flood").context["results"].hits
    assert [hit.url for hit in thai] == ["/osm-th/", "/en/osm/"]


def test_a_page_that_was_hidden_a_moment_ago_is_not_shown(client, pages):
    """The index follows through the queue; until then the database has the last word."""
    StandardPage.objects.filter(pk=pages["flood"].pk).update(live=False)
    response = ask(client, q="น้ำท่วม")
    assert "แก้มลิงบึงสามแพรก" not in titles(response)
    assert "ริมคลอง" not in response.content.decode()


def test_queries_do_not_grow_with_results(client, home, django_assert_max_num_queries):
    def fill(count: int) -> None:
        ResponsibleUnit.objects.all().delete()
        ResponsibleUnit.objects.bulk_create(ResponsibleUnit(name=f"ถนนสาย {count} {i}") for i in range(count))
        rebuild(engine=get_engine())

    fill(1)
    ask(client, q="ถนน")
    for count in (1, 9, 60):
        fill(count)
        with django_assert_max_num_queries(8):
            assert ask(client, q="ถนน").status_code == 200


@pytest.fixture
def broken_engine(settings, tmp_path):
    (tmp_path / "file").write_text("not a folder")
    settings.SEARCH_INDEX_DIR = tmp_path / "file" / "index"


def test_a_broken_engine_is_told_and_everything_else_works(
    client, home, broken_engine, django_capture_on_commit_callbacks
):
    response = ask(client, q="น้ำท่วม")
    html = response.content.decode()
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert 'value="น้ำท่วม"' in html
    assert "/knowledge/" in html
    assert ask(client).status_code == 200
    assert client.get("/").status_code == 200
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["search"] is False
    with django_capture_on_commit_callbacks(execute=True):
        page = home.add_child(instance=StandardPage(title="ประกาศ", slug="notice"))
        page.save_revision().publish()
    assert client.get("/notice/").status_code == 200


def test_exact_questions_are_limited_and_offered_without_their_signs(client, pages, monkeypatch):
    """Each reads up to 500 whole texts."""
    monkeypatch.setattr(literal, "LETTER_BY_LETTER", Limit("letters-test", capacity=2, seconds=600))
    typed = '"น้ำท่วม" -เทศบาล'
    for _ in range(2):
        assert ask(client, q=typed).status_code == 200
    response = ask(client, q=typed, kind="page")
    html = response.content.decode()
    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 300
    assert 'value="&quot;น้ำท่วม&quot; -เทศบาล"' in html
    link = re.search(r'href="(\?[^"]*)">[^<]*น้ำท่วม', html)[1].replace("&amp;", "&")
    assert QueryDict(link[1:]).dict() == {"q": "น้ำท่วม", "kind": "page"}
    assert client.get(f"/search/{link}").status_code == 200  # plain questions are as free as before
    assert ask(client, q="น้ำท่วม -").status_code == 200


def test_ready_when_there_is_an_index(client, pages):
    assert client.get("/readyz").json()["search"] is True


def test_every_kind_has_a_label(client, pages):
    html = ask(client, q="น้ำท่วม").content.decode()
    for registered in searchable.kinds().values():
        assert str(registered.label) in html


def test_a_day_that_the_line_says_already_is_not_said_twice(client, home, now):
    from search.query import Hit
    from tests.search.conftest import doc

    once = Hit(doc("a", "คำสั่ง", detail="คำสั่ง · 24 พ.ย. 2569", date=now), "", "", "")
    plain = Hit(doc("a", "ข่าว", detail="ข่าว", date=now), "", "", "")
    assert once.date is None
    assert plain.date == now
