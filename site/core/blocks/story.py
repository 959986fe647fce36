"""The list of blocks editors choose from."""

from __future__ import annotations

from wagtail import blocks

from core.blocks.data import CitationBlock, TableBlock
from core.blocks.media import DocumentBlock, FigureBlock, VideoLinkBlock
from core.blocks.text import AccordionBlock, CalloutBlock, HeadingBlock, ParagraphBlock, QuoteBlock


class StoryBlock(blocks.StreamBlock):
    """Body of news, standard pages, hearings and lessons."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    figure = FigureBlock()
    table = TableBlock()
    document = DocumentBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    accordion = AccordionBlock()
    video = VideoLinkBlock()
    citation = CitationBlock()

    class Meta:
        template = "components/streamfield/stream_block.html"
