"""What search adds to the words of files as they come in (core.file_text)."""

from __future__ import annotations

from search.text import canonical


def repaired(text: str) -> tuple[str, bool]:
    """Text from a PDF with the letters that such files lose, and whether any was missing."""
    mended = canonical(text, pdf=True)
    return mended, mended != canonical(text)
