"""One table says who may do what in casework. Services ask ``require`` or ``may``; templates get ``may`` by tag.

Publishing in Wagtail's admin follows group permissions (accounts.grants); this table is for the verbs of services.
A province coordinator has the same verbs as the office, but only for things of the own province (A056).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _

from accounts.roles import Role, has_role, roles_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest

    from accounts.models import User

Person: TypeAlias = "User | AnonymousUser"


class Action(models.TextChoices):
    """Verbs of all apps. Labels appear in the table of docs/accounts.md, never on a page."""

    SEE_DESK = "see_desk"
    # hearings
    PREPARE_HEARING = "prepare_hearing"
    ANNOUNCE_HEARING = "announce_hearing"
    CANCEL_HEARING = "cancel_hearing"
    EXTEND_HEARING = "extend_hearing"
    MODERATE_COMMENT = "moderate_comment"
    ENTER_ON_BEHALF = "enter_on_behalf"
    CODE_THEMES = "code_themes"
    DRAFT_RESULT = "draft_result"
    PUBLISH_RESULT = "publish_result"
    EXPORT_SUBMISSIONS = "export_submissions"
    SEE_PERSONAL_DATA = "see_personal_data"
    ANSWER_COMMENT = "answer_comment"
    PIN_COMMENT = "pin_comment"
    IMPORT_SUBMISSIONS = "import_submissions"
    WRITE_BATCH = "write_batch"
    CHECK_BATCH = "check_batch"
    RECORD_POSTING = "record_posting"
    # knowledge
    TELL_LESSON = "tell_lesson"
    SCREEN_LESSON = "screen_lesson"
    PUBLISH_LESSON = "publish_lesson"
    # home
    ANSWER_TICKET = "answer_ticket"
    SHARE_TASKS = "share_tasks"
    # accounts
    RESET_ACCESS = "reset_access"
    MANAGE_NETWORK = "manage_network"


OFFICE = frozenset({Role.OFFICE_HEAD, Role.ADMINISTRATION, Role.STRATEGY})
EDITORS = OFFICE | {Role.PROVINCE_COORDINATOR}
STAFF = EDITORS | {Role.MONITORING}

TABLE: dict[Action, frozenset[Role]] = {
    Action.SEE_DESK: STAFF,
    Action.PREPARE_HEARING: frozenset({Role.OFFICE_HEAD, Role.STRATEGY, Role.PROVINCE_COORDINATOR}),
    Action.ANNOUNCE_HEARING: frozenset({Role.OFFICE_HEAD}),
    Action.CANCEL_HEARING: frozenset({Role.OFFICE_HEAD}),
    Action.EXTEND_HEARING: frozenset({Role.OFFICE_HEAD}),
    Action.MODERATE_COMMENT: EDITORS,
    Action.ENTER_ON_BEHALF: EDITORS,
    Action.CODE_THEMES: STAFF,
    Action.DRAFT_RESULT: frozenset(
        {Role.OFFICE_HEAD, Role.STRATEGY, Role.MONITORING, Role.PROVINCE_COORDINATOR}
    ),
    Action.PUBLISH_RESULT: frozenset({Role.OFFICE_HEAD}),
    Action.EXPORT_SUBMISSIONS: frozenset({Role.OFFICE_HEAD, Role.STRATEGY, Role.MONITORING}),
    Action.SEE_PERSONAL_DATA: EDITORS,
    Action.ANSWER_COMMENT: frozenset({Role.OFFICE_HEAD, Role.STRATEGY}),
    Action.PIN_COMMENT: EDITORS,
    Action.IMPORT_SUBMISSIONS: EDITORS,
    # In the field: change agents write down what their village says and photograph the notice they put up.
    Action.WRITE_BATCH: EDITORS | {Role.CHANGE_AGENT},
    Action.CHECK_BATCH: EDITORS,
    Action.RECORD_POSTING: EDITORS | {Role.CHANGE_AGENT},
    Action.TELL_LESSON: STAFF | {Role.CHANGE_AGENT},
    Action.SCREEN_LESSON: EDITORS,
    Action.PUBLISH_LESSON: frozenset({Role.OFFICE_HEAD, Role.STRATEGY}),
    # Messages belong to no province: a coordinator does not read them (A056).
    Action.ANSWER_TICKET: OFFICE,
    Action.SHARE_TASKS: STAFF,
    Action.RESET_ACCESS: frozenset({Role.OFFICE_HEAD, Role.ADMINISTRATION}),
    Action.MANAGE_NETWORK: EDITORS,
}


def can_act_in_province(user: Person, province_code: str | None) -> bool:
    """Whether casework of a province is this person's: the office's staff everywhere, a coordinator at home.

    A thing of no province belongs to the office.
    """
    if not user.is_authenticated or not user.may_sign_in():
        return False
    if user.is_superuser or has_role(user, *(OFFICE | {Role.MONITORING})):
        return True
    at_home = user.province_id is not None and user.province_id == province_code
    return at_home and has_role(user, Role.PROVINCE_COORDINATOR)


def may(user: Person, action: Action, obj: object | None = None) -> bool:
    """True if the person may do this, here: ``obj`` is the thing acted on (or None to ask in general).

    Its province is what ``obj.acting_provinces()`` returns, or else ``obj.province_id``. A coordinator may act if
    the own province is among them.
    """
    if not user.is_authenticated or not user.may_sign_in():
        return False
    if user.is_superuser:
        return True
    granting = roles_of(user) & TABLE[action]
    if granting == {Role.PROVINCE_COORDINATOR} and obj is not None:
        return any(can_act_in_province(user, code) for code in _provinces(obj))
    return bool(granting)


def require(user: Person, action: Action, obj: object | None = None) -> None:
    """Raise PermissionDenied unless ``may``; the first line of every service that needs a permission."""
    if not may(user, action, obj):
        raise PermissionDenied(_("Your role does not allow this. Ask the head of the office."))


def signed_in(request: HttpRequest) -> User:
    """The person behind the request; what comes after ``login_required`` or in the admin meets nobody else."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


def may_manage(actor: User, person: User) -> bool:
    """Whether ``actor`` may change this person's account: nobody below reaches up (A003).

    Superusers everyone; the head of the office everyone but superusers; administration neither of the two.
    """
    if actor.is_superuser:
        return actor.may_sign_in()
    if person.is_superuser or not may(actor, Action.RESET_ACCESS):
        return False
    return has_role(actor, Role.OFFICE_HEAD) or not person.groups.filter(name=Role.OFFICE_HEAD).exists()


def _provinces(obj: object) -> list[str | None]:
    acting = getattr(obj, "acting_provinces", None)
    if acting is not None:
        return list(acting()) or [None]
    return [getattr(obj, "province_id", None)]
