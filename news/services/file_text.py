"""The words of an attached PDF, read once and kept, so that search can find them (A024)."""

from __future__ import annotations

import hashlib
from typing import IO

from core.models import CustomDocument
from core.text import clean_text
from news.models import FileText

MAX_CHARS = 200_000
MAX_PAGES = 2_000


def text_of_file(document: CustomDocument | None) -> str:
    """The text of a PDF, "" for any other file. Reads the file only when it is new or was replaced.

    Called by the index task after publishing, so neither the editor nor a reader waits for it.
    """
    if document is None or document.file_extension.lower() != "pdf":
        return ""
    try:
        with document.file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha1").hexdigest()
            stored = FileText.objects.filter(document=document).first()
            if stored is None or stored.file_hash != digest:
                stored, _created = FileText.objects.update_or_create(
                    document=document, defaults={"file_hash": digest, "text": read_pdf(stream)}
                )
    except FileNotFoundError:
        return ""  # the file store lost it; the page itself can still be found
    return stored.text


def read_pdf(stream: IO[bytes]) -> str:
    """All words of a PDF, cleaned; "" where it cannot be read (encrypted, broken or only pictures)."""
    import pypdfium2  # loaded late: only indexing needs it

    stream.seek(0)
    parts: list[str] = []
    length = 0
    try:
        pdf = pypdfium2.PdfDocument(stream.read())
        for number in range(min(len(pdf), MAX_PAGES)):
            parts.append(pdf[number].get_textpage().get_text_bounded())
            length += len(parts[-1])
            if length > MAX_CHARS:
                break
    except pypdfium2.PdfiumError:
        return ""
    # PDFs spell SARA AM as two characters; clean_text joins them again ("ํา" to "ำ").
    return clean_text("\n".join(parts))[:MAX_CHARS]
