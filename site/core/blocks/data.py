"""Tables and legal citations."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from core.blocks.text import BLOCKS


class TableBlock(TypedTableBlock):
    """A table with column headings and a caption; it scrolls in its own box on a phone."""

    def __init__(self, **kwargs: object) -> None:
        columns = [
            ("text", blocks.CharBlock(required=False, label=_("Words"))),
            ("number", blocks.DecimalBlock(required=False, label=_("Number"))),
        ]
        super().__init__(columns, **kwargs)

    class Meta:
        icon = "table"
        label = _("Table")
        template = BLOCKS + "table.html"
        description = _("Rows and columns with a caption. The first column names the row.")
        preview_value = {
            "caption": "ความเห็นแยกตามจังหวัด",
            "columns": [
                {"type": "text", "heading": "จังหวัด"},
                {"type": "number", "heading": "ฉบับ"},
            ],
            "rows": [{"values": ["นครสวรรค์", 412]}, {"values": ["อุทัยธานี", 187]}],
        }


class CitationValue(blocks.StructValue):
    @property
    def kind_label(self) -> str:
        return str(dict(self.block.child_blocks["kind"].field.choices).get(self["kind"], ""))


class CitationBlock(blocks.StructBlock):
    """A cabinet resolution or a Royal Gazette reference, with its date (requirements A046)."""

    kind = blocks.ChoiceBlock(
        choices=[
            ("cabinet", _("Cabinet resolution")),
            ("gazette", _("Royal Gazette")),
            ("law", _("Act, decree or regulation")),
            ("other", _("Other source")),
        ],
        default="cabinet",
        label=_("Kind"),
    )
    title = blocks.CharBlock(max_length=250, label=_("What it says"))
    date = blocks.DateBlock(required=False, label=_("Dated"))
    volume = blocks.CharBlock(required=False, max_length=120, label=_("Volume, part and page"))
    url = blocks.URLBlock(required=False, label=_("Address"))

    class Meta:
        icon = "bookmark"
        label = _("Citation")
        value_class = CitationValue
        template = BLOCKS + "citation.html"
        description = _("Where a statement comes from: cabinet resolution, Royal Gazette or law.")
        preview_value = {
            "kind": "cabinet",
            "title": "มติคณะรัฐมนตรีเรื่องการบริหารงานจังหวัดแบบบูรณาการ",
            "date": dt.date(2026, 10, 6),
        }
