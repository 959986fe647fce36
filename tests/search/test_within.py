"""Words that no document holds by themselves, but within longer ones (P119)."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from search.engines import Ask
from search.query import find
from search.within import longer_words
from tests.search.conftest import doc

TEXTS = {
    "ลำดับที่หนึ่ง": "เสนอสำนักนายกรัฐมนตรีพิจารณา",
    "ลำดับที่สอง": "สังกัดปลัดกระทรวงมหาดไทย",
    "ลำดับที่สาม": "เดินทางไปนครสวรรค์และอุทัยธานี",
    "ลำดับที่สี่": "เขตเทศบาลเมืองตะพานหินหยุดจ่ายน้ำ",
    "ลำดับที่ห้า": "ตะพานหินเป็นเมืองที่มีหลายเทศบาล",
    "ลำดับที่หก": "มีส่วนร่วมในการรับฟังความคิดเห็น",
    "ลำดับที่เจ็ด": "จังหวัดพิจิตรเตรียมรับน้ำท่วม",
}


@pytest.fixture(autouse=True)
def everything_is_public(monkeypatch):
    monkeypatch.setattr("search.public.still_public", lambda candidates: {c.document.key for c in candidates})
    monkeypatch.setattr("search.synonyms.editors_groups", list)


@pytest.fixture
def texts(engine):
    engine.rebuild(doc(f"d:{i}", title, body) for i, (title, body) in enumerate(TEXTS.items(), 1))
    return engine


def keys(results) -> set[str]:
    return {hit.document.key for hit in results.hits}


def test_words_are_found_within_longer_ones(texts):
    for word, key in {
        "นายกรัฐมนตรี": "d:1", "ปลัดกระทรวง": "d:2", "สวรรค์": "d:3", "อุทัย": "d:3", "เทศบาลเมือง": "d:4",
        "ส่วนร่วม": "d:6", "คิดเห็น": "d:6", "ความคิด": "d:6",
    }.items():  # fmt: skip
        for typed in (word, f'"{word}"'):
            found = find(typed, engine=texts)
            assert (keys(found), found.total, found.did_you_mean) == ({key}, 1, ""), typed
            assert found.of("kind") == {"page": 1}
        assert keys(find(word, all_words=True, engine=texts)) == {key}


def test_what_is_found_is_marked(texts):
    [hit] = find("สวรรค์", engine=texts).hits
    assert "<mark>นครสวรรค์</mark>" in hit.text


@pytest.mark.django_db
def test_more_texts_than_were_looked_through_is_said_with_their_number(client, index, monkeypatch):
    monkeypatch.setattr("search.within.MOST_READ", 3)
    index(*(doc(f"d:{n}", "", "เดินทางไปนครสวรรค์ เทศบาลของเมือง") for n in range(5)))
    response = client.get("/search/", {"q": "เทศบาลเมือง", "exact": "1"})
    assert (response.context["results"].total, response.context["results"].looked_through) == (0, 3)
    with translation.override("en"):
        assert "in the first 3 texts" in render_to_string("components/looked_through.html", {"number": 3})
        assert not render_to_string("components/looked_through.html", {"number": 0}).strip()


def test_beside_words_that_are_known_it_is_one_more(texts):
    assert keys(find("สวรรค์ ตะพานหิน", engine=texts)) == {"d:3", "d:4", "d:5"}
    assert keys(find("สวรรค์ อุทัยธานี", all_words=True, engine=texts)) == {"d:3"}
    assert keys(find("นายกรัฐมนตรี ปลัดกระทรวง", engine=texts)) == {"d:1", "d:2"}


def test_a_mistake_that_is_itself_a_word_is_corrected(texts):
    """พิจิต is in the dictionary."""
    found = find("พิจิต", engine=texts)
    assert (found.did_you_mean, keys(found)) == ("พิจิตร", {"d:7"})
    assert find("พิจิต น้ำท่วม", engine=texts).did_you_mean == "พิจิตร น้ำท่วม"
    assert keys(find("พิจิต", exact=True, engine=texts)) == {"d:7"}


def test_the_shards_of_a_mistake_are_not_looked_for(texts):
    assert not find("ยุทศาสตร์", exact=True, engine=texts).total


def test_an_engine_is_asked_once_when_it_knows_every_word(texts, monkeypatch):
    asked: list[Ask] = []
    search = texts.search
    monkeypatch.setattr(texts, "search", lambda ask: asked.append(ask) or search(ask))
    monkeypatch.setattr(texts, "frequencies", lambda words: pytest.fail(f"{words} are known"))
    assert keys(find("น้ำท่วม ตะพานหิน", engine=texts)) == {"d:4", "d:5", "d:7"}
    assert len(asked) == 1


def test_an_engine_says_what_it_does_not_know(texts):
    words = {"น้ำท่วม": 1.0, "สวรรค์": 1.0}
    assert texts.search(Ask(words, tell_unknown=True)).unknown == {"สวรรค์"}
    assert not texts.search(Ask(words)).unknown


def test_longer_words_hold_the_letters_in_whole_syllables():
    assert "นครสวรรค์" in set(longer_words("สวรรค์"))
    assert "สวรรค์" not in set(longer_words("สวรรค์"))
    assert not [word for word in longer_words("ละ") if word == "เละ"]
    assert not list(longer_words("flood"))
