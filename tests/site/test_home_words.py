"""Explained words: found where they first stand, shown in the language of the reader (requirement A178)."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import translation

from home.models import GlossaryWord
from home.words import mark

CLUSTER = GlossaryWord(pk=1, word="กลุ่มจังหวัด", also="กลุ่มฯ", meaning="หลายจังหวัดที่วางแผนด้วยกัน")
PLAN = GlossaryWord(pk=2, word="แผนพัฒนากลุ่มจังหวัด", meaning="สิ่งที่จะทำห้าปี")


def marked(html: str, *words: GlossaryWord, done: set[int] | None = None) -> str:
    return mark(
        html, list(words), lambda word, found: f"[{word.pk}:{found}]", set() if done is None else done
    )


def test_the_first_place_of_a_word_is_linked_and_no_other():
    assert marked("<p>กลุ่มจังหวัดและกลุ่มจังหวัด</p>", CLUSTER) == "<p>[1:กลุ่มจังหวัด]และกลุ่มจังหวัด</p>"


def test_the_longest_word_wins():
    assert marked("แผนพัฒนากลุ่มจังหวัด", CLUSTER, PLAN) == "[2:แผนพัฒนากลุ่มจังหวัด]"


def test_another_way_of_writing_counts_as_the_word():
    assert marked("ของกลุ่มฯ กลุ่มจังหวัด", CLUSTER) == "ของ[1:กลุ่มฯ] กลุ่มจังหวัด"


@pytest.mark.parametrize(
    "html", ["กลุ่มจังหวัดำ", "<a href='#'>กลุ่มจังหวัด</a>", "<h2>กลุ่มจังหวัด</h2>", "<p title='กลุ่มจังหวัด'>ก</p>"]
)
def test_pieces_of_words_links_headings_and_attributes_stay(html):
    assert marked(html, CLUSTER) == html


def test_without_words_the_text_is_as_it_was():
    assert marked("<p>กลุ่มจังหวัด</p>") == "<p>กลุ่มจังหวัด</p>"


def test_a_word_explained_above_is_not_explained_again():
    assert marked("กลุ่มจังหวัด", CLUSTER, done={1}) == "กลุ่มจังหวัด"


# --- on pages ----------------------------------------------------------------------------------------------


def explained(html: str) -> str:
    template = Template(
        "{% load word_tags %}{% explain %}{{ html|safe }}{% endexplain %}|{% explain %}{{ html|safe }}{% endexplain %}"
    )
    return template.render(Context({"html": html, "request": RequestFactory().get("/"), "thai_part": ""}))


@pytest.mark.django_db
def test_a_page_links_and_explains_a_word_once():
    word = GlossaryWord.objects.create(word="กลุ่มจังหวัด", meaning="หลายจังหวัด <b>ด้วยกัน</b>")
    html = explained("<p>กลุ่มจังหวัด</p>")
    assert (
        html.count(f'href="/words/#word-{word.pk}"') == 2
    )  # the word, and in its meaning the way to all words
    assert html.count(f'id="m-word-{word.pk}" popover') == 1
    assert "หลายจังหวัด &lt;b&gt;ด้วยกัน&lt;/b&gt;" in html


@pytest.mark.django_db
def test_a_changed_word_is_known_at_once():
    word = GlossaryWord.objects.create(word="ยุทธศาสตร์", meaning="ทางเดิน")
    assert "ทางเดิน" in explained("ยุทธศาสตร์")
    word.meaning = "ทางที่เลือก"
    word.save()
    assert "ทางที่เลือก" in explained("ยุทธศาสตร์")
    word.delete()
    assert "<a" not in explained("ยุทธศาสตร์")


@pytest.mark.django_db
def test_the_list_has_every_word_in_one_query(client: Client, django_assert_max_num_queries):
    GlossaryWord.objects.create(
        word="ยุทธศาสตร์", word_en="strategy", meaning="ทางเดิน", meaning_en="A chosen way"
    )
    client.get("/words/")
    with django_assert_max_num_queries(12):
        page = client.get("/words/").content.decode()
    assert page.count("<h1") == 1
    assert "ทางเดิน" in page
    with translation.override("en"):
        assert "A chosen way" in client.get("/en/words/").content.decode()


@pytest.mark.django_db
def test_an_empty_list_says_how_to_ask(client: Client):
    assert "/faq/ask/" in client.get("/words/").content.decode()
