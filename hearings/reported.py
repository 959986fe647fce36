"""Reports of readers beside the words they are about, so that staff know what was reported."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from hearings.models import Comment, Report


@dataclass(frozen=True)
class Earlier:
    """Words that were reported and that their author replaced since."""

    comment: Comment
    reports: list[Report]


@dataclass(frozen=True)
class Piece:
    """What an opinion says at one place of the draft, and what readers reported there."""

    place: Comment  # names the place
    comment: Comment | None  # the words of now; None where the author took them out
    reports: list[Report] = field(default_factory=list)
    earlier: list[Earlier] = field(default_factory=list)


def pieces(said: list[Comment], reports: Iterable[Report]) -> list[Piece]:
    """``said`` with its reports; words that are no longer said come with theirs, at their place or behind the rest.

    One query, and only where somebody reported words that were changed.
    """
    by_comment: defaultdict[int, list[Report]] = defaultdict(list)
    for report in reports:
        by_comment[report.comment_id].append(report)
    replaced = by_comment.keys() - {comment.pk for comment in said}
    earlier: defaultdict[tuple[uuid.UUID | None, str], list[Earlier]] = defaultdict(list)
    if replaced:
        for comment in Comment.objects.filter(pk__in=replaced).select_related("block").order_by("pk"):
            earlier[_place(comment)].append(Earlier(comment, by_comment[comment.pk]))
    standing = [
        Piece(comment, comment, by_comment.get(comment.pk, []), earlier.pop(_place(comment), []))
        for comment in said
    ]
    return standing + [Piece(gone[0].comment, None, earlier=gone) for gone in earlier.values()]


def _place(comment: Comment) -> tuple[uuid.UUID | None, str]:
    return comment.block_key, comment.paragraph_key
