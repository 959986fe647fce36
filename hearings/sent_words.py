"""All that holds now of what one person sent, for its author: the receipt, its slip and the letter."""

from __future__ import annotations

from hearings.answer_words import in_words
from hearings.models import Attachment, Comment, Submission
from hearings.services.answers import current_answers


def comments_of(submission: Submission) -> list[Comment]:
    """The one with the headline stance first."""
    current = submission.comments.current().select_related("block", "topic")
    return sorted(current, key=lambda comment: (comment.stance != submission.stance, comment.pk))


def answered(submission: Submission) -> list[tuple[str, list[str]]]:
    """Each answered question with the answer in words."""
    return [(answer.revision.shown_text, in_words(answer)) for answer in current_answers(submission)]


def files_of(submission: Submission) -> list[Attachment]:
    return list(submission.attachments.filter(removed_at=None))


def has_answers_or_files(submission: Submission) -> bool:
    answers = submission.answers.filter(superseded_at=None)
    return answers.exists() or submission.attachments.filter(removed_at=None).exists()
