"""How a village voted section by section (P110): four numbers for each section it raised its hands on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from hearings.enums import Stance
from hearings.forms.field import ThaiNumberField
from hearings.forms.places import section_label
from hearings.models import DraftBlock
from hearings.services.batch_data import MOST_HEADS, too_many_hands


def hands_prefix(block: DraftBlock) -> str:
    """By key, not by place: a phone may send its sheet after the sections have changed places."""
    return f"s{block.key.hex}"


class HandsForm(forms.Form):
    """One section. Left empty, the village did not vote on it."""

    mark_optional = False  # beside every number of every section it would be all there is to read

    def __init__(
        self, data: QueryDict | None = None, *, block: DraftBlock, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, prefix=hands_prefix(block), initial=initial)
        self.block = block
        for stance in Stance:
            self.fields[stance.value] = ThaiNumberField(
                label=stance.label, min_value=0, max_value=MOST_HEADS, required=False
            )

    @property
    def label(self) -> str:
        return section_label(self.block)

    @property
    def is_filled(self) -> bool:
        """Shown open: something stands there, right or wrong."""
        return any(str(field.value() or "").strip() for field in self)

    @property
    def heads(self) -> dict[str, int]:
        return {stance: self.cleaned_data[stance] or 0 for stance in Stance.values}

    def require_no_more_than(self, people: int) -> None:
        hands = sum(self.heads.values())
        if hands > people:
            self.add_error(Stance.AGREE.value, too_many_hands(self.block, hands, people))
