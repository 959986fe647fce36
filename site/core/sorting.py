"""Thai order: as in the dictionary, a vowel written before its consonant counts after it (A009, design 11)."""

from __future__ import annotations

import re

LEADING_VOWEL = re.compile("([เแโใไ])([ก-ฮ])")
SECONDARY = re.compile("[\u0e47-\u0e4e]")


def thai_key(text: str) -> tuple[str, str]:
    """Sort key for names: ``เกยไชย`` stands under ก, tone marks count only between equal words."""
    swapped = LEADING_VOWEL.sub(r"\2\1", text)
    return SECONDARY.sub("", swapped), swapped
