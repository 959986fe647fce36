"""Whether everyone may see a file that came with a comment, and what was said in a recording (P33).

A picture can show faces and number plates, and a voice is a person: each file waits until somebody of the office has
looked at it. Of a recording the words are written down and shown instead of the voice.
"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Action, require
from core.text import clean_text
from hearings.enums import AttachmentKind, SubmissionStatus, Visibility
from hearings.models import Attachment
from hearings.services.data import has_citizen_number
from hearings.services.mail_receipt import renew_letter
from hearings.shown_files import reads_differently

LONGEST = 8000


@transaction.atomic
def decide_file(*, attachment: Attachment, publish: bool, by: User, now: dt.datetime) -> Attachment:
    """Publish it or hold it back; can be changed later. The comment's words are not touched."""
    attachment = _locked(attachment, by)
    attachment.visibility = Visibility.PUBLIC if publish else Visibility.HIDDEN
    attachment.decided_by, attachment.decided_at = by, now
    attachment.save(update_fields=["visibility", "decided_by", "decided_at"])
    reads_differently(attachment)
    if attachment.submission:
        renew_letter(attachment.submission)
    return attachment


@transaction.atomic
def write_transcript(*, attachment: Attachment, text: str, by: User) -> Attachment:
    """What is said in a recording, word for word; empty takes it away again."""
    attachment = _locked(attachment, by)
    text = clean_text(text)
    if attachment.kind != AttachmentKind.VOICE:
        raise ValidationError(_("Only of a voice note the words are written down."), code="kind")
    if len(text) > LONGEST:
        params = {"length": len(text), "limit": LONGEST}
        sentence = _("This is %(length)d characters long, the limit is %(limit)d.")
        raise ValidationError({"transcript": ValidationError(sentence, code="max_length", params=params)})
    if has_citizen_number(text):
        sentence = _("Leave out the citizen identification number; write “[number]” where it is said.")
        raise ValidationError({"transcript": ValidationError(sentence, code="citizen_number")})
    attachment.transcript, attachment.transcript_by = text, by if text else None
    attachment.save(update_fields=["transcript", "transcript_by"])
    reads_differently(attachment)
    return attachment


def _locked(attachment: Attachment, by: User) -> Attachment:
    found = Attachment.objects.select_for_update(of=("self",)).select_related("submission__hearing")
    attachment = found.get(pk=attachment.pk)
    require(by, Action.MODERATE_COMMENT, attachment.hearing)
    sent = attachment.submission
    if sent is None or sent.status != SubmissionStatus.SUBMITTED or attachment.removed_at:
        raise ValidationError(_("The author took this file back."), code="gone")
    return attachment
