"""Who may comment and who may support on the website (peers P37, P38): everyone, who signed in, who is confirmed.

A hearing has one rule for commenting (which holds for replies too) and one for supporting; a section may ask for more
than its hearing. What staff write down for somebody came on paper, by telephone or over the counter, where the office
saw the person: no rule shuts that way (ข้อ 9 wants more than one).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.identity.confirmed import is_identity_confirmed
from hearings.enums import WhoMay
from hearings.models import DraftBlock, Hearing

if TYPE_CHECKING:
    from accounts.models import User

ORDER = [WhoMay.EVERYONE, WhoMay.SIGNED_IN, WhoMay.VERIFIED]
SENTENCES = {
    WhoMay.SIGNED_IN: _("Sign in first: this hearing takes part only with people who have an account."),
    WhoMay.VERIFIED: _("Confirm who you are first: this hearing is for people whose identity is known."),
}


class MayNotTakePart(ValidationError):  # noqa: N818
    """``rule`` is what is asked for; nothing typed is lost, the form shows this sentence."""

    def __init__(self, rule: WhoMay, block: DraftBlock | None = None) -> None:
        self.rule = rule
        sentence = SENTENCES[rule]
        if block is not None:
            sentence = SECTION_SENTENCES[rule]
        super().__init__(sentence, code=rule, params={"number": block.number if block else ""})


SECTION_SENTENCES = {
    WhoMay.SIGNED_IN: _("Section %(number)s is only for people who signed in. Sign in, or take it out."),
    WhoMay.VERIFIED: _(
        "Section %(number)s is only for people who confirmed who they are. Do that first, or take it out."
    ),
}


def stricter(first: str, second: str) -> WhoMay:
    return max(WhoMay(first or WhoMay.EVERYONE), WhoMay(second or WhoMay.EVERYONE), key=ORDER.index)


def comment_rule(hearing: Hearing, block: DraftBlock | None = None) -> WhoMay:
    return stricter(hearing.who_may_comment, block.who_may_comment if block else "")


def fits(rule: WhoMay, user: User | None) -> bool:
    """Asks the database only where the rule is the strictest."""
    if rule == WhoMay.EVERYONE:
        return True
    if user is None or not user.is_authenticated:
        return False
    return rule == WhoMay.SIGNED_IN or is_identity_confirmed(user)


def require_may_comment(
    hearing: Hearing, user: User | None, blocks: Iterable[DraftBlock | None] = ()
) -> None:
    """Every way of writing on the website asks this inside its transaction. Raises MayNotTakePart."""
    if not fits(rule := comment_rule(hearing), user):
        raise MayNotTakePart(rule)
    known = {WhoMay.EVERYONE, rule}
    for block in blocks:
        if block is not None and (wanted := comment_rule(hearing, block)) not in known:
            if not fits(wanted, user):
                raise MayNotTakePart(wanted, block)
            known.add(wanted)


def require_may_support(hearing: Hearing, user: User | None) -> None:
    rule = WhoMay(hearing.who_may_support)
    if not fits(rule, user):
        raise MayNotTakePart(rule)
