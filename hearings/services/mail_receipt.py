"""A copy of the receipt to the address the person gave. Without the edit code: that is shown once, on the screen."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.thaidate import format_day
from core.urls_for import language_path
from hearings import receipts
from hearings.models import Hearing, Submission
from notifications.services.outbox import send_later


def mail_receipt(*, submission: Submission, hearing: Hearing, now: dt.datetime) -> None:
    """Written in the transaction of the submission: both are kept or neither. Nothing to do without an address."""
    if not submission.email:
        return
    with override(submission.language):
        number = receipts.group(submission.receipt_no)
        path = language_path(f"/r/{submission.receipt_no}/", submission.language)
        words = {
            "number": number,
            "title": hearing.display_title,
            "url": f"{settings.SITE_ADDRESS}{path}",
            "due": format_day(hearing.result_due) if hearing.result_due else "–",
        }
        send_later(
            dedupe_key=f"receipt:{submission.pk}",
            to=submission.email,
            subject=_("Receipt %(number)s: %(title)s") % words,
            body=_(
                "We have received your comment on %(title)s.\n\n"
                "Receipt number: %(number)s\n%(url)s\n\n"
                "With this number you see the answer. The result is announced by %(due)s.\n"
                "The edit code is not in this letter; it was shown on the screen when you sent your comment."
            )
            % words,
            now=now,
        )
