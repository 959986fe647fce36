"""Two forms of a text: the canonical one is stored and shown, the folded one is compared.

``fold`` keeps every character at its place, so a position in one form is a position in the other: snippets are
cut and marked without any mapping.
"""

from __future__ import annotations

import re

from core.digits import THAI, TO_ARABIC
from core.text import clean_text

# Joiners mean nothing between Thai letters; between emoji they hold a picture together.
JOINER_IN_THAI = re.compile("(?<=[\u0e00-\u0e7f])[\u200c\u200d]+|[\u200c\u200d]+(?=[\u0e00-\u0e7f])")
SPACES = re.compile(r"[^\S\n]+")
# PDF text layers lose SARA AM: "น ้า" and "ค า" for น้ำ and คำ. No Thai word begins with า, so a consonant,
# a space and า is always damage (search.md, section 4).
LOST_SARA_AM = re.compile("([ก-ฮ])(?: ([\u0e48-\u0e4b]?)|([\u0e48-\u0e4b]) ) ?\u0e32")


def canonical(text: str, *, pdf: bool = False) -> str:
    """The same words in one spelling; what a person sees stays the same. ``pdf`` also repairs lost SARA AM."""
    if "\u200c" in text or "\u200d" in text:
        text = JOINER_IN_THAI.sub("", text)
    text = clean_text(text).replace("\xa0", " ")
    if not text.replace("\n", "").isprintable():  # any white space but a space is not printable
        text = SPACES.sub(" ", text)
    while "  " in text:  # a tenth of the time of the pattern, which meets every single space
        text = text.replace("  ", " ")
    if pdf:
        text = LOST_SARA_AM.sub(lambda m: f"{m.group(1)}{m.group(2) or m.group(3) or ''}\u0e33", text)
    return text


def fold(text: str) -> str:
    """Lower case and Arabic digits, character by character."""
    if any(digit in text for digit in THAI):  # translate is slow and most texts have none
        text = text.translate(TO_ARABIC)
    lower = text.lower()
    if len(lower) != len(text):  # a few letters, such as İ, grow when lowered
        lower = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return lower
