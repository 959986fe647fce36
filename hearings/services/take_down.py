"""Withdrawn, by its author or by the office with a whole import: no longer shown, counted or to be looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from accounts.models import User
from core.searchable import changed
from hearings.enums import SubmissionStatus, WithdrawnBy
from hearings.models import Comment, Report, Submission
from hearings.services.report import settle_unseen


def take_down(
    submission_ids: Sequence[int], *, by: WithdrawnBy, now: dt.datetime, actor: User | None = None
) -> None:
    """Call with the submissions locked. Replies to them are read by nobody either."""
    Submission.objects.filter(pk__in=submission_ids).update(
        status=SubmissionStatus.WITHDRAWN, withdrawn_at=now, withdrawn_by=by
    )
    comments = Comment.objects.filter(submission__in=submission_ids)
    shown = list(comments.filter(is_public=True).values_list("pk", flat=True))
    Comment.objects.filter(pk__in=shown).update(is_public=False)
    changed(Comment, shown)
    settle_unseen(Report.objects.filter(comment__submission__in=submission_ids), now=now, actor=actor)
