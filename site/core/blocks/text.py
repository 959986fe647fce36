"""Words: headings, paragraphs, quotes, callouts, folded questions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

RICH_TEXT_FEATURES = ["bold", "ol", "ul", "link", "document-link"]
BLOCKS = "components/streamfield/blocks/"
PREVIEWS = "components/streamfield/previews/"


class LooksBlock(blocks.ChoiceBlock):
    """A choice of how something looks: readers never see its words, so search must not find them."""

    class Meta:
        icon = "view"
        description = _("How it looks on the page.")

    def get_searchable_content(self, value: object) -> list[str]:
        return []


class HeadingBlock(blocks.StructBlock):
    """A heading below the page's own h1; the level is a choice so that none can be skipped by style."""

    text = blocks.CharBlock(max_length=150, label=_("Heading"))
    level = LooksBlock(
        choices=[("h2", _("Main heading")), ("h3", _("Sub-heading")), ("h4", _("Small heading"))],
        default="h2",
        label=_("Level"),
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = BLOCKS + "heading.html"
        description = _("Divides a long text. Readers jump from heading to heading.")
        preview_value = {"text": "น้ำท่วมซ้ำที่เดิม เราทำอะไรได้", "level": "h2"}


class ParagraphBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"features": RICH_TEXT_FEATURES, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = BLOCKS + "paragraph.html"
        description = _("Paragraphs, lists and links.")
        preview_value = "<p>คณะกรรมการประชุมกับชาวบ้าน 3 ตำบล แล้วปรับแนวคลองตามที่เสนอ</p>"


class QuoteBlock(blocks.StructBlock):
    quote = blocks.TextBlock(label=_("Words"))
    who = blocks.CharBlock(required=False, max_length=120, label=_("Who said it"))

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = BLOCKS + "quote.html"
        description = _("What somebody said, with the name only if the person agreed.")
        preview_value = {"quote": "ถนนเลียบคลองแคบ รถเกี่ยวข้าวสวนกับรถนักเรียนไม่ได้", "who": "ชาวบ้านตำบลท่าไม้"}


class CalloutBlock(blocks.StructBlock):
    kind = LooksBlock(
        choices=[("info", _("Good to know")), ("now", _("Do this now")), ("bad", _("Take care"))],
        default="info",
        label=_("Kind"),
    )
    heading = blocks.CharBlock(required=False, max_length=120, label=_("Heading"))
    text = blocks.RichTextBlock(features=["bold", "link", "ul"], label=_("Text"))

    class Meta:
        icon = "warning"
        label = _("Callout")
        template = BLOCKS + "callout.html"
        description = _("One message that must not be missed.")
        preview_value = {"kind": "now", "heading": "ส่งได้ถึงวันพุธ", "text": "<p>หลังจากนั้นระบบจะปิดรับเอง</p>"}


class AccordionItemBlock(blocks.StructBlock):
    question = blocks.CharBlock(max_length=200, label=_("Heading"))
    answer = blocks.RichTextBlock(features=RICH_TEXT_FEATURES, label=_("Text"))

    class Meta:
        icon = "help"
        label = _("Folded text")
        description = _("One heading and the text under it.")


class AccordionBlock(blocks.ListBlock):
    def __init__(self, **kwargs: object) -> None:
        super().__init__(AccordionItemBlock(), **{"min_num": 1, **kwargs})

    class Meta:
        icon = "list-ul"
        label = _("Folded texts")
        template = BLOCKS + "accordion.html"
        description = _("Headings that open on a tap; they work without JavaScript and print open.")
        preview_value = [{"question": "ต้องสมัครสมาชิกไหม", "answer": "<p>ไม่ต้อง</p>"}]
