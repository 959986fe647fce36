"""Steps that the services of the conversation share: is the comment public, are the words fit to store."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Count, Max, Q
from django.utils.translation import gettext_lazy as _

from core.searchable import changed
from core.text import clean_text
from hearings.models import Comment, Reply
from hearings.services.data import has_citizen_number


def longest_reply() -> int:
    """Ours: characters of a reply, or of an answer of the office."""
    return settings.HEARING_LONGEST_REPLY


def public_comment(pk: int) -> Comment:
    """The comment as stored now, locked where the database can, with its hearing. Raises if nobody can read it."""
    comment = Comment.objects.select_for_update(of=("self",)).select_related("hearing").get(pk=pk)
    if not (comment.is_public and comment.hearing.live and comment.hearing.is_public_record):
        raise ValidationError(_("This comment is no longer published."), code="not_public")
    return comment


def locked_reply(pk: int) -> Reply:
    """The reply as stored now, with its hearing. Its comment is locked first, as by who replies below it or changes it:
    in another order two of them could wait for each other."""
    list(Comment.objects.select_for_update(of=("self",)).filter(replies=pk).only("pk"))
    return Reply.objects.select_for_update(of=("self",)).select_related("hearing").get(pk=pk)


def checked_words(text: str, field: str = "text", *, limit: int | None = None) -> str:
    """Cleaned, not too long, without a citizen number (privacy comes before convenience)."""
    text = clean_text(text)
    limit = longest_reply() if limit is None else limit
    if len(text) > limit:
        sentence = _("This is %(length)d characters long, the limit is %(limit)d.")
        params = {"length": len(text), "limit": limit}
        raise ValidationError({field: [ValidationError(sentence, code="max_length", params=params)]})
    if has_citizen_number(text):
        sentence = _(
            "There is a citizen identification number in this text. Please take it out: we never need it, "
            "and in a published comment strangers could misuse it."
        )
        raise ValidationError({field: [ValidationError(sentence, code="citizen_number")]})
    return text


def required_words(text: str) -> str:
    if found := checked_words(text):
        return found
    raise ValidationError({"text": [ValidationError(_("Write your reply."), code="required")]})


def recount_replies(comment_id: int) -> None:
    """What lists sort and filter by follows the published replies; counted anew, so it cannot drift."""
    shown = (
        Reply.objects.shown()
        .filter(comment=comment_id)
        .aggregate(replies=Count("pk"), answered=Max("created_at", filter=Q(is_official=True)))
    )
    Comment.objects.filter(pk=comment_id).update(
        replies_counted=shown["replies"], answered_at=shown["answered"]
    )
    changed(Comment, [comment_id])  # its replies are found with it


def hand_over_replies(replaced: Sequence[Comment], made: Sequence[Comment]) -> None:
    """What others and the office said stays readable when an author changes the words they said it to (P39, P51).

    Support stays behind: it was for other words. So do reports of replies: their person is hashed with the comment of
    then, and hearings.talk_privacy finds them by it. Staff read them by the reply.
    """
    talked_of = set(Reply.objects.filter(comment__in=replaced).values_list("comment", flat=True))
    for old in replaced:
        new = _heir(old, replaced, made)
        if old.pk not in talked_of or new is None:
            continue
        Reply.objects.filter(comment=old).update(comment=new)
        recount_replies(old.pk)
        recount_replies(new.pk)


def what_it_became(old: Comment) -> Comment | None:
    """Where the replies to a comment stand now, through each change of its author since; None where it was taken out."""
    if old.superseded_at is None:
        return old
    every = list(Comment.objects.filter(submission=old.submission_id).order_by("pk"))
    now: Comment | None = old
    while now and (at := now.superseded_at):
        replaced = [one for one in every if one.superseded_at == at]
        made = [one for one in every if one.created_at == at and one.pk > now.pk]
        now = _heir(now, replaced, made)
    return now


def _heir(old: Comment, replaced: Sequence[Comment], made: Sequence[Comment]) -> Comment | None:
    """The one on the same place, else the only one that was made when this was the only one replaced."""
    place = (old.block_key, old.paragraph_key)
    same_place = (new for new in made if (new.block_key, new.paragraph_key) == place)
    return next(same_place, made[0] if len(made) == len(replaced) == 1 else None)
