from __future__ import annotations

from django.utils.translation import gettext as _

from hearings.services.errors import NotReady


def require_reason(reason: str) -> None:
    """Steps that take something away from people are logged with a reason, and the reason is shown to them."""
    if not reason.strip():
        raise NotReady([_("Give the reason. Everyone will be able to read it.")])
