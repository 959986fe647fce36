"""Our Thai for words of libraries: same placeholders, same tags, and it wins over theirs."""

from __future__ import annotations

import re

import polib
import pytest
from django.utils import translation
from django.utils.translation import gettext

from scripts import library_words

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
TAG = re.compile(r"</?\w+")


def pieces(pattern: re.Pattern[str], text: str) -> list[str]:
    return sorted(pattern.findall(text))


def thai(entry: polib.POEntry) -> str:
    return entry.msgstr_plural[0] if entry.msgid_plural else entry.msgstr


@pytest.mark.parametrize("domain", library_words.DOMAINS)
class TestCatalogue:
    def test_placeholders_and_tags_are_those_of_the_english(self, domain):
        for entry in library_words.own_entries(domain):
            english = entry.msgid_plural or entry.msgid
            assert set(pieces(PLACEHOLDER, thai(entry))) == set(pieces(PLACEHOLDER, english)), entry.msgid
            assert pieces(TAG, thai(entry)) == pieces(TAG, english), entry.msgid

    def test_every_word_still_belongs_to_a_library(self, domain):
        known = library_words.library_entries(domain)
        assert [e.msgid for e in library_words.own_entries(domain) if library_words.key(e) not in known] == []

    def test_spaces_at_the_ends_are_kept(self, domain):
        for entry in library_words.own_entries(domain):
            assert entry.msgid.endswith(" ") == thai(entry).endswith(" "), entry.msgid

    def test_the_compiled_file_is_up_to_date(self, domain):
        compiled = {e.msgid: thai(e) for e in polib.mofile(str(library_words.OURS / f"{domain}.mo"))}
        assert compiled == {e.msgid: thai(e) for e in library_words.own_entries(domain)}


@pytest.mark.parametrize(("english", "word"), [("Snippets", "ชุดข้อมูล"), ("Unpublish", "เลิกเผยแพร่")])
def test_ours_win_over_the_librarys(english, word):
    with translation.override("th"):
        assert gettext(english) == word
