"""What the question components need."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from hearings.answer_totals import QuestionTotals, answer_totals
from hearings.forms.questions import AskedQuestion
from hearings.models import Hearing

register = template.Library()


@register.simple_tag
def question_widget(asked: AskedQuestion) -> SafeString:
    """The box of a number or text question, with hint, error and unit read out after its label."""
    ids = [asked.described_by, f"{asked.anchor}-unit" if asked.unit else ""]
    attrs = {"class": "in num" if asked.kind == "number" else "in"}
    if described := " ".join(filter(None, ids)):
        attrs["aria-describedby"] = described
    return asked.field.as_widget(attrs=attrs)


@register.simple_tag
def public_answers(hearing: Hearing) -> list[QuestionTotals]:
    """Counts for everyone, small numbers hidden; asked for after closing only, so that nobody follows the crowd."""
    return answer_totals(hearing, public=True)
