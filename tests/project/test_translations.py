"""Thai is complete, compiled and free of broken placeholders."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest
from django.utils import translation

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = sorted(ROOT.glob("locale/**/*.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def test_there_is_a_thai_catalogue() -> None:
    assert ROOT / "locale/th/LC_MESSAGES/django.po" in CATALOGUES


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_string_has_its_thai(path: Path) -> None:
    catalogue = polib.pofile(str(path))
    missing = [entry.msgid for entry in catalogue if not entry.translated() or "fuzzy" in entry.flags]
    assert not missing, missing[:20]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_placeholders_are_kept(path: Path) -> None:
    for entry in polib.pofile(str(path)):
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            if text:
                wanted = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural))
                assert set(PLACEHOLDER.findall(text)) <= wanted, entry.msgid
                if not entry.msgid_plural:
                    assert set(PLACEHOLDER.findall(text)) == wanted, entry.msgid


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_compiled_catalogue_is_the_written_one(path: Path) -> None:
    compiled = polib.mofile(str(path.with_suffix(".mo")))
    written = {
        (e.msgctxt, e.msgid): e.msgstr
        for e in polib.pofile(str(path))
        if e.translated() and not e.msgid_plural
    }
    assert {(e.msgctxt, e.msgid): e.msgstr for e in compiled if not e.msgid_plural} == written


def test_our_words_reach_the_reader() -> None:
    with translation.override("th"):
        assert translation.gettext("Skip to content") == "ข้ามไปเนื้อหา"
