"""Photos, PDF files and voice notes that come with a submission (peers P33, A180; people.md on literacy)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hearings.enums import AttachmentKind, Visibility
from hearings.querysets import AttachmentQuerySet


def attachment_path(attachment: Attachment, filename: str) -> str:
    """A name nobody can guess, outside of what the web server hands out by itself."""
    return f"attachments/{uuid.uuid4().hex}{filename[filename.rfind('.') :].lower()}"


class Attachment(models.Model):
    """One file, uploaded while the form is being written (``form_key`` is its idempotency key) and bound to the
    submission when that is sent. What is never sent is swept away by hearings.privacy."""

    hearing = models.ForeignKey("hearings.Hearing", on_delete=models.CASCADE, related_name="attachments")
    submission = models.ForeignKey(
        "hearings.Submission", null=True, on_delete=models.CASCADE, related_name="attachments"
    )
    form_key = models.UUIDField(_("key of the form"), db_index=True)
    kind = models.CharField(_("kind"), max_length=8, choices=AttachmentKind.choices)
    file = models.FileField(_("file"), upload_to=attachment_path)
    name = models.CharField(_("name of the file"), max_length=120)
    size = models.PositiveIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64)
    transcript = models.TextField(_("written down"), max_length=8000, blank=True)
    transcript_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Never public before somebody of the office looked at it: a picture can show faces and number plates.
    visibility = models.CharField(
        _("shown"), max_length=10, choices=Visibility.choices, default=Visibility.PENDING
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(_("at"), null=True)
    created_at = models.DateTimeField(_("uploaded"))
    removed_at = models.DateTimeField(_("taken out by the author"), null=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]
        constraints = [
            # The same file sent twice with one form is one attachment.
            models.UniqueConstraint(fields=["form_key", "sha256"], name="attachment_once_per_form")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_public(self) -> bool:
        return self.visibility == Visibility.PUBLIC

    @property
    def extension(self) -> str:
        """What kind of file it is, in the letters people know."""
        return str(self.file.name).rsplit(".", 1)[-1].upper()
