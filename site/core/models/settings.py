from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site

from core import nearby
from core.thaidate import is_thai


class Digits(models.TextChoices):
    ARABIC = "arabic", _("Arabic digits (1 2 3)")
    THAI = "thai", _("Thai digits (๑ ๒ ๓)")


class SettingWithDefaults(BaseSiteSetting):
    """A setting whose defaults are shown where Wagtail knows no site, so that an error page is never a second error."""

    class Meta:
        abstract = True

    @classmethod
    def for_site(cls, site: Site | None) -> Self:
        return cls() if site is None else super().for_site(site)

    @classmethod
    def for_request(cls, request: HttpRequest) -> Self:
        """For templates; a form that changes the setting asks for_site, which always reads the database."""
        name = cls.get_cache_attr_name()
        if not hasattr(request, name):
            site = nearby.know_site(request)
            found = nearby.remember(cls._nearby_key(site.pk), lambda: cls.for_site(site)) if site else cls()
            found._request = request
            setattr(request, name, found)
        return getattr(request, name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        nearby.forget(self._nearby_key(self.site_id))

    @classmethod
    def _nearby_key(cls, site_pk: int) -> str:
        return f"setting:{cls._meta.label_lower}:{site_pk}"


@register_setting(icon="cog", order=100)
class SiteSettings(SettingWithDefaults):
    """What an office must be able to say about itself without a developer (A3: its name differs between offices)."""

    site_name = models.CharField(_("site name in Thai"), max_length=60, default="ประชาคม")
    site_name_en = models.CharField(_("site name in English"), max_length=60, default="Prachakhom")
    office_name = models.CharField(_("office name in Thai"), max_length=200, blank=True)
    office_name_en = models.CharField(_("office name in English"), max_length=200, blank=True)
    address = models.TextField(_("postal address in Thai"), blank=True)
    address_en = models.TextField(_("postal address in English"), blank=True)
    map_url = models.URLField(_("link to a map"), blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    fax = models.CharField(_("fax"), max_length=60, blank=True)
    hotline = models.CharField(_("hotline"), max_length=60, blank=True)
    hours = models.CharField(_("hours in Thai"), max_length=120, blank=True)
    hours_en = models.CharField(_("hours in English"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    line_url = models.URLField(_("LINE address"), blank=True)
    facebook_url = models.URLField(_("Facebook address"), blank=True)
    dpo_contact = models.TextField(
        _("data protection officer"),
        blank=True,
        help_text=_("Name, telephone and e-mail. The law asks for it (PDPA section 23 and 41)."),
    )
    print_digits = models.CharField(
        _("digits in official prints"), max_length=10, choices=Digits.choices, default=Digits.THAI
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("site_name"),
                FieldPanel("site_name_en"),
                FieldPanel("office_name"),
                FieldPanel("office_name_en"),
            ],
            heading=_("Names"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldPanel("address_en"),
                FieldPanel("map_url"),
                FieldPanel("hours"),
                FieldPanel("hours_en"),
            ],
            heading=_("Where and when"),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("phone", "hotline", "fax", "email", "line_url", "facebook_url")],
            heading=_("Contact"),
        ),
        FieldPanel("dpo_contact"),
        FieldPanel("print_digits"),
    ]

    class Meta:
        verbose_name = _("site settings")

    def _in_language(self, field: str) -> str:
        return getattr(self, field) if is_thai() else getattr(self, f"{field}_en") or getattr(self, field)

    @property
    def display_site_name(self) -> str:
        return self._in_language("site_name")

    @property
    def display_office_name(self) -> str:
        return self._in_language("office_name")

    @property
    def display_address(self) -> str:
        return self._in_language("address")

    @property
    def display_hours(self) -> str:
        return self._in_language("hours")

    @property
    def phone_link(self) -> str:
        """Digits for ``tel:``; the first number if several are written."""
        return "".join(c for c in self.phone.split(",")[0] if c.isdigit() or c == "+")

    @property
    def hotline_link(self) -> str:
        return "".join(c for c in self.hotline if c.isdigit())
