"""The frozen draft. Written once by services.announce and services.publish_draft_version, then never changed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.prepared import Prepared
from hearings.enums import BlockKind, WhoMay


class DraftVersion(models.Model):
    """What people were asked about, as it stood when it was published (design.md, decision 3)."""

    hearing = models.ForeignKey("hearings.Hearing", on_delete=models.CASCADE, related_name="draft_versions")
    number = models.PositiveSmallIntegerField(_("version"))
    published_at = models.DateTimeField(_("published"))
    note = models.TextField(_("what changed and why"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("version of the draft")
        verbose_name_plural = _("versions of the draft")
        ordering = ["hearing", "number"]
        constraints = [models.UniqueConstraint(fields=["hearing", "number"], name="draft_version_number")]

    def __str__(self) -> str:
        return f"{self.hearing_id} v{self.number}"

    @cached_property
    def sections(self) -> Sequence[DraftBlock]:
        """In reading order."""
        return list(self.blocks.all())


class DraftBlock(models.Model):
    """One section. ``key`` is the stream id of the section in the editor and stays the same in every version."""

    version = models.ForeignKey(DraftVersion, on_delete=models.CASCADE, related_name="blocks")
    key = models.UUIDField(_("key"))
    kind = models.CharField(_("kind"), max_length=12, choices=BlockKind.choices, default=BlockKind.SECTION)
    order = models.PositiveSmallIntegerField(_("order"))
    number = models.CharField(_("number"), max_length=10)
    heading = models.CharField(_("heading"), max_length=200)
    body = models.TextField(_("text"))  # rich text as the editor stored it; show it with |richtext
    body_hash = models.CharField(max_length=64, editable=False)
    # "" = as the hearing; otherwise the stricter of the two holds (hearings.services.taking_part).
    who_may_comment = models.CharField(
        _("who may comment on it"), max_length=10, choices=WhoMay.choices, blank=True
    )

    class Meta:
        verbose_name = _("section of the draft")
        verbose_name_plural = _("sections of the draft")
        ordering = ["version", "order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="draft_block_key_once"),
            models.UniqueConstraint(fields=["version", "order"], name="draft_block_order_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.heading}"


def _newest_sections(hearing: Any) -> models.QuerySet[DraftBlock]:
    newest = DraftVersion.objects.filter(hearing=hearing).order_by("-number").values("pk")[:1]
    return (
        DraftBlock.objects.filter(version=models.Subquery(newest)).select_related("version").order_by("order")
    )


# Every page of a hearing asks for them.
NEWEST_SECTIONS = Prepared(_newest_sections, hearing=models.BigIntegerField())
