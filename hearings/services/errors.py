"""Why a service refuses. Each is a ValidationError, so that a form can show its sentence as it is.

They are named for what happened and not “…Error” (N818): a service reads as “raise DecidedMeanwhile”.
"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.thaidate import format_day, format_time
from core.types import Words


class HearingNotOpen(ValidationError):  # noqa: N818
    def __init__(self, opens_at: dt.datetime | None) -> None:
        if opens_at is None:
            super().__init__(_("This hearing is not open for comments."), code="not_open")
            return
        super().__init__(
            _("This hearing opens on %(day)s at %(time)s. Please come back then."),
            code="not_open",
            params={"day": format_day(opens_at), "time": format_time(opens_at)},
        )


class HearingClosed(ValidationError):  # noqa: N818
    def __init__(self, closed_at: dt.datetime | None) -> None:
        if closed_at is None:
            super().__init__(_("This hearing no longer takes comments."), code="closed")
            return
        super().__init__(
            _("This hearing closed on %(day)s at %(time)s and no longer takes comments."),
            code="closed",
            params={"day": format_day(closed_at), "time": format_time(closed_at)},
        )


class CameOutOfTime(ValidationError):  # noqa: N818
    """Paper, letters and calls of before or after. They are kept with the hearing and not counted."""

    def __init__(self, first: dt.date | None, last: dt.date | None) -> None:
        sentence = _(
            "It did not reach the office between %(first)s and %(last)s, so it is not counted. Keep it with the "
            "hearing and answer the person by letter."
        )
        days = {"first": format_day(first) if first else "–", "last": format_day(last) if last else "–"}
        super().__init__({"received_on": ValidationError(sentence, code="out_of_time", params=days)})


class WrongEditCode(ValidationError):  # noqa: N818
    def __init__(self) -> None:
        super().__init__(
            _("This edit code does not belong to the receipt. It has six digits, for example 628 194."),
            code="wrong_edit_code",
        )


class TooManyTries(ValidationError):  # noqa: N818
    def __init__(self, minutes: int) -> None:
        super().__init__(
            _("The edit code was wrong too often. Try again in %(minutes)s minutes, or call the office."),
            code="too_many_tries",
            params={"minutes": minutes},
        )


class AlreadyWithdrawn(ValidationError):  # noqa: N818
    def __init__(self) -> None:
        super().__init__(_("This comment was withdrawn and cannot be changed."), code="already_withdrawn")


class ChangedMeanwhile(ValidationError):  # noqa: N818
    def __init__(self) -> None:
        super().__init__(
            _("This comment was changed at the same moment from another window. Look at it and try again."),
            code="changed_meanwhile",
        )


class DecidedMeanwhile(ValidationError):  # noqa: N818
    """Somebody else decided, the button was pressed twice, or the author changed the words after they were read."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Nothing was stored: this opinion was decided on or changed since you opened it. Read it once more."
            ),
            code="decided_meanwhile",
        )


class WrongStage(ValidationError):  # noqa: N818
    """Staff asked for a step that does not follow from where the hearing stands."""

    def __init__(self, stage_label: Words) -> None:
        super().__init__(
            _("The hearing is “%(stage)s”; this step is not possible now."),
            code="wrong_stage",
            params={"stage": stage_label},
        )


class NotReady(ValidationError):  # noqa: N818
    """What is still missing before a step, one sentence each."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__([ValidationError(sentence, code="missing") for sentence in missing])
