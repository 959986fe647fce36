"""Pictures and documents. Uploads are checked in core.forms.uploads; documents are served as attachments."""

from __future__ import annotations

import posixpath

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition

from core.enums import FileProblem


class CustomImage(AbstractImage):
    """A picture. ``description`` (Wagtail's field) is its default text for people who cannot see it."""

    credit = models.CharField(_("photographer or source"), max_length=200, blank=True)

    admin_form_fields = ("title", "file", "description", "credit", "collection", "tags")
    # Set before the first save, the original goes into a folder that no address reaches (core.views.media); pages
    # show smaller pictures made of it.
    closed_folder = ""

    def get_upload_to(self, filename: str) -> str:
        path = super().get_upload_to(filename)
        return f"{self.closed_folder}/{posixpath.basename(path)}" if self.closed_folder else path

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]


class CustomRendition(AbstractRendition):
    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"
            )
        ]


class CustomDocument(AbstractDocument):
    """A file to download. Page count is read once at upload; 0 means it has none (or could not be read)."""

    pages = models.PositiveIntegerField(_("number of pages"), default=0, editable=False)

    admin_form_fields = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]

    @property
    def file_type(self) -> str:
        """``PDF``, ``XLSX``: what people call it."""
        return self.file_extension.upper()


class FileText(models.Model):
    """The words inside a file, read once so that search need not open it again (core.file_text).

    Kept apart from pages, whose revisions would each carry a copy.
    """

    document = models.OneToOneField(
        CustomDocument, on_delete=models.CASCADE, related_name="file_text", primary_key=True
    )
    source = models.CharField(max_length=48)  # which content, read by which version of the reader
    text = models.TextField(blank=True)
    is_repaired = models.BooleanField(default=False)
    problem = models.CharField(max_length=10, choices=FileProblem.choices, blank=True)

    class Meta:
        verbose_name = _("text of a file")
        verbose_name_plural = _("texts of files")

    def __str__(self) -> str:
        return str(self.document)
