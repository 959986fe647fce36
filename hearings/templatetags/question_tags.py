"""What the question components need."""

from __future__ import annotations

from django import template
from django.core.cache import cache
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from hearings.answer_totals import QuestionTotals, answer_totals
from hearings.forms.asked import AskedQuestion
from hearings.models import Hearing
from hearings.totals import SECONDS

register = template.Library()


@register.simple_tag
def question_widget(asked: AskedQuestion) -> SafeString:
    """The box of a number or text question, with hint, error and unit read out after its label."""
    ids = [asked.described_by, f"{asked.anchor}-unit" if asked.unit else ""]
    attrs: dict[str, str | bool] = {"class": "in num" if asked.kind == "number" else "in"}
    if described := " ".join(filter(None, ids)):
        attrs["aria-describedby"] = described
    return asked.field.as_widget(attrs=attrs)


@register.simple_tag
def public_answers(hearing: Hearing) -> list[QuestionTotals]:
    """Counts for everyone, small numbers hidden; asked for after closing only, so that nobody follows the crowd."""
    key = f"hearings:totals:{hearing.pk}:answers:{get_language()}"
    found = cache.get(key)
    if found is None:
        found = [one for one in answer_totals(hearing, public=True) if one.n or one.is_withheld]
        cache.set(key, found, SECONDS)
    return found
