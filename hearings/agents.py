"""Change agents work in the villages of one province: for its announced hearings, and for no others (P110, R6).

The table of permissions knows verbs and roles. A draft is a secret of the office, and a board of another province is
nothing to a helper who lives elsewhere: that is asked here, for the verbs that change agents have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.permissions import Action, Person, may, require
from accounts.roles import Role, has_role

if TYPE_CHECKING:
    from accounts.models import User
    from hearings.models import Hearing

FIELD_WORK = frozenset({Action.WRITE_BATCH, Action.RECORD_POSTING})


def may_here(user: Person, action: Action, hearing: Hearing) -> bool:
    """As the table says; field work of who is no staff of this hearing only where a change agent is at home."""
    if not may(user, action, hearing):
        return False
    return action not in FIELD_WORK or may(user, Action.CHECK_BATCH, hearing) or _is_agent_of(user, hearing)


def require_here(user: Person, action: Action, hearing: Hearing) -> None:
    require(user, action, hearing)
    if not may_here(user, action, hearing):
        raise PermissionDenied(_("You can write for hearings of your own province. Ask the office."))


def agent_province(user: User) -> str | None:
    agent = getattr(user, "change_agent", None)
    return agent.province_id if agent else user.province_id


def _is_agent_of(user: Person, hearing: Hearing) -> bool:
    if not (user.is_authenticated and has_role(user, Role.CHANGE_AGENT)):
        return False
    is_announced = hearing.live and hearing.is_public_record
    return is_announced and agent_province(user) in hearing.acting_provinces()
