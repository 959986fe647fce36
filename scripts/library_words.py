"""Our Thai for words of libraries that have none, or bad ones (locale/libraries).

.venv/bin/python scripts/library_words.py            what editors may still see in English, by package
.venv/bin/python scripts/library_words.py --compile  write the .mo files after the .po files changed
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
OURS = ROOT / "locale" / "libraries" / "th" / "LC_MESSAGES"
PACKAGES = ("allauth", "django", "taggit", "wagtail")
DOMAINS = ("django", "djangojs")


def packages_folder() -> Path:
    return Path(polib.__file__).parent


def catalogues(language: str, domain: str) -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((packages_folder() / package).glob(f"**/locale/{language}/LC_MESSAGES/{domain}.po"))


def key(entry: polib.POEntry) -> tuple[str | None, str]:
    return entry.msgctxt, entry.msgid


def library_entries(domain: str) -> dict[tuple[str | None, str], polib.POEntry]:
    """Every string of the packages, with its English plural if it has one."""
    found: dict[tuple[str | None, str], polib.POEntry] = {}
    for path in [*catalogues("en", domain), *catalogues("th", domain)]:
        for entry in polib.pofile(str(path)):
            known = found.setdefault(key(entry), entry)
            if entry.msgid_plural and not known.msgid_plural:
                found[key(entry)] = entry
    return found


def own_entries(domain: str) -> polib.POFile:
    return polib.pofile(str(OURS / f"{domain}.po"))


def missing(domain: str) -> Iterator[tuple[str, str]]:
    """Package file and English string, for each string that has Thai neither there nor here."""
    own = {key(entry) for entry in own_entries(domain) if entry.translated()}
    for path in catalogues("en", domain):
        thai = path.parents[2] / "th" / "LC_MESSAGES" / path.name
        known = {key(e) for e in polib.pofile(str(thai)) if e.translated()} if thai.exists() else set()
        for entry in polib.pofile(str(path)):
            if key(entry) not in known | own:
                yield str(path.parents[3].relative_to(packages_folder())), entry.msgid


def main() -> None:
    for domain in DOMAINS:
        if "--compile" in sys.argv:
            own_entries(domain).save_as_mofile(str(OURS / f"{domain}.mo"))
            continue
        rows = list(missing(domain))
        for package, text in rows:
            print(f"{package}: {text!r}")
        print(f"{domain}: {len(rows)} without Thai, {len(own_entries(domain))} of ours")


if __name__ == "__main__":
    main()
