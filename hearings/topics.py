"""The topics of a hearing, as far as a comment may name one of them (peers P30)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.digits import key_number
from core.models import Topic
from core.nearby import remember
from hearings.models import Comment, Hearing

FEWEST = 2  # one topic is what the whole hearing is about: nothing to choose


def topics_to_choose(hearing: Hearing) -> list[Topic]:
    """In the order of the editor; what an editor changes reaches every process within seconds."""
    found = remember(f"hearings:topics-to-choose:{hearing.pk}", lambda: list(_topics_of(hearing)))
    return found if len(found) >= FEWEST else []


def _topics_of(hearing: Hearing) -> Iterable[Topic]:
    return Topic.objects.filter(hearings_hearingtopic_items__content_object=hearing.pk).order_by(
        "hearings_hearingtopic_items__pk"
    )


def find_topic(typed: str) -> Topic | None:
    """By what a form sends, whether or not its hearing still has it."""
    number = key_number(typed)
    return None if number is None else Topic.objects.filter(pk=number).first()


def topics_to_keep(hearing: Hearing, comments: Sequence[Comment]) -> list[Topic]:
    """For who changes what was sent: the same, and what was chosen then though it was taken off the hearing since."""
    known = {topic.pk: topic for topic in topics_to_choose(hearing)}
    chosen = {comment.topic.pk: comment.topic for comment in comments if comment.topic}
    return list({**known, **chosen}.values())
