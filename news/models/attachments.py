from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable


class Attachment(Orderable):
    """A file beside a page. Protected: deleting the file must not silently empty a published page."""

    document = models.ForeignKey(
        "core.CustomDocument", verbose_name=_("file"), on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(
        _("what it is"), max_length=150, blank=True, help_text=_("Left empty, the file's own title is shown.")
    )

    panels = [FieldPanel("document"), FieldPanel("title")]

    class Meta(Orderable.Meta):
        abstract = True

    @property
    def label(self) -> str:
        return self.title or self.document.title
