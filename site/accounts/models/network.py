"""Members of the network: organisations, and the people who carry change in their village (A020, A057-A062)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import ChangeAgentKind
from accounts.querysets import ChangeAgentQuerySet, NetworkMemberQuerySet
from core.enums import Sector
from core.thaidate import is_thai

# Changes when the sentence that people agree to changes (templates/accounts/consent.html).
CONSENT_VERSION = "2569-11"


class ChangeAgent(models.Model):
    """A person others may turn to. Nothing is public without consent; a person may have no account."""

    user = models.OneToOneField(
        "accounts.User", verbose_name=_("account"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="change_agent",
    )  # fmt: skip
    display_name = models.CharField(_("name shown"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=ChangeAgentKind.choices)
    province = models.ForeignKey(
        "geography.Province", verbose_name=_("province"), on_delete=models.PROTECT, related_name="+"
    )
    district = models.ForeignKey(
        "geography.District", verbose_name=_("district"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    subdistrict = models.ForeignKey(
        "geography.Subdistrict", verbose_name=_("sub-district"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    village_no = models.PositiveSmallIntegerField(_("village number (หมู่ที่)"), null=True, blank=True)
    topics = models.ManyToManyField("core.Topic", verbose_name=_("topics"), blank=True, related_name="+")
    bio = models.TextField(_("what this person knows"), max_length=1000, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    publish_phone = models.BooleanField(_("the telephone may be shown too"), default=False)
    consent_to_publish = models.BooleanField(
        _("agrees to be shown in the directory"),
        default=False,
        help_text=_("Tick only after the person has said yes to the sentence in docs/accounts.md."),
    )
    consent_version = models.CharField(_("version of the sentence"), max_length=20, blank=True)
    consented_on = models.DateField(_("agreed on"), null=True, blank=True)

    objects = ChangeAgentQuerySet.as_manager()

    class Meta:
        verbose_name = _("change agent")
        verbose_name_plural = _("change agents")
        ordering = ["display_name"]
        constraints = [
            models.CheckConstraint(
                name="change_agent_shown_with_consent",
                condition=models.Q(consent_to_publish=False)
                | (models.Q(consented_on__isnull=False) & ~models.Q(consent_version="")),
            )
        ]

    def __str__(self) -> str:
        return self.display_name

    def clean(self) -> None:
        """Consent has a date and a text; areas fit into each other."""
        if self.consent_to_publish and not self.consented_on:
            raise ValidationError({"consented_on": _("Write the day on which the person agreed.")})
        if self.consent_to_publish and not self.consent_version:
            self.consent_version = CONSENT_VERSION
        if self.district_id and not self.district_id.startswith(self.province_id or "-"):
            raise ValidationError({"district": _("This district is not in the province. Choose again.")})
        if self.subdistrict_id and not self.subdistrict_id.startswith(self.district_id or "-"):
            raise ValidationError(
                {"subdistrict": _("This sub-district is not in the district. Choose again.")}
            )

    @property
    def public_phone(self) -> str:
        return self.phone if self.publish_phone else ""

    @property
    def place(self) -> str:
        """``หมู่ 4 ต.เกยไชย อ.ชุมแสง จ.นครสวรรค์``"""
        village = []
        if self.village_no:
            village = [f"หมู่ {self.village_no}" if is_thai() else f"Village {self.village_no},"]
        areas = [area.short_name for area in (self.subdistrict, self.district, self.province) if area]
        return " ".join([*village, *areas])


class NetworkMember(models.Model):
    """An organisation of the network: chamber of commerce, university, association (A071-A075)."""

    name = models.CharField(_("name in Thai"), max_length=200, unique=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices)
    province = models.ForeignKey(
        "geography.Province", verbose_name=_("province"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
        help_text=_("Empty: the organisation works in the whole cluster."),
    )  # fmt: skip
    url = models.URLField(_("website"), blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    is_public = models.BooleanField(_("shown in the directory"), default=True)

    objects = NetworkMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("network member")
        verbose_name_plural = _("network members")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def display_name(self) -> str:
        return self.name if is_thai() else self.name_en or self.name
