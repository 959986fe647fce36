"""Place names that must not be broken at a line end: all provinces, and the districts of this site's cluster."""

from __future__ import annotations

from django.db import DatabaseError, transaction

# Shorter ones (ปง, ลี้) are also ordinary syllables of other words.
SHORTEST = 3


def place_names() -> set[str]:
    """Read when a text is first shown (core.names keeps the result); empty before the tables exist."""
    from geography.models import District, Province, Subdistrict

    try:
        with transaction.atomic():  # a failed query must not spoil the caller's transaction
            names = {
                *Province.objects.values_list("name", flat=True),
                *District.objects.all().of_this_site().values_list("name", flat=True),
                *Subdistrict.objects.all().of_this_site().values_list("name", flat=True),
            }
    except DatabaseError:
        return set()
    return {name for name in names if len(name) >= SHORTEST}
