"""Help a person without e-mail back in: a code on paper that sets a new password once (A003)."""

from __future__ import annotations

import datetime as dt
import secrets

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import AccessSlip, User
from accounts.permissions import Action, may_manage, require
from core.digits import to_arabic

LIFE = dt.timedelta(hours=24)
DIGITS = 12


def _digest(code: str) -> str:
    return salted_hmac("accounts.access_slip", code, algorithm="sha256").hexdigest()


def _bare(code: str) -> str:
    return "".join(c for c in to_arabic(code) if c.isdigit())


@transaction.atomic
def make_slip(*, actor: User, person: User, now: dt.datetime) -> tuple[AccessSlip, str]:
    """A new code for ``person``; older ones stop working. The code is returned once and never stored."""
    require(actor, Action.RESET_ACCESS)
    if not may_manage(actor, person):
        raise PermissionDenied(_("Only an administrator of the site may do this for this person."))
    if not person.may_sign_in():
        raise ValidationError(_("This account is closed. Open it first."))
    AccessSlip.objects.filter(user=person, used_at=None).delete()
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    slip = AccessSlip.objects.create(
        user=person, digest=_digest(code), made_by=actor, made_at=now, expires_at=now + LIFE
    )
    log(instance=person, action="accounts.slip_made", user=actor)
    return slip, code


def use_slip(*, email: str, code: str, password: str, now: dt.datetime) -> User:
    """Set the password if e-mail and code belong together; one message for every reason why not."""
    refused = ValidationError(
        _("E-mail and code do not fit, or the code is too old. Ask the office for a new slip."),
        code="refused",
    )
    slip = AccessSlip.objects.usable(now).select_related("user").filter(user__email__iexact=email).first()
    if slip is None or not slip.user.may_sign_in():
        raise refused
    if not constant_time_compare(slip.digest, _digest(_bare(code))):
        # Counted outside any transaction that the refusal could roll back.
        AccessSlip.objects.filter(pk=slip.pk).update(wrong_tries=F("wrong_tries") + 1)
        raise refused
    validate_password(password, user=slip.user)
    with transaction.atomic():
        claimed = AccessSlip.objects.usable(now).filter(pk=slip.pk).update(used_at=now)
        if not claimed:
            raise refused
        slip.user.set_password(password)
        slip.user.save(update_fields=["password"])
        log(instance=slip.user, action="accounts.slip_used", user=slip.user)
    return slip.user
