"""What the form components need from a form: widgets with our class, choices with hints, errors with addresses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms, template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


@dataclass(frozen=True)
class Choice:
    """One radio button or checkbox of a group."""

    input: SafeString
    id: str
    label: str
    hint: str


@dataclass(frozen=True)
class Problem:
    """One line of the error summary; ``anchor`` is empty for errors of the form as a whole."""

    anchor: str
    label: str
    message: str


@register.filter
def widget_kind(field: BoundField) -> str:
    """``hidden``, ``tick`` (one checkbox), ``choices`` (a group), ``file`` or ``box`` (all others)."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    # RadioSelect is a base of CheckboxSelectMultiple; both are lists of options.
    if isinstance(widget, forms.RadioSelect):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    return "file" if isinstance(widget, forms.FileInput) else "box"


def _described_by(field: BoundField, hint: object) -> str:
    ids = [f"{field.auto_id}_hint"] if hint else []
    return " ".join([*ids, f"{field.auto_id}_error"] if field.errors else ids)


@register.simple_tag
def field_widget(field: BoundField, hint: object = "") -> SafeString:
    """The widget with our class and with its hint and error read out after the label."""
    kind = widget_kind(field)
    attrs: dict[str, str | bool] = {}
    if kind == "box":
        attrs["class"] = " ".join(filter(None, ["in", field.field.widget.attrs.get("class")]))
    if described := _described_by(field, hint):
        attrs["aria-describedby"] = described
    # Django's own ten rows fill a phone; a form that says a number keeps it.
    if isinstance(field.field.widget, forms.Textarea) and field.field.widget.attrs.get("rows") == "10":
        attrs["rows"] = "5"
    return field.as_widget(attrs=attrs)


@register.filter
def longest(field: BoundField) -> int:
    """How many characters the box takes, for the line under it; 0 where no limit is worth a line."""
    return int(field.field.widget.attrs.get("data-longest", 0))


@register.simple_tag
def group_attributes(field: BoundField, hint: object = "") -> SafeString:
    """``aria-describedby`` for a fieldset."""
    described = _described_by(field, hint)
    return flatatt({"aria-describedby": described}) if described else SafeString("")


@register.simple_tag
def choice_list(field: BoundField) -> list[Choice]:
    """Options of a group. A form field may carry ``choice_hints = {value: text}`` for a line under a label."""
    hints = {str(value): text for value, text in getattr(field.field, "choice_hints", {}).items()}
    return [
        Choice(
            input=option.tag(),
            id=option.id_for_label,
            label=str(option.choice_label),
            hint=str(hints.get(str(option.data["value"]), "")),
        )
        for option in field.subwidgets
        if str(option.data["value"]) or not field.field.required
    ]


def _anchor(field: BoundField) -> str:
    """Id of the first thing to press or type in."""
    if widget_kind(field) == "choices":
        options = field.subwidgets
        return options[0].id_for_label if options else field.auto_id
    return field.id_for_label or field.auto_id


def _problems(form: BaseForm) -> Iterable[Problem]:
    for message in form.non_field_errors():
        yield Problem("", "", str(message))
    for field in form.hidden_fields():
        for message in field.errors:
            yield Problem("", "", str(message))
    for field in form.visible_fields():
        for message in field.errors:
            yield Problem(_anchor(field), str(field.label), str(message))


@register.simple_tag
def problems(*forms_on_page: BaseForm | None) -> list[Problem]:
    """Everything that must be corrected, in the order of the page. Several forms may be given."""
    return [problem for form in forms_on_page if form and form.is_bound for problem in _problems(form)]


@register.filter
def required_mark(field: BoundField) -> SafeString:
    """Says after the label that a field may stay empty; forms that only filter set ``mark_optional = False``."""
    if field.field.required or not getattr(field.form, "mark_optional", True):
        return SafeString("")
    return format_html(' <span class="soft opt">{}</span>', _("(optional)"))
