"""Words and titles proposed while somebody types."""

from __future__ import annotations

import pytest

from core.models import ResponsibleUnit
from home.models import StandardPage
from search import suggestions as suggestions_module
from search.engines import Changes, get_engine
from search.services import rebuild
from search.suggestions import completions, suggestions
from search.views import suggest as view
from tests.search.conftest import doc


@pytest.fixture
def words(index):
    return index(doc("a", "น้ำท่วมนครสวรรค์ ถนน"), doc("b", "นครปฐม น้ำท่วม"), doc("c", "น้ำมัน นครสวรรค์ Flooding"))


@pytest.mark.parametrize(
    ("typed", "proposed"),
    [
        ("น้ำท", ["น้ำท่วม"]),
        ("นคร", ["นครสวรรค์", "นครปฐม"]),
        ("ถนน นครส", ["ถนน นครสวรรค์"]),
        ("น้ำท่วมนครส", ["น้ำท่วมนครสวรรค์"]),
        ("นํ้าท", ["น้ำท่วม"]),
        ("น", []),
        ("", []),
        ("ฟหกด", []),
        ("ของ", []),
    ],
)
def test_the_last_word_is_finished_in_ways_that_find_something(words, typed, proposed, monkeypatch):
    monkeypatch.setattr("search.suggestions._fitting", lambda *arguments: [])
    monkeypatch.setattr("search.suggestions.still_public", lambda found: {c.key for c in found})
    assert list(suggestions(typed, words).words) == proposed


def test_the_most_frequent_first(words):
    found = [*completions("นครส", words), *completions("น้ำ", words)]
    assert found[0] == "นครสวรรค์"
    assert found.index("น้ำท่วม") < found.index("น้ำมัน")


@pytest.mark.parametrize(
    ("typed", "proposed"),
    [
        ("อำเภอชุ", ["อำเภอชุมแสง"]),
        ("ขุดลอ", ["ขุดลอก"]),
        ("บึงสามแพ", ["บึงสามแพรก"]),
        ("ถนน ชุม", ["ถนน ชุมชน"]),
        ("บึง ถน", []),
    ],
)
def test_only_what_some_text_holds_with_the_words_before_is_proposed(index, typed, proposed):
    """Though the other end is the more frequent word."""
    others = (doc(f"o{n}", "ชุมชน ถนน ลอด แพร่ สามตำบล") for n in range(5))
    engine = index(doc("a", "อำเภอชุมแสง"), doc("b", "ขุดลอกบึงสามแพรก"), *others)
    assert list(completions(typed, engine)) == proposed


def test_one_key_press_reads_few_texts_and_only_their_beginning(index, monkeypatch):
    read: list[int] = []
    engine = index(*(doc(f"d{n}", "", f"{'ก ' * 20_000} แผนน้ำท่วม") for n in range(30)))
    text_of = suggestions_module.text_of

    def noted(*given: object) -> str:
        read.append(len(text_of(*given)))
        return text_of(*given)

    monkeypatch.setattr(suggestions_module, "text_of", noted)
    for typed in ("แผนที่ไปเมืองน้ำท", "แผนน้ำท"):
        read.clear()
        assert not completions(typed, engine)
        assert read == [20_000] * 20


@pytest.mark.django_db
def test_words_of_a_hidden_text_are_not_confirmed(client, pages):
    assert client.get("/search/suggest/", {"q": "แผนน้ำท"}).json()["words"] == ["แผนน้ำท่วม"]
    StandardPage.objects.filter(pk=pages.pk).update(live=False)
    assert client.get("/search/suggest/", {"q": "แผนน้ำท"}).json()["words"] == []


def test_a_word_that_was_taken_out_is_not_proposed_any_more(words):
    words.apply(lambda: Changes(gone=["c"]))
    assert "น้ำมัน" not in completions("น้ำ", words)


@pytest.mark.parametrize(
    "typed", ['"น้ำท', "-น้ำท", "น้ำ" * 50, "\u200b\u200b\u200b", "🙂🙂", "((((", "\ud800x"]
)
def test_signs_and_long_texts_propose_nothing_and_break_nothing(words, typed, monkeypatch):
    monkeypatch.setattr("search.suggestions._fitting", lambda *arguments: [])
    monkeypatch.setattr("search.suggestions.still_public", lambda found: {c.key for c in found})
    assert not suggestions(typed, words).words


@pytest.fixture
def pages(home):
    made = home.add_child(instance=StandardPage(title="แผนน้ำท่วมชุมแสง", slug="flood", summary="น้ำท่วม"))
    ResponsibleUnit.objects.create(name="น้ำท่วมแจ้งที่ไหน")
    rebuild(engine=get_engine())
    return made


@pytest.mark.django_db
def test_titles_of_public_things_only(client, pages):
    found = client.get("/search/suggest/", {"q": "น้ำท"}).json()
    assert found["words"] == ["น้ำท่วม"]
    assert {page["title"] for page in found["pages"]} == {"แผนน้ำท่วมชุมแสง", "น้ำท่วมแจ้งที่ไหน"}
    assert {page["url"] for page in found["pages"]} == {"/flood/", "/faq/"}
    StandardPage.objects.filter(pk=pages.pk).update(live=False)
    found = client.get("/search/suggest/", {"q": "น้ำท"}).json()
    assert [page["title"] for page in found["pages"]] == ["น้ำท่วมแจ้งที่ไหน"]


@pytest.mark.django_db
def test_an_english_reader_stays_under_en(client, pages):
    found = client.get("/en/search/suggest/", {"q": "แผนน้ำท"}).json()
    assert [page["url"] for page in found["pages"]] == ["/en/flood/"]


@pytest.mark.django_db
def test_answers_are_kept_for_seconds_and_cost_one_query_a_kind(client, pages, django_assert_num_queries):
    client.get("/search/suggest/", {"q": "น้ำท"})
    with django_assert_num_queries(4):  # what waits, restrictions, and what is still public of each kind
        response = client.get("/search/suggest/", {"q": "น้ำท"})
    assert "max-age=30" in response.headers["Cache-Control"]
    assert "private" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_too_many_are_refused(client, pages, monkeypatch):
    monkeypatch.setattr(view, "A_MINUTE", 2)
    assert [client.get("/search/suggest/").status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.django_db
def test_an_engine_that_is_down_proposes_nothing(client, home, settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "none"
    response = client.get("/search/suggest/", {"q": "น้ำท่วม"})
    assert (response.status_code, response.json()) == (200, {"words": [], "pages": []})


def test_boxes_say_where_suggestions_are(client, pages_home):
    html = client.get("/").content.decode() + client.get("/search/").content.decode()
    assert html.count('data-suggest="/search/suggest/"') == 2


@pytest.fixture
def pages_home(db, home):
    return home
