"""Paste or upload a draft, then arrange its sections."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.digits import to_arabic
from core.forms.fields import CleanCharField
from hearings.services.read_draft import (
    LONGEST_HEADING,
    LONGEST_TEXT,
    MOST_SECTIONS,
    ReadSection,
    clean_body,
    sections_of_clipboard,
    sections_of_file,
    sections_of_text,
)


class SourceForm(forms.Form):
    """One of the two. ``sections`` is what was read."""

    text = CleanCharField(
        label=_("Text of the draft"),
        help_text=_("Paste the whole text. A line such as 1., ๑., ข้อ 1 or หมวด ๑ begins a section."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 12, "maxlength": None, "data-paste": "pasted-html"}),
    )
    # The same text with its headings, as Word put it into the clipboard; filled by paste.js, empty without it.
    html = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"id": "pasted-html"}))
    file = forms.FileField(
        label=_("Or a Word file"),
        help_text=_(
            "Only .docx, up to 5 MB. Headings begin sections; bold, lists and tables are kept as text."
        ),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )
    sections: list[ReadSection]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        text, upload = cleaned.get("text", ""), cleaned.get("file")
        if bool(text) == bool(upload):
            raise ValidationError(_("Paste the text or choose a file, one of the two."), code="source")
        try:
            self.sections = sections_of_file(upload) if upload else _pasted(text, cleaned.get("html", ""))
        except ValidationError as error:
            self.add_error("file" if upload else "text", error)
            return cleaned
        if not self.sections:
            raise ValidationError(_("There are no words in it."), code="empty")
        return cleaned


def _pasted(text: str, html: str) -> list[ReadSection]:
    return (sections_of_clipboard(html) if html else []) or sections_of_text(text)


def arranged(data: QueryDict) -> list[ReadSection]:
    """The sections of the preview in the order, with the headings and the joints that a person chose."""
    count = data.get("count", "")
    number = int(count) if count.isdecimal() and len(count) < 4 else 0
    rows = [place for place in range(min(number, MOST_SECTIONS * 2)) if f"s{place}-drop" not in data]
    rows.sort(key=lambda place: _order(data.get(f"s{place}-order", ""), place))
    found: list[ReadSection] = []
    for place in rows:
        heading = data.get(f"s{place}-heading", "").strip()[:LONGEST_HEADING]
        section = ReadSection(heading, clean_body(data.get(f"s{place}-body", "")))
        if f"s{place}-join" in data and found:
            joined = clean_body(f"{found[-1].body}{_as_line(section.heading)}{section.body}")
            found[-1] = replace(found[-1], body=joined)
        else:
            found.append(section)
    return found


def _as_line(heading: str) -> str:
    return format_html("<p><b>{}</b></p>", heading) if heading else ""


def _order(typed: str, place: int) -> tuple[int, int]:
    digits = to_arabic(typed.strip())
    return (int(digits) if digits.isdecimal() and len(digits) < 5 else place + 1, place)
