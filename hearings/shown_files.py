"""Files that everyone may see below a comment. A page without any asks once in some seconds, not for each reader."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction

from core.nearby import forget, remember
from core.searchable import changed
from hearings.models import Attachment, Comment


def files_of(comments: Sequence[Comment]) -> dict[int, list[Attachment]]:
    """{comment: files of its submission}: published ones, and recordings whose words were written down."""
    if not comments:
        return {}
    hearing = comments[0].hearing_id
    if not remember(_key(hearing), lambda: Attachment.objects.readable().filter(hearing=hearing).exists()):
        return {}
    by_submission: defaultdict[int, list[Attachment]] = defaultdict(list)
    senders = {comment.submission_id for comment in comments}
    for found in Attachment.objects.readable().filter(submission__in=senders).order_by("pk"):
        by_submission[found.submission_id].append(found)
    return {
        comment.pk: by_submission[comment.submission_id]
        for comment in comments
        if comment.submission_id in by_submission
    }


def reads_differently(attachment: Attachment) -> None:
    """After staff decided, or the file was deleted. Its comments are found by what is said in it."""
    hearing_id = attachment.hearing_id
    transaction.on_commit(lambda: forget(_key(hearing_id)))  # other processes follow within seconds
    shown = Comment.objects.filter(submission=attachment.submission_id, is_public=True)
    changed(Comment, shown.values_list("pk", flat=True))


def _key(hearing_id: int) -> str:
    return f"hearings:files:{hearing_id}"
