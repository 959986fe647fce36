"""Who may take part, in plain words before a form (peers P37, P38)."""

from __future__ import annotations

from dataclasses import dataclass

from django import template

from hearings.enums import WhoMay
from hearings.models import Comment, DraftBlock, Hearing
from hearings.services.taking_part import comment_rule, fits

register = template.Library()


@dataclass(frozen=True)
class Part:
    """``rule`` is what is asked for, ``fits`` whether the reader meets it, ``is_open`` that nothing is asked."""

    rule: WhoMay
    fits: bool

    @property
    def is_open(self) -> bool:
        return self.rule == WhoMay.EVERYONE


def _part(context: template.Context, rule: WhoMay) -> Part:
    request = context.get("request")
    user = request.user if rule != WhoMay.EVERYONE and request and request.user.is_authenticated else None
    return Part(rule, fits(rule, user))


@register.simple_tag(takes_context=True)
def commenting(context: template.Context, hearing: Hearing, block: DraftBlock | None = None) -> Part:
    return _part(context, comment_rule(hearing, block))


@register.simple_tag(takes_context=True)
def replying(context: template.Context, comment: Comment) -> Part:
    return _part(context, comment_rule(comment.hearing, comment.block))


@register.simple_tag(takes_context=True)
def supporting(context: template.Context, hearing: Hearing) -> Part:
    return _part(context, WhoMay(hearing.who_may_support))


@register.filter
def is_stricter_than(block: DraftBlock, hearing: Hearing) -> bool:
    """Whether a section asks for more than its hearing does."""
    return comment_rule(hearing, block) != comment_rule(hearing)
