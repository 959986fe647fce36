"""Pictures, documents and videos."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from core.blocks.text import BLOCKS, PREVIEWS

VIDEO_HOSTS = {"youtube.com", "www.youtube.com", "youtu.be", "vimeo.com", "www.facebook.com", "fb.watch"}


class FigureBlock(blocks.StructBlock):
    """A picture with its text alternative (ImageBlock asks for it, or for the word "decorative")."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(required=False, max_length=250, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Picture")
        template = BLOCKS + "figure.html"
        preview_template = PREVIEWS + "figure.html"
        description = _("A picture with a text for people who cannot see it.")


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    note = blocks.CharBlock(required=False, max_length=200, label=_("What is in it"))

    class Meta:
        icon = "doc-full"
        label = _("Document")
        template = BLOCKS + "document.html"
        preview_template = PREVIEWS + "document.html"
        description = _("A file to download; its type, size and pages are shown by themselves.")


class VideoLinkValue(blocks.StructValue):
    @property
    def host(self) -> str:
        """Where the link leads, so that nobody is surprised: ``youtube.com``."""
        return (urlsplit(self["url"]).hostname or "").removeprefix("www.")


class VideoLinkBlock(blocks.StructBlock):
    """A link, never a player of somebody else: those follow readers and cost villagers their data plan."""

    title = blocks.CharBlock(max_length=150, label=_("Title"))
    url = blocks.URLBlock(label=_("Address"))
    minutes = blocks.IntegerBlock(required=False, min_value=1, max_value=600, label=_("Length in minutes"))
    transcript = blocks.RichTextBlock(required=False, features=["bold", "ul"], label=_("What is said in it"))

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if (urlsplit(cleaned["url"]).hostname or "") not in VIDEO_HOSTS:
            message = ValidationError(_("Use an address of YouTube, Vimeo or Facebook."))
            raise blocks.StructBlockValidationError(block_errors={"url": message})
        return cleaned

    class Meta:
        icon = "media"
        label = _("Video link")
        template = BLOCKS + "video_link.html"
        value_class = VideoLinkValue
        description = _("A link to a video with its length and a text of what is said.")
        preview_value = {"title": "สามขั้นส่งความเห็น", "url": "https://www.youtube.com/watch?v=1", "minutes": 3}
