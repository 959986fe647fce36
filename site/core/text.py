"""Cleaning of text that people type or paste. One function, used by every form that takes words."""

from __future__ import annotations

import re
import unicodedata

# Characters nobody means to send: zero-width space and joiner-like marks, byte-order mark, bidi controls.
INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
DOUBLE_E = re.compile("เเ")
# SARA AM typed as NIKHAHIT + SARA AA, with a tone mark before, between or after.
SPLIT_SARA_AM = re.compile("(\u0e4d([\u0e48-\u0e4b]?)|([\u0e48-\u0e4b])\u0e4d)\u0e32")
TONES = "\u0e48-\u0e4c"  # and the mark of silence, which stands as high
VOWEL_MARKS = "\u0e31\u0e34-\u0e3a"
# Typed behind ะ, า and ำ, a tone mark looks right and is another word to every machine: นำ้, บา้น.
TONE_BEHIND_VOWEL = re.compile("[\u0e30\u0e32\u0e33]+[\u0e48-\u0e4b][\u0e30\u0e32\u0e33\u0e48-\u0e4b]*")
TONE_BEFORE_VOWEL = re.compile(f"[{TONES}][{VOWEL_MARKS}]")
SEVERAL_MARKS = re.compile(f"[{TONES}{VOWEL_MARKS}]{{2,}}")
REPEATED_MARK = re.compile("([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])\\1+")
# Anything the steps below would change: most texts hold nothing of it.
UNCLEAN = re.compile(
    f"{INVISIBLE.pattern}|{CONTROL.pattern}|\r|เเ|\u0e4d|{TONE_BEFORE_VOWEL.pattern}|{TONE_BEHIND_VOWEL.pattern}"
    "|(?P<mark>[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])(?P=mark)|\n{4}"
)
# The same of marks alone, in one pattern that begins with a letter: it is found six times as fast.
UNCLEAN_MARKS = re.compile(
    "([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])"
    "(?:\\1|(?<=[\u0e48-\u0e4c])[\u0e31\u0e34-\u0e3a]|(?<=[\u0e30\u0e32\u0e33][\u0e48-\u0e4b]))"
)


def _is_clean(value: str) -> bool:
    if not unicodedata.is_normalized("NFC", value):
        return False
    if not value.replace("\n", "").replace("\xa0", "").isprintable():  # nothing invisible is printable
        return not UNCLEAN.search(value)
    return not (any(said in value for said in ("เเ", "\u0e4d", "\n\n\n\n")) or UNCLEAN_MARKS.search(value))


def _vowels_first(marks: re.Match[str]) -> str:
    return "".join(sorted(marks.group(), key=lambda mark: "\u0e48" <= mark <= "\u0e4c"))


def _tones_first(run: re.Match[str]) -> str:
    return "".join(sorted(run.group(), key=lambda mark: mark < "\u0e48"))


def clean_text(value: str) -> str:
    """Return the same words without invisible characters and with Thai marks in their normal order.

    What a person sees stays the same; only the code points behind it become the ones that search, print and
    copying expect. Line ends become ``\\n``; more than two empty lines in a row become two.
    """
    if _is_clean(value):
        return value.strip()
    text = CONTROL.sub("", INVISIBLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n")))
    text = unicodedata.normalize("NFC", text)  # what something invisible kept apart belongs together now
    text = REPEATED_MARK.sub(r"\1", DOUBLE_E.sub("แ", text))
    text = SPLIT_SARA_AM.sub(lambda m: f"{m.group(2) or m.group(3) or ''}\u0e33", text)
    text = TONE_BEHIND_VOWEL.sub(_tones_first, text)
    text = SEVERAL_MARKS.sub(_vowels_first, text)
    text = REPEATED_MARK.sub(r"\1", text)
    return re.sub(r"\n{4,}", "\n\n\n", text).strip()
