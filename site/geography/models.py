"""Clusters, provinces, districts and sub-districts with official DOPA codes (2, 4 and 6 digits).

Names are facts of the Department of Provincial Administration as published by GeoThai (CC BY 4.0); they are
loaded by migration from ``data/areas.json.gz``. Clusters are data with a period of validity, never an enum.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import register_setting

from core.models.settings import SettingWithDefaults
from core.names import forget_names
from core.nearby import forget
from core.thaidate import is_thai
from geography.querysets import (
    AreaQuerySet,
    ClusterQuerySet,
    DistrictQuerySet,
    ProvinceQuerySet,
    SubdistrictQuerySet,
)

BANGKOK = "10"


class Area(models.Model):
    """What province, district and sub-district share. English names are not unique: never look one up by it."""

    code = models.CharField(_("DOPA code"), max_length=6, primary_key=True)
    name = models.CharField(_("name in Thai"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=60)

    objects = AreaQuerySet.as_manager()

    # Thai label and its short form before the name; Bangkok differs.
    @property
    def label(self) -> str:
        return ""

    @property
    def short_label(self) -> str:
        return ""

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def in_bangkok(self) -> bool:
        return self.code.startswith(BANGKOK)

    @property
    def display_name(self) -> str:
        """The bare name in the reader's language."""
        return self.name if is_thai() else self.name_en

    @property
    def full_name(self) -> str:
        """``จังหวัดพิจิตร``, ``อำเภอชุมแสง``; in English the bare name."""
        return f"{self.label}{self.name}" if is_thai() else self.name_en

    @property
    def short_name(self) -> str:
        """``จ.พิจิตร``, ``อ.ชุมแสง``."""
        return f"{self.short_label}{self.name}" if is_thai() else self.name_en


class Province(Area):
    objects = ProvinceQuerySet.as_manager()  # type: ignore[misc]  # its own questions

    class Meta(Area.Meta):
        verbose_name = _("province")
        verbose_name_plural = _("provinces")

    @property
    def label(self) -> str:
        return "" if self.in_bangkok else "จังหวัด"

    @property
    def short_label(self) -> str:
        return "" if self.in_bangkok else "จ."


class District(Area):
    province = models.ForeignKey(
        Province, verbose_name=_("province"), on_delete=models.PROTECT, related_name="districts"
    )
    # Wagtail reads this attribute of a field, which no type knows: its index of what refers to what need not say
    # which area lies in which, that is 8,400 rows.
    province.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]

    objects = DistrictQuerySet.as_manager()  # type: ignore[misc]  # its own questions

    class Meta(Area.Meta):
        verbose_name = _("district")
        verbose_name_plural = _("districts")

    # Bangkok's 50 districts already carry เขต in their name.
    @property
    def label(self) -> str:
        return "" if self.in_bangkok else "อำเภอ"

    @property
    def short_label(self) -> str:
        return "" if self.in_bangkok else "อ."


class Subdistrict(Area):
    district = models.ForeignKey(
        District, verbose_name=_("district"), on_delete=models.PROTECT, related_name="subdistricts"
    )
    # As above.
    district.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]

    objects = SubdistrictQuerySet.as_manager()  # type: ignore[misc]  # its own questions

    class Meta(Area.Meta):
        verbose_name = _("sub-district")
        verbose_name_plural = _("sub-districts")

    @property
    def label(self) -> str:
        return "แขวง" if self.in_bangkok else "ตำบล"

    @property
    def short_label(self) -> str:
        return "แขวง" if self.in_bangkok else "ต."


class Cluster(models.Model):
    """A provincial cluster as announced; the next announcement ends it with ``valid_to`` and adds new ones."""

    slug = models.SlugField(_("code"), unique=True)
    region = models.CharField(_("region"), max_length=60)
    region_en = models.CharField(_("region in English"), max_length=60)
    name = models.CharField(_("name in Thai"), max_length=100, help_text=_("Without the word กลุ่มจังหวัด."))
    name_en = models.CharField(_("name in English"), max_length=100)
    provinces = models.ManyToManyField(Province, verbose_name=_("provinces"), related_name="clusters")
    operation_centre = models.ForeignKey(
        Province, verbose_name=_("operation-centre province"), on_delete=models.PROTECT, related_name="+"
    )
    legal_basis = models.CharField(_("announced by"), max_length=250, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = ClusterQuerySet.as_manager()

    class Meta:
        verbose_name = _("provincial cluster")
        verbose_name_plural = _("provincial clusters")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                name="cluster_period_in_order",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_from__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"กลุ่มจังหวัด{self.name}"

    @property
    def display_name(self) -> str:
        return str(self) if is_thai() else self.name_en

    @property
    def short_name(self) -> str:
        return self.name if is_thai() else self.name_en

    @property
    def display_region(self) -> str:
        return self.region if is_thai() else self.region_en


@register_setting(icon="globe", order=110)
class SiteCluster(SettingWithDefaults):
    """Which cluster this site serves."""

    select_related = ["cluster"]

    cluster = models.ForeignKey(
        Cluster, verbose_name=_("provincial cluster"), on_delete=models.PROTECT, null=True, related_name="+"
    )

    panels = [FieldPanel("cluster")]

    class Meta:
        verbose_name = _("cluster of this site")

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        forget("geography:cluster")  # the map shows the new one at once
        forget_names()  # names of another cluster must not be broken at line ends from now on
