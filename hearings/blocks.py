"""Blocks of a hearing: the sections of its draft and the facts of its plain summary."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks.text import RICH_TEXT_FEATURES, ParagraphBlock
from hearings.enums import WhoMay


class SectionBlock(blocks.StructBlock):
    """One section people comment on. Its stream id becomes the stable key of all comments about it."""

    heading = blocks.CharBlock(max_length=200, label=_("Heading"))
    body = blocks.RichTextBlock(features=RICH_TEXT_FEATURES, label=_("Text"))
    who_may_comment = blocks.ChoiceBlock(
        choices=WhoMay.choices,
        required=False,
        label=_("Who may comment on it"),
        help_text=_("Empty: as in the whole hearing. Where the hearing is stricter, the hearing decides."),
    )

    class Meta:
        icon = "list-ol"
        label = _("Section of the draft")
        description = _("One point of the draft. People can comment on each section by itself.")
        preview_value = {
            "heading": "ทางสัญจรระหว่างก่อสร้าง",
            "body": "<p>ปิดทางเลียบบึงด้านตะวันออก 7 เดือน จัดทางเบี่ยงผ่านหมู่ 6</p>",
        }


class AlternativeBlock(SectionBlock):
    """One way among several to do it: people compare them and say what they think of each (peers P23)."""

    class Meta:
        icon = "list-ul"
        label = _("Alternative")
        description = _("One of several ways to choose from. They are shown side by side.")
        preview_value = {
            "heading": "ทางเลือกที่ 1 ขุดลอกทั้งบึง",
            "body": "<p>เก็บน้ำเพิ่ม 1.9 ล้านลูกบาศก์เมตร ใช้เวลา 7 เดือน งบ 84 ล้านบาท</p>",
        }


class DraftBlock(blocks.StreamBlock):
    """The draft: sections and alternatives in order, nothing else."""

    section = SectionBlock()
    alternative = AlternativeBlock()


class FactBlock(blocks.StructBlock):
    """One question a villager asks first, and its answer (requirements A174)."""

    question = blocks.CharBlock(max_length=80, label=_("Question"))
    answer = blocks.CharBlock(max_length=300, label=_("Answer"))

    class Meta:
        icon = "help"
        label = _("Question and answer")
        description = _("What is done, who gains, who suffers, what it costs, who does it.")
        preview_value = {"question": "ใครได้", "answer": "ชาวนาราว 1,900 ครัวเรือนมีน้ำหน้าแล้งเพิ่ม"}


class PlainSummaryBlock(blocks.StreamBlock):
    fact = FactBlock()
    paragraph = ParagraphBlock()
