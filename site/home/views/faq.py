"""Questions and answers (requirements A007, A008)."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from home.forms import FaqFilterForm
from home.models import FaqEntry


@require_safe
def faq(request: HttpRequest) -> HttpResponse:
    """One query; the words are compared in Python because the list is short and both languages count."""
    form = FaqFilterForm(request.GET or None)
    words = form.cleaned_data["q"].casefold().split() if form.is_valid() else []
    entries = [entry for entry in FaqEntry.objects.published() if _has(entry, words)]
    groups = [
        (category, list(members)) for category, members in groupby(entries, key=lambda entry: entry.category)
    ]
    context = {"form": form, "groups": groups, "words": words, "count": len(entries)}
    return render(request, "home/faq.html", context)


def _has(entry: FaqEntry, words: list[str]) -> bool:
    text = f"{entry.question} {entry.answer} {entry.question_en} {entry.answer_en}".casefold()
    return all(word in text for word in words)
