"""What may be written down of questions, and for how long (PDPA section 37).

Nothing about who asked is stored, so there is nothing of a person to export or to erase. What people type may still be
about a person: text with an address or a number of nine digits is never kept, and everything goes in time. Vectors
(search.vectors) are made of public texts only and go with them.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.utils.timezone import localdate

from search.models import SearchQuery

# Never written down: e-mail addresses, telephone numbers, identity numbers, receipt codes (9 digits and more).
LOOKS_PERSONAL = re.compile(r"@|\d{9,}|\+66")
BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s.\-()/\u2010-\u2015\u2212]+(?=\d)")


def looks_personal(folded: str) -> bool:
    return bool(LOOKS_PERSONAL.search(BETWEEN_DIGITS.sub("", folded)))


def export_person(user: Any) -> list:
    return []


def erase_person(user: Any) -> None:
    """Nothing here points to a person."""


def purge(now: dt.datetime, *, dry_run: bool) -> dict[str, int]:
    """Counts older than SEARCH_QUESTIONS_DAYS; run daily by purge_personal_data."""
    outdated = SearchQuery.objects.outdated(localdate(now))
    return {"questions": outdated.count() if dry_run else outdated.delete()[0]}
