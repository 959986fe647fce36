"""The show of hands on each section of a village's sheet: as forms, and as it is read."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping

from django.http import QueryDict

from hearings.enums import Stance
from hearings.forms.hands import HandsForm, hands_prefix
from hearings.models import Hearing
from hearings.services.records import sections_by_key
from hearings.views.lookup import sections_of

NAME = re.compile(rf"s([0-9a-f]{{32}})-(?:{'|'.join(Stance.values)})")


class SectionHands:
    """One form for each section of the draft, and for older ones that this sheet speaks of."""

    def __init__(
        self, hearing: Hearing, data: QueryDict | None = None, kept: Mapping[str, dict] | None = None
    ) -> None:
        self.hearing, self.data, self.kept = hearing, data, kept or {}
        blocks = {block.key: block for block in sections_of(hearing)}
        wanted = {uuid.UUID(key) for key in self.kept} | (_typed_keys(data) if data is not None else set())
        if wanted - blocks.keys():
            blocks |= {key: block for key, block in sections_by_key(hearing).items() if key in wanted}
        self.blocks = blocks
        # Forged, or of another hearing: the service refuses them.
        self.unknown = wanted - blocks.keys()
        self.forms = [
            HandsForm(data, block=block, initial=self.kept.get(str(block.key))) for block in blocks.values()
        ]

    @classmethod
    def typed(cls, hearing: Hearing, data: QueryDict) -> SectionHands:
        """Everything typed, nothing checked."""
        found = cls(hearing, data)
        found.forms = [
            HandsForm(
                block=block,
                initial={stance: data.get(f"{hands_prefix(block)}-{stance}", "") for stance in Stance.values},
            )
            for block in found.blocks.values()
        ]
        return found

    def __iter__(self) -> Iterator[HandsForm]:
        return iter(self.forms)

    @property
    def is_filled(self) -> bool:
        return any(form.is_filled for form in self)

    @property
    def has_errors(self) -> bool:
        return any(form.is_bound and form.errors for form in self)

    def is_valid(self, people: int | None) -> bool:
        """Every form is asked; ``people``: how many were there, None while that is not known."""
        right = [form.is_valid() for form in self]
        if all(right) and people is not None:
            for form in self:
                form.require_no_more_than(people)
        return not self.has_errors

    @property
    def heads(self) -> dict[uuid.UUID, dict[str, int]]:
        counted = {form.block.key: form.heads for form in self}
        return {key: heads for key, heads in counted.items() if any(heads.values())} | dict.fromkeys(
            self.unknown, {}
        )


def _typed_keys(data: QueryDict) -> set[uuid.UUID]:
    found = (NAME.fullmatch(name) for name, value in data.items() if str(value).strip())
    return {uuid.UUID(match[1]) for match in found if match}
