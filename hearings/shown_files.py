"""Files that everyone may see below a comment. A page without any asks once in some seconds, not for each reader."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from core.nearby import forget, remember
from hearings.models import Attachment, Comment


def files_of(comments: Sequence[Comment]) -> dict[int, list[Attachment]]:
    """{comment: files of its submission}: published ones, and recordings whose words were written down."""
    if not comments:
        return {}
    hearing = comments[0].hearing_id
    readable = Attachment.objects.readable()
    if not remember(_key(hearing), lambda: readable.filter(hearing=hearing).exists()):
        return {}
    by_submission: defaultdict[int, list[Attachment]] = defaultdict(list)
    for found in readable.filter(submission__in={comment.submission_id for comment in comments}).order_by(
        "pk"
    ):
        by_submission[found.submission_id].append(found)
    return {
        comment.pk: by_submission[comment.submission_id]
        for comment in comments
        if comment.submission_id in by_submission
    }


def forget_files(hearing_id: int) -> None:
    """After staff decided; other processes follow within seconds."""
    forget(_key(hearing_id))


def _key(hearing_id: int) -> str:
    return f"hearings:files:{hearing_id}"
