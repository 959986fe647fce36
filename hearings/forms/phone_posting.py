"""What a phone sends about a notice board: a new place, or the photo of one that is recorded already."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django import forms
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from hearings.enums import BoardKind
from hearings.forms.desk import PostingForm
from hearings.models import Hearing, NoticeBoard

NO_PHOTO = _("no photo yet")
NEED_PHOTO = _("Take a photo of this board. Its day is known already.")
LATEST_MOMENT = 4_102_444_800_000  # the year 2100
NEW_PLACE = ("board_kind", "place")


class BoardSelect(forms.Select):
    """Tells the phone whose day of posting is known: for these only a photo is news."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        board = getattr(value, "instance", None)
        if board and board.posted_on:
            option["attrs"]["data-posted"] = True
        return option


class BoardField(forms.ModelChoiceField):
    widget = BoardSelect

    def label_from_instance(self, obj: Any) -> str:
        return obj.place if obj.photo_id else f"{obj.place} · {NO_PHOTO}"


class PhonePostingForm(PostingForm):
    """Kind and place are asked of a new place only."""

    mark_optional = False  # most of it is; what is missing is said when it is kept

    key = forms.UUIDField(widget=forms.HiddenInput)
    board = BoardField(
        label=_("Which board?"),
        queryset=NoticeBoard.objects.none(),
        required=False,
        empty_label=_("A new place"),
    )
    # "kind" is what kind of entry it is, in everything a phone sends.
    board_kind = forms.ChoiceField(
        label=_("Kind of place"), choices=BoardKind.choices, widget=forms.RadioSelect, required=False
    )
    # When the photo was made, in milliseconds as a phone counts them.
    taken = forms.IntegerField(min_value=0, max_value=LATEST_MOMENT, required=False, widget=forms.HiddenInput)
    field_order = ("key", "board", "board_kind", "place", "district", "village_no", "posted_on", "photo")

    def __init__(self, *args: Any, hearing: Hearing, **kwargs: Any) -> None:
        super().__init__(*args, hearing=hearing, **kwargs)
        del self.fields["kind"], self.fields["removed_on"]
        board = cast(forms.ModelChoiceField, self.fields["board"])
        board.queryset = hearing.boards.order_by(F("photo").asc(nulls_first=True), "pk")
        self.fields["place"].required = False
        photo = self.fields["photo"]
        photo.help_text = _(
            "The notice must be readable. It is made smaller on this phone; place and camera are taken out. "
            "The days of notice count from the day it reaches us: send it as soon as there is signal."
        )
        photo.widget.attrs = {"accept": "image/*"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if board := cleaned.get("board"):
            self._require_news(board, cleaned)
        elif "board" not in self.errors:
            for name in NEW_PLACE:
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, self.fields[name].error_messages["required"])
        return cleaned

    def _require_news(self, board: NoticeBoard, cleaned: dict[str, Any]) -> None:
        """Otherwise the phone would say "sent" and nothing would be recorded."""
        if cleaned.get("photo") or "photo" in self.errors:
            return
        if board.posted_on:
            self.add_error("photo", NEED_PHOTO)
        elif not cleaned.get("posted_on") and "posted_on" not in self.errors:
            self.add_error("posted_on", _("Write the day it was posted."))

    def clean_taken(self) -> dt.datetime | None:
        moment = self.cleaned_data["taken"]
        return None if moment is None else dt.datetime.fromtimestamp(moment / 1000, dt.UTC)

    def values(self) -> dict[str, Any]:
        """As services.take_posting takes them."""
        clean = {
            name: value for name, value in self.cleaned_data.items() if name not in ("key", "board_kind")
        }
        return {**clean, "kind": self.cleaned_data["board_kind"]}
