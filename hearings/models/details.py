"""What stands beside a hearing's text: whom to ask and what to read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from core.enums import Sector
from hearings.enums import ONLINE_METHODS, MethodKind
from hearings.page_marks import MOST_PAGES


class HearingContact(Orderable):
    """A named person who answers questions (peers P8)."""

    hearing = ParentalKey("hearings.Hearing", on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("position"), max_length=160, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    panels = [FieldPanel("name"), FieldPanel("role"), FieldPanel("phone"), FieldPanel("email")]

    class Meta(Orderable.Meta):
        verbose_name = _("contact person")
        verbose_name_plural = _("contact persons")

    def __str__(self) -> str:
        return self.name

    def in_words(self) -> str:
        """On one line, to compare before and after a correction."""
        return ", ".join(part for part in (self.name, self.role, self.phone, self.email) if part)

    @property
    def phone_link(self) -> str:
        """Digits for ``tel:``; the first number if several are written."""
        return "".join(c for c in self.phone.split(",")[0] if c.isdigit() or c == "+")


class HearingMethod(Orderable):
    """One way in which people are heard (ข้อ 9, R8)."""

    hearing = ParentalKey("hearings.Hearing", on_delete=models.CASCADE, related_name="methods")
    kind = models.CharField(_("way"), max_length=20, choices=MethodKind.choices)
    detail = models.CharField(_("when, where, how"), max_length=250, blank=True)

    panels = [FieldPanel("kind"), FieldPanel("detail")]

    class Meta(Orderable.Meta):
        verbose_name = _("way of hearing people")
        verbose_name_plural = _("ways of hearing people")

    def __str__(self) -> str:
        return self.get_kind_display()

    def in_words(self) -> str:
        """On one line, to compare before and after a correction."""
        return ": ".join(part for part in (str(self.get_kind_display()), self.detail) if part)

    @property
    def is_online(self) -> bool:
        return self.kind in ONLINE_METHODS


class HearingBenefit(Orderable):
    """What the matter means for one sector, in a sentence (requirements A179)."""

    hearing = ParentalKey("hearings.Hearing", on_delete=models.CASCADE, related_name="benefits")
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices)
    text = models.CharField(_("what it means for them"), max_length=300)

    panels = [FieldPanel("sector"), FieldPanel("text")]

    class Meta(Orderable.Meta):
        verbose_name = _("meaning for a sector")
        verbose_name_plural = _("meanings for sectors")

    def __str__(self) -> str:
        return self.get_sector_display()


class HearingDocument(Orderable):
    hearing = ParentalKey("hearings.Hearing", on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(_("name of the document"), max_length=200)
    document = models.ForeignKey(
        "core.CustomDocument", verbose_name=_("document"), on_delete=models.PROTECT, related_name="+"
    )

    panels = [FieldPanel("title"), FieldPanel("document")]

    class Meta(Orderable.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.title

    @property
    def page_count(self) -> int:
        """Pages that can be read and commented on one by one; 0 for what is no PDF file."""
        is_pdf = self.document.file_extension.lower() == "pdf"
        return min(self.document.pages, MOST_PAGES) if is_pdf else 0
