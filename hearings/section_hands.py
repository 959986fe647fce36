"""The show of hands section by section, in words and in the order of the draft."""

from __future__ import annotations

from collections.abc import Mapping

from hearings.forms.places import section_label
from hearings.models import Hearing
from hearings.services.records import sections_by_key
from hearings.tallies import Tally


def hands_by_section(hearing: Hearing, counted: Mapping[str, Mapping[str, int]]) -> list[Tally]:
    """``counted``: {key of the section: {stance: hands}}. Sections that only an older version has come last; they alone
    cost a query."""
    if not counted:
        return []
    now = hearing.current_draft.sections if hearing.current_draft else []
    blocks = {str(block.key): block for block in now}
    if counted.keys() - blocks.keys():
        blocks |= {
            str(key): block for key, block in sections_by_key(hearing).items() if str(key) not in blocks
        }
    return [Tally.of(counted[key], section_label(block)) for key, block in blocks.items() if key in counted]
