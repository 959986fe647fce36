"""Collect our strings into locale/th and compile them; with --check only say whether that would change anything.

Line references are left out, so that a diff shows words only. Needs gettext; the compiled .mo is committed.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "locale/th/LC_MESSAGES/django.po"
IGNORED = (".venv", "var", "tests", "bench", "scripts", "demo", "node_modules")


def collect() -> None:
    command = [sys.executable, "manage.py", "makemessages", "-l", "th", "--no-location", "--no-wrap", "-v0"]
    for folder in IGNORED:
        command += ["-i", folder]
    subprocess.run(command, cwd=ROOT, check=True)
    catalogue = polib.pofile(str(CATALOGUE))
    for entry in [entry for entry in catalogue if entry.obsolete]:
        catalogue.remove(entry)
    for entry in catalogue:
        if "fuzzy" in entry.flags:  # a guess of gettext, not a translation
            entry.flags.remove("fuzzy")
            entry.msgstr = ""
        entry.previous_msgid = entry.previous_msgid_plural = entry.previous_msgctxt = None
    catalogue.metadata.pop("POT-Creation-Date", None)
    catalogue.metadata.pop("PO-Revision-Date", None)
    catalogue.save()


def compile_all() -> None:
    for path in ROOT.glob("locale/**/*.po"):
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


def check() -> int:
    """Compare the strings in the sources with the catalogue, and put the catalogue back as it was."""
    before = CATALOGUE.read_bytes()
    wanted = {(e.msgctxt, e.msgid) for e in polib.pofile(str(CATALOGUE))}
    try:
        collect()
        found = {(e.msgctxt, e.msgid) for e in polib.pofile(str(CATALOGUE))}
    finally:
        CATALOGUE.write_bytes(before)
    for sign, difference in (
        ("not in the catalogue", found - wanted),
        ("no longer in the sources", wanted - found),
    ):
        for _context, text in sorted(difference, key=str):
            print(f"{sign}: {text!r}")
    return 1 if found != wanted else 0


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(check())
    collect()
    compile_all()
