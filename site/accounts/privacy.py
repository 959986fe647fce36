"""What is personal in accounts, given out and erased in one place. Other apps join through core.personal_data."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from accounts.models import AccessSlip, ChangeAgent, User
from accounts.roles import is_staff_member
from core import personal_data

ERASED = "-"


def export_person(user: User) -> dict[str, Any]:
    """Everything the site holds about a person, one heading an app."""
    return {part.key: part.export(user) for part in personal_data.parts()}


@transaction.atomic
def erase_person(*, user: User) -> None:
    """Delete the account and what hangs on it. Staff accounts are records of official acts: the office closes them."""
    if is_staff_member(user):
        raise ValidationError(
            _("Accounts of staff are closed by the office, because official acts are signed with them.")
        )
    for part in personal_data.parts():
        part.erase(user)
    user.delete()


def export_account(user: User) -> dict[str, Any]:
    agent = ChangeAgent.objects.with_area().filter(user=user).first()
    return {
        "email": user.email,
        "emails": list(EmailAddress.objects.filter(user=user).values("email", "verified", "primary")),
        "title": user.title,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "phone": user.phone,
        "province": user.province_id,
        "roles": sorted(user.groups.values_list("name", flat=True)),
        "joined": user.date_joined.isoformat(),
        "last_sign_in": user.last_login.isoformat() if user.last_login else None,
        "access_ends_on": user.expires_on.isoformat() if user.expires_on else None,
        "identity_confirmed_with": list(
            SocialAccount.objects.filter(user=user).values_list("provider", flat=True)
        ),
        "second_step": Authenticator.objects.filter(user=user).exists(),
        "sessions": [
            {"ip": session.ip, "device": session.user_agent, "from": session.created_at.isoformat()}
            for session in UserSession.objects.filter(user=user)
        ],
        "change_agent": _export_agent(agent) if agent else None,
    }


def _export_agent(agent: ChangeAgent) -> dict[str, Any]:
    return {
        "name": agent.display_name,
        "kind": agent.kind,
        "place": agent.place,
        "topics": [topic.name for topic in agent.topics.all()],
        "bio": agent.bio,
        "phone": agent.phone,
        "consent_to_publish": agent.consent_to_publish,
        "consent_version": agent.consent_version,
        "consented_on": agent.consented_on.isoformat() if agent.consented_on else None,
    }


def purge(now: dt.datetime, dry_run: bool) -> dict[str, int]:
    """Sessions that ended (with address and device of the person) and one-time slips that nobody can use any more."""
    ended = Session.objects.filter(expire_date__lt=now)
    open_keys = Session.objects.filter(expire_date__gte=now).values("session_key")
    devices = UserSession.objects.exclude(session_key__in=open_keys)
    slips = AccessSlip.objects.exclude(pk__in=AccessSlip.objects.usable(now).values("pk"))
    counts = {"sessions": ended.count(), "devices": devices.count(), "slips": slips.count()}
    if not dry_run:
        devices.delete()
        ended.delete()
        slips.delete()
    return counts


def erase_account(user: User) -> None:
    """The directory entry, open sessions, and the name in the log of the admin (the log itself stays)."""
    ChangeAgent.objects.filter(user=user).delete()
    keys = UserSession.objects.filter(user=user).values_list("session_key", flat=True)
    Session.objects.filter(session_key__in=list(keys)).delete()
    ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk)
    ).update(label=ERASED, data={})
