"""Ask to follow, confirm, stop; and write the letters of what happened."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from notifications.models import Follow, FollowEvent
from notifications.services import outbox
from notifications.sources import Event, Letter, Source, source_of, sources

# How long the clock may stand still without a letter being lost. Later ones would be no news.
LOOK_BACK = dt.timedelta(days=3)
# A form sent again and again sends no second letter within this time.
ASK_AGAIN = dt.timedelta(hours=1)


@transaction.atomic
def ask_to_follow(*, kind: str, key: str, email: str, language: str, now: dt.datetime) -> None:
    """Write down the wish and send the link that confirms it. Tells nobody whether the address was known before."""
    source = source_of(kind)
    title = source.title(key) if source else None
    if title is None:
        raise LookupError(f"nothing to follow: {kind} {key}")
    follow, _created = Follow.objects.get_or_create(
        kind=kind,
        key=key,
        email=email.strip().lower(),
        defaults={"language": language, "created_at": now},
    )
    if follow.confirmed_at:
        return
    context = {"title": title, "address": _address("notifications:confirm", follow)}
    outbox.send_later(
        dedupe_key=f"follow:{follow.pk}:confirm:{int(now.timestamp() // ASK_AGAIN.total_seconds())}",
        to=follow.email,
        subject=_("Confirm that you want news of: %(title)s") % {"title": title},
        body=render_to_string("emails/follow_confirm.txt", context),
        now=now,
    )


def confirm(*, follow: Follow, now: dt.datetime) -> None:
    Follow.objects.filter(pk=follow.pk, confirmed_at__isnull=True).update(confirmed_at=now)


def stop(*, follow: Follow) -> None:
    """Nothing of it is kept."""
    Follow.objects.filter(pk=follow.pk).delete()


def write_letters(now: dt.datetime) -> int:
    """Put a letter into the outbox for everybody who waited for what happened; returns for how many events.

    An event is marked in the same transaction as its letters: run twice, late or in two processes, it is written
    once. Run by ``manage.py tick``.
    """
    return sum(
        _write(source, event, now) for source in sources() for event in source.events(now - LOOK_BACK, now)
    )


def _write(source: Source, event: Event, now: dt.datetime) -> int:
    about = {"kind": source.kind, "key": event.key, "name": event.name}
    if FollowEvent.objects.filter(**about).exists():
        return 0
    try:
        with transaction.atomic():
            FollowEvent.objects.create(**about, at=event.at)
            _write_to_followers(source, event, now)
    except IntegrityError:
        return 0  # another process was first
    return 1


def _write_to_followers(source: Source, event: Event, now: dt.datetime) -> None:
    words: dict[str, Letter] = {}
    titles: dict[tuple[str, str, str], str | None] = {}
    letters = []
    for follow in _followers(source, event):
        with translation.override(follow.language):
            if follow.language not in words:
                words[follow.language] = event.letter()
            letter = words[follow.language]
            about = (follow.kind, follow.key, follow.language)
            if about not in titles:
                titles[about] = title_of(follow)
            address = _address("notifications:stop", follow)
            context = {"text": letter.body, "title": titles[about], "stop_address": address}
            body = render_to_string("emails/follow_news.txt", context)
        letters.append(
            outbox.Letter(
                # One follower of a province hears of many hearings, perhaps in the same second.
                dedupe_key=f"follow:{follow.pk}:{event.key}:{event.name}",
                to=follow.email,
                subject=letter.subject,
                body=body,
                headers={
                    "List-Unsubscribe": f"<{address}>",
                    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                },
            )
        )
    outbox.send_all_later(letters, now=now)


def _followers(source: Source, event: Event) -> list[Follow]:
    """One wish for each address: a person who follows the hearing, its province and its topic gets one letter."""
    things = [(source.kind, event.key), *event.also()]
    nearest: dict[str, Follow] = {}
    found = Follow.objects.of_any(things).confirmed_by(event.at).order_by("pk")
    for follow in sorted(found, key=lambda follow: things.index((follow.kind, follow.key))):
        nearest.setdefault(follow.email, follow)
    return list(nearest.values())


def title_of(follow: Follow) -> str | None:
    """In the active language; None if there is nothing to follow any more."""
    source = source_of(follow.kind)
    return source.title(follow.key) if source else None


def _address(name: str, follow: Follow) -> str:
    return f"{settings.SITE_ADDRESS}{reverse(name, args=[follow.token])}"
