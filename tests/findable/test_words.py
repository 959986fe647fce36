"""Explained words are found by themselves, their other forms and their meaning (A178)."""

from __future__ import annotations

import pytest

from core.searchable import document_for, key_for
from home.models import GlossaryWord
from search.engines import Ask
from search.query import find
from tests.factories.news import news

pytestmark = pytest.mark.django_db


@pytest.fixture
def word(engine, committed) -> GlossaryWord:
    with committed():
        return GlossaryWord.objects.create(
            word="ยุทธศาสตร์", also="สตราเทจี", word_en="strategy", meaning="ทางที่เลือกเดินเพื่อให้ถึงที่หมาย",
            meaning_en="The chosen way to a goal",
        )  # fmt: skip


def found(words: str) -> list[str]:
    return [hit.document.key for hit in find(words, exact=True).hits]


def test_a_word_is_found_by_its_forms_and_its_meaning_and_leads_to_its_place(word):
    for words in ("ยุทธศาสตร์", "สตราเทจี", "strategy", "ทางที่เลือกเดิน", "chosen way"):
        assert found(words) == [key_for(word)]
    document = document_for(word)
    assert (document.kind, document.url) == ("word", f"/words/#word-{word.pk}")


def test_who_asks_only_the_word_reads_its_meaning_first_and_who_asks_more_does_not(word, committed):
    with committed():
        item = news(title="ยุทธศาสตร์น้ำของกลุ่มจังหวัด", summary="ยุทธศาสตร์น้ำปีหน้า")
        item.save_revision().publish()
    assert found("ยุทธศาสตร์")[0] == key_for(word)
    assert found("ยุทธศาสตร์น้ำของกลุ่มจังหวัด")[0] == key_for(item)


@pytest.mark.parametrize("way", ["reworded", "deleted"])
def test_a_meaning_that_was_taken_back_is_gone(engine, word, committed, way):
    with committed():
        if way == "deleted":
            word.delete()
        else:
            word.meaning = "แผนยาว"
            word.save()
    assert engine.search(Ask({"ที่หมาย": 1.0})).total == 0
    assert len(found("ยุทธศาสตร์")) == (way == "reworded")
