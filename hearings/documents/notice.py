"""The announcement as a PDF: what was frozen in the Notice, and a QR beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core import typeset
from hearings.documents.words import office_data
from hearings.models import Notice

TEMPLATE = Path(__file__).with_name("notice.typ")


def notice_document(data: dict[str, Any]) -> dict[str, Any]:
    url = data.get("url") or ""
    return {**data, "office": office_data(), "qr": typeset.qr_svg(url) if url else ""}


def notice_pdf(notice: Notice) -> bytes:
    return typeset.public_pdf(TEMPLATE, notice_document(notice.data), made_on=notice.issued_at)
