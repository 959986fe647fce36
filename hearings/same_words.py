"""Do two people send the same words? Nothing is refused for it: a village may agree on a text, and each counts.

Staff see it beside the comment, so that a hundred copies are read once (issue 4, 9). Compared are the words alone:
not spaces, marks, capital letters or the kind of digits.
"""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, QuerySet

from core.digits import to_arabic
from hearings.models import Comment, Submission

# "I agree with the draft": shorter words are the same by chance.
SHORTEST = 25


def fingerprint(*texts: str) -> str:
    """Equal where the words are equal; "" where they are too few to tell anything."""
    folded = unicodedata.normalize("NFKC", to_arabic(" ".join(texts))).casefold()
    words = "".join(c for c in folded if unicodedata.category(c)[0] in "LMN")
    if len(words) < SHORTEST:
        return ""
    digest = hashlib.blake2b(words.encode(), digest_size=16).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def same_words(submission: Submission) -> QuerySet[Submission]:
    """Other submissions of the hearing with a comment of the same words, oldest first."""
    hashes = submission.comments.current().exclude(words_hash="").values("words_hash")
    copies = Comment.objects.current().filter(hearing_id=submission.hearing_id, words_hash__in=hashes)
    others = Submission.objects.filter(pk__in=copies.values("submission")).exclude(pk=submission.pk)
    return others.order_by("submitted_at", "pk")


def with_copies(submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """Annotate ``has_copies``: somebody else sent the same words. One index look-up for each row of a list."""
    copies = (
        Comment.objects.current()
        .filter(hearing=OuterRef("hearing"), words_hash=OuterRef("words_hash"))
        .exclude(words_hash="")
        .exclude(submission=OuterRef("submission"))
    )
    said = Comment.objects.current().filter(Exists(copies), submission=OuterRef("pk"))
    return submissions.annotate(has_copies=Exists(said))


def copies_of(comments: Iterable[Comment]) -> dict[int, int]:
    """By submission: how many others sent the same words as one of these comments. One query for all of them."""
    told = [comment for comment in comments if comment.words_hash]
    found = Comment.objects.current().filter(
        hearing__in={comment.hearing_id for comment in told},
        words_hash__in={comment.words_hash for comment in told},
    )
    counted = (
        found.order_by().values_list("hearing", "words_hash").annotate(Count("submission", distinct=True))
    )
    senders = {(hearing, words): number for hearing, words, number in counted}
    copies: dict[int, int] = {}
    for comment in told:
        others = senders.get((comment.hearing_id, comment.words_hash), 1) - 1
        copies[comment.submission_id] = max(others, copies.get(comment.submission_id, 0))
    return copies
