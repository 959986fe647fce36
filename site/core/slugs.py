"""ASCII addresses for Thai titles, made without the editor's help.

Thai letters in an address lose their vowels in Django's slugify and are refused by Wagtail, so a title is
romanised roughly (after the Royal Institute's letters, without its word rules) and the type's prefix is used
when nothing readable is left. The result identifies a page; it is not a spelling anyone should quote.
"""

from __future__ import annotations

import re

from django.utils.text import slugify

from core.digits import to_arabic

CONSONANTS = dict(
    zip(
        "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
        [
            "k",
            "kh",
            "kh",
            "kh",
            "kh",
            "kh",
            "ng",
            "ch",
            "ch",
            "ch",
            "s",
            "ch",
            "y",
            "d",
            "t",
            "th",
            "th",
            "th",
            "n",
            "d",
            "t",
            "th",
            "th",
            "th",
            "n",
            "b",
            "p",
            "ph",
            "f",
            "ph",
            "f",
            "ph",
            "m",
            "y",
            "r",
            "l",
            "w",
            "s",
            "s",
            "s",
            "h",
            "l",
            "-",
            "h",
        ],
        strict=True,
    )
)
VOWELS = {
    "ะ": "a", "ั": "a", "า": "a", "ำ": "am", "ิ": "i", "ี": "i", "ึ": "ue", "ื": "ue", "ุ": "u", "ู": "u",
    "ๅ": "a", "ฤ": "rue", "ฦ": "lue",
}  # fmt: skip
LEADING = {"เ": "e", "แ": "ae", "โ": "o", "ใ": "ai", "ไ": "ai"}
SILENT = re.compile("[ก-ฮ][ิุ]?์")
LEADING_PAIR = re.compile("([เแโใไ])([ก-ฮ])")
MAX_LENGTH = 60


def romanise(text: str) -> str:
    """Write Thai with Latin letters, roughly: ``น้ำท่วม`` becomes ``namthwm``."""
    text = SILENT.sub("", to_arabic(text))
    text = LEADING_PAIR.sub(r"\2\1", text)
    letters = {**VOWELS, **LEADING, **{k: v.replace("-", "") for k, v in CONSONANTS.items()}}
    return "".join(letters.get(c, "" if "\u0e00" <= c <= "\u0e7f" else c) for c in text)


def ascii_slug(title: str, fallback: str) -> str:
    """A slug of at most 60 characters, cut at a hyphen where there is one; ``fallback`` if nothing is left."""
    slug = slugify(romanise(title).lower())
    if len(slug) > MAX_LENGTH:
        head = slug[:MAX_LENGTH]
        slug = head.rsplit("-", 1)[0] if "-" in head[20:] else head
    slug = slug.strip("-")
    # Digits alone would look like an identifier of ours.
    return slug if re.search("[a-z]", slug) else "-".join(part for part in (fallback, slug) if part)
