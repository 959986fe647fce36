"""A copy of what was sent to the address the person gave. Without the edit code: that is shown once, on the screen.

A letter that could not leave yet follows what happens meanwhile: what was changed stands in it as it is now, and
nothing of what was withdrawn or hidden.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.thaidate import format_day
from core.urls_for import language_path
from hearings import receipts
from hearings.enums import Stance, Visibility
from hearings.forms.places import place_of
from hearings.models import Comment, Hearing, Submission
from hearings.sent_words import answered, comments_of, files_of
from notifications.services.outbox import Letter, rewrite, send_all_later, take_back, written

# Who mistypes an address corrects it once or twice; more letters of one receipt would be sent to strangers.
MOST_LETTERS = 4


def mail_receipt(*, submission: Submission, hearing: Hearing, now: dt.datetime) -> None:
    """Written in the transaction of the submission: both are kept or neither. Nothing to do without an address."""
    if submission.email:
        send_all_later([_letter(submission, hearing, _keys(submission.pk)[0])], now=now)


def renew_letter(submission: Submission) -> None:
    """Call within every write that changes, hides or withdraws what was sent."""
    for row in written(_keys(submission.pk)):
        if row.may_leave:
            rewrite(_letter(submission, submission.hearing, row.dedupe_key))


def readdress_letter(submission: Submission, now: dt.datetime) -> None:
    """Its author gave an address or corrected it: the letter goes there, unless it has been there already.

    One that still waits only changes its address; where it left to another one, or none was written, a new one is.
    """
    keys = _keys(submission.pk)
    rows = written(keys)
    has_it = any(row.sent_at and row.to.casefold() == submission.email.casefold() for row in rows)
    waiting = next((row for row in rows if row.may_leave), None)
    if waiting and has_it:
        take_back([waiting.dedupe_key])
    elif waiting:
        rewrite(_letter(submission, submission.hearing, waiting.dedupe_key), now=now)
    elif submission.email and not has_it and len(rows) < len(keys):
        send_all_later([_letter(submission, submission.hearing, keys[len(rows)])], now=now)


def forget_letters(submission_ids: Iterable[int]) -> None:
    """The address goes with the person."""
    take_back(key for pk in submission_ids for key in _keys(pk))


def _keys(pk: int) -> list[str]:
    """Of the first letter, and of those to addresses given later."""
    return [f"receipt:{pk}", *(f"receipt:{pk}:{number}" for number in range(2, MOST_LETTERS + 1))]


def _letter(submission: Submission, hearing: Hearing, key: str) -> Letter:
    with override(submission.language):
        path = language_path(f"/r/{submission.receipt_no}/", submission.language)
        words = {
            "number": receipts.group(submission.receipt_no),
            "title": hearing.display_title,
            "url": f"{settings.SITE_ADDRESS}{path}",
            "due": format_day(hearing.result_due) if hearing.result_due else "–",
        }
        received = _(
            "We have received your comment on %(title)s.\n\n"
            "Receipt number: %(number)s\n%(url)s\n\n"
            "With this number you see the answer. The result is announced by %(due)s.\n"
            "The edit code is not in this letter; it was shown on the screen when you sent your comment."
        )
        return Letter(
            dedupe_key=key,
            to=submission.email,
            subject=_("Receipt %(number)s: %(title)s") % words,
            body="\n\n".join([received % words, *_said(submission)]),
        )


def _said(submission: Submission) -> Iterator[str]:
    """Paragraphs of the copy; none where it is no longer to be read."""
    if submission.is_withdrawn or submission.visibility == Visibility.HIDDEN:
        return
    yield f"— {_('What you sent')} —"
    for comment in comments_of(submission):
        yield _words(comment)
    for question, lines in answered(submission):
        yield "\n".join([question, *lines])
    if files := [file for file in files_of(submission) if file.visibility != Visibility.HIDDEN]:
        yield "\n".join([f"{_('Attached files')}:", *(file.name for file in files)])


def _words(comment: Comment) -> str:
    lines = [str(place_of(comment).label), f"{_('Stance')}: {Stance(comment.stance).label}"]
    if comment.topic:
        lines.append(f"{_('Topic')}: {comment.topic.display_name}")
    if comment.mark:
        lines.append(comment.mark.label)
    if comment.quote:
        lines.append(f"“{comment.quote}”")
    if comment.reason:
        lines.append(f"{_('Reason')}: {comment.reason}")
    if comment.suggestion:
        lines.append(f"{_('Suggestion')}: {comment.suggestion}")
    if comment.expected_impact:
        lines.append(f"{_('Expected impact')}: {comment.expected_impact}")
    return "\n".join(lines)
